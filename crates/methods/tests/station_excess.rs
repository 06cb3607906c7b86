//! P120: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{Stations, assert_refused, assert_sound, of_case, oracle, shuffled, stations, value};
use glassurn_methods::parallel::station_excess::{Companion, Figures, Settings, compare, figures};
use glassurn_model::{Cell, Count, CountKind, Verdict};
use glassurn_stats::rng::stream;
use proptest::prelude::*;

const SET: Settings = Settings::DEFAULT;

fn of(s: &Stations, set: Settings) -> Figures {
    figures(&s.beside(), None, set).unwrap()
}

/// Beyond by 60, below, without a protocol, beyond by 2 of 3.
fn four() -> Stations {
    Stations::new(
        vec![Some(100), Some(50), None, Some(1)],
        vec![Some(160), Some(20), Some(9), Some(3)],
    )
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn two_of_three_stations_are_beyond() {
    let answer = compare(&four().beside(), &[], None, SET);
    let figures = ["n+", "n", "Σ(v − O)₊", "O+", "v+"].map(|s| value(&answer, s));
    assert_eq!(figures, [2.0, 3.0, 62.0, 101.0, 163.0]);
    assert_eq!(answer.claims[0].verdict, Verdict::Impossible);
    assert_eq!(answer.left_out[0].stations, 1);
}

#[test]
fn small_cells_are_counted_and_not_listed() {
    let answer = compare(&four().beside(), &[], None, SET);
    let listed = answer.tables.iter().find(|t| t.name == "stations").unwrap();
    assert_eq!(listed.rows.len(), 1);
    assert_eq!(listed.rows[0][0], Cell::Text("0".to_owned()));
    assert!(answer.notes.iter().any(|n| n.contains("fewer than 5")));
}

#[test]
fn stations_without_ballots_cast_are_left_out_of_the_headline() {
    let cast: Vec<Count> = vec![Some(200), Some(80), Some(30), None];
    let answer = compare(&four().beside(), &[], Some(&cast), SET);
    assert_eq!(["n+", "n", "n+ all"].map(|s| value(&answer, s)), [1.0, 2.0, 2.0]);
    assert_eq!(value(&answer, "Σ(v − O)₊"), 60.0);
    assert!(
        answer.claims[0].headline.starts_with("At 1 of 2 stations"),
        "{}",
        answer.claims[0].headline
    );
}

#[test]
fn one_report_too_many_of_two_is_no_matter_of_rates() {
    // P(Bin(2, 0.95) ≤ 1) = 1 − 0.9025 = 0.0975: not named at 5 %, though arithmetic names it.
    let s = Stations::new(vec![Some(1)], vec![Some(2)]);
    let figures = of(&s, SET);
    assert_eq!((figures.beyond.len(), figures.at_rate[0].1), (1, 0));
    let lenient = Settings { alpha: 0.0976, ..SET };
    assert_eq!(of(&s, lenient).at_rate[0], (0.05, 1, 1));
}

#[test]
fn statements_without_proof_carry_less() {
    let told = four().of_kind(CountKind::VoterStatement);
    let answer = compare(&told.beside(), &[], None, SET);
    assert_eq!(answer.claims[0].verdict, Verdict::Inconsistent);
    assert!(answer.claims[0].headline.contains("without proof"));
}

#[test]
fn companions_part_the_stations() {
    let values = [Some(0), Some(2), Some(1), None];
    let answer =
        compare(&four().beside(), &[Companion { name: "observers", values: &values }], None, SET);
    let table = answer.tables.iter().find(|t| t.name == "companions").unwrap();
    let compared: Vec<_> = table.rows.iter().map(|r| r[1].clone()).collect();
    assert_eq!(compared, [1, 1, 1].map(Cell::Count));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_exact_binomials_and_holm() {
    for case in oracle("P120") {
        let figures = of(&of_case(&case), SET);
        assert_eq!(figures.compared as u64, case["compared"].as_u64().unwrap());
        let mut named: Vec<_> = figures.beyond.iter().map(|b| b.0).collect();
        named.sort_unstable();
        assert_eq!(serde_json::to_value(named).unwrap(), case["stations"]);
        assert_eq!(figures.excess, case["excess"].as_i64().unwrap());
        let rates: Vec<_> = figures.at_rate.iter().map(|r| (r.1, r.2)).collect();
        assert_eq!(serde_json::to_value(rates).unwrap(), case["rates"]);
    }
}

// --- theorems --------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn at_rate_zero_every_excess_is_named_and_with_a_growing_rate_never_more(s in stations()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let rates = Settings { false_rates: [0.0, 0.02, 0.3], ..SET };
        let more = Settings { false_rates: [0.02, 0.3, 1.0], ..SET };
        let (few, many) = (of(&s, rates), of(&s, more));
        prop_assert_eq!(few.at_rate[0].1, few.beyond.len());
        prop_assert_eq!(few.at_rate[0].2, few.excess);
        let all: Vec<_> = few.at_rate.iter().chain(&many.at_rate[2..]).collect();
        prop_assert!(all.windows(2).all(|w| w[1].1 <= w[0].1 && w[1].2 <= w[0].2), "{:?}", all);
        prop_assert_eq!(all[3].1, 0); // were every report wrong, none would count
    }

    #[test]
    fn the_order_of_stations_changes_only_the_order_of_ties((s, order) in shuffled()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let (a, b) = (of(&s, SET), of(&s.permuted(&order), SET));
        let excesses = |f: &Figures| f.beyond.iter().map(|p| p.2 - p.1).collect::<Vec<_>>();
        prop_assert_eq!(excesses(&a), excesses(&b));
        let mut named: Vec<_> = b.beyond.iter().map(|p| (order[p.0], p.1, p.2)).collect();
        let mut first = a.beyond.clone();
        named.sort_unstable();
        first.sort_unstable();
        prop_assert_eq!(first, named);
        prop_assert_eq!((a.compared, a.excess, a.at_rate), (b.compared, b.excess, b.at_rate));
    }

    #[test]
    fn every_answer_is_sound(s in stations()) {
        let cast: Vec<Count> = s.official.iter().enumerate().map(|(i, o)| o.filter(|_| i % 4 > 0)).collect();
        let companion = Companion { name: "observers", values: &s.counted };
        assert_sound(&compare(&s.clone().by_unit(3).beside(), &[companion], Some(&cast), SET));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_compared_is_refused() {
    let of =
        |official, counted| compare(&Stations::new(official, counted).beside(), &[], None, SET);
    assert_refused(&of(vec![Some(1), None], vec![None, Some(1)]), "both");
    assert_refused(&of(vec![Some(-1)], vec![Some(3)]), "negative");
    assert_refused(&of(vec![Some(0); 2], vec![Some(i64::MAX); 2]), "64 bits");
}

// --- its own null --------------------------------------------------------------------------------

/// Honest stations: every right report is a vote that the official figure holds, and one report in ten is
/// wrong. The figure is as small as honesty allows, so nothing is harder; still no more than one file in
/// twenty may name any station.
#[test]
fn wrong_reports_alone_name_a_station_in_at_most_one_file_of_twenty() {
    const FILES: u64 = 400;
    let q = SET.false_rates[1];
    let named = (0..FILES).filter(|file| {
        let mut random = stream(7, "station excess under its null", *file);
        let pairs: Vec<(i64, i64)> = (0..60)
            .map(|station| {
                let reports = 5 + 7 * station;
                let right = (0..reports).filter(|_| random.random::<f64>() >= q).count();
                (i64::try_from(right).unwrap(), reports)
            })
            .collect();
        let (official, counted) = pairs.iter().map(|p| (Some(p.0), Some(p.1))).unzip();
        of(&Stations::new(official, counted), SET).at_rate[1].1 > 0
    });
    let share = named.count() as f64 / FILES as f64;
    // 0.05 and two standard errors of 400 files.
    assert!(share <= 0.05 + 2.0 * 0.011, "{share}");
}
