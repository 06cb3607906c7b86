//! S130 latent digits. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::LatentDigits;
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Reason, testing};

mod common;
use common::{Region, Table, close, data_or_skip, finding, measure, oracle, plain_csv, refusal};

const SCREEN: LatentDigits = LatentDigits::DEFAULT;

/// Large stations whose last digits are these so many times.
fn with_digits(times: [usize; 10]) -> Table {
    let digits = (0..).zip(times).flat_map(|(d, n)| std::iter::repeat_n(d, n));
    let votes: Vec<i64> = digits.zip(0..).map(|(d, i)| 400 + i % 40 * 10 + d).collect();
    Table::of(&vec![1200; votes.len()], &votes)
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn the_rarest_digit_says_what_must_go_and_the_excess_what_must_change() {
    // Sixteen of 20 expected: a fifth. Above 20 are 2 + 1 + 3 + 4: 10 of 200.
    let f = finding(with_digits([22, 18, 20, 19, 21, 23, 17, 20, 16, 24]).run(&SCREEN, Some(0)));
    for (symbol, want) in [("π*", 0.2), ("Δ", 0.05), ("π*₀", 0.2), ("Δ₀", 0.05)] {
        close(measure(&f, symbol), want, 1e-9);
    }
    assert_eq!(f.p, None);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_linear_programming_and_numpy() {
    for case in oracle("latent_digits.json") {
        let table = Table::of(&case.counts("cast"), &case.counts("votes"));
        let f = finding(table.run(&SCREEN, Some(0)));
        assert_eq!(f.used as f64, case.number("used"));
        for (symbol, key) in [("π*", "deleted"), ("Δ", "changed")] {
            let m = f.measure(symbol).unwrap();
            close(m.value, case.number(key), 1e-6);
            assert!((m.expected.unwrap() - case.number(&format!("{key}_mean"))).abs() < 0.01);
            close(m.sd.unwrap(), case.number(&format!("{key}_sd")), 0.1);
        }
        close(measure(&f, "π*₀"), case.number("deleted_equal"), 1e-6);
        close(measure(&f, "Δ₀"), case.number("changed_equal"), 1e-6);
    }
}

#[test]
fn albania_2013_is_as_others_print_it() {
    let test = "albania_2013_is_as_others_print_it";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    for (choice, pi, delta) in [("C035", "0.08282", "0.01587"), ("C050", "0.04468", "0.01635")] {
        let columns = plain_csv(&text, &["Ballots", choice, "Registered"]);
        let open = |i: &usize| columns[2][*i] > Some(0) && columns[0][*i] > Some(0);
        let rows: Vec<usize> = (0..columns[0].len()).filter(open).collect();
        let votes = rows.iter().map(|&i| columns[1][i]).collect();
        let cast = vec![Some(1_000_000); rows.len()];
        let table = Table { cast, choices: vec![votes], ..Table::default() };
        let f = finding(table.run(&LatentDigits { min_count: 0, ..SCREEN }, Some(0)));
        assert_eq!(format!("{:.5}", measure(&f, "π*₀")), pi);
        assert_eq!(format!("{:.5}", measure(&f, "Δ₀")), delta);
    }
}

// --- what must not matter, calibration, power ----------------------------------------------------

const REGION: Region = Region { stations: 500, sizes: [100.0, 900.0], level: 0.5, between: 0.02 };

#[test]
fn station_order_does_not_matter() {
    let returns = REGION.draw(7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| finding(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    close(measure(&a, "π*"), measure(&b, "π*"), 1e-9);
}

/// How many standard deviations the part to leave out is beyond what chance gives.
fn beyond(table: &Table) -> f64 {
    let f = finding(table.run(&LatentDigits { draws: 300, ..SCREEN }, Some(0)));
    let m = f.measure("π*").unwrap();
    (m.value - m.expected.unwrap()) / m.sd.unwrap()
}

#[test]
fn over_honest_regions_it_is_what_chance_gives() {
    let all: Vec<f64> = (0..200).map(|seed| beyond(&REGION.draw(seed))).collect();
    let mean = all.iter().sum::<f64>() / 200.0;
    assert!(mean.abs() < 0.25, "{mean}");
    assert!(all.iter().filter(|z| **z > 2.0).count() <= 20);
}

#[test]
fn a_fifth_rounded_to_tens_is_seen() {
    let seen = (0..20).filter(|&seed| {
        let mut table = REGION.draw(seed);
        for vote in table.choices[0].iter_mut().step_by(5).flatten() {
            *vote -= *vote % 10;
        }
        let f = finding(table.run(&SCREEN, Some(0)));
        let m = f.measure("Δ").unwrap();
        m.value > m.expected.unwrap() + 3.0 * m.sd.unwrap()
    });
    assert!(seen.count() >= 18);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let same = |n: usize| Table::of(&vec![800; n], &vec![350; n]).run(&SCREEN, Some(0));
    assert_eq!(refusal(same(99)), Reason::TooFew { used: 99, needed: 100 });
    assert_eq!(refusal(same(100)), Reason::Constant);
}

#[test]
fn says_what_chance_alone_makes() {
    let f = finding(with_digits([22, 18, 20, 19, 21, 23, 17, 20, 16, 24]).run(&SCREEN, Some(0)));
    assert!(f.plain.starts_with(
        "The last digits of 200 counts fit what sizes lead one to expect when 20.0 % of them are left \
         out, or 5.0 % given another digit; with nothing odd chance alone makes that "
    ));
}
