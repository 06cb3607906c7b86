//! P140: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{assert_refused, assert_sound, oracle, value};
use glassurn_methods::parallel::missing_bounds::{Bounds, Cap, Part, bounds, caps, compare};
use glassurn_model::{ClaimClass, Verdict};
use proptest::prelude::*;

fn part(votes: &[i64], sizes: Vec<i64>, stations: Option<i64>) -> Part {
    let names = ["Ada", "Alan", "Grace"].iter().map(|n| (*n).to_owned());
    let choices = names.zip(votes.iter().copied()).collect();
    Part { choices, sizes, stations, announced_all: None, base: "sheets in hand".to_owned() }
}

fn under(part: &Part, missing: f64) -> Bounds {
    bounds(part, &Cap { name: "a cap".to_owned(), missing }).unwrap()
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn half_is_missing() {
    // 60 to 40 in hand, 100 missing: 60/200 to 160/200, and 40/200 to 140/200.
    let bounds = under(&part(&[60, 40], vec![100], None), 100.0);
    assert_eq!(bounds.shares, [[0.3, 0.8], [0.2, 0.7]]);
    assert_eq!(bounds.least_margin, -80.0);
}

#[test]
fn caps_by_size_and_by_announcement() {
    let sizes: Vec<i64> = (1..=100).collect();
    let part = Part { announced_all: Some(5_150), ..part(&[3_000, 2_050], sizes, Some(102)) };
    let found: Vec<f64> = caps(&part).unwrap().iter().map(|c| c.missing).collect();
    // 2 · 50.5, announced 5,150 − 5,050, 2 · 99, 2 · 100; least first.
    assert_eq!(found, [100.0, 101.0, 198.0, 200.0]);
}

#[test]
fn the_order_holds_under_the_widest_cap_that_lets_it() {
    // A margin of 20 and three missing stations; 10 each at most on average, 11 the largest.
    let sizes = vec![11, 9, 10, 10];
    let answer = compare("sheets", &part(&[32, 8], sizes.clone(), Some(6)));
    assert_eq!(answer.claims[0].verdict, Verdict::Contradicted);
    assert_eq!(answer.claims[0].class, ClaimClass::Order);
    assert!(
        answer.claims[0].headline.contains("the largest size"),
        "{}",
        answer.claims[0].headline
    );
    assert_eq!(value(&answer, "D/(m·x̄)"), 24.0 / 20.0);
    let open = compare("sheets", &part(&[32, 8], sizes, Some(7)));
    assert_eq!(open.claims[0].verdict, Verdict::NotTested);
}

#[test]
fn nothing_missing_leaves_points() {
    let part = part(&[60, 40], vec![50, 50], Some(2));
    assert!(caps(&part).unwrap().iter().all(|c| c.missing == 0.0));
    assert_eq!(under(&part, 0.0).shares, [[0.6, 0.6], [0.4, 0.4]]);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn the_bounds_are_the_extremes_of_every_completion() {
    for case in oracle("P140") {
        let votes: Vec<i64> = serde_json::from_value(case["votes"].clone()).unwrap();
        let cap = case["cap"].as_f64().unwrap();
        let got = under(&part(&votes, vec![votes.iter().sum()], None), cap);
        assert_eq!(got.least_margin, case["least_margin"].as_f64().unwrap());
        let want: Vec<[f64; 2]> = serde_json::from_value(case["shares"].clone()).unwrap();
        for (got, want) in got.shares.iter().flatten().zip(want.iter().flatten()) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
    }
}

// --- theorems --------------------------------------------------------------------------------------

/// Votes of three choices at some stations.
fn stations() -> impl Strategy<Value = Vec<[i64; 3]>> {
    let vote = || 0_i64..200;
    proptest::collection::vec((vote(), vote(), vote()).prop_map(|(a, b, c)| [a, b, c]), 1..20)
}

fn of(stations: &[[i64; 3]]) -> Part {
    let votes = [0, 1, 2].map(|c| stations.iter().map(|s| s[c]).sum());
    part(&votes, stations.iter().map(|s| s.iter().sum()).collect(), None)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_bounds_hold_the_truth_for_every_completion_within_the_cap(
        known in stations(), rest in stations(), slack in 0_i64..300,
    ) {
        let part = of(&known);
        let whole: Vec<_> = known.iter().chain(&rest).copied().collect();
        let truth = of(&whole);
        let all: i64 = truth.sizes.iter().sum();
        prop_assume!(part.sizes.iter().sum::<i64>() > 0);
        let bounds = under(&part, (all - part.sizes.iter().sum::<i64>() + slack) as f64);
        for ((_, votes), [low, high]) in truth.choices.iter().zip(&bounds.shares) {
            let share = *votes as f64 / all as f64;
            prop_assert!(low - 1e-12 <= share && share <= high + 1e-12, "{} {} {}", low, share, high);
        }
    }

    #[test]
    fn adding_a_station_within_the_cap_never_widens_a_bound(
        known in stations(), new in stations(), slack in 0_i64..300, beyond in 0_i64..3_000,
    ) {
        // The new station has at most the cap's size, which leaves what is missing.
        let more: Vec<_> = known.iter().copied().chain([new[0]]).collect();
        let size = new[0].iter().sum::<i64>() + slack;
        prop_assume!(known.iter().flatten().sum::<i64>() > 0);
        let before = under(&of(&known), (size + beyond) as f64);
        let after = under(&of(&more), beyond as f64);
        for ([l0, h0], [l1, h1]) in before.shares.iter().zip(&after.shares) {
            prop_assert!(l1 + 1e-12 >= *l0 && h1 - 1e-12 <= *h0);
        }
    }

    #[test]
    fn the_order_of_stations_does_not_matter(known in stations()) {
        let turned: Vec<_> = known.iter().rev().copied().collect();
        let answer = |s: &[[i64; 3]]| compare("x", &Part { stations: Some(30), ..of(s) });
        prop_assert_eq!(answer(&known), answer(&turned));
    }

    #[test]
    fn every_answer_is_sound(known in stations(), all in 0_i64..30, announced in 0_i64..9_000) {
        assert_sound(&compare("x", &Part { stations: Some(all), announced_all: Some(announced), ..of(&known) }));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_bounded_is_refused() {
    let of = |votes: &[i64], sizes, stations| compare("x", &part(votes, sizes, stations));
    assert_refused(&of(&[5, -1], vec![4], Some(2)), "negative");
    assert_refused(&of(&[5], vec![5], Some(2)), "two choices");
    assert_refused(&of(&[5, 4], vec![9], None), "neither");
    assert_refused(&of(&[5, 4], vec![5, 4], Some(1)), "more is in hand");
    assert_refused(&of(&[0, 0], vec![], Some(3)), "neither");
    assert_refused(&of(&[0, 0], vec![0], Some(3)), "no vote");
}
