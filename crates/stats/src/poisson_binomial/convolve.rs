//! Tree convolution of laws that are kept only where they have weight.

use rustfft::{FftPlannerScalar, num_complex::Complex64};

/// Leaves of the tree: so many indicators are convolved one by one.
const LEAF: usize = 64;
/// Up to this length of the shorter law, direct convolution is as fast as a transform and more exact.
const DIRECT: usize = 400;
/// Tails below this share of the peak are cut off.
const NEGLIGIBLE: f64 = 1e-19;
/// The same after a transform, whose rounding is about this large.
const NOISE: f64 = 1e-16;

/// The probabilities of a run of consecutive values; the rest is negligible.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    start: u64,
    values: Vec<f64>,
}

impl Window {
    /// The law of the number of successes of indicators (success, failure).
    pub(super) fn of(terms: &[(f64, f64)]) -> Self {
        // The scalar planner: the same bytes on every processor.
        tree(terms, &mut FftPlannerScalar::new())
    }

    /// Each value with its probability.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        (self.start..).zip(self.values.iter().copied())
    }

    /// Cuts off tails below a share of the peak.
    fn trimmed(start: u64, values: &[f64], share: f64) -> Self {
        let floor = share * values.iter().copied().fold(0.0, f64::max);
        let first = values.iter().position(|&v| v > floor).unwrap_or(0);
        let end = values.iter().rposition(|&v| v > floor).map_or(values.len(), |last| last + 1);
        Window { start: start + first as u64, values: values[first..end].to_vec() }
    }
}

fn tree(terms: &[(f64, f64)], planner: &mut FftPlannerScalar<f64>) -> Window {
    if terms.len() <= LEAF {
        return leaf(terms);
    }
    let (left, right) = terms.split_at(terms.len() / 2);
    let (left, right) = (tree(left, planner), tree(right, planner));
    let start = left.start + right.start;
    let (short, long) = if left.values.len() < right.values.len() {
        (left.values, right.values)
    } else {
        (right.values, left.values)
    };
    if short.len() <= DIRECT {
        Window::trimmed(start, &direct(&short, &long), NEGLIGIBLE)
    } else {
        Window::trimmed(start, &by_transform(&short, &long, planner), NOISE)
    }
}

/// One indicator after the other.
fn leaf(terms: &[(f64, f64)]) -> Window {
    let mut law = [0.0; LEAF + 1];
    law[0] = 1.0;
    for (n, (success, failure)) in terms.iter().enumerate() {
        for k in (1..=n + 1).rev() {
            law[k] = law[k] * failure + law[k - 1] * success;
        }
        law[0] *= failure;
    }
    Window::trimmed(0, &law[..=terms.len()], NEGLIGIBLE)
}

fn direct(short: &[f64], long: &[f64]) -> Vec<f64> {
    let mut law = vec![0.0; short.len() + long.len() - 1];
    for (at, a) in short.iter().enumerate() {
        for (into, b) in law[at..].iter_mut().zip(long) {
            *into += a * b;
        }
    }
    law
}

/// One transform carries both laws: the imaginary part of (a + ib)² is twice their convolution.
fn by_transform(a: &[f64], b: &[f64], planner: &mut FftPlannerScalar<f64>) -> Vec<f64> {
    let length = a.len() + b.len() - 1;
    let size = smooth(length);
    let at = |values: &[f64], i: usize| values.get(i).copied().unwrap_or(0.0);
    let mut both: Vec<_> = (0..size).map(|i| Complex64::new(at(a, i), at(b, i))).collect();
    planner.plan_fft_forward(size).process(&mut both);
    both.iter_mut().for_each(|z| *z *= *z);
    planner.plan_fft_inverse(size).process(&mut both);
    let scale = 0.5 / size as f64;
    both[..length].iter().map(|z| (z.im * scale).max(0.0)).collect()
}

/// The smallest 2^a or 3·2^a that is long enough.
fn smooth(length: usize) -> usize {
    let two = length.next_power_of_two();
    let three = two / 4 * 3;
    if three >= length { three } else { two }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_convolving_agree() {
        let a: Vec<f64> = (0..700).map(|i| f64::from(i % 7)).collect();
        let b: Vec<f64> = (0..900).map(|i| f64::from(i % 11)).collect();
        let exact = direct(&a, &b);
        let fast = by_transform(&a, &b, &mut FftPlannerScalar::new());
        assert_eq!(exact.len(), fast.len());
        let largest = exact.iter().copied().fold(0.0, f64::max);
        for (x, y) in exact.iter().zip(&fast) {
            assert!((x - y).abs() < 1e-14 * largest);
        }
    }

    #[test]
    fn sizes_are_long_enough_and_smooth() {
        assert_eq!([1, 2, 3, 5, 6, 7, 1025].map(smooth), [1, 2, 3, 6, 6, 8, 1536]);
    }

    #[test]
    fn the_law_sums_to_one() {
        let law = Window::of(&vec![(0.25, 0.75); 5000]);
        assert!((law.iter().map(|(_, q)| q).sum::<f64>() - 1.0).abs() < 1e-13);
        assert!(law.values.len() < 1000);
    }
}
