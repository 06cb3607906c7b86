//! S120 second digits and S121 first digits. Order: by hand, oracle, invariances, calibration, power,
//! refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::{FirstDigit, SecondDigit};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Outcome, Picture, Reason, testing};

mod common;
use common::{
    Region, Table, close, data_or_skip, finding, measure, oracle, p_of, p_values_are_conservative,
    plain_csv, refusal,
};

const SCREEN: SecondDigit = SecondDigit::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn counts_from_350_to_449_have_every_second_digit() {
    let votes: Vec<i64> = (0..200).map(|i| 350 + i % 100).collect();
    let f = finding(Table::of(&[800; 200], &votes).run(&SCREEN, Some(0)));
    close(measure(&f, "m"), 4.5, 1e-12);
    let Picture::Bars { observed, expected, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!(observed, &vec![20.0; 10]);
    close(expected.iter().sum(), 200.0, 1e-9);
    // Benford's 0.119679 of zeros: (20 − 23.94)² / 23.94 and so on.
    let benford: [f64; 10] = [
        0.119_679, 0.113_890, 0.108_821, 0.104_330, 0.100_308, 0.096_677, 0.093_375, 0.090_352,
        0.087_570, 0.084_997,
    ];
    let x2: f64 = benford.iter().map(|b| (20.0 - 200.0 * b).powi(2) / (200.0 * b)).sum();
    close(measure(&f, "X²₀"), x2, 1e-4);
    close(measure(&f, "m₀"), 4.187_389_71, 1e-8);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("second_digit.json") {
        let groups = case.counts("group").into_iter().map(|g| u32::try_from(g).unwrap()).collect();
        let table = Table::of(&case.counts("cast"), &case.counts("votes")).grouped(groups);
        let f = finding(table.run(&SCREEN, Some(0)));
        assert_eq!(f.used as f64, case.number("used"));
        close(measure(&f, "X²"), case.number("x2"), 1e-6);
        close(f.p.unwrap().value, case.number("p"), 1e-6);
        close(f.measure("m").unwrap().expected.unwrap(), case.number("mean_digit_expected"), 1e-6);
        close(f.measure("m").unwrap().sd.unwrap(), case.number("mean_digit_sd"), 1e-6);
        close(measure(&f, "X²₀"), case.number("benford"), 1e-9);
        close(measure(&f, "z₀"), case.number("z"), 1e-9);
        close(measure(&f, "m₀"), case.number("mean"), 1e-12);
        let Picture::Bars { expected, sd, .. } = &f.pictures[0] else { unreachable!() };
        for d in 0..10 {
            close(expected[d], case.numbers("expected")[d], 1e-6);
            close(sd[d], case.numbers("sd")[d], 1e-6);
        }
        assert_eq!(case.number("first"), 1.0);
    }
}

#[test]
fn albania_2013_is_as_others_print_it() {
    let test = "albania_2013_is_as_others_print_it";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    for (choice, x2, mean) in [("C035", "56.5755", "4.094446"), ("C050", "105.6322", "3.799044")] {
        let columns = plain_csv(&text, &["Ballots", choice, "Registered"]);
        let open = |i: &usize| columns[2][*i] > Some(0) && columns[0][*i] > Some(0);
        let rows: Vec<usize> = (0..columns[0].len()).filter(open).collect();
        let votes = rows.iter().map(|&i| columns[1][i]).collect();
        // Nobody's ballots bound the votes here: votes exceed them at some stations of this file.
        let cast = vec![Some(1_000_000); rows.len()];
        let table = Table { cast, choices: vec![votes], ..Table::default() };
        let all = SecondDigit { min_count: 10, ..SCREEN };
        let f = finding(table.run(&all, Some(0)));
        assert_eq!(format!("{:.4}", measure(&f, "X²₀")), x2);
        assert_eq!(format!("{:.6}", measure(&f, "m")), mean);
        println!("{choice}: {}", f.plain);
    }
}

// --- what must not matter, calibration, power ----------------------------------------------------

const REGION: Region = Region { stations: 400, sizes: [150.0, 900.0], level: 0.45, between: 0.02 };

#[test]
fn station_order_does_not_matter() {
    let returns = REGION.draw(7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| finding(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    close(measure(&a, "X²"), measure(&b, "X²"), 1e-9);
}

#[test]
fn rejects_no_more_than_it_says_where_benford_is_always_rejected() {
    let like = Region { sizes: [795.0, 805.0], between: 0.0002, ..REGION };
    let findings: Vec<_> =
        (0..300).map(|seed| finding(like.draw(seed).run(&SCREEN, Some(0)))).collect();
    p_values_are_conservative(findings.iter().map(|f| f.p.unwrap().value));
    assert!(findings.iter().all(|f| measure(f, "X²₀") > 40.0));
    p_values_are_conservative((0..300).map(|seed| p_of(REGION.draw(seed).run(&SCREEN, Some(0)))));
}

#[test]
fn a_third_of_counts_with_second_digit_five_is_seen() {
    let seen = (0..20).filter(|&seed| {
        let mut table = REGION.draw(seed);
        for vote in table.choices[0].iter_mut().step_by(3).flatten() {
            if (100..1_000).contains(vote) {
                *vote = *vote / 100 * 100 + 50 + *vote % 10;
            }
        }
        // Votes may exceed the ballots now; such stations are left out.
        p_of(table.run(&SCREEN, Some(0))) < 0.001
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
fn first_digits_are_never_tested_and_it_says_why() {
    let returns = testing::clean(600, 1);
    let outcome = FirstDigit::DEFAULT.run(&Slice::whole(&returns, 0, None));
    let Outcome::NotApplicable { screen, reason, .. } = outcome else { unreachable!() };
    assert_eq!(screen, "S121");
    assert!(reason.to_string().contains("stations of like size never follow Benford's law"));
}

#[test]
fn says_that_benford_is_no_yardstick() {
    let f = finding(REGION.draw(1).run(&SCREEN, Some(0)));
    assert!(f.plain.starts_with("The second digits of "), "{}", f.plain);
    assert!(f.plain.ends_with("is no yardstick for stations of like size)."));
}
