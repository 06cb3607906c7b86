//! P410: by hand, oracle, real data, the draw, refusals, words.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use glassurn_methods::parallel::sample_design::{
    Aim, Allocation, Past, allocate, design, detection_miss, draw, sizes, wrong_stations,
};
use proptest::prelude::*;
use serde_json::Value;

const HALF_A_POINT: Aim = Aim { margin: 0.005, confidence: 0.95 };

fn past(stratum: &str, votes: i64, of: i64) -> Past {
    Past { stratum: stratum.to_owned(), votes: Some(votes), of: Some(of) }
}

#[test]
fn ten_copies_of_belarus() {
    // 80.1 % to 10.1 %: half the margin of 70 points, 35 % of the stations at least.
    let wrong = wrong_stations(0.70 * 5_767.0, 1.0).unwrap();
    assert_eq!(wrong, 2_019);
    assert!((detection_miss(5_767, wrong, 10) - 0.013).abs() < 0.0005);
    // By hand: C(7, 4)/C(10, 4) = 35/210.
    assert!((detection_miss(10, 3, 4) - 35.0 / 210.0).abs() < 1e-15);
    assert_eq!(detection_miss(10, 3, 8), 0.0);
    assert!(detection_miss(10, 11, 1).is_nan());
}

#[test]
fn agrees_with_plain_sums() {
    let file: Value = serde_json::from_str(include_str!("oracle/sample_design.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let (f, u) = (|k: &str| case[k].as_f64().unwrap(), |k: &str| case[k].as_u64().unwrap());
        if case["what"] == "miss" {
            let got = detection_miss(u("all"), u("wrong"), u("drawn"));
            assert!((got - f("miss")).abs() <= 1e-11 * f("miss"), "{case}");
            continue;
        }
        let rows = |k: &str| case[k].as_array().unwrap().clone();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let before: Vec<_> = rows("past")
            .iter()
            .map(|p| Past { stratum: text(&p[0]), votes: p[1].as_i64(), of: p[2].as_i64() })
            .collect();
        let frame: Vec<_> =
            rows("frame").iter().map(|f| (text(&f[0]), f[1].as_u64().unwrap())).collect();
        let got = sizes(&before, &frame, Aim { margin: f("margin"), confidence: 0.95 }).unwrap();
        for (got, key) in
            [(got.simple, "simple"), (got.proportional, "proportional"), (got.neyman, "neyman")]
        {
            assert!((got / f(key) - 1.0).abs() < 1e-9, "{key}: {got}");
        }
    }
}

#[test]
fn mexico_2018() {
    let data = std::env::var_os("GLASSURN_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw")),
        PathBuf::from,
    );
    let file = "mx2018-quickcount/LISTADO_CASILLAS_2018.csv";
    let near = [data.join("parallel"), data.join("../parallel")];
    let Some(bytes) = near.iter().find_map(|d| std::fs::read(d.join(file)).ok()) else {
        println!("skipped: mexico_2018 (no data)");
        return;
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().skip(1);
    let names: Vec<&str> = lines.next().unwrap().split('|').collect();
    let rows: Vec<Vec<&str>> = lines.map(|l| l.split('|').collect()).collect();
    let column = |name: &str| names.iter().position(|n| *n == name).unwrap();
    let station = |r: &Vec<&str>, name: &str| -> Past {
        past("all", r[column(name)].parse().unwrap(), r[column("TOTAL")].parse().unwrap())
    };
    let before: Vec<_> = rows.iter().map(|r| station(r, "AMLO")).collect();
    assert_eq!(before.len(), 5_254);
    let frame = [("all".to_owned(), 156_899)];
    let n = |margin| sizes(&before, &frame, Aim { margin, confidence: 0.95 }).unwrap();
    assert_eq!(n(0.005).by_voters.round(), 107.0);
    assert_eq!([0.005, 0.01, 0.02].map(|m| n(m).simple.round()), [4_337.0, 1_107.0, 278.0]);
    assert!((n(0.005).factor() - 41.0).abs() < 1.0);
}

// --- allocation and draw -----------------------------------------------------------------------------

#[test]
fn neyman_gives_more_to_what_varies_more() {
    let strata = [("a".to_owned(), 100, 1.0), ("b".to_owned(), 100, 3.0)];
    assert_eq!(allocate(&strata, 40, Allocation::Proportional), [20, 20]);
    assert_eq!(allocate(&strata, 40, Allocation::Neyman), [10, 30]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn an_allocation_adds_up_within_its_bounds(
        sizes in prop::collection::vec((1_u64..200, 0.1..5.0_f64), 1..12), total in 0_u64..800
    ) {
        let strata: Vec<_> = sizes.iter().map(|(n, s)| (String::new(), *n, *s)).collect();
        let least: u64 = sizes.iter().map(|s| s.0.min(2)).sum();
        let all: u64 = sizes.iter().map(|s| s.0).sum();
        for how in [Allocation::Proportional, Allocation::Neyman] {
            let drawn = allocate(&strata, total, how);
            prop_assert_eq!(drawn.iter().sum::<u64>(), total.clamp(least, all));
            prop_assert!(drawn.iter().zip(&sizes).all(|(d, s)| *d >= s.0.min(2) && *d <= s.0));
        }
    }
}

fn frame(n: usize) -> Vec<(String, String)> {
    (0..n).map(|i| (format!("s{}", i % 2), format!("{i:03}"))).collect()
}

#[test]
fn a_draw_depends_on_the_seed_and_not_on_the_file() {
    let wanted: BTreeMap<_, _> = [("s0".to_owned(), 5), ("s1".to_owned(), 3)].into();
    let draws = draw(&frame(60), &wanted, 4, 7).unwrap();
    let turned: Vec<_> = frame(60).into_iter().rev().collect();
    assert_eq!(draw(&turned, &wanted, 4, 7).unwrap(), draws);
    assert_ne!(draw(&frame(60), &wanted, 4, 8).unwrap(), draws);
    assert_eq!(
        (draws[0].sample.len(), draws[1].sample.len(), draws[0].replacements.len()),
        (5, 3, 4)
    );
    // A larger sample begins with the smaller one and goes on with its replacements.
    let more: BTreeMap<_, _> = [("s0".to_owned(), 9), ("s1".to_owned(), 3)].into();
    let longer = draw(&frame(60), &more, 0, 7).unwrap();
    assert_eq!(longer[0].sample, [draws[0].sample.clone(), draws[0].replacements.clone()].concat());
    let mut twice = frame(10);
    twice.push(twice[0].clone());
    assert_eq!(draw(&twice, &BTreeMap::new(), 0, 1), None);
    assert_eq!(draw(&frame(4), &wanted, 0, 1), None);
}

#[test]
fn every_station_is_drawn_equally_often() {
    let wanted: BTreeMap<_, _> = [("s0".to_owned(), 5), ("s1".to_owned(), 0)].into();
    let mut times = BTreeMap::<String, f64>::new();
    for seed in 0..4_000 {
        for station in &draw(&frame(40), &wanted, 0, seed).unwrap()[0].sample {
            *times.entry(station.clone()).or_default() += 1.0;
        }
    }
    let x2: f64 = times.values().map(|t| (t - 1_000.0_f64).powi(2) / 1_000.0).sum();
    // Twenty stations, five at a time: X² · 19/15 has nearly the chi-squared law of 19 degrees.
    assert!(
        times.len() == 20 && glassurn_stats::chi_squared::sf(x2 * 19.0 / 15.0, 19.0) > 1e-4,
        "{x2}"
    );
}

// --- refusals and words ------------------------------------------------------------------------------

#[test]
fn what_gives_no_size_is_refused() {
    let frame = [("a".to_owned(), 10)];
    let two = [past("a", 1, 9), past("a", 5, 9)];
    assert!(sizes(&two, &frame, HALF_A_POINT).is_ok());
    assert!(sizes(&two[..1], &frame, HALF_A_POINT).is_err());
    assert!(sizes(&two, &[], HALF_A_POINT).is_err());
    assert!(sizes(&two, &frame, Aim { margin: 0.0, ..HALF_A_POINT }).is_err());
    assert!(sizes(&[past("a", 5, 10), past("a", 10, 20)], &frame, HALF_A_POINT).is_err());
    let missing = Past { votes: None, ..past("a", 0, 9) };
    let with =
        sizes(&[two[0].clone(), two[1].clone(), missing, past("a", 10, 9)], &frame, HALF_A_POINT)
            .unwrap();
    assert_eq!((with.used, with.left_out), (2, 2));
}

#[test]
fn words_are_neutral() {
    let answer =
        design("x", &[past("a", 1, 9), past("a", 5, 9)], &[("a".to_owned(), 10)], HALF_A_POINT);
    assert!(answer.refused.is_none() && answer.measure("n/n_v").is_some());
    let text = format!("{answer:?}").to_lowercase();
    for word in ["fraud", "rigg", "stolen", "cheat", "manipul", "tamper", "crime", "winner"] {
        assert!(!text.contains(word), "{word}");
    }
}
