//! P130: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{assert_refused, assert_sound, oracle, value};
use glassurn_methods::parallel::implied_remainder::{Totals, compare, figures, total_where};
use glassurn_model::Verdict;
use proptest::prelude::*;

fn totals(votes: i64, all: i64, announced: i64, announced_all: i64) -> Totals {
    let base = "sheets in hand; the commission".to_owned();
    Totals { choice: "Ada".to_owned(), votes, all, announced, announced_all, base }
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn venezuela_by_hand() {
    let maduro = totals(3_241_461, 10_659_128, 6_408_844, 12_335_884);
    let answer = compare("sheets", std::slice::from_ref(&maduro));
    for (symbol, want) in [("f", 0.864), ("f*", 0.690), ("r", 1.889)] {
        assert!((value(&answer, symbol) - want).abs() < 5e-4, "{symbol}");
    }
    assert_eq!(answer.claims[0].verdict, Verdict::Impossible);
    assert!(answer.claims[0].headline.contains("3,167,383 votes of the 1,676,756 remaining"));
    // Fewer than none.
    let gonzalez = totals(7_156_462, 10_659_128, 5_326_104, 12_335_884);
    let figures = figures(&gonzalez).unwrap();
    assert_eq!((figures.rest_votes, figures.impossible()), (-1_830_358, true));
}

#[test]
fn the_ladder_of_remainders() {
    let verdict = |votes| compare("x", &[totals(votes, 100, 150, 200)]).claims[0].verdict;
    assert_eq!(verdict(49), Verdict::Impossible); // 101 of 100
    assert_eq!(verdict(50), Verdict::Inconsistent); // 100 of 100
    assert_eq!(verdict(54), Verdict::Inconsistent); // 96 of 100
    assert_eq!(verdict(55), Verdict::NotTested); // 95 of 100
}

#[test]
fn below_the_critical_coverage_shares_cannot_tell() {
    // Official 80 %, in hand 35 %: f* = 0.2/0.65.
    let critical = figures(&totals(35, 100, 800, 1_000)).unwrap().critical.unwrap();
    assert!((critical - 0.2 / 0.65).abs() < 1e-12);
    // Equal shares never exclude each other.
    assert_eq!(figures(&totals(20, 100, 200, 1_000)).unwrap().critical, None);
}

#[test]
fn only_complete_stations_are_summed() {
    let (a, b) = ([Some(1), Some(2), None], [Some(10), None, Some(30)]);
    assert_eq!(total_where(&a, &[&a, &b]), Some(1));
    assert_eq!(total_where(&[Some(i64::MAX), Some(1)], &[]), None);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_exact_fractions() {
    for case in oracle("P130") {
        let get = |key: &str| case[key].as_i64().unwrap();
        let figures =
            figures(&totals(get("votes"), get("all"), get("announced"), get("announced_all")))
                .unwrap();
        let near = |got: Option<f64>, key: &str| match (got, case[key].as_f64()) {
            (Some(got), Some(want)) => assert!((got - want).abs() < 1e-12, "{key}: {got} {want}"),
            (got, want) => assert_eq!(got, want, "{key}"),
        };
        near(Some(figures.coverage), "coverage");
        // The oracle gives a remainder only where some votes remain, a critical coverage even of 1.
        near(figures.remainder(), "remainder");
        near(figures.critical, "critical");
        assert_eq!(figures.impossible(), case["impossible"].as_bool().unwrap());
        assert_eq!(
            serde_json::to_value([figures.rest_votes, figures.rest_all]).unwrap(),
            case["rest"]
        );
    }
}

// --- theorems --------------------------------------------------------------------------------------

/// Totals with at most as many votes in hand as announced.
fn any_totals() -> impl Strategy<Value = Totals> {
    (1_i64..400).prop_flat_map(|announced_all| {
        (0..=announced_all, 1..=announced_all).prop_flat_map(move |(announced, all)| {
            (0..=all).prop_map(move |votes| totals(votes, all, announced, announced_all))
        })
    })
}

/// f compared with f*, in integers: f = x/X, p = y/x, O = z/X.
fn beyond_critical(t: &Totals) -> bool {
    let (y, x, z, all) = (t.votes, t.all, t.announced, t.announced_all);
    match (z * x).cmp(&(y * all)) {
        // f > (1 − O)/(1 − p)  ⇔  x/X · (x − y)/x > (X − z)/X
        std::cmp::Ordering::Greater => x - y > all - z,
        // f > O/p  ⇔  x/X · y/x > z/X
        std::cmp::Ordering::Less => y > z,
        std::cmp::Ordering::Equal => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn impossible_exactly_beyond_the_critical_coverage(t in any_totals()) {
        let figures = figures(&t).unwrap();
        prop_assert_eq!(figures.impossible(), beyond_critical(&t));
        // The printed ratios say the same, away from equality.
        if let Some(critical) = figures.critical.filter(|c| (c - figures.coverage).abs() > 1e-12) {
            prop_assert_eq!(figures.impossible(), figures.coverage > critical);
        }
        if let Some(r) = figures.remainder() {
            prop_assert_eq!(figures.impossible(), !(0.0..=1.0).contains(&r));
        }
    }

    #[test]
    fn an_honest_announcement_is_never_impossible(
        stations in proptest::collection::vec((0_i64..200, 0_i64..200), 2..30), cut in 1_usize..30,
    ) {
        let sum = |s: &[(i64, i64)]| s.iter().fold((0, 0), |a, v| (a.0 + v.0, a.1 + v.0 + v.1));
        let (part, whole) = (sum(&stations[..cut.min(stations.len())]), sum(&stations));
        prop_assume!(part.1 > 0);
        prop_assert!(!figures(&totals(part.0, part.1, whole.0, whole.1)).unwrap().impossible());
    }

    #[test]
    fn every_answer_is_sound(t in any_totals()) {
        assert_sound(&compare("sheets", &[t]));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn totals_on_different_bases_are_refused() {
    let of = |v, a, o, all| compare("x", &[totals(v, a, o, all)]);
    assert_refused(&of(-1, 10, 5, 20), "negative");
    assert_refused(&of(0, 0, 5, 20), "zero");
    assert_refused(&of(11, 10, 5, 20), "different bases");
    assert_refused(&of(1, 10, 21, 20), "different bases");
    // One refused choice does not silence another.
    let both = compare("x", &[totals(11, 10, 5, 20), totals(3, 10, 5, 20)]);
    assert_eq!((both.claims.len(), both.notes.len()), (1, 1));
}
