//! S113 last-digit-pairs. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::LastDigitPairs};
use glassurn_model::{Reason, testing};

mod common;
use common::{
    Region, Table, close, data_or_skip, finding, measure, oracle, p_of, p_values_are_conservative,
    plain_csv, refusal, share_at_most,
};

const SCREEN: LastDigitPairs = LastDigitPairs::DEFAULT;

/// Counts alone.
fn counts(votes: &[i64]) -> Table {
    Table { choices: vec![votes.iter().copied().map(Some).collect()], ..Table::default() }
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn every_pair_once_is_exactly_what_chance_gives() {
    let f = finding(counts(&(200..300).collect::<Vec<_>>()).run(&SCREEN, Some(0)));
    assert_eq!((measure(&f, "r"), measure(&f, "a"), measure(&f, "d")), (0.1, 0.2, 0.7));
    assert_eq!(f.p.unwrap().value, 1.0);
}

#[test]
fn nine_and_zero_are_neighbours() {
    // 109, 190: neighbouring; 111, 122: equal; 127, 150: distant (5 apart around the circle).
    let votes = [[109, 190, 111, 122, 127, 150]; 10].concat();
    let f = finding(counts(&votes).run(&SCREEN, Some(0)));
    for symbol in ["r", "a", "d"] {
        close(measure(&f, symbol), 1.0 / 3.0, 1e-12);
    }
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("last_digit_pairs.json") {
        let f = finding(counts(&case.counts("votes")).run(&SCREEN, Some(0)));
        assert_eq!(f.used as f64, case.number("used"));
        for (symbol, k) in ["r", "a", "d"].into_iter().zip(case.numbers("kinds")) {
            close(measure(&f, symbol), k / case.number("used"), 1e-12);
        }
        close(f.p.unwrap().value, case.number("p"), 1e-9);
    }
}

#[test]
fn pairs_of_albania_2013_are_those_published() {
    let test = "pairs_of_albania_2013_are_those_published";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let from_ten = LastDigitPairs { min_count: 10, min_stations: 50 };
    for (choice, want) in [("C035", [534.0, 1099.0, 3841.0]), ("C050", [528.0, 1137.0, 3774.0])] {
        let columns = plain_csv(&text, &["Ballots", choice, "Registered"]);
        let open = |i: &usize| columns[2][*i] > Some(0) && columns[0][*i] > Some(0);
        let votes = (0..columns[0].len()).filter(open).map(|i| columns[1][i]).collect();
        let f = finding(Table { choices: vec![votes], ..Table::default() }.run(&from_ten, Some(0)));
        let n: f64 = want.iter().sum();
        assert_eq!(f.used as f64, n);
        for (symbol, k) in ["r", "a", "d"].into_iter().zip(want) {
            close(measure(&f, symbol), k / n, 1e-12);
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = REGION.draw(7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| p_of(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    assert_eq!(a, b);
}

#[test]
fn adding_one_hundred_to_every_count_does_not_matter() {
    let votes: Vec<i64> = (0..400).map(|i| 100 + i * 37 % 611).collect();
    let moved: Vec<i64> = votes.iter().map(|v| v + 100).collect();
    let [a, b] = [votes, moved].map(|v| finding(counts(&v).run(&SCREEN, Some(0))).measures);
    assert_eq!(a, b);
}

// --- size and power (seeded; about one second) -------------------------------------------------

const REGION: Region = Region { stations: 400, sizes: [200.0, 2_000.0], level: 0.5, between: 0.02 };

#[test]
fn conservative_under_its_null() {
    let ps: Vec<f64> =
        (0..2_000).map(|seed| p_of(REGION.draw(seed).run(&SCREEN, Some(0)))).collect();
    println!("at most 0.05: {}", share_at_most(&ps, 0.05));
    p_values_are_conservative(ps);
}

#[test]
fn conservative_even_where_the_cut_is_in_the_thick_of_the_counts() {
    let region = Region { sizes: [100.0, 400.0], level: 0.4, ..REGION };
    p_values_are_conservative((0..1_000).map(|seed| p_of(region.draw(seed).run(&SCREEN, Some(0)))));
}

#[test]
fn notices_that_one_count_in_six_never_repeats_a_digit() {
    let region = Region { stations: 2_000, ..REGION };
    let p = |seed| {
        let mut table = region.draw(seed);
        for count in table.choices[0].iter_mut().step_by(6).flatten() {
            *count = *count / 10 * 10 + (*count / 10 % 10 + 1) % 10;
        }
        p_of(table.run(&SCREEN, Some(0)))
    };
    let hits = (0..100).filter(|&seed| p(seed) < 0.01).count();
    assert!(hits >= 95, "power fell to {hits}/100");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let few = counts(&(0..120).collect::<Vec<_>>());
    assert_eq!(refusal(few.run(&SCREEN, Some(0))), Reason::TooFew { used: 20, needed: 50 });
    assert_eq!(refusal(counts(&[512; 90]).run(&SCREEN, Some(0))), Reason::Constant);
}

#[test]
fn small_and_missing_counts_are_left_out_and_counted() {
    let mut table = counts(&(200..300).collect::<Vec<_>>());
    table.choices[0].extend([None, Some(99), Some(-5), None]);
    let f = finding(table.run(&SCREEN, Some(0)));
    assert_eq!((f.used, f.left_out_total()), (100, 4));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_and_what_chance_gives() {
    assert_eq!(
        finding(counts(&(200..300).collect::<Vec<_>>()).run(&SCREEN, Some(0))).plain,
        "Of 100 counts, 10.0 % end in two equal digits (chance gives 10 %), 20.0 % in neighbouring \
         ones (20 %) and 70.0 % in distant ones (70 %)."
    );
}
