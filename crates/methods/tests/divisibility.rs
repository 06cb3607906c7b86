//! S114 divisibility. Order: by hand, oracle, invariances, calibration, power, real data, refusals, words.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_methods::screens::Divisibility;
use glassurn_methods::simulate::{Plan, election};
use glassurn_methods::{Outcome, Screen, Slice};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Count, Field, Reason, Returns};
use glassurn_stats::{poisson_binomial, rng};
use rand::RngExt;

mod common;
use common::{
    Region, close, finding, measure, oracle, p_of, p_values_are_conservative,
    p_values_look_uniform, refusal, share_at_most,
};

const SCREEN: Divisibility = Divisibility::DEFAULT;

fn run(screen: Divisibility, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, None))
}

fn column(counts: &[i64]) -> Returns {
    Builder::new(counts.len()).choice("A", counts.to_vec()).build()
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn large_counts_have_a_chance_of_one_in_d() {
    // Thirty counts from 10,000 on: ten are multiples of 7, where 30/7 are expected.
    let screen = Divisibility { divisors: &[7], ..SCREEN };
    let counts: Vec<i64> = (0..30).map(|i| 10_003 + 7 * i + i64::from(i >= 10)).collect();
    let f = finding(run(screen, &column(&counts)));
    assert_eq!(10_003 % 7, 0);
    assert_eq!((measure(&f, "k"), measure(&f, "n"), measure(&f, "K")), (10.0, 30.0, 1.0));
    close(f.measure("k").unwrap().expected.unwrap(), 30.0 / 7.0, 1e-12);
    close(f.measure("k").unwrap().sd.unwrap(), (30.0 * 6.0 / 49.0_f64).sqrt(), 1e-12);
    close(f.p.unwrap().value, poisson_binomial::sf(&[1.0 / 7.0; 30], 10), 1e-12);
}

#[test]
fn the_number_and_not_its_parts_is_named() {
    let counts: Vec<i64> = (0..60).map(|i| 8 * (20 + i * 11 % 71)).collect();
    let f = finding(run(SCREEN, &column(&counts)));
    assert_eq!((measure(&f, "d"), measure(&f, "k₀"), measure(&f, "n₀")), (8.0, 60.0, 60.0));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("divisibility.json") {
        let [invalid, votes] = ["invalid", "votes"].map(|k| case.counts(k));
        let returns =
            Builder::new(votes.len()).field(Field::Invalid, invalid).choice("A", votes).build();
        let f = finding(run(SCREEN, &returns));
        for (symbol, key) in [("k", "k"), ("n", "n"), ("d", "d"), ("z", "z"), ("K", "tests")] {
            close(measure(&f, symbol), case.number(key), 1e-9);
        }
        close(f.measure("k").unwrap().expected.unwrap(), case.number("expected"), 1e-9);
        close(f.measure("k").unwrap().sd.unwrap(), case.number("sd"), 1e-9);
        close(f.p.unwrap().value, case.number("p"), 1e-6);
    }
}

// --- what must not matter ------------------------------------------------------------------------

#[test]
fn neither_station_order_nor_zeros_matter() {
    let returns = election(&Plan { stations_per_region: 20, seed: 5, ..Plan::default() });
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    assert_eq!(run(SCREEN, &returns), run(SCREEN, &shuffled));
    let mut counts: Vec<i64> = (0..80).map(|i| 100 + i * 37 % 211).collect();
    let before = finding(run(SCREEN, &column(&counts)));
    counts.extend([0; 40]);
    assert_eq!(before.p, finding(run(SCREEN, &column(&counts))).p);
}

// --- calibration ---------------------------------------------------------------------------------

#[test]
fn one_number_in_one_column_has_a_uniform_p() {
    let region = Region { stations: 900, sizes: [40.0, 900.0], level: 0.4, between: 0.05 };
    let mut rng = rng::stream(1, "between steps", 0);
    let ps: Vec<f64> = (0..400)
        .map(|seed| {
            let votes = &region.draw(seed).choices[0];
            let screen = Divisibility { divisors: &[7], ..SCREEN };
            let f =
                finding(run(screen, &column(&votes.iter().flatten().copied().collect::<Vec<_>>())));
            let (p, k) = (f.p.unwrap().value, measure(&f, "k"));
            // Somewhere between P(K ≥ k) and P(K > k): the chance of k is nearly that of its normal law.
            let m = f.measure("k").unwrap();
            let z = (k - m.expected.unwrap()) / m.sd.unwrap();
            let step = (-z * z / 2.0).exp() / (m.sd.unwrap() * std::f64::consts::TAU.sqrt());
            (p - rng.random::<f64>() * step).max(0.0)
        })
        .collect();
    p_values_look_uniform(ps, 1.63 / 20.0);
}

#[test]
fn honest_elections_seldom_stand_out() {
    let p = |seed| {
        p_of(run(SCREEN, &election(&Plan { stations_per_region: 40, seed, ..Plan::default() })))
    };
    let ps: Vec<f64> = (1..=300).map(p).collect();
    println!("{:?}", [0.01, 0.05, 0.1, 0.5].map(|level| 300.0 * share_at_most(&ps, level)));
    p_values_are_conservative(ps);
}

#[test]
fn one_honest_electorate_with_many_small_counts_keeps_its_level() {
    // A choice of a few per cent at stations of like size: counts around 20, where remainders are truly uneven.
    let region = Region { stations: 6_000, sizes: [300.0, 900.0], level: 0.04, between: 0.01 };
    let ps = (0..100).map(|seed| p_of(region.draw(seed).run(&SCREEN, None)));
    p_values_are_conservative(ps);
}

// --- power ---------------------------------------------------------------------------------------

#[test]
fn a_tenth_of_counts_rounded_to_tens_is_seen() {
    let region = Region { stations: 800, sizes: [200.0, 1_500.0], level: 0.4, between: 0.05 };
    let seen = |seed: u64| {
        let mut table = region.draw(seed);
        table.choices[0].iter_mut().step_by(10).for_each(|v| *v = v.map(|v| v / 10 * 10));
        let f = finding(table.run(&SCREEN, None));
        f.p.unwrap().value <= 0.05 && measure(&f, "d") == 10.0
    };
    assert!((0..100).filter(|&seed| seen(seed)).count() >= 95);
}

#[test]
fn a_few_packs_of_fifty_are_seen_where_no_last_digit_is() {
    let region = Region { stations: 400, sizes: [200.0, 1_500.0], level: 0.4, between: 0.05 };
    let seen = |seed: u64| {
        let mut table = region.draw(seed);
        table.choices[0].iter_mut().step_by(25).for_each(|v| *v = v.map(|v| (v + 25) / 50 * 50));
        p_of(table.run(&SCREEN, None)) <= 0.05
    };
    let seen = (0..60).filter(|&seed| seen(seed)).count();
    assert!(seen >= 40, "{seen}");
}

// --- real data -----------------------------------------------------------------------------------

/// The columns of a dBASE table of Kenya's wards, or `None` (and the test's name printed).
fn kenya(test: &str) -> Option<Returns> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let folder = std::env::var_os("GLASSURN_DATA").map_or(beside, PathBuf::from);
    let Ok(bytes) = std::fs::read(folder.join("kenya-2013-president-wards/ward.results.dbf"))
    else {
        println!("skipped: {test} (no data)");
        return None;
    };
    let word = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let (rows, head, width) = (word(4), word(8), word(10));
    let mut columns: Vec<(String, Vec<Count>)> = Vec::new();
    let mut from = 1;
    for field in (32..head - 1).step_by(32) {
        let name: String = bytes[field..field + 11]
            .iter()
            .take_while(|b| **b != 0)
            .map(|&b| char::from(b))
            .collect();
        let length = usize::from(bytes[field + 16]);
        let cell = |row: usize| {
            let start = head + row * width + from;
            let text = String::from_utf8_lossy(&bytes[start..start + length]).replace('\0', "");
            text.trim().parse().ok()
        };
        columns.push((name, (0..rows).map(cell).collect()));
        from += length;
    }
    let mut builder = Builder::new(rows);
    for (name, values) in columns {
        if ["SPOILT", "REJECTED", "VALID"].contains(&name.as_str()) {
            builder = builder.extra(&name, values);
        }
    }
    Some(builder.build())
}

#[test]
fn kenya_2013_has_multiples_of_eight() {
    let Some(returns) = kenya("kenya_2013_has_multiples_of_eight") else { return };
    let columns = SCREEN.columns(&Slice::whole(&returns, 0, None)).unwrap();
    for (name, all) in [("REJECTED", 1_212), ("SPOILT", 1_153)] {
        let column = columns.all.iter().find(|c| c.name == name).unwrap();
        assert_eq!((column.top().divisor, column.non_zero), (8, [all; 2]), "{name}");
        assert!(columns.adjusted(column) < 1e-100, "{}", column.p);
    }
    let valid = columns.all.iter().find(|c| c.name == "VALID").unwrap();
    assert!(columns.adjusted(valid) > 0.05);
    let f = finding(run(SCREEN, &returns));
    assert!(f.plain.contains("are multiples of 8"), "{}", f.plain);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let refused = |counts: &[i64]| refusal(run(SCREEN, &column(counts)));
    assert_eq!(refused(&[100; 19]), Reason::TooFew { used: 19, needed: 20 });
    assert!(matches!(refused(&[100; 40]), Reason::WrongSubject(_)));
    assert!(matches!(refused(&[3; 40]), Reason::WrongSubject(_)));
}

#[test]
fn missing_counts_are_left_out_and_counted() {
    let counts: Vec<Count> = (0..100).map(|i| (i % 4 > 0).then_some(100 + i * 37 % 211)).collect();
    let f = finding(run(SCREEN, &Builder::new(100).choice("A", counts).build()));
    assert_eq!((f.used, f.left_out_total()), (75, 25));
}

#[test]
fn says_the_column_the_number_and_what_does_that_innocently() {
    let eights = |by: i64| (0..60).map(|i| 8 * (20 + i * by % 71)).collect::<Vec<i64>>();
    let returns = Builder::new(60).choice("A", eights(11)).choice("B", eights(13)).build();
    let f = finding(run(SCREEN, &returns));
    assert_eq!(
        f.plain,
        "Of 60 counts of A from 12 upward, 60 (100.0 %) are multiples of 8, where counts of their sizes lead one to \
         expect 8 (12.5 %); packs of papers and lists of a fixed size do that too; so are those of B (8)."
    );
    assert_eq!((measure(&f, "C"), measure(&f, "C*")), (2.0, 2.0));
}
