//! S112 zero-or-five. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::ZeroOrFive};
use glassurn_model::{Reason, testing};

mod common;
use common::{
    Region, Table, close, data_or_skip, finding, measure, oracle, p_of, p_values_are_conservative,
    p_values_look_uniform, plain_csv, refusal, share_at_most,
};

const SCREEN: ZeroOrFive = ZeroOrFive::DEFAULT;

/// 200 counts at large stations, `round` of which end in 5 and the others in 1 to 4.
fn with_round(round: i64) -> Table {
    let votes: Vec<i64> =
        (0..200).map(|i| 400 + i % 40 * 10 + if i < round { 5 } else { 1 + i % 4 }).collect();
    Table::of(&[1200; 200], &votes)
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn the_number_beyond_a_fifth_is_the_effect() {
    let f = finding(with_round(60).run(&SCREEN, Some(0)));
    assert_eq!(measure(&f, "S"), 60.0);
    close(f.measure("S").unwrap().sd.unwrap(), 32.0_f64.sqrt(), 1e-7);
    close(f.effect.value, 20.0, 1e-7);
    // P(Bin(200, 0.2) ≥ 60) by scipy.stats.binom.sf(59, 200, 0.2).
    close(f.p.unwrap().value, 4.976_948_553_553_753e-4, 1e-7);
}

#[test]
fn no_round_count_gives_p_one() {
    close(p_of(with_round(0).run(&SCREEN, Some(0))), 1.0, 1e-12);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("last_digit.json") {
        let groups = case.counts("group").into_iter().map(|g| u32::try_from(g).unwrap()).collect();
        let table = Table::of(&case.counts("cast"), &case.counts("votes")).grouped(groups);
        let f = finding(table.run(&ZeroOrFive { min_stations: 10, ..SCREEN }, Some(0)));
        close(measure(&f, "S"), case.number("count"), 1e-12);
        close(f.measure("S").unwrap().expected.unwrap(), case.number("count_expected"), 1e-6);
        close(f.measure("S").unwrap().sd.unwrap(), case.number("count_sd"), 1e-6);
        close(f.p.unwrap().value, case.number("count_p"), 1e-6);
    }
}

#[test]
fn shares_of_albania_2013_are_those_published() {
    let test = "shares_of_albania_2013_are_those_published";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let all = ZeroOrFive { min_count: 0, min_stations: 50 };
    for (choice, want) in [("C035", 0.203_778), ("C050", 0.204_323)] {
        let columns = plain_csv(&text, &["Ballots", choice, "Registered"]);
        let open = |i: &usize| columns[2][*i] > Some(0) && columns[0][*i] > Some(0);
        let votes = (0..columns[0].len()).filter(open).map(|i| columns[1][i]).collect::<Vec<_>>();
        let cast = vec![Some(1_000_000); votes.len()];
        let f =
            finding(Table { cast, choices: vec![votes], ..Table::default() }.run(&all, Some(0)));
        assert!((measure(&f, "f") - want).abs() < 5e-7);
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = REGION.draw(7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| p_of(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    close(a, b, 1e-9);
}

#[test]
fn which_other_digits_there_are_does_not_matter() {
    let mut table = with_round(60);
    let before = p_of(table.run(&SCREEN, Some(0)));
    for count in table.choices[0].iter_mut().skip(60).flatten() {
        *count += 5 - 2 * (*count % 5); // 1 2 3 4 become 4 3 2 1 of the next half decade
    }
    close(p_of(table.run(&SCREEN, Some(0))), before, 1e-9);
}

// --- size and power (seeded; about one second) -------------------------------------------------

const REGION: Region = Region { stations: 400, sizes: [40.0, 400.0], level: 0.5, between: 0.02 };

#[test]
fn calibrated_at_small_stations() {
    let p = |seed| p_of(REGION.draw(seed).run(&SCREEN, Some(0)));
    let ps: Vec<f64> = (0..2_000).map(p).collect();
    println!("at most 0.05: {}", share_at_most(&ps, 0.05));
    p_values_are_conservative(ps.clone());
    // Discrete: 400 counts leave steps of about 0.05 in the middle of the law.
    p_values_look_uniform(ps, 0.0364 + 0.03);
}

#[test]
fn notices_one_station_in_twenty_rounded_to_fives() {
    let region = Region { stations: 2_000, sizes: [300.0, 3_000.0], level: 0.5, between: 0.02 };
    let rounded = |seed| {
        let mut table = region.draw(seed);
        for count in table.choices[0].iter_mut().step_by(20).flatten() {
            *count = (*count + 2) / 5 * 5;
        }
        p_of(table.run(&SCREEN, Some(0)))
    };
    let hits = (0..100).filter(|&seed| rounded(seed) < 0.01).count();
    // 80 more where the standard deviation is 18: 4.5 of them, power about 0.98.
    assert!(hits >= 90, "power fell to {hits}/100");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let few = Table::of(&[1000; 40], &(0..40).map(|i| 480 + i).collect::<Vec<_>>());
    assert_eq!(refusal(few.run(&SCREEN, Some(0))), Reason::TooFew { used: 40, needed: 50 });
    let same = Table::of(&[3_000; 150], &[1_200; 150]);
    assert_eq!(refusal(same.run(&SCREEN, Some(0))), Reason::Constant);
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_what_chance_gives_and_the_difference() {
    assert_eq!(
        finding(with_round(60).run(&SCREEN, Some(0))).plain,
        "60 of 200 counts (30.0 %) end in 0 or 5, 20 more than stations of these sizes lead one to \
         expect."
    );
}

#[test]
fn the_roundest_counts_are_named() {
    let mut table = with_round(20);
    table.choices[0][3] = Some(700);
    table.choices[0][4] = Some(1_000);
    let stations = finding(table.run(&SCREEN, Some(0))).stations;
    assert_eq!(stations[0], (4, "1,000 votes: ends in 3 zeros".to_owned()));
    assert_eq!(stations[1], (3, "700 votes: ends in 2 zeros".to_owned()));
    assert_eq!(stations.len(), 2);
}
