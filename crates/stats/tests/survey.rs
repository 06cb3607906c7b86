//! Estimates from samples: by hand, by theorem, and how often the intervals cover.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::sample::{below, binomial, normal, uniform};
use glassurn_stats::survey::{
    Design, DesignError, Sampled, Single, pps_ratio, pps_total, ratio, separate_ratio, total,
};
use proptest::prelude::*;

const CLOSE: f64 = 1e-12;

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn two_strata_by_hand() {
    // N 10 and 20, two units each: weights 5 and 10. Ŷ = 5·(1+3) + 10·(2+2) = 60, X̂ = 5·20 + 10·20 = 300.
    let design = Design::stratified(&[0, 0, 1, 1], &[10.0, 20.0], Single::Adjust).unwrap();
    let r = ratio(&design, &[1.0, 3.0, 2.0, 2.0], &[10.0; 4]).unwrap();
    assert!((r.value - 0.2).abs() < CLOSE);
    // Residuals −1, 1 in the first stratum: N²(1−f)s²/n = 100 · 0.8 · 2 / 2 = 80; the second adds 0.
    assert!((r.se - 80.0_f64.sqrt() / 300.0).abs() < CLOSE);
    assert_eq!(r.df, 2);
    assert!((r.half_width(0.95) / r.se - 4.302_652_73).abs() < 1e-7);
}

#[test]
fn equal_units_have_no_standard_error() {
    let design = Design::stratified(&[0, 0, 1, 1], &[10.0, 30.0], Single::Adjust).unwrap();
    for (votes, of, share) in
        [(5.0, 16.0, 5.0 / 16.0), (10.0, 16.0, 0.625), (16.0, 70.0, 16.0 / 70.0)]
    {
        let r = ratio(&design, &[votes; 4], &[of; 4]).unwrap();
        assert!((r.value - share).abs() < CLOSE && r.se < CLOSE);
    }
}

#[test]
fn clusters_taken_whole_by_hand() {
    // Three of six clusters; totals 3, 1, 2 over ten each: R = 0.2, residual totals 1, −1, 0, weight 2.
    let units = [0, 0, 1, 2, 2].map(|cluster| Sampled { stratum: 0, cluster });
    let design = Design::clustered(&units, &[6.0], Single::Adjust).unwrap();
    let r = ratio(&design, &[1.0, 2.0, 1.0, 1.0, 1.0], &[4.0, 6.0, 10.0, 5.0, 5.0]).unwrap();
    // 36 · ½ · 1 / 3 = 6, over X̂ = 60.
    assert!((r.value - 0.2).abs() < CLOSE && (r.se - 6.0_f64.sqrt() / 60.0).abs() < CLOSE);
    assert_eq!(r.df, 2);
}

#[test]
fn a_single_unit_is_never_dropped_in_silence() {
    let of = |single| {
        let design = Design::stratified(&[0, 0, 1], &[10.0, 20.0], single).unwrap();
        assert_eq!(design.singles(), [1]);
        total(&design, &[1.0, 3.0, 2.0]).unwrap().se.powi(2)
    };
    // First stratum 80; the second against zero (1 − 1/20)(20·2)² = 1520, or the mean of the others, or 0.
    assert!((of(Single::Adjust) - 1600.0).abs() < 1e-9);
    assert!((of(Single::Average) - 160.0).abs() < 1e-9);
    assert!((of(Single::Certainty) - 80.0).abs() < 1e-9);
    // A stratum of one unit that is in the sample is known, not single.
    let whole = Design::stratified(&[0, 0, 1], &[10.0, 1.0], Single::Adjust).unwrap();
    assert_eq!(whole.singles(), [] as [usize; 0]);
}

#[test]
fn proportional_to_size_by_hand() {
    // y/p = 100, 120, 80: mean 100, s² = 400, n = 3.
    let t = pps_total(&[10.0, 24.0, 8.0], &[0.1, 0.2, 0.1]).unwrap();
    assert!((t.value - 100.0).abs() < CLOSE && (t.se - (400.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    let r = pps_ratio(&[10.0, 20.0, 10.0], &[20.0, 40.0, 20.0], &[0.1, 0.2, 0.1]).unwrap();
    assert!((r.value - 0.5).abs() < CLOSE && r.se < CLOSE);
    assert_eq!(pps_total(&[1.0, 2.0], &[0.5, 0.0]), None);
}

#[test]
fn what_has_no_design_is_refused() {
    let error = |strata: &[usize], sizes: &[f64]| {
        Design::stratified(strata, sizes, Single::Adjust).unwrap_err()
    };
    assert_eq!(error(&[], &[3.0]), DesignError::Empty);
    assert_eq!(error(&[1], &[3.0]), DesignError::NoStratum(1));
    assert_eq!(error(&[0], &[3.0, 3.0]), DesignError::EmptyStratum(1));
    assert_eq!(error(&[0], &[f64::NAN]), DesignError::Size(0));
    assert_eq!(error(&[0, 0], &[1.0]), DesignError::Overfull(0));
    let design = Design::stratified(&[0, 0], &[9.0], Single::Adjust).unwrap();
    assert_eq!(ratio(&design, &[1.0, 1.0], &[0.0, 0.0]), None);
    assert_eq!(ratio(&design, &[1.0], &[1.0]), None);
    assert_eq!(ratio(&design, &[f64::NAN, 1.0], &[1.0, 1.0]), None);
    assert_eq!(separate_ratio(&design, &[1.0, 1.0], &[1.0, 1.0], &[]), None);
}

// --- by theorem ----------------------------------------------------------------------------------

/// A sample of two to five units in each of some strata: (stratum, y, z, x).
fn samples() -> impl Strategy<Value = (Vec<usize>, [Vec<f64>; 3], Vec<f64>)> {
    let unit = (0_u32..200, 0_u32..200, 1_u32..100);
    prop::collection::vec((prop::collection::vec(unit, 2..6), 6_u32..90), 1..8).prop_map(|strata| {
        let (mut h, mut v) = (Vec::new(), [Vec::new(), Vec::new(), Vec::new()]);
        for (i, (units, _)) in strata.iter().enumerate() {
            for (y, z, more) in units {
                h.push(i);
                v[0].push(f64::from(*y));
                v[1].push(f64::from(*z));
                v[2].push(f64::from(y + z + more));
            }
        }
        (h, v, strata.iter().map(|s| f64::from(s.1)).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_margin_has_the_variance_of_a_difference((h, [y, z, x], sizes) in samples()) {
        let design = Design::stratified(&h, &sizes, Single::Adjust).unwrap();
        let gap: Vec<f64> = y.iter().zip(&z).map(|(y, z)| y - z).collect();
        let [a, b, margin] = [&y, &z, &gap].map(|v| ratio(&design, v, &x).unwrap());
        let c = design.covariance(&[a.scores, b.scores]);
        prop_assert!((margin.value - (a.value - b.value)).abs() < 1e-10);
        prop_assert!((margin.se.powi(2) - (c[0][0] + c[1][1] - 2.0 * c[0][1])).abs() < 1e-10);
    }

    #[test]
    fn the_order_of_units_does_not_matter((h, [y, _, x], sizes) in samples()) {
        let back = |v: &[f64]| v.iter().rev().copied().collect::<Vec<_>>();
        let turned: Vec<usize> = h.iter().rev().copied().collect();
        let one = ratio(&Design::stratified(&h, &sizes, Single::Adjust).unwrap(), &y, &x).unwrap();
        let design = Design::stratified(&turned, &sizes, Single::Adjust).unwrap();
        let other = ratio(&design, &back(&y), &back(&x)).unwrap();
        prop_assert!((one.value - other.value).abs() < 1e-13 && (one.se - other.se).abs() < 1e-13);
    }

    #[test]
    fn a_census_has_no_standard_error((h, [y, _, x], sizes) in samples()) {
        let all: Vec<f64> =
            (0..sizes.len()).map(|s| h.iter().filter(|&&i| i == s).count() as f64).collect();
        let design = Design::stratified(&h, &all, Single::Adjust).unwrap();
        let r = ratio(&design, &y, &x).unwrap();
        prop_assert!(r.se < 1e-12);
        prop_assert!((r.value - y.iter().sum::<f64>() / x.iter().sum::<f64>()).abs() < 1e-12);
    }

    #[test]
    fn the_separate_ratio_is_the_combined_one_in_one_stratum((_, [y, _, x], _) in samples()) {
        let design = Design::stratified(&vec![0; y.len()], &[500.0], Single::Adjust).unwrap();
        let (one, other) = (ratio(&design, &y, &x).unwrap(), separate_ratio(&design, &y, &x, &[9e4]).unwrap());
        prop_assert!((one.value - other.value).abs() < 1e-12 && (one.se - other.se).abs() < 1e-12);
    }
}

// --- how often the intervals cover ---------------------------------------------------------------

/// A population of stations by stratum: (votes, ballots).
type Frame = Vec<Vec<(f64, f64)>>;

/// Strata of these sizes; the level of support differs between and within strata.
fn frame(rng: &mut ChaCha8Rng, sizes: &[usize], within: f64) -> Frame {
    let stratum = |&size: &usize, rng: &mut ChaCha8Rng| {
        let level = 0.15 + 0.7 * uniform(rng);
        (0..size)
            .map(|_| {
                let ballots = 100 + below(rng, 600);
                let p = (level + within * normal(rng)).clamp(0.01, 0.99);
                (binomial(rng, ballots, p) as f64, ballots as f64)
            })
            .collect()
    };
    sizes.iter().map(|size| stratum(size, rng)).collect()
}

/// A simple random sample of `n` of a slice, by a partial shuffle.
fn drawn(rng: &mut ChaCha8Rng, of: &[(f64, f64)], n: usize) -> Vec<(f64, f64)> {
    let mut pool = of.to_vec();
    for i in 0..n {
        let other = i + below(rng, (pool.len() - i) as u64) as usize;
        pool.swap(i, other);
    }
    pool.truncate(n);
    pool
}

/// Share of 2,000 samples whose 95 % interval holds the population's ratio.
fn coverage(label: &str, sizes: &[usize], n: &[usize], within: f64) -> f64 {
    let population = frame(&mut rng::stream(7, label, 0), sizes, within);
    let sum = |pick: fn(&(f64, f64)) -> f64| population.iter().flatten().map(pick).sum::<f64>();
    let truth = sum(|s| s.0) / sum(|s| s.1);
    let sizes: Vec<f64> = sizes.iter().map(|s| *s as f64).collect();
    let covered = (1..=2_000).filter(|&draw| {
        let rng = &mut rng::stream(7, label, draw);
        let (mut h, mut y, mut x) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (stratum, n)) in population.iter().zip(n).enumerate() {
            for (votes, ballots) in drawn(rng, stratum, *n) {
                h.push(number);
                y.push(votes);
                x.push(ballots);
            }
        }
        let design = Design::stratified(&h, &sizes, Single::Adjust).unwrap();
        let [low, high] = ratio(&design, &y, &x).unwrap().interval(0.95);
        (low..=high).contains(&truth)
    });
    covered.count() as f64 / 2_000.0
}

#[test]
fn intervals_cover_as_often_as_they_say() {
    let shapes = [
        coverage("even", &[60; 20], &[8; 20], 0.08),
        coverage("uneven", &[12, 30, 80, 200, 500, 900], &[6, 10, 15, 20, 30, 40], 0.1),
        coverage("dense", &[40; 10], &[20; 10], 0.15),
        coverage("one stratum", &[1500], &[60], 0.2),
    ];
    for share in shapes {
        assert!((0.935..=0.965).contains(&share), "{shapes:?}");
    }
}
