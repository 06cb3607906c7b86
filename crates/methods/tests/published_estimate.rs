//! P250: by hand, brute force, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::published_estimate::{Published, answer, judge};
use glassurn_model::Verdict;
use proptest::prelude::*;
use serde_json::Value;

/// A row: estimate, lower, upper, margin, official.
fn row(of: [Option<f64>; 5]) -> Published {
    let [estimate, low, high, margin, official] = of;
    Published {
        name: "A".to_owned(),
        group: "G".to_owned(),
        estimate,
        low,
        high,
        margin,
        official,
        ..Published::default()
    }
}

#[test]
fn inside_outside_and_not_tested() {
    let of = |r: [Option<f64>; 5]| {
        let judged = judge(&[row(r)]).0.remove(0);
        (judged.verdict, judged.why)
    };
    let (e, m) = (Some(50.0), Some(2.0));
    assert_eq!(of([e, None, None, m, Some(51.9)]).0, Verdict::Consistent);
    assert_eq!(of([e, None, None, m, Some(52.0)]).0, Verdict::Consistent);
    assert_eq!(of([e, None, None, m, Some(52.1)]).0, Verdict::Inconsistent);
    assert_eq!(of([None, Some(48.0), Some(52.0), None, Some(52.1)]).0, Verdict::Inconsistent);
    assert_eq!(of([e, None, None, m, None]).1.unwrap(), "no official figure is given");
    assert_eq!(of([e, None, None, None, Some(50.0)]).1.unwrap(), "no interval is published");
    let (verdict, why) = of([Some(53.0), Some(48.0), Some(52.0), None, Some(50.0)]);
    assert_eq!(
        (verdict, why.unwrap().as_str()),
        (Verdict::NotTested, "the estimate is not inside 48 to 52")
    );
    let (verdict, why) = of([e, Some(45.0), Some(55.0), m, Some(54.0)]);
    assert_eq!(verdict, Verdict::Consistent);
    assert!(why.unwrap().contains("not half of the interval"));
    let (verdict, _) = of([e, None, None, Some(-2.0), Some(50.0)]);
    assert_eq!(verdict, Verdict::NotTested);
}

#[test]
fn half_widths_away() {
    let judged = judge(&[row([Some(50.0), None, None, Some(2.0), Some(53.0)])]).0;
    assert_eq!(judged[0].half_widths(), Some(1.5));
}

#[test]
fn one_margin_for_all_shares_is_no_margin_in_points() {
    let rows = [67.8, 6.6, 2.2].map(|e| row([Some(e), None, None, Some(0.05), Some(e)]));
    let (judged, rescues) = judge(&rows);
    assert!(judged.iter().all(|j| j.verdict == Verdict::NotTested));
    assert!(rescues[0].what.contains("as a share it is 5 points"));
    // Small margins that go with small shares are what sampling gives.
    let rows =
        [(50.6, 0.61), (0.1, 0.02)].map(|(e, m)| row([Some(e), None, None, Some(m), Some(e)]));
    assert!(judge(&rows).1.is_empty());
}

#[test]
fn agrees_with_brute_force() {
    let file: Value = serde_json::from_str(include_str!("oracle/published_estimate.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let of = case["rows"].as_array().unwrap();
        let published = |r: &Value| {
            let f = |v: &Value| v.as_f64();
            row([
                f(&r["estimate"]),
                f(&r["cells"][0]),
                f(&r["cells"][1]),
                f(&r["cells"][2]),
                f(&r["official"]),
            ])
        };
        let (judged, rescues) = judge(&of.iter().map(published).collect::<Vec<_>>());
        assert_eq!(!rescues.is_empty(), case["exchanged"].as_bool().unwrap());
        for (j, r) in judged.iter().zip(of) {
            let [low, high] = ["low", "high"].map(|k| r[k].as_f64().unwrap());
            assert_eq!(j.interval, Some([low, high]));
            let inside = (low..=high).contains(&r["official"].as_f64().unwrap());
            assert_eq!(j.verdict == Verdict::Consistent, inside);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn never_panics_and_words_are_neutral(cells in prop::collection::vec(prop::option::of(-5.0_f64..120.0), 0..60)) {
        let rows: Vec<Published> =
            cells.chunks(5).filter_map(|c| Some(row(<[_; 5]>::try_from(c).ok()?))).collect();
        let answer = answer("rows", &rows, &[]);
        let text = serde_json::to_string(&answer).unwrap().to_lowercase();
        for word in ["fraud", "rigg", "stolen", "steal", "cheat", "falsif", "manipul", "tamper", "crime", "winner"] {
            prop_assert!(!text.contains(word), "{}", text);
        }
        prop_assert!(answer.refused.is_some() || answer.measures.iter().map(|m| m.value).sum::<f64>() == rows.len() as f64);
    }
}
