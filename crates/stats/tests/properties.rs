//! What must hold for any argument.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use glassurn_stats::{beta_binomial, binomial, multiple, poisson_binomial, rng, uniformity};
use proptest::prelude::*;
use rand::RngExt;

/// Probabilities of all sizes, the certain ones among them.
fn probability() -> impl Strategy<Value = f64> {
    let small = (0.0..12.0_f64).prop_map(|e| 10_f64.powf(-e));
    prop_oneof![6 => 0.0..=1.0_f64, 1 => Just(0.0), 1 => Just(1.0), 2 => small]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn binomial_sums_to_one(n in 0_u64..400, p in probability()) {
        let sum: f64 = (0..=n).map(|k| binomial::pmf(k, n, p)).sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn binomial_is_symmetric(n in 1_u64..100_000, share in 0.0..=1.0_f64, p in 0.5..1.0_f64) {
        let k = (share * n as f64) as u64;
        let (one, other) = (binomial::sf(k, n, p), binomial::cdf(n - k, n, 1.0 - p));
        prop_assert!((one - other).abs() <= 1e-12 * one, "{one:e} {other:e}");
    }

    #[test]
    fn binomial_tails_are_monotone_and_complementary(n in 1_u64..3_000, p in probability()) {
        let mut last = 0.0;
        for k in 0..=n.min(300) {
            let cdf = binomial::cdf(k, n, p);
            prop_assert!(cdf >= last * (1.0 - 1e-13));
            prop_assert!((cdf + binomial::sf(k + 1, n, p) - 1.0).abs() < 1e-12);
            last = cdf;
        }
    }

    #[test]
    fn binomial_ranges_add_up(n in 1_i64..5_000, p in probability(), cut in 0.0..=1.0_f64) {
        let cut = (cut * n as f64) as i64;
        let size = n.unsigned_abs();
        let sum = binomial::between(0, cut, size, p) + binomial::between(cut + 1, n, size, p);
        prop_assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn beta_binomial_sums_to_one(n in 0_u64..300, a in 0.01..50.0_f64, b in 0.01..50.0_f64) {
        let sum: f64 = (0..=n).map(|k| beta_binomial::pmf(k, n, a, b)).sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
        let k = n / 3;
        let whole = beta_binomial::cdf(k, n, a, b) + beta_binomial::sf(k + 1, n, a, b);
        prop_assert!((whole - 1.0).abs() < 1e-12);
    }

    #[test]
    fn equal_terms_are_a_binomial(n in 1_usize..2_000, p in probability(), share in 0.0..=1.0_f64) {
        let k = (share * n as f64) as u64;
        let (sum, law) = (poisson_binomial::sf(&vec![p; n], k), binomial::sf(k, n as u64, p));
        prop_assert!(sum == law || (sum / law - 1.0).abs() < 1e-11 || law < 1e-290, "{sum:e} {law:e}");
    }

    #[test]
    fn poisson_binomial_is_a_law(p in prop::collection::vec(probability(), 0..60)) {
        let n = p.len() as u64;
        let sum: f64 = (0..=n).map(|k| poisson_binomial::pmf(&p, k)).sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
        let mut reversed = p.clone();
        reversed.reverse();
        let failures: Vec<f64> = p.iter().map(|p| 1.0 - p).collect();
        for k in 0..=n {
            let sf = poisson_binomial::sf(&p, k);
            prop_assert!((sf + poisson_binomial::cdf(&p, k) - poisson_binomial::pmf(&p, k) - 1.0).abs() < 1e-12);
            prop_assert!((sf - poisson_binomial::sf(&reversed, k)).abs() <= 1e-12 * sf);
            prop_assert!((sf - poisson_binomial::cdf(&failures, n - k)).abs() < 1e-12);
        }
    }

    #[test]
    fn adjusted_p_values_are_never_smaller(p in prop::collection::vec(0.0..=1.0_f64, 1..50)) {
        let (holm, bh) = (multiple::holm(&p), multiple::benjamini_hochberg(&p));
        for i in 0..p.len() {
            prop_assert!(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1.0);
        }
    }
}

#[test]
fn streams_are_uniform_and_unrelated() {
    let mut first: Vec<f64> = (0..2000).map(|i| rng::stream(5, "draw", i).random()).collect();
    assert!(uniformity::ks(&first).1 > 0.001);
    let other: Vec<f64> = (0..2000).map(|i| rng::stream(6, "draw", i).random()).collect();
    first.iter_mut().zip(other).for_each(|(a, b)| *a = (*a + b).fract());
    assert!(uniformity::ks(&first).1 > 0.001);
}
