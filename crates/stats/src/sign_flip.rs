//! The law of a sum whose terms are as likely to have the other sign.
//!
//! Where each unit's figure is symmetric about zero, and units are independent, every way of giving signs to the
//! sizes is equally likely: a test from that law keeps its level whatever the figures' distribution is.

use crate::{sum, weighted_bernoulli};

/// Up to so many steps the law is added up exactly.
const MOST_STEPS: u64 = 200_000_000;

/// P(Σ ±|vᵢ| ≥ Σ vᵢ) with independent fair signs; 1 for no values, `NaN` where a sum leaves the whole numbers.
///
/// Exact up to two hundred million steps (values times the sum of their sizes), beyond by saddle point, with half a
/// step for the gaps between whole numbers.
///
/// ```
/// // Of the eight ways to sign 1, 2 and 3 one alone reaches 6, two reach 4 and more.
/// assert_eq!(glassurn_stats::sign_flip::upper_tail(&[1, 2, 3]), 1.0 / 8.0);
/// assert_eq!(glassurn_stats::sign_flip::upper_tail(&[-1, 2, 3]), 2.0 / 8.0);
/// ```
pub fn upper_tail(values: &[i64]) -> f64 {
    let sizes: Vec<u64> = values.iter().map(|v| v.unsigned_abs()).filter(|s| *s > 0).collect();
    let all = sizes.iter().try_fold(0_u64, |sum, s| sum.checked_add(*s));
    let mut positive = values.iter().filter(|v| **v > 0);
    let reached = positive.try_fold(0_u64, |sum, v| sum.checked_add(v.unsigned_abs()));
    let (Some(all), Some(reached)) = (all, reached) else { return f64::NAN };
    match all.saturating_mul(sizes.len() as u64) <= MOST_STEPS {
        true => exact(&sizes, all, reached),
        false => approximate(&sizes, reached),
    }
}

/// P(Σ sᵢBᵢ ≥ reached) with fair Bᵢ, every subset added up.
fn exact(sizes: &[u64], all: u64, reached: u64) -> f64 {
    let Ok(length) = usize::try_from(all) else { return f64::NAN };
    let mut law = vec![0.0; length + 1];
    law[0] = 1.0;
    let mut most = 0;
    for size in sizes.iter().filter_map(|&s| usize::try_from(s).ok()) {
        most += size;
        for at in (0..=most).rev() {
            let without = law[at];
            let with = at.checked_sub(size).map_or(0.0, |rest| law[rest]);
            law[at] = 0.5 * (without + with);
        }
    }
    let from = usize::try_from(reached).unwrap_or(usize::MAX).min(law.len());
    sum::total(law[from..].iter().copied()).min(1.0)
}

fn approximate(sizes: &[u64], reached: u64) -> f64 {
    let weights: Vec<f64> = sizes.iter().map(|s| *s as f64).collect();
    let fair = vec![0.5; weights.len()];
    weighted_bernoulli::sf_saddlepoint(&weights, &fair, reached as f64 - 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_signing_is_counted() {
        let values = [3, -1, 4, 1, -5, 9, 2, -6];
        let observed: i64 = values.iter().sum();
        let signed = |mask: u32| -> i64 {
            let sign = |i: usize| if mask >> i & 1 == 1 { 1 } else { -1 };
            values.iter().enumerate().map(|(i, v): (usize, &i64)| sign(i) * v.abs()).sum()
        };
        let as_large = (0..256_u32).filter(|&m| signed(m) >= observed).count();
        assert_eq!(upper_tail(&values), as_large as f64 / 256.0);
    }

    #[test]
    fn no_values_and_zeros_say_nothing() {
        assert_eq!(upper_tail(&[]), 1.0);
        assert_eq!(upper_tail(&[0, 0]), 1.0);
        assert!(upper_tail(&[i64::MAX, i64::MAX, i64::MAX]).is_nan());
    }

    #[test]
    fn the_approximation_is_close_where_both_are_there() {
        let sizes: Vec<u64> = (0..400).map(|i| 1 + i % 7).collect();
        let all: u64 = sizes.iter().sum();
        for reached in [all / 2, all / 2 + 40, all / 2 + 120] {
            let (a, b) = (exact(&sizes, all, reached), approximate(&sizes, reached));
            assert!((a - b).abs() < 1e-3 * a, "{a} {b}");
        }
    }
}
