//! P170: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{announced, assert_refused, assert_sound, counts, oracle, value};
use glassurn_methods::parallel::sum_chain::{Line, compare};
use glassurn_model::{Answer, Count, CountKind, Verdict};
use proptest::prelude::*;

fn answer(stations: &[Count], total: i64, all: Option<i64>) -> Answer {
    let announced = announced("all", total);
    compare(
        "stations",
        CountKind::Official,
        &[Line { name: "Ada", stations, announced: &announced }],
        all,
    )
}

fn verdict(stations: &[Count], total: i64, all: Option<i64>) -> Verdict {
    answer(stations, total, all).claims[0].verdict
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn the_four_cases_by_hand() {
    let two = [Some(60), Some(50), None];
    assert_eq!(verdict(&two, 100, Some(3)), Verdict::Impossible);
    assert_eq!(verdict(&two, 110, Some(3)), Verdict::Corroborated);
    assert_eq!(verdict(&two, 150, Some(3)), Verdict::NotTested);
    assert_eq!(verdict(&two[..2], 150, Some(2)), Verdict::Impossible); // all in hand, 40 short
    assert_eq!(verdict(&two[..2], 150, None), Verdict::NotTested); // who knows whether more exist
}

#[test]
fn the_total_needs_so_many_from_each_missing_station() {
    let answer = answer(&[Some(60), Some(20)], 200, Some(5));
    assert_eq!(value(&answer, "k"), 120.0);
    let headline = &answer.claims[0].headline;
    assert!(headline.contains("needs 120 more") && headline.contains("40 a station"), "{headline}");
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_plain_sums() {
    for case in oracle("P170") {
        let stations = counts(&case["stations"]);
        let all = i64::try_from(stations.len()).ok();
        let answer = answer(&stations, case["announced"].as_i64().unwrap(), all);
        assert_eq!(value(&answer, "Σ"), case["sum"].as_f64().unwrap());
        assert_eq!(value(&answer, "k"), case["rest"].as_f64().unwrap());
        assert_eq!(format!("{:?}", answer.claims[0].verdict), case["verdict"].as_str().unwrap());
    }
}

// --- theorems --------------------------------------------------------------------------------------

fn stations() -> impl Strategy<Value = Vec<(i64, bool)>> {
    proptest::collection::vec((0_i64..500, any::<bool>()), 1..40)
}

fn part(stations: &[(i64, bool)]) -> Vec<Count> {
    stations.iter().map(|(v, there)| there.then_some(*v)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_part_of_a_true_total_is_never_impossible(s in stations()) {
        prop_assume!(s.iter().any(|v| v.1));
        let total = s.iter().map(|v| v.0).sum();
        prop_assert_ne!(verdict(&part(&s), total, i64::try_from(s.len()).ok()), Verdict::Impossible);
        // One vote fewer than the whole, with every station in hand, is.
        let whole: Vec<Count> = s.iter().map(|v| Some(v.0)).collect();
        prop_assert_eq!(verdict(&whole, total - 1, None), Verdict::Impossible);
        prop_assert_eq!(verdict(&whole, total, None), Verdict::Corroborated);
    }

    #[test]
    fn adding_a_station_never_raises_what_is_needed(s in stations(), new in 0_i64..500) {
        prop_assume!(s.iter().any(|v| v.1));
        let (before, mut more) = (part(&s), part(&s));
        more.push(Some(new));
        let k = |p: &[Count]| value(&answer(p, 5_000, None), "k");
        prop_assert!(k(&more) <= k(&before));
    }

    #[test]
    fn the_order_of_stations_does_not_matter(s in stations(), total in 0_i64..9_000) {
        let mut turned = part(&s);
        turned.reverse();
        prop_assert_eq!(answer(&part(&s), total, Some(50)), answer(&turned, total, Some(50)));
    }

    #[test]
    fn every_answer_is_sound(s in stations(), total in 0_i64..9_000, all in proptest::option::of(0_i64..60)) {
        assert_sound(&answer(&part(&s), total, all));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn lines_without_a_sum_are_refused() {
    assert_refused(&answer(&[None, None], 5, None), "no line");
    assert_refused(&answer(&[Some(-1)], 5, None), "no line");
    assert_refused(&answer(&[Some(i64::MAX), Some(1)], 5, None), "no line");
    assert_refused(&compare("x", CountKind::Official, &[], None), "no line");
}
