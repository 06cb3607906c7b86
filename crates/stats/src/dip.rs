//! Hartigan's dip: how far a sample is from the nearest distribution with one mode.
//!
//! J. A. Hartigan, P. M. Hartigan (1985). The dip test of unimodality. *Annals of Statistics* 13, 70-84. The
//! steps are those of the paper: between the greatest convex minorant and the least concave majorant of the
//! empirical distribution, the modal interval shrinks until its gap is no larger than the dip found outside.

mod table;

use table::{LEVELS, ROWS};

/// The dip of a sample, from 1 / 2n to 1/4; `NaN` for an empty one or one with a NaN. Order does not matter.
pub fn statistic(values: &[f64]) -> f64 {
    if values.is_empty() || values.iter().any(|v| v.is_nan()) {
        return f64::NAN;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Steps::of(&sorted).dip() / (2.0 * values.len() as f64)
}

/// P(dip ≥ d) for n values of a uniform law, the law with one mode that is hardest to tell from more.
///
/// From a table of simulated quantiles of √n · dip, straight between its lines; the last line serves every
/// larger n, and p is never below the table's 1 in 10,000.
pub fn p_uniform(dip: f64, n: usize) -> f64 {
    if dip.is_nan() || n < 4 {
        return 1.0;
    }
    let scaled = libm::sqrt(n as f64) * dip;
    let above = ROWS.partition_point(|r| r.0 < n);
    let (low, high) = (&ROWS[above.saturating_sub(1)], &ROWS[above.min(ROWS.len() - 1)]);
    let width = (high.0 - low.0) as f64;
    let part = if width > 0.0 { (n - low.0) as f64 / width } else { 0.0 };
    let at = |i: usize| low.1[i] + part * (high.1[i] - low.1[i]);
    let next = (0..LEVELS.len()).find(|&i| at(i) > scaled);
    match next {
        Some(0) => 1.0,
        None => 1.0 - LEVELS[LEVELS.len() - 1],
        Some(i) => {
            let part = (scaled - at(i - 1)) / (at(i) - at(i - 1));
            1.0 - LEVELS[i - 1] - part * (LEVELS[i] - LEVELS[i - 1])
        }
    }
}

/// The empirical distribution in units of 1 / n: distinct values, how many are below each, how many up to it.
struct Steps {
    at: Vec<f64>,
    below: Vec<f64>,
    up_to: Vec<f64>,
}

/// A piecewise straight line: the points it goes through, and its value at every point of an interval.
struct Hull {
    corners: Vec<usize>,
    values: Vec<f64>,
}

impl Steps {
    fn of(sorted: &[f64]) -> Self {
        let mut steps = Steps { at: Vec::new(), below: Vec::new(), up_to: Vec::new() };
        for (i, &value) in sorted.iter().enumerate() {
            if steps.at.last() == Some(&value) {
                if let Some(last) = steps.up_to.last_mut() {
                    *last += 1.0;
                }
                continue;
            }
            steps.at.push(value);
            steps.below.push(i as f64);
            steps.up_to.push(i as f64 + 1.0);
        }
        steps
    }

    /// Twice n times the dip.
    fn dip(&self) -> f64 {
        let (mut low, mut high, mut dip) = (0, self.at.len() - 1, 1.0_f64);
        while low < high {
            let under = self.hull(low, high, &self.below, 1.0);
            let over = self.hull(low, high, &self.up_to, -1.0);
            let (gap, [next_low, next_high]) = widest(low, &under, &over);
            if gap <= dip {
                break;
            }
            let left = (low..next_low).map(|j| self.up_to[j] - under.values[j - low]);
            let right = (next_high + 1..=high).map(|j| over.values[j - low] - self.below[j]);
            dip = left.chain(right).fold(dip, f64::max);
            if (low, high) == (next_low, next_high) {
                break;
            }
            (low, high) = (next_low, next_high);
        }
        dip
    }

    /// The greatest convex line under some heights (`side` 1), or the least concave one over them (−1).
    fn hull(&self, low: usize, high: usize, heights: &[f64], side: f64) -> Hull {
        let x = &self.at;
        let mut corners: Vec<usize> = Vec::new();
        for j in low..=high {
            while let [.., a, b] = corners[..] {
                let rise = (heights[b] - heights[a]) * (x[j] - x[a])
                    - (heights[j] - heights[a]) * (x[b] - x[a]);
                if side * rise < 0.0 {
                    break;
                }
                corners.pop();
            }
            corners.push(j);
        }
        let mut values = vec![heights[low]];
        for pair in corners.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let slope = (heights[b] - heights[a]) / (x[b] - x[a]);
            values.extend((a + 1..b).map(|j| heights[a] + slope * (x[j] - x[a])));
            values.push(heights[b]);
        }
        Hull { corners, values }
    }
}

/// The widest gap between the two lines at a corner of either, and the modal interval that it leaves.
fn widest(low: usize, under: &Hull, over: &Hull) -> (f64, [usize; 2]) {
    let gap = |j: usize| over.values[j - low] - under.values[j - low];
    let best = |corners: &[usize]| {
        corners.iter().copied().reduce(|a, b| if gap(b) > gap(a) { b } else { a }).unwrap_or(low)
    };
    let (a, b) = (best(&under.corners), best(&over.corners));
    if gap(a) >= gap(b) {
        let next = over.corners.iter().copied().find(|&j| j >= a);
        (gap(a), [a, next.unwrap_or(a)])
    } else {
        let last = under.corners.iter().copied().rev().find(|&j| j <= b);
        (gap(b), [last.unwrap_or(b), b])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // One value, or one value many times, has one mode as well as can be.
        assert_eq!(statistic(&[7.0]), 0.5);
        assert_eq!(statistic(&[7.0; 10]), 0.05);
        // Evenly spaced values are uniform: 1 / 2n.
        let even: Vec<f64> = (0..20).map(f64::from).collect();
        assert_eq!(statistic(&even), 1.0 / 40.0);
        // Two heaps of n / 2 have the largest dip there is but for half a step: one of them is no mode.
        let heaps: Vec<f64> = (0..20).map(|i| f64::from(i % 2)).collect();
        assert!(statistic(&heaps) <= 0.25);
        let narrow: Vec<f64> = (0..20).map(|i| f64::from(i % 2) + f64::from(i) * 1e-9).collect();
        assert!((statistic(&narrow) - 0.25).abs() < 1e-6);
        assert!(statistic(&[]).is_nan() && statistic(&[1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn moving_and_stretching_change_nothing() {
        let values = [1.0, 2.0, 2.5, 7.0, 7.5, 8.0, 8.25];
        let moved = values.map(|v| 3.0 - 4.0 * v);
        assert!((statistic(&values) - statistic(&moved)).abs() < 1e-15);
    }

    #[test]
    fn larger_dips_have_smaller_p() {
        for n in [4, 17, 300, 1_000_000] {
            let ps: Vec<f64> = (0..50).map(|i| p_uniform(0.005 * f64::from(i), n)).collect();
            assert!(ps.windows(2).all(|w| w[0] >= w[1]) && ps[0] == 1.0 && ps[49] < 0.2, "{n}");
        }
    }
}
