//! Bounds: selection within a factor, and intervals of numbers that are only bounded.

#![allow(clippy::unwrap_used)]

use glassurn_stats::{imbens_manski, selection};
use proptest::prelude::*;
use selection::Selection;
use serde_json::Value;

#[test]
fn imbens_manski_agrees_with_mpmath() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/imbens_manski.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let f = |key: &str| case[key].as_f64().unwrap();
        let got = imbens_manski::factor(f("width"), f("se"), f("level")).unwrap();
        assert!((got / f("factor") - 1.0).abs() < 1e-10, "{got} {case}");
    }
}

/// Every way to give each unit weight 1 or Γ: the extremes of a ratio lie at corners.
fn brute(units: &[(i64, i64)], factor: f64) -> [f64; 2] {
    let mut bounds = [f64::INFINITY, f64::NEG_INFINITY];
    for corner in 0_u32..1 << units.len() {
        let weight = |i: usize| if corner >> i & 1 == 1 { factor } else { 1.0 };
        let sum = |of: &dyn Fn(&(i64, i64)) -> i64| -> f64 {
            units.iter().enumerate().map(|(i, u)| weight(i) * of(u) as f64).sum()
        };
        let ratio = sum(&|u| u.0) / sum(&|u| u.1);
        bounds = [bounds[0].min(ratio), bounds[1].max(ratio)];
    }
    bounds
}

fn units() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let unit = (1_i64..60).prop_flat_map(|x| (-x..=x, Just(x)));
    prop::collection::vec(unit, 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_scan_finds_the_extreme_corner(units in units(), factor in 1.0..20.0_f64) {
        let (got, want) = (Selection::new(&units).unwrap().bounds(factor).unwrap(), brute(&units, factor));
        prop_assert!((got[0] - want[0]).abs() < 1e-12 && (got[1] - want[1]).abs() < 1e-12, "{got:?} {want:?}");
    }

    #[test]
    fn bounds_widen_with_the_factor_and_hold_the_plain_ratio(
        units in units(), one in 1.0..9.0_f64, more in 0.0..9.0_f64,
    ) {
        let selection = Selection::new(&units).unwrap();
        let (narrow, wide) = (selection.bounds(one).unwrap(), selection.bounds(one + more).unwrap());
        prop_assert!(wide[0] <= narrow[0] + 1e-14 && narrow[1] <= wide[1] + 1e-14);
        prop_assert!(narrow[0] <= selection.ratio() + 1e-14 && selection.ratio() <= narrow[1] + 1e-14);
        let none = selection.bounds(1.0).unwrap();
        prop_assert!((none[0] - selection.ratio()).abs() < 1e-14 && (none[1] - none[0]).abs() < 1e-14);
    }

    #[test]
    fn the_factor_to_reach_a_share_reaches_it_and_no_smaller_one_does(
        units in units(), target in -1.0..=1.0_f64,
    ) {
        let selection = Selection::new(&units).unwrap();
        let within = |f: f64| selection.bounds(f).is_some_and(|b| b[0] - 1e-9 <= target && target <= b[1] + 1e-9);
        match selection.factor_to_reach(target).filter(|f| *f < 1e6) {
            Some(factor) => {
                prop_assert!(within(factor));
                let less = 1.0 + (factor - 1.0) * 0.99;
                let b = selection.bounds(less).unwrap();
                prop_assert!(factor < 1.0 + 1e-6 || target < b[0] || b[1] < target);
            }
            None => prop_assert!(!within(1e3)),
        }
    }

    #[test]
    fn the_odds_factor_reaches_the_share(p in 0.01..0.99_f64, target in 0.01..0.99_f64) {
        let bounds = selection::odds_bounds(p, selection::odds_factor(p, target).unwrap()).unwrap();
        prop_assert!((bounds[0] - target).abs().min((bounds[1] - target).abs()) < 1e-12);
    }

    #[test]
    fn imbens_manski_lies_between_one_sided_and_two_sided(
        width in 0.0..1.0_f64, se in 0.0..1.0_f64, level in 0.5..0.999_f64,
    ) {
        let c = imbens_manski::factor(width, se, level).unwrap();
        let (one, two) =
            (glassurn_stats::normal::quantile(level), glassurn_stats::normal::quantile(f64::midpoint(1.0, level)));
        prop_assert!(one - 1e-9 <= c && c <= two + 1e-9, "{c} not in {one}..{two}");
        let wider = imbens_manski::factor(width + 0.1, se, level).unwrap();
        prop_assert!(wider <= c + 1e-9);
    }
}
