//! S320 fingerprint. Order: by hand, oracle, invariances, what it separates, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::Fingerprint;
use glassurn_model::Picture;

mod ballots;
mod common;
use ballots::{Figures, Honest, refuses_few_constant_and_incomplete_returns, run, russia};
use common::{close, finding, measure, oracle};

const SCREEN: Fingerprint = Fingerprint::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Half the stations give 200 of 1,000 voters, half 800; one of 60 is at full turnout and share.
fn two_clouds() -> Figures {
    let mut figures = Figures::same(60, [1_000, 900, 900, 200]);
    figures.votes.iter_mut().step_by(2).for_each(|v| *v = 800);
    figures
}

#[test]
fn two_equal_clouds() {
    let f = finding(run(&SCREEN, &two_clouds().returns()));
    assert!(measure(&f, "sk").abs() < 1e-12);
    close(measure(&f, "ku"), 1.0, 1e-12);
    assert!(measure(&f, "sk_R").abs() < 1.0 && (measure(&f, "ku_R") - 1.0).abs() < 1e-9);
    let Picture::Heat { counts, bins, .. } = &f.pictures[0] else { unreachable!() };
    // 200 / 900 is in row 22, 800 / 900 in row 88, turnout in column 90.
    assert_eq!((*bins, counts[22 * 100 + 90], counts[88 * 100 + 90]), (100, 30, 30));
    assert_eq!(counts.iter().sum::<u32>(), 60);
    assert_eq!((f.p, measure(&f, "C")), (None, 0.0));
}

#[test]
fn the_far_corner_is_listed_largest_first() {
    let mut figures = two_clouds();
    for (i, registered) in [(3, 1_000), (7, 2_000)] {
        figures.registered[i] = registered;
        (figures.issued[i], figures.cast[i], figures.votes[i]) =
            (registered, registered, registered);
    }
    let f = finding(run(&SCREEN, &figures.returns()));
    assert_eq!((measure(&f, "C"), measure(&f, "C_R")), (2.0, 3_000.0));
    assert_eq!(measure(&f, "n_ν"), 58.0);
    assert_eq!(f.stations[0], (7, "turnout 100.0 %, share 100.0 %, 2000 voters".to_owned()));
    assert_eq!(f.stations[1].0, 3);
}

#[test]
fn lines_add_up_to_the_result() {
    let f = finding(run(&SCREEN, &two_clouds().returns()));
    let Picture::Lines { series, .. } = &f.pictures[1] else { unreachable!() };
    assert_eq!(series[0].1.iter().sum::<f64>(), 30_000.0);
    assert_eq!(series[1].1.iter().sum::<f64>(), 24_000.0);
    let Picture::Lines { at, series, .. } = &f.pictures[2] else { unreachable!() };
    assert_eq!(at.last(), Some(&100.0));
    close(*series[0].1.last().unwrap(), 30.0 / 54.0, 1e-12);
    close(*series[1].1.last().unwrap(), 1.0, 1e-12);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("fingerprint.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        assert_eq!(measure(&f, "n_ν"), case.number("n"));
        close(measure(&f, "sk"), case.number("sk"), 1e-10);
        close(measure(&f, "ku"), case.number("ku"), 1e-10);
        assert_eq!(measure(&f, "C"), case.number("corner"));
        assert_eq!(measure(&f, "C_R"), case.number("corner_cast"));
        let Picture::Heat { counts, .. } = &f.pictures[0] else { unreachable!() };
        let held = counts.iter().zip(0_i64..).filter(|(c, _)| **c > 0);
        let (numbers, cells): (Vec<i64>, Vec<i64>) = held.map(|(c, i)| (i64::from(*c), i)).unzip();
        assert_eq!((cells, numbers), (case.counts("cells"), case.counts("counts")));
    }
}

#[test]
fn vote_rates_of_russia_2011_are_those_published() {
    let Some(returns) = russia("vote_rates_of_russia_2011_are_those_published", 2011) else {
        return;
    };
    let f = finding(run(&SCREEN, &returns));
    assert_eq!(measure(&f, "n_ν"), 90_993.0);
    assert_eq!(format!("{:.4}", measure(&f, "sk")), "-1.6133");
    assert_eq!(format!("{:.4}", measure(&f, "ku")), "6.3071");
    assert_eq!(format!("{:.4}", measure(&f, "sk_R")), "-1.7583");
    assert_eq!(format!("{:.4}", measure(&f, "ku_R")), "7.1031");
}

// --- what must not matter, and what must -------------------------------------------------------

const HONEST: Honest = Honest { stations: 2_000, sizes: [300.0, 2_500.0], groups: 0 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for symbol in ["sk", "ku", "C"] {
        close(measure(&a, symbol), measure(&b, symbol), 1e-10);
    }
    assert_eq!(a.pictures[0], b.pictures[0]);
}

#[test]
fn one_cloud_is_near_a_normal_law_and_a_smear_is_not() {
    let figures = HONEST.draw(5);
    let f = finding(run(&SCREEN, &figures.returns()));
    assert!(measure(&f, "sk").abs() < 0.2 && (measure(&f, "ku") - 3.0).abs() < 0.4);
    let mut smeared = figures;
    for i in (0..2_000).step_by(20) {
        let more = (smeared.registered[i] - smeared.cast[i]) * 9 / 10;
        smeared.cast[i] += more;
        smeared.votes[i] += more;
    }
    let f = finding(run(&SCREEN, &smeared.returns()));
    assert!(measure(&f, "sk") < -0.3, "{}", measure(&f, "sk"));
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    refuses_few_constant_and_incomplete_returns(&SCREEN);
}

#[test]
fn what_cannot_be_used_is_left_out_and_not_clipped() {
    let mut figures = two_clouds();
    figures.issued[0] = 1_001;
    figures.votes[2] = 901;
    let f = finding(run(&SCREEN, &figures.returns()));
    assert_eq!((f.used, f.left_out.len(), f.left_out_total()), (58, 2, 2));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_the_shape_and_names_the_yardstick() {
    let f = finding(run(&SCREEN, &two_clouds().returns()));
    assert!(f.plain.ends_with(
        "kurtosis 1.00 (a normal law has 0 and 3); at 0 stations both turnout and share are 95 % or \
         more."
    ));
}
