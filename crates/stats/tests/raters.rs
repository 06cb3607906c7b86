//! Agreement, directed graphs and the ordinal model: other implementations, what must not matter, recovery.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use glassurn_stats::{
    agreement::{Metric, alpha, quadratic_kappa},
    curveball, ols,
    ordinal::{Normal, Priors, Rating, Ratings, fit, probability},
    reciprocity::reciprocity,
    rng, sample,
};
use proptest::prelude::*;
use serde_json::Value;

fn cases(what: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("oracle/raters.json")).unwrap();
    let cases: Vec<Value> =
        file["cases"].as_array().unwrap().iter().filter(|c| c["what"] == what).cloned().collect();
    assert!(cases.len() >= 3, "{what}");
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[track_caller]
fn near(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() < within, "{got} for {want}");
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn kappa_agrees_with_scikit_learn() {
    for case in cases("kappa") {
        let pair = |p: &Value| {
            let step = |i: usize| i32::try_from(p[i].as_i64().unwrap()).unwrap();
            (step(0), step(1))
        };
        let pairs: Vec<_> = case["pairs"].as_array().unwrap().iter().map(pair).collect();
        near(quadratic_kappa(&pairs).unwrap(), case["kappa"].as_f64().unwrap(), 1e-12);
    }
}

#[test]
fn alpha_agrees_with_krippendorff() {
    for case in cases("alpha") {
        let units: Vec<_> = case["units"].as_array().unwrap().iter().map(numbers).collect();
        for (metric, name) in [(Metric::Interval, "interval"), (Metric::Ordinal, "ordinal")] {
            let got = alpha(&units, metric).alpha.unwrap();
            near(got, case[name].as_f64().unwrap(), 1e-12);
        }
    }
}

#[test]
fn reciprocity_agrees_with_networkx() {
    for case in cases("reciprocity") {
        let link = |l: &Value| (whole(&l[0]), whole(&l[1]), l[2].as_f64().unwrap());
        let links: Vec<_> = case["links"].as_array().unwrap().iter().map(link).collect();
        let got = reciprocity(&links, whole(&case["nodes"]));
        for (got, name) in
            [(got.share, "share"), (got.corrected, "corrected"), (got.weighted, "weighted")]
        {
            near(got.unwrap(), case[name].as_f64().unwrap(), 1e-12);
        }
    }
}

#[test]
fn the_ordinal_model_agrees_with_a_general_optimiser() {
    for case in cases("ordinal") {
        let rating = |r: &Value| Rating {
            unit: whole(&r[0]),
            rater: whole(&r[1]),
            category: whole(&r[2]),
            favour: usize::try_from(r[3].as_i64().unwrap()).ok(),
        };
        let ratings: Vec<_> = case["ratings"].as_array().unwrap().iter().map(rating).collect();
        let law = |u: &Value| Normal { mean: u[0].as_f64().unwrap(), sd: u[1].as_f64().unwrap() };
        let units: Vec<_> = case["units"].as_array().unwrap().iter().map(law).collect();
        let got = fit(&Ratings {
            ratings: &ratings,
            units: &units,
            raters: whole(&case["raters"]),
            favours: whole(&case["favours"]),
            categories: whole(&case["categories"]),
            priors: Priors::DEFAULT,
        })
        .unwrap();
        let all = |got: Vec<f64>, name: &str, within: f64| {
            let want = numbers(&case[name]);
            assert_eq!(got.len(), want.len());
            got.into_iter().zip(want).for_each(|(g, w)| near(g, w, within));
        };
        all(got.quality.iter().map(|e| e.value).collect(), "quality", 1e-5);
        all(got.reaction.clone(), "reaction", 1e-5);
        all(got.leniency.iter().map(|e| e.value).collect(), "leniency", 1e-5);
        all(got.leniency.iter().map(|e| e.sd).collect(), "leniency_sd", 1e-4);
        all(got.favour.iter().map(|e| e.value).collect(), "favour", 1e-5);
        all(got.favour.iter().map(|e| e.sd).collect(), "favour_sd", 1e-4);
        all(got.thresholds.clone(), "thresholds", 1e-5);
    }
}

// --- what must not matter --------------------------------------------------------------------------

fn step() -> impl Strategy<Value = i32> {
    -2..=2
}

/// Ratings as (unit, rater, category).
fn ratings() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..6_usize, 0..4_usize, 0..5_usize), 1..30)
}

fn placed(list: &[(usize, usize, usize)]) -> Vec<Rating> {
    let one = |&(unit, rater, category)| Rating { unit, rater, category, favour: None };
    list.iter().map(one).collect()
}

fn leniency(ratings: &[Rating], units: usize, raters: usize) -> Vec<f64> {
    let units = vec![Normal { mean: -0.5, sd: 1.0 }; units];
    let of = Ratings {
        ratings,
        units: &units,
        raters,
        favours: 0,
        categories: 5,
        priors: Priors::DEFAULT,
    };
    fit(&of).unwrap().leniency.iter().map(|e| e.value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kappa_is_symmetric_and_at_most_one(pairs in prop::collection::vec((step(), step()), 1..30)) {
        let turned: Vec<_> = pairs.iter().map(|p| (p.1, p.0)).collect();
        let (one, other) = (quadratic_kappa(&pairs), quadratic_kappa(&turned));
        prop_assert_eq!(one.is_some(), other.is_some());
        if let (Some(one), Some(other)) = (one, other) {
            prop_assert!((one - other).abs() < 1e-12 && (-1.0..=1.0).contains(&one));
        }
    }

    #[test]
    fn the_order_of_units_and_raters_does_not_matter_to_alpha(
        units in prop::collection::vec(prop::collection::vec(step().prop_map(f64::from), 1..5), 1..12),
    ) {
        let mut turned: Vec<Vec<f64>> = units.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|u| u.reverse());
        turned.push(vec![2.0]);
        for metric in [Metric::Interval, Metric::Ordinal] {
            let (one, other) = (alpha(&units, metric), alpha(&turned, metric));
            prop_assert_eq!((one.units, one.values), (other.units, other.values));
            prop_assert!((one.alpha.unwrap_or(9.0) - other.alpha.unwrap_or(9.0)).abs() < 1e-12);
        }
        // By its definition, pair by pair.
        let paired: Vec<_> = units.iter().filter(|u| u.len() > 1).collect();
        let all: Vec<f64> = paired.iter().flat_map(|u| u.iter().copied()).collect();
        let apart = |v: &[f64]| v.iter().flat_map(|a| v.iter().map(move |b| (a - b).powi(2))).sum::<f64>();
        let n = all.len() as f64;
        let observed: f64 = paired.iter().map(|u| apart(u) / (u.len() as f64 - 1.0)).sum::<f64>() / n;
        let expected = apart(&all) / (n * (n - 1.0));
        match alpha(&units, Metric::Interval).alpha {
            Some(a) => prop_assert!((a - (1.0 - observed / expected)).abs() < 1e-10),
            None => prop_assert!(all.is_empty() || expected == 0.0),
        }
    }

    #[test]
    fn names_of_units_and_raters_do_not_matter_to_the_model(list in ratings()) {
        let one = leniency(&placed(&list), 6, 4);
        let turned: Vec<_> = list.iter().rev().map(|r| (5 - r.0, 3 - r.1, r.2)).collect();
        let mut other = leniency(&placed(&turned), 6, 4);
        other.reverse();
        for (a, b) in one.iter().zip(&other) {
            prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }

    #[test]
    fn units_and_raters_without_a_rating_change_nothing(list in ratings()) {
        let (one, other) = (leniency(&placed(&list), 6, 4), leniency(&placed(&list), 9, 7));
        for (a, b) in one.iter().zip(&other) {
            prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
        prop_assert!(other[4..].iter().all(|b| b.abs() < 1e-9));
    }

    #[test]
    fn reciprocity_is_the_same_seen_from_the_other_end(
        links in prop::collection::vec((0..6_usize, 0..6_usize, 0..4_u8), 0..20),
    ) {
        let one: Vec<_> = links.iter().map(|l| (l.0, l.1, f64::from(l.2))).collect();
        let turned: Vec<_> = one.iter().rev().map(|l| (l.1, l.0, l.2)).collect();
        let (one, other) = (reciprocity(&one, 6), reciprocity(&turned, 6));
        prop_assert_eq!((one.links, one.mutual_pairs), (other.links, other.mutual_pairs));
        prop_assert_eq!((one.share, one.corrected), (other.share, other.corrected));
        prop_assert!((one.weighted.unwrap_or(9.0) - other.weighted.unwrap_or(9.0)).abs() < 1e-12);
    }
}

#[test]
fn a_shuffle_is_a_function_of_its_stream() {
    let start: curveball::Graph =
        (0..9).map(|i| BTreeSet::from([(i + 1) % 9, (i + 4) % 9])).collect();
    let drawn = |index| {
        let mut graph = start.clone();
        curveball::shuffle(&mut graph, &mut rng::stream(5, "shuffle", index));
        graph
    };
    assert_eq!(drawn(3), drawn(3));
    assert_ne!(drawn(3), drawn(4));
}

// --- recovery ------------------------------------------------------------------------------------

#[test]
fn known_leniency_is_found_again() {
    let (units, raters) = (150, 10);
    let mut rng = rng::stream(11, "known leniency", 0);
    let truth: Vec<f64> = (0..raters).map(|m| -2.0 + 4.0 * m as f64 / 9.0).collect();
    let laws: Vec<_> =
        (0..units).map(|_| Normal { mean: sample::normal(&mut rng), sd: 0.6 }).collect();
    let mut ratings = Vec::new();
    for (unit, law) in laws.iter().enumerate() {
        let quality = law.mean + law.sd * sample::normal(&mut rng);
        for (rater, b) in truth.iter().enumerate().filter(|(m, _)| (unit + m) % 2 == 0) {
            let left = sample::uniform(&mut rng);
            let cuts = [-2.0, -0.7, 0.7, 2.0];
            let below = |k: usize| (0..k).map(|c| probability(c, quality + b, &cuts)).sum::<f64>();
            let category = (1..5).take_while(|k| below(*k) < left).count();
            ratings.push(Rating { unit, rater, category, favour: None });
        }
    }
    let of = Ratings {
        ratings: &ratings,
        units: &laws,
        raters,
        favours: 0,
        categories: 5,
        priors: Priors::DEFAULT,
    };
    let fit = fit(&of).unwrap();
    // Where leniency begins and its unit are known only from the priors; the rest is a straight line.
    let values: Vec<f64> = fit.leniency.iter().map(|e| e.value).collect();
    let line = ols::fit(&truth, &values, None).unwrap();
    assert!(line.slope > 0.7 && line.slope < 1.4 && line.r_squared > 0.97, "{line:?}");
    assert!(fit.leniency.iter().all(|e| e.sd > 0.5 && e.sd < 1.2), "{:?}", fit.leniency);
}
