//! S140 joint digits. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::screens::JointDigits;
use glassurn_model::{Field, Reason};
use glassurn_stats::rng;
use rand::RngExt;

mod ballots;
mod common;
use common::{Table, close, finding, measure, oracle, p_of, p_values_are_conservative, refusal};

const SCREEN: JointDigits = JointDigits::DEFAULT;

/// Two choices and the ballots of so many stations.
fn drawn(stations: usize, seed: u64) -> Table {
    let mut rng = rng::stream(seed, "joint", 0);
    let (mut cast, mut a, mut b) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..stations {
        let x = rng.random_range(100..500_i64);
        let y = rng.random_range(600..900_i64);
        a.push(Some(x));
        b.push(Some(y));
        cast.push(Some(x + y + rng.random_range(40..90_i64)));
    }
    Table { cast, choices: vec![a, b], ..Table::default() }
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn digits_that_are_always_equal() {
    let cast: Vec<i64> = (0..500).map(|i| 900 + i % 10).collect();
    let votes: Vec<i64> = (0..500).map(|i| 300 + i % 10 + i / 10 % 40 * 10).collect();
    let f = finding(Table::of(&cast, &votes).run(&SCREEN, None));
    // Ten cells of 50 where 5 are expected, ninety of none: 10 · 45² / 5 + 90 · 5.
    close(measure(&f, "X²"), 4_500.0, 1e-12);
    assert_eq!((measure(&f, "e"), measure(&f, "m"), f.used), (500.0, 1.0, 500));
    assert!(f.p.unwrap().value < 1e-100);
}

#[test]
fn lines_that_bind_each_other_are_no_pair() {
    let mut table = drawn(600, 1);
    let more = |by: i64| table.cast.iter().map(|c| c.map(|c| c + by)).collect::<Vec<_>>();
    let cancelled = table.cast.iter().map(|c| c.map(|c| 2_000 - c)).collect();
    let (issued, third) = (more(1), more(-40));
    table.fields = vec![
        (Field::Received, vec![Some(2_000); 600]),
        (Field::Issued, issued),
        (Field::Cancelled, cancelled),
    ];
    // Ballots cast and two choices; the papers are left alone.
    assert_eq!(measure(&finding(table.run(&SCREEN, None)), "m"), 3.0);
    // A choice that is always 40 less than ballots cast makes pairs with the other two alone.
    table.choices.push(third);
    assert_eq!(measure(&finding(table.run(&SCREEN, None)), "m"), 5.0);
}

#[test]
fn russia_2018_shows_nothing_of_the_kind() {
    let Some(returns) = ballots::russia("russia_2018_shows_nothing_of_the_kind", 2018) else {
        return;
    };
    let f = finding(ballots::run_contest(&SCREEN, &returns));
    println!("{}", f.plain);
    assert_eq!(measure(&f, "m"), 3.0);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("joint_digits.json") {
        let some = |key: &str| case.counts(key).into_iter().map(Some).collect::<Vec<_>>();
        let table = Table {
            cast: some("cast"),
            choices: vec![some("a"), some("b")],
            fields: vec![(Field::Registered, some("registered"))],
            ..Table::default()
        };
        let returns = table.returns();
        let (pairs, _) = SCREEN.pairs(&Slice::whole(&returns, 0, None)).unwrap();
        // Choices come in the order of their votes, which here is the file's.
        assert_eq!(pairs.len(), 6);
        for (i, pair) in pairs.iter().enumerate() {
            assert_eq!(pair.stations as f64, case.numbers("stations")[i]);
            assert_eq!(pair.equal as f64, case.numbers("equal")[i]);
            close(pair.x2, case.numbers("x2")[i], 1e-9);
        }
        let smallest = case.numbers("p").into_iter().fold(1.0, f64::min);
        close(p_of(table.run(&SCREEN, None)), (6.0 * smallest).min(1.0), 1e-9);
    }
}

// --- what must not matter, calibration, power ----------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let table = drawn(700, 3);
    let turn = |v: &[Option<i64>]| v.iter().rev().copied().collect::<Vec<_>>();
    let turned = Table {
        cast: turn(&table.cast),
        choices: table.choices.iter().map(|c| turn(c)).collect(),
        ..Table::default()
    };
    let [a, b] = [table, turned].map(|t| finding(t.run(&SCREEN, None)));
    assert_eq!((a.measures, a.p), (b.measures, b.p));
}

#[test]
fn independent_digits_are_called_so() {
    p_values_are_conservative((0..300).map(|seed| p_of(drawn(600, seed).run(&SCREEN, None))));
}

#[test]
fn counts_that_crowd_at_the_smallest_difference_are_called_independent() {
    let close_pairs = JointDigits { min_spread: 30, ..SCREEN };
    // Most stations stand where the others have hardly any votes, as in a one-sided election of small polls.
    let crowded = |seed| {
        let mut rng = rng::stream(seed, "crowded", 0);
        let mut draw = |_| {
            let cast = rng.random_range(90..400_i64);
            let others = rng.random_range(0.0..1.0_f64).powi(3) * cast as f64;
            #[allow(clippy::cast_possible_truncation)]
            (cast, cast - others as i64)
        };
        let (cast, votes): (Vec<i64>, Vec<i64>) = (0..6_000).map(&mut draw).unzip();
        p_of(Table::of(&cast, &votes).run(&close_pairs, None))
    };
    p_values_are_conservative((0..200).map(crowded));
}

#[test]
fn a_fifth_of_digits_copied_from_line_to_line_is_seen() {
    let seen = (0..20).filter(|&seed| {
        let mut table = drawn(1_000, seed);
        for i in (0..1_000).step_by(5) {
            let digit = table.choices[0][i].unwrap() % 10;
            table.choices[1][i] = table.choices[1][i].map(|b| b - b % 10 + digit);
        }
        let f = finding(table.run(&SCREEN, None));
        f.p.unwrap().value < 0.001 && f.effect.value > 100.0
    });
    assert!(seen.count() >= 19);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let few = Reason::TooFew { used: 499, needed: 500 };
    assert_eq!(refusal(drawn(499, 1).run(&SCREEN, None)), few);
    let bare = Table { choices: vec![vec![Some(100); 600]], ..Table::default() };
    assert_eq!(refusal(bare.run(&SCREEN, None)), Reason::TooFew { used: 0, needed: 500 });
}

#[test]
fn names_the_two_lines() {
    let f = finding(drawn(600, 5).run(&SCREEN, None));
    assert!(f.plain.starts_with("Of 3 pairs of protocol lines the last digits of "), "{}", f.plain);
}
