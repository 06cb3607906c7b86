//! P510: oracle, by hand, the set, calibration, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::observed_unobserved::{
    Estimate, Settings, Station, compare, figures,
};
use glassurn_model::{ClaimClass, Verdict};
use glassurn_stats::{rng, sample};
use serde_json::Value;

fn station(y: f64, observed: bool, block: usize, x: Option<f64>) -> Station {
    Station {
        outcome: Some(y),
        observed: Some(observed),
        block: block.to_string(),
        covariate: x,
        near: None,
    }
}

#[test]
fn agrees_with_statsmodels_and_with_listed_permutations() {
    let file: Value =
        serde_json::from_str(include_str!("oracle/observed_unobserved.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let f = |key: &str, i: usize| case[key][i].as_f64().unwrap();
        let n = case["y"].as_array().unwrap().len();
        let block = |i: usize| usize::try_from(case["b"][i].as_u64().unwrap()).unwrap();
        let stations: Vec<_> = (0..n)
            .map(|i| station(f("y", i), case["z"][i] == 1, block(i), Some(f("x", i))))
            .collect();
        let got = figures(&stations, Settings::DEFAULT).unwrap();
        let same = |got: Estimate, key: &str| {
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs().max(1.0);
            assert!(close(got.difference, f(key, 0)) && close(got.se, f(key, 1)), "{key}: {got:?}");
        };
        same(got.plain, "plain");
        same(got.cuped.unwrap().0, "cuped");
        assert!((got.cuped.unwrap().1 - case["theta"].as_f64().unwrap()).abs() < 1e-9);
        if !case["lin"].is_null() {
            same(got.lin.unwrap(), "lin");
        }
        if let Some(p) = case["p"].as_f64() {
            assert!((got.permuted.unwrap().p.value - p).abs() < 1e-12);
        }
    }
}

/// Six observed and six unobserved, with a shift.
fn shifted(shift: f64) -> Vec<Station> {
    let y = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0, 5.5, 3.5, 8.0, 7.0];
    (0..12)
        .map(|i| station(y[i] + if i % 2 == 0 { shift } else { 0.0 }, i % 2 == 0, 0, None))
        .collect()
}

#[test]
fn the_set_holds_just_the_shifts_that_the_test_does_not_reject() {
    let p = |shift: f64| figures(&shifted(shift), Settings::DEFAULT).unwrap().permuted.unwrap();
    let [low, high] = p(0.0).set;
    assert!(low < high && low.is_finite() && high.is_finite());
    for (shift, kept) in
        [(low + 1e-6, true), (low - 1e-6, false), (high - 1e-6, true), (high + 1e-6, false)]
    {
        assert_eq!(p(-shift).p.value > 0.05, kept, "{shift}");
    }
}

#[test]
fn under_the_null_small_p_are_as_rare_as_they_should_be() {
    let hits = (0..1_000_u64)
        .filter(|run| {
            let mut rng = rng::stream(5, "null", *run);
            let stations: Vec<_> = (0..12)
                .map(|i| station(sample::normal(&mut rng), i % 2 == 0, i / 6, None))
                .collect();
            let found = figures(&stations, Settings::DEFAULT).unwrap();
            found.permuted.unwrap().p.value <= 0.05
        })
        .count();
    // Of 400 assignments in pairs of signs 20 are rejected: exactly 5 %; four standard deviations are 28.
    assert!((22..=78).contains(&hits), "{hits}");
}

#[test]
fn many_assignments_are_drawn_and_the_same_again() {
    let stations: Vec<_> =
        (0..60).map(|i| station(f64::from(i % 7), i % 2 == 0, 0, None)).collect();
    let first = figures(&stations, Settings::DEFAULT).unwrap();
    assert_eq!(first, figures(&stations, Settings::DEFAULT).unwrap());
    let p = first.permuted.unwrap().p.value * 10_000.0;
    assert!((p - p.round()).abs() < 1e-9 && p >= 1.0);
}

#[test]
fn spill_over_is_told_from_the_direct_difference() {
    let place = |(y, observed, near): (f64, bool, bool)| Station {
        near: Some(near),
        ..station(y, observed, 0, None)
    };
    let all = [
        (30.0, true, true),
        (32.0, true, true),
        (50.0, false, true),
        (52.0, false, true),
        (40.0, false, false),
        (42.0, false, false),
    ];
    let stations: Vec<_> = all.map(place).to_vec();
    assert_eq!(figures(&stations, Settings::DEFAULT).unwrap().spill, Some([-20.0, 10.0]));
    let answer = compare("share", &stations, Settings::DEFAULT);
    assert!(answer.notes.iter().any(|n| n.contains("twice")));
}

#[test]
fn without_a_lot_there_is_an_association_and_no_test() {
    let set = Settings { random: false, ..Settings::DEFAULT };
    let answer = compare("share", &shifted(-9.0), set);
    let claim = &answer.claims[0];
    assert!(claim.headline.contains("association") && answer.p.is_none());
    assert_eq!((claim.class, claim.verdict), (ClaimClass::Data, Verdict::NotTested));
    let random = compare("share", &shifted(-9.0), Settings::DEFAULT);
    assert_eq!(random.claims[0].verdict, Verdict::Inconsistent);
}

#[test]
fn missing_is_left_out_and_lone_blocks_are_refused() {
    let mut stations = shifted(0.0);
    stations[0].outcome = None;
    stations.push(station(1.0, true, 1, None));
    let found = figures(&stations, Settings::DEFAULT).unwrap();
    assert_eq!((found.missing, found.alone, found.used), (1, 1, [5, 6]));
    let lone = [station(1.0, true, 0, None), station(2.0, false, 0, None)];
    assert!(compare("share", &lone, Settings::DEFAULT).refused.is_some());
    let wide = Settings { confidence: 1.0, ..Settings::DEFAULT };
    assert!(compare("share", &stations, wide).refused.is_some());
}
