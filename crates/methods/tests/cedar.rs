//! X210 and X220, Cedar's anomalous votes and excess. Order: by hand, oracle, printed figures, calibration, what must not matter,
//! refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::peers::Published;
use glassurn_methods::peers::cedar::{AnomalousVotes, IntegerExcess};
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

// --- X220: near whole percentages -----------------------------------------------------------------

#[test]
fn stations_at_one_whole_turnout_are_seen_by_their_neighbours() {
    // 0.6 of 1000 is 600: in the bin below 60.0 %, with nothing in the bins beside it.
    let mut figures = Figures::same(140, [1_000, 505, 505, 204]);
    figures.issued.clear();
    for i in 0..40 {
        (figures.cast[i], figures.votes[i]) = (600, 243);
    }
    let f = finding(run(&IntegerExcess, &figures.returns()));
    // Nothing but the forty near a whole percentage: 40 − 100 · 0.51 / 0.49.
    close(measure(&f, "A_S"), 40.0 - 100.0 * 0.51 / 0.49, 1e-12);
    close(measure(&f, "A_W"), 40.0 * 243.0 - 20_400.0 * 0.51 / 0.49, 1e-12);
    close(measure(&f, "A_S/n"), measure(&f, "A_S") / 140.0, 1e-12);
    // The hundred at 50.5 % are averaged over seven bins that sum to them, and lend to the four bins of 50 and of 51 %.
    let lent = 8.0 * 100.0 / 5.0 / 2.0;
    close(measure(&f, "I_S"), 40.0 - lent, 1e-9);
    assert_eq!((f.p, IntegerExcess.met(&f)), (None, None));
}

#[test]
fn the_excess_agrees_with_numpy() {
    for case in oracle("cedar_integer.json") {
        let [registered, cast, votes] = ["registered", "cast", "votes"].map(|k| case.counts(k));
        let figures = Figures { registered, cast, votes, ..Figures::default() };
        let f = finding(run(&IntegerExcess, &figures.returns()));
        assert_eq!(f.used, usize::try_from(case.whole("used")).unwrap());
        for (symbol, key) in [
            ("A_W", "area_votes"),
            ("A_S", "area_stations"),
            ("I_S", "turnout_stations"),
            ("I_W", "turnout_votes"),
            ("J_S", "share_stations"),
            ("J_W", "share_votes"),
        ] {
            close(measure(&f, symbol), case.number(key), 1e-9);
        }
    }
}

#[test]
fn russian_excesses_are_as_printed() {
    let printed = [
        (2004, "2087848.897959", "2.542119602522"),
        (2011, "1785877.612245", "2.511991312564"),
        (2018, "3082701.551020", "3.838627931097"),
    ];
    for (year, votes, percent) in printed {
        let Some(returns) = russia("russian_excesses_are_as_printed", year) else { return };
        let f = finding(run(&IntegerExcess, &returns));
        assert_eq!(format!("{:.6}", measure(&f, "A_W")), votes);
        assert_eq!(format!("{:.12}", 100.0 * measure(&f, "A_S/n")), percent);
    }
}

#[test]
fn clean_elections_have_an_excess_of_either_sign() {
    let part = |seed| {
        let returns = election(&Plan { stations_per_region: 60, seed, ..Plan::default() });
        measure(&finding(run(&IntegerExcess, &returns)), "A_W/W")
    };
    let mut parts: Vec<f64> = (1..=100).map(part).collect();
    parts.sort_by(f64::total_cmp);
    let positive = parts.iter().filter(|&&p| p > 0.0).count();
    println!("{:.4} {:.4} {:.4}, {positive} positive", parts[5], parts[50], parts[94]);
    assert!(parts[5] < 0.0 && parts[94] > 0.0 && parts[50].abs() < 0.03);
}

#[test]
fn the_excess_refuses_and_says_so() {
    let small = Figures::same(50, [100, 50, 50, 20]).returns();
    assert_eq!(refusal(run(&IntegerExcess, &small)), Reason::TooFew { used: 0, needed: 1 });
    let none = Figures::same(50, [1_000, 500, 500, 0]).returns();
    assert_eq!(refusal(run(&IntegerExcess, &none)), Reason::Constant);
    let honest = Honest { stations: 400, sizes: [200.0, 2_500.0], groups: 4 };
    let [a, b] = honest.in_two_orders(&IntegerExcess);
    for (a, b) in a.measures.iter().zip(&b.measures) {
        close(a.value, b.value, 1e-9);
    }
    assert!(a.plain.contains("no rule is published"));
}
