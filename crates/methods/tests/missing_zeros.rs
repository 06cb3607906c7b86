//! S411 missing-zeros. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::MissingZeros};
use glassurn_model::{Reason, testing};

mod common;
use common::{
    Region, Table, close, finding, measure, oracle, p_of, p_values_are_conservative, refusal,
    share_at_most,
};

const SCREEN: MissingZeros = MissingZeros::DEFAULT;

/// Stations of one district each with no, one and two votes.
fn districts(few: &[[usize; 3]], cast: i64) -> Table {
    let (mut votes, mut groups) = (Vec::new(), Vec::new());
    for (group, counts) in (0_u32..).zip(few) {
        for (count, &n) in (0_i64..).zip(counts) {
            votes.extend(std::iter::repeat_n(count, n));
            groups.extend(std::iter::repeat_n(group, n));
        }
    }
    Table::of(&vec![cast; votes.len()], &votes).grouped(groups)
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn two_possible_tables_are_weighed_against_each_other() {
    // 30 stations with 2 votes together: 28 zeros and 2 ones, or 29 zeros and 1 two. Weights
    // 1 / (28! 2!) and c / (29! 1!) with c = ½ (1 − 1/100) = 0.495: 29 to 2c = 0.99.
    let law = districts(&[[28, 2, 0]], 100);
    let f = finding(law.run(&SCREEN, Some(0)));
    close(f.p.unwrap().value, 29.0 / 29.99, 1e-12);
    close(f.measure("Z").unwrap().expected.unwrap(), 28.0 + 0.99 / 29.99, 1e-12);
    assert_eq!(p_of(districts(&[[29, 0, 1]], 100).run(&SCREEN, Some(0))), 1.0);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_rational_arithmetic() {
    for case in oracle("missing_zeros.json") {
        let few: Vec<[usize; 3]> = case
            .counts("few")
            .chunks(3)
            .map(|c| [0, 1, 2].map(|i| usize::try_from(c[i]).unwrap()))
            .collect();
        let smallest = case.counts("few"); // keeps the shape of the case in the failure message
        assert_eq!(smallest.len(), 3 * few.len());
        let f = finding(districts(&few, 120).run(&SCREEN, Some(0)));
        close(f.p.unwrap().value, case.number("p"), 1e-9);
        close(f.measure("Z").unwrap().expected.unwrap(), case.number("mean"), 1e-9);
        close(f.measure("Z").unwrap().sd.unwrap(), case.number("sd"), 1e-9);
        close(measure(&f, "p_g"), case.number("smallest_p"), 1e-9);
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = SMALL.draw(7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| p_of(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    close(a, b, 1e-12);
}

#[test]
fn how_large_the_larger_counts_are_does_not_matter() {
    let mut table = districts(&[[5, 20, 20]], 400);
    let add = |table: &mut Table, votes| {
        table.cast.push(Some(400));
        table.choices[0].push(Some(votes));
        table.groups.push(0);
    };
    (0..30).for_each(|_| add(&mut table, 3));
    let before = p_of(table.run(&SCREEN, Some(0)));
    for count in table.choices[0].iter_mut().skip(45).flatten() {
        *count = 250; // a village that favours the choice
    }
    assert_eq!(before, p_of(table.run(&SCREEN, Some(0))));
}

// --- size and power (seeded; about one second) -------------------------------------------------

/// A choice of two votes a station.
const SMALL: Region = Region { stations: 400, sizes: [300.0, 600.0], level: 0.004, between: 0.0 };

fn ps(region: Region) -> Vec<f64> {
    (0..1_000).map(|seed| p_of(region.draw(seed).run(&SCREEN, Some(0)))).collect()
}

#[test]
fn conservative_where_levels_are_equal() {
    let ps = ps(Region { sizes: [450.0, 450.5], ..SMALL });
    println!("equal levels, at most 0.05: {}", share_at_most(&ps, 0.05));
    // Nearly exact: discreteness alone keeps it below the level.
    assert!(share_at_most(&ps, 0.05) > 0.025);
    p_values_are_conservative(ps);
}

#[test]
fn conservative_where_levels_vary() {
    let ps = ps(Region { between: 0.01, ..SMALL });
    println!("levels that vary, at most 0.05: {}", share_at_most(&ps, 0.05));
    p_values_are_conservative(ps);
}

#[test]
fn notices_that_three_zeros_in_four_were_written_as_ones_and_twos() {
    let moved = |seed| {
        let mut table = SMALL.draw(seed);
        let zeros = table.choices[0].iter_mut().flatten().filter(|v| **v == 0);
        zeros.enumerate().filter(|(i, _)| i % 4 > 0).for_each(|(i, v)| *v = 1 + (i % 2) as i64);
        p_of(table.run(&SCREEN, Some(0)))
    };
    let hits = (0..100).filter(|&seed| moved(seed) < 0.01).count();
    assert!(hits >= 95, "power fell to {hits}/100");
}

#[test]
fn one_village_that_favours_the_choice_raises_no_alarm() {
    // The beta-binomial expectation does what the documentation says: it expects zeros everywhere.
    let mut table = Region { level: 0.012, ..SMALL }.draw(1);
    for count in table.choices[0].iter_mut().take(4).flatten() {
        *count = 150;
    }
    let f = finding(table.run(&MissingZeros { min_stations: 10, ..SCREEN }, Some(0)));
    assert!(measure(&f, "Z₁") > 3.0 * measure(&f, "Z").max(1.0));
    assert!(f.p.unwrap().value > 0.05);
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let large = Table::of(&[1_000; 90], &[400; 90]);
    assert_eq!(refusal(large.run(&SCREEN, Some(0))), Reason::TooFew { used: 0, needed: 30 });
    let none = Table::of(&[1_000; 90], &[0; 90]);
    assert_eq!(refusal(none.run(&SCREEN, Some(0))), Reason::Constant);
}

#[test]
fn a_missing_count_is_no_zero() {
    let mut table = districts(&[[5, 20, 20]], 400);
    table.choices[0][0] = None;
    let f = finding(table.run(&SCREEN, Some(0)));
    assert_eq!((measure(&f, "Z"), f.used, f.left_out_total()), (4.0, 44, 1));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_and_what_chance_would_give() {
    let f = finding(districts(&[[2, 25, 25], [20, 20, 10]], 800).run(&SCREEN, Some(0)));
    assert_eq!(
        f.plain,
        "22 stations report no vote, 45 one and 35 two, where so many ones and twos go with 25 zeros \
         at least."
    );
    assert_eq!(
        f.stations[0],
        (2, "reports 1; 2 stations in 0 report no vote, 25 report one and 25 two".to_owned())
    );
}
