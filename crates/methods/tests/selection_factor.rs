//! P150: by hand, oracle, real data, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::selection_factor::{GRID, SelectionFactor, answer, figures};
use glassurn_model::{ClaimClass, Count, Reason, Verdict};
use proptest::prelude::*;

mod common;
use common::{close, data_or_skip, oracle, plain_csv};

fn ask(counts: &[(Count, Count)]) -> SelectionFactor<'_> {
    SelectionFactor {
        subject: "a few stations",
        choice: "Ada",
        base: "valid votes",
        counts,
        stated: None,
        rival: None,
        grid: &GRID,
    }
}

fn complete(pairs: &[(i64, i64)]) -> Vec<(Count, Count)> {
    pairs.iter().map(|&(y, x)| (Some(y), Some(x))).collect()
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn two_stations_by_hand() {
    // 80 and 40 of 100. Γ = 2: (80 + 2 · 40) / 300 and (2 · 80 + 40) / 300.
    let counts = complete(&[(80, 100), (40, 100)]);
    let f = figures(&SelectionFactor { grid: &[2.0], ..ask(&counts) }).unwrap();
    close(f.share, 0.6, 1e-12);
    close(f.grid[0].stations[0], 160.0 / 300.0, 1e-12);
    close(f.grid[0].stations[1], 200.0 / 300.0, 1e-12);
    // Odds 3 : 2 halved and doubled: 3 : 4 and 6 : 2.
    close(f.grid[0].votes[0], 3.0 / 7.0, 1e-12);
    close(f.grid[0].votes[1], 0.75, 1e-12);
}

#[test]
fn the_order_turns_where_margins_cancel() {
    // Margins +60 and −20: the second must count three times.
    let counts = complete(&[(80, 100), (40, 100)]);
    let rival = [Some(20), Some(60)];
    let f = figures(&SelectionFactor { rival: Some(("Alan", &rival)), ..ask(&counts) }).unwrap();
    close(f.to_rival.unwrap().unwrap(), 3.0, 1e-12);
}

#[test]
fn what_no_station_reaches_is_said_so() {
    let counts = complete(&[(80, 100), (60, 100)]);
    let rival = [Some(20), Some(40)];
    let question = SelectionFactor {
        stated: Some((0.5, "the official share")),
        rival: Some(("Alan", &rival)),
        ..ask(&counts)
    };
    let answer = answer(&question);
    assert!(answer.measure("Γ*").is_none() && answer.measure("Γ₌").is_none());
    assert!(answer.claims[0].headline.contains("no weighting"), "{:?}", answer.claims[0]);
    assert!(answer.claims[1].headline.contains("No weighting"), "{:?}", answer.claims[1]);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_linear_programming() {
    for case in oracle("selection_factor.json") {
        let pairs = case.counts("votes").into_iter().zip(case.counts("base")).collect::<Vec<_>>();
        let counts = complete(&pairs);
        let rival: Vec<Count> = case.counts("rival").into_iter().map(Some).collect();
        let grid = case.numbers("grid");
        let f = figures(&SelectionFactor {
            stated: Some((case.number("stated"), "a stated share")),
            rival: Some(("Alan", &rival)),
            grid: &grid,
            ..ask(&counts)
        })
        .unwrap();
        for (i, row) in f.grid.iter().enumerate() {
            close(row.stations[0], case.numbers("low")[i], 1e-8);
            close(row.stations[1], case.numbers("high")[i], 1e-8);
        }
        close(f.to_stated.unwrap().unwrap(), case.number("to_stated"), 1e-6);
        close(f.to_rival.unwrap().unwrap(), case.number("to_rival"), 1e-6);
    }
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn venezuela_2024_as_computed_by_others() {
    let name = "venezuela_2024_as_computed_by_others";
    let file = "../parallel/ve2024-actas/RESULTADOS_2024_CSV_V1.csv";
    let Some(text) = data_or_skip(name, file) else { return };
    let columns = plain_csv(&text, &["egu", "validos", "nm"]);
    let counts: Vec<_> = columns[0].iter().copied().zip(columns[1].iter().copied()).collect();
    let f = figures(&SelectionFactor {
        stated: Some((0.4318, "the official share")),
        rival: Some(("nm", &columns[2])),
        ..ask(&counts)
    })
    .unwrap();
    let low = [0.6714, 0.6591, 0.6489, 0.6324, 0.6084, 0.5909, 0.5655, 0.5469, 0.5323];
    let high = [0.6714, 0.6834, 0.6929, 0.7076, 0.7274, 0.7409, 0.7590, 0.7712, 0.7804];
    assert_eq!((f.used, f.total), (24_532, [7_156_462, 10_659_128]));
    for ((row, low), high) in f.grid.iter().zip(low).zip(high) {
        assert!((row.stations[0] - low).abs() < 5.1e-5 && (row.stations[1] - high).abs() < 5.1e-5);
    }
    assert!(f.to_stated.unwrap().unwrap() > 10.0 && f.to_rival.unwrap().unwrap() > 5.0);
}

// --- theorems ------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn bounds_widen_and_hold_the_share(
        pairs in prop::collection::vec((1_i64..500).prop_flat_map(|x| (0..=x, Just(x))), 1..60),
    ) {
        let f = figures(&ask(&complete(&pairs))).unwrap();
        prop_assert!((f.grid[0].stations[0] - f.share).abs() < 1e-12);
        for (one, next) in f.grid.iter().zip(&f.grid[1..]) {
            for (narrow, wide) in [(one.stations, next.stations), (one.votes, next.votes)] {
                prop_assert!(wide[0] <= narrow[0] + 1e-12 && narrow[1] <= wide[1] + 1e-12);
            }
            // Whole stations cannot be selected more sharply than single votes.
            prop_assert!(next.votes[0] <= next.stations[0] + 1e-12);
            prop_assert!(next.stations[1] <= next.votes[1] + 1e-12);
        }
    }

    #[test]
    fn no_counts_make_it_panic(
        pairs in prop::collection::vec((any::<Option<i64>>(), any::<Option<i64>>()), 0..20),
        stated in any::<f64>(), factor in any::<f64>(),
    ) {
        let rival: Vec<Count> = pairs.iter().map(|p| p.1).collect();
        let question = SelectionFactor {
            stated: Some((stated, "a stated share")), rival: Some(("Alan", &rival)), grid: &[factor], ..ask(&pairs)
        };
        let answer = answer(&question);
        prop_assert!(answer.refused.is_some() || answer.measures.iter().all(|m| m.value.is_finite()));
    }
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn missing_and_odd_counts_are_left_out_with_their_reason() {
    let counts =
        [(Some(5), Some(10)), (None, Some(10)), (Some(11), Some(10)), (Some(-1), Some(10))];
    let f = figures(&ask(&counts)).unwrap();
    assert_eq!(f.used, 1);
    let left: Vec<_> = f.left_out.iter().map(|l| (l.why.clone(), l.stations)).collect();
    assert_eq!(left, [(Reason::Missing, 1), (Reason::Flagged, 2)]);
}

#[test]
fn refusals_say_why() {
    let counts = complete(&[(5, 10)]);
    let why = |q: &SelectionFactor<'_>| answer(q).refused.unwrap_or_default();
    assert!(why(&ask(&[])).contains("no station"));
    assert!(why(&ask(&[(Some(0), Some(0))])).contains("no station"));
    assert!(why(&SelectionFactor { grid: &[0.5], ..ask(&counts) }).contains("below 1"));
    assert!(
        why(&SelectionFactor { stated: Some((1.2, "x")), ..ask(&counts) })
            .contains("between 0 and 1")
    );
    assert!(
        why(&SelectionFactor { rival: Some(("Alan", &[])), ..ask(&counts) })
            .contains("other stations")
    );
}

// --- words ---------------------------------------------------------------------------------------

#[test]
fn classes_are_kept_apart_and_nothing_is_called_tested() {
    let counts = complete(&[(80, 100), (40, 100)]);
    let rival = [Some(20), Some(60)];
    let question = SelectionFactor {
        stated: Some((0.5, "the official share")),
        rival: Some(("Alan", &rival)),
        ..ask(&counts)
    };
    let claims = answer(&question).claims;
    let classes: Vec<_> = claims.iter().map(|c| c.class).collect();
    assert_eq!(classes, [ClaimClass::OfficialFigure, ClaimClass::Order, ClaimClass::TrueShare]);
    for claim in claims {
        assert_eq!(claim.verdict, Verdict::NotTested);
        assert!(claim.limits[0].contains("authentic") && claim.base.contains("of 200 valid votes"));
        assert!(!claim.unsupported.is_empty() && claim.headline.ends_with('.'));
    }
}
