//! Samples drawn again from themselves, and the interval made of their figures.
//!
//! A. C. Davison, D. V. Hinkley (1997). *Bootstrap Methods and their Application.* Cambridge University Press.

use rand::Rng;

use crate::normal;
use crate::rng::ChaCha8Rng;
use crate::sum::Sum;

/// Σ d, Σ d², Σ d³ and Σ d⁴ over as many values as there are, each drawn with the same chance.
///
/// That is the law of a sample of rows drawn with replacement, but for chances that differ by n / 2³². Values
/// should be deviations from their mean, so that no digits are lost.
pub fn power_sums(rng: &mut ChaCha8Rng, values: &[f64]) -> [f64; 4] {
    let n = values.len() as u64;
    let mut sums = [0.0; 4];
    let mut take = |bits: u64| {
        let d = values[((bits * n) >> 32) as usize];
        let square = d * d;
        sums = [sums[0] + d, sums[1] + square, sums[2] + square * d, sums[3] + square * square];
    };
    for _ in 0..n / 2 {
        let bits = rng.next_u64();
        take(bits & 0xFFFF_FFFF);
        take(bits >> 32);
    }
    if n % 2 == 1 {
        take(u64::from(rng.next_u32()));
    }
    sums
}

/// Skewness and kurtosis of n values from their power sums around a point near the mean; no number where
/// they do not vary.
pub fn shape([s1, s2, s3, s4]: [f64; 4], n: f64) -> [f64; 2] {
    let (m, a, b, c) = (s1 / n, s2 / n, s3 / n, s4 / n);
    let m2 = a - m * m;
    let m3 = b - 3.0 * m * a + 2.0 * m * m * m;
    let m4 = c - 4.0 * m * b + 6.0 * m * m * a - 3.0 * m * m * m * m;
    [m3 / (m2 * libm::sqrt(m2)), m4 / (m2 * m2)]
}

/// Each value less their mean.
pub fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().copied().collect::<Sum>().value() / values.len() as f64;
    values.iter().map(|v| v - mean).collect()
}

/// The "basic" interval of 95 %: the estimate less the upper and the lower point of the errors of the draws.
///
/// The points are order statistics number (m + 1) · level of m draws, between two of them straight on the
/// normal scale (equation 5.8 of the book). Draws that are no number are left out; `None` where fewer than two
/// are left, or all are the same.
pub fn basic_95(estimate: f64, mut draws: Vec<f64>) -> Option<[f64; 2]> {
    draws.retain(|d| d.is_finite());
    draws.sort_by(f64::total_cmp);
    let varied = draws.len() > 1 && draws.first() < draws.last() && estimate.is_finite();
    varied.then(|| [0.975, 0.025].map(|level| 2.0 * estimate - point(&draws, level)))
}

/// A point of sorted draws.
fn point(draws: &[f64], level: f64) -> f64 {
    let m = draws.len();
    let rank = (m as f64 + 1.0) * level;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and m + 1"
    )]
    let below = rank as usize;
    if below == 0 || below >= m {
        return draws[below.min(m - 1)];
    }
    let scale = |k: usize| normal::quantile(k as f64 / (m as f64 + 1.0));
    let (low, high) = (scale(below), scale(below + 1));
    let part = (normal::quantile(level) - low) / (high - low);
    draws[below - 1] + part * (draws[below] - draws[below - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{moments, rng};

    #[test]
    fn every_value_comes_as_often_as_another() {
        // Five draws of three ones and two zeros: a binomial sum of mean 3 and variance 1.2.
        let values = [0.0, 1.0, 0.0, 1.0, 1.0];
        let sums: Vec<f64> =
            (0..4_000).map(|i| power_sums(&mut rng::stream(5, "rows", i), &values)[0]).collect();
        assert!((moments::mean(&sums) - 3.0).abs() < 4.0 * (1.2_f64 / 4_000.0).sqrt());
        assert!((moments::variance(&sums) - 1.2).abs() < 0.1);
        assert!(sums.contains(&0.0) && sums.contains(&5.0));
    }

    #[test]
    fn shape_is_that_of_the_values() {
        let values = [1.0, 2.0, 3.0, 10.0];
        let sums = values
            .map(|v: f64| [v, v.powi(2), v.powi(3), v.powi(4)])
            .into_iter()
            .fold([0.0; 4], |a, b| std::array::from_fn(|i| a[i] + b[i]));
        let [sk, ku] = shape(sums, 4.0);
        assert!((sk - moments::skewness(&values)).abs() < 1e-12);
        assert!((ku - moments::kurtosis(&values)).abs() < 1e-12);
        assert_eq!(centred(&values), [-3.0, -2.0, -1.0, 6.0]);
    }

    #[test]
    fn an_interval_turns_the_draws_over() {
        // 199 draws: ranks 195 and 5 are whole, the draws are their ranks.
        let draws = (1..200).map(f64::from).collect();
        let [low, high] = basic_95(100.0, draws).unwrap();
        assert!((low - 5.0).abs() < 1e-9 && (high - 195.0).abs() < 1e-9, "{low} {high}");
        assert_eq!(basic_95(1.0, vec![2.0; 50]), None);
        assert_eq!(basic_95(1.0, vec![f64::NAN, 1.0]), None);
        // Too few draws for a point: the outermost is taken.
        assert_eq!(basic_95(0.0, vec![1.0, 2.0, 3.0]), Some([-3.0, -1.0]));
    }

    #[test]
    fn between_two_ranks_the_normal_scale_decides() {
        // Of 39 draws, the first two are the points at 1/40 and 2/40; 1.5/40 lies between.
        let draws: Vec<f64> = (1..40).map(f64::from).collect();
        assert!(
            (point(&draws, 0.0375) - 1.0 - {
                let q = normal::quantile;
                (q(0.0375) - q(0.025)) / (q(0.05) - q(0.025))
            })
            .abs()
                < 1e-12
        );
    }
}
