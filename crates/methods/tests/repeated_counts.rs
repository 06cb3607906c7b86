//! S412 repeated-counts. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::RepeatedCounts};
use glassurn_model::{Reason, testing};

mod common;
use common::{
    Region, Table, close, finding, measure, oracle, p_of, p_values_are_conservative, refusal,
    share_at_most,
};

const SCREEN: RepeatedCounts = RepeatedCounts::DEFAULT;
const THREE: RepeatedCounts = RepeatedCounts { min_stations: 3, ..SCREEN };

/// Stations by their counts for every choice.
fn stations(counts: &[&[i64]]) -> Table {
    let column = |choice: usize| counts.iter().map(|c| Some(c[choice])).collect();
    Table { choices: (0..counts[0].len()).map(column).collect(), ..Table::default() }
}

/// A region whose second choice has the rest of the ballots.
fn referendum(region: Region, seed: u64) -> Table {
    let mut table = region.draw(seed);
    let rest = table.cast.iter().zip(&table.choices[0]);
    let rest = rest.map(|(t, v)| Some((*t)? - (*v)?)).collect();
    table.choices.push(rest);
    table
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn stations_beyond_the_first_of_each_set_are_counted() {
    let (a, b, c) = (&[60, 50, 40], &[61, 49, 40], &[500, 1, 7]);
    let f = finding(stations(&[a, b, a, c, a, c]).run(&THREE, None));
    assert_eq!((measure(&f, "D"), measure(&f, "L")), (3.0, 3.0));
    // Four stations have 150 votes (6 pairs), two have 508 (1 pair).
    assert_eq!(measure(&f, "M"), 7.0);
    let rows: Vec<u32> = f.stations.iter().map(|s| s.0).collect();
    assert_eq!(rows, [5, 2, 4]);
    assert_eq!(f.stations[0].1, "same counts as 4 (508 votes)");
}

#[test]
fn the_same_numbers_in_another_order_are_not_the_same_counts() {
    let f = finding(stations(&[&[60, 50], &[50, 60], &[70, 40]]).run(&THREE, None));
    assert_eq!(measure(&f, "D"), 0.0);
    assert_eq!(f.p.unwrap().value, 1.0);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn the_bound_is_at_most_six_per_cent_above_the_exact_one() {
    for case in oracle("repeated_counts.json") {
        let (counts, third) = (case.counts("counts"), case.counts("third"));
        let f = finding(stations(&[&counts, &counts, &third]).run(&THREE, None));
        let ratio = f.measure("D").unwrap().expected.unwrap() / case.number("bound");
        assert!((1.0 - 1e-9..1.06).contains(&ratio), "{counts:?}: {ratio}");
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = referendum(REGION, 7).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| p_of(SCREEN.run(&Slice::whole(r, 0, None))));
    close(a, b, 1e-9);
}

#[test]
fn order_of_choices_does_not_matter() {
    let table = referendum(REGION, 7);
    let mut turned = table.clone();
    turned.choices.reverse();
    close(p_of(table.run(&SCREEN, None)), p_of(turned.run(&SCREEN, None)), 1e-9);
}

#[test]
fn copies_in_another_group_do_not_count() {
    let table = stations(&[&[60, 50], &[60, 50], &[10, 100]]);
    assert_eq!(measure(&finding(table.run(&THREE, None)), "D"), 1.0);
    let apart = table.grouped(vec![0, 1, 1]);
    assert_eq!(measure(&finding(apart.run(&THREE, None)), "D"), 0.0);
}

// --- size and power (seeded; about one second) -------------------------------------------------

const REGION: Region = Region { stations: 300, sizes: [100.0, 600.0], level: 0.5, between: 0.0 };

#[test]
fn conservative_under_its_null() {
    let ps: Vec<f64> =
        (0..1_000).map(|seed| p_of(referendum(REGION, seed).run(&SCREEN, None))).collect();
    println!("at most 0.05: {}", share_at_most(&ps, 0.05));
    p_values_are_conservative(ps);
}

#[test]
fn conservative_where_levels_vary() {
    let varied = Region { between: 0.05, ..REGION };
    p_values_are_conservative(
        (0..500).map(|seed| p_of(referendum(varied, seed).run(&SCREEN, None))),
    );
}

#[test]
fn notices_thirty_copies_even_with_two_choices() {
    let copied = |seed| {
        let mut table = referendum(REGION, seed);
        for choice in &mut table.choices {
            (0..30).for_each(|i| choice[i] = choice[i + 30]);
        }
        p_of(table.run(&SCREEN, None))
    };
    let hits = (0..100).filter(|&seed| copied(seed) < 0.01).count();
    assert!(hits >= 95, "power fell to {hits}/100");
}

#[test]
fn one_copy_among_five_choices_stands_out() {
    let table = |copies: bool| {
        let row =
            |i: i64| [300 + i * 7 % 97, 200 + i * 11 % 89, 90 + i % 31, 40 + i % 17, 9 + i % 5];
        let rows: Vec<_> = (0..400).map(|i| row(if copies && i == 399 { 17 } else { i })).collect();
        stations(&rows.iter().map(|r| &r[..]).collect::<Vec<_>>())
    };
    assert_eq!(p_of(table(false).run(&SCREEN, None)), 1.0);
    assert!(p_of(table(true).run(&SCREEN, None)) < 0.01);
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let one = stations(&[&[500][..]; 40]);
    assert!(matches!(refusal(one.run(&SCREEN, None)), Reason::WrongSubject(_)));
    let few = stations(&[&[60, 50][..]; 20]);
    assert_eq!(refusal(few.run(&SCREEN, None)), Reason::TooFew { used: 20, needed: 30 });
}

#[test]
fn small_and_incomplete_stations_are_left_out_and_counted() {
    let mut table = referendum(REGION, 1);
    table.choices[0][0] = None;
    table.choices[1][1] = Some(-1);
    (table.choices[0][2], table.choices[1][2]) = (Some(3), Some(4));
    let f = finding(table.run(&SCREEN, None));
    assert_eq!((f.used, f.left_out_total(), f.left_out.len()), (297, 3, 3));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_and_what_chance_would_give() {
    let (a, b) = (&[60, 50, 40, 7], &[61, 48, 41, 7]);
    let f = finding(stations(&[a, b, a]).run(&THREE, None));
    let bound = f.measure("D").unwrap().expected.unwrap();
    assert_eq!(
        f.plain,
        format!(
            "1 of 3 stations repeat all counts of another station of their group, where at most {} \
             are to be expected.",
            if bound < 0.01 { "0.01".to_owned() } else { format!("{bound:.2}") }
        )
    );
}
