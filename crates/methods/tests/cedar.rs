//! X210, Cedar's anomalous votes. Order: by hand, oracle, printed figures, calibration, what must not matter,
//! refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::peers::Published;
use glassurn_methods::peers::cedar::AnomalousVotes;
use glassurn_methods::simulate::{Plan, election};
use glassurn_model::{Caveat, Reason};

mod ballots;
use ballots::{Figures, Honest, run, russia};
mod common;
use common::{close, finding, measure, oracle, refusal};

// --- by hand -------------------------------------------------------------------------------------

/// A hundred stations of 1000 voters around turnout 50 %, where the choice has two votes in five; at twenty of them,
/// 200 ballots more, all for it.
fn by_hand() -> Figures {
    let mut figures = Figures::same(100, [1_000, 500, 500, 200]);
    for i in 0..100 {
        // 45.5 to 54.5 %, most at 50.5.
        let at = [455, 465, 475, 485, 495, 505, 505, 515, 525, 545][i % 10];
        (figures.cast[i], figures.votes[i]) = (at, at * 2 / 5);
        if i < 20 {
            figures.cast[i] += 200;
            figures.votes[i] += 200;
        }
    }
    figures.issued.clear();
    figures
}

#[test]
fn added_votes_are_found_where_the_ratio_is_right() {
    let f = finding(run(&AnomalousVotes, &by_hand().returns()));
    // Two votes in five leave a ratio of 2/3, and 20 × 200 votes beyond it, but for halves of votes.
    close(measure(&f, "r"), 2.0 / 3.0, 1e-2);
    assert!((measure(&f, "A") - 4_000.0).abs() < 150.0, "{}", f.plain);
    assert!((45.0..=55.0).contains(&measure(&f, "b")));
    assert_eq!((f.p, AnomalousVotes.met(&f)), (None, None));
}

// --- oracle and printed figures ------------------------------------------------------------------

#[test]
fn agrees_with_the_recipe_in_numpy() {
    for case in oracle("cedar.json") {
        let [registered, cast, votes] = ["registered", "cast", "votes"].map(|k| case.counts(k));
        let figures = Figures { registered, cast, votes, ..Figures::default() };
        let f = finding(run(&AnomalousVotes, &figures.returns()));
        for (symbol, key) in [("A", "excess"), ("A/L", "part"), ("b", "bin"), ("r", "ratio")] {
            close(measure(&f, symbol), case.number(key), 1e-9);
        }
    }
}

#[test]
fn russian_elections_are_as_printed() {
    let printed = [
        (2004, 56.0, "2.087180", "7889226.1505", "15.9854"),
        (2011, 51.0, "0.521327", "14932292.4081", "46.3231"),
        (2018, 61.0, "2.696084", "10138780.2393", "18.0226"),
    ];
    for (year, bin, ratio, excess, part) in printed {
        let Some(returns) = russia("russian_elections_are_as_printed", year) else { return };
        let f = finding(run(&AnomalousVotes, &returns));
        assert_eq!(measure(&f, "b"), bin);
        assert_eq!(format!("{:.6}", measure(&f, "r")), ratio);
        assert_eq!(format!("{:.4}", measure(&f, "A")), excess);
        assert_eq!(format!("{:.4}", 100.0 * measure(&f, "A/L")), part);
    }
}

// --- calibration, what must not matter -----------------------------------------------------------

#[test]
fn clean_elections_have_a_figure_too() {
    let part = |seed| {
        let returns = election(&Plan { stations_per_region: 60, seed, ..Plan::default() });
        measure(&finding(run(&AnomalousVotes, &returns)), "A/L")
    };
    let mut parts: Vec<f64> = (1..=100).map(part).collect();
    parts.sort_by(f64::total_cmp);
    let (low, middle, high) = (parts[5], parts[50], parts[94]);
    println!("{low:.3} {middle:.3} {high:.3}");
    assert!(low < 0.0 && middle.abs() < 0.05 && high > 0.03);
}

#[test]
fn station_order_does_not_matter() {
    let honest = Honest { stations: 600, sizes: [200.0, 2_500.0], groups: 4 };
    let [a, b] = honest.in_two_orders(&AnomalousVotes);
    assert_eq!(a.measures, b.measures);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let same = |n| Figures::same(n, [1_000, 500, 500, 200]).returns();
    assert_eq!(refusal(run(&AnomalousVotes, &same(99))), Reason::TooFew { used: 99, needed: 100 });
    let all = Figures::same(120, [1_000, 500, 500, 500]).returns();
    assert_eq!(refusal(run(&AnomalousVotes, &all)), Reason::Constant);
    let returns = same(120);
    assert!(matches!(
        refusal(glassurn_methods::Screen::run(&AnomalousVotes, &Slice::whole(&returns, 0, None))),
        Reason::WrongSubject(_)
    ));
}

#[test]
fn says_that_it_is_one_figure_of_many() {
    let f = finding(run(&AnomalousVotes, &by_hand().returns()));
    assert!(f.plain.starts_with("The notebook's computation gives "));
    assert!(
        f.plain.contains("no rule is published") && f.caveats.contains(&Caveat::MixedElectorates)
    );
}
