//! Observed and unobserved stations of Belarus 2020. The files are not in the repository: without them
//! each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::observers::{Counted, Outcome, Settings, examine};
use glassurn_casefile::{Account, RawTable, catalogue, mapping};

/// A file of the data set; `None` when it is not at hand.
fn table(file: &str) -> Option<RawTable> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let data =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let path = data.join("belarus-2020-president").join(file);
    if !path.is_file() {
        println!("skipped: {file} (no data)");
        return None;
    }
    read(&path, &ReadOptions::default()).expect(file).tables.pop()
}

fn settings() -> Settings {
    Settings {
        outcome: Outcome::Share(Some("Tsikhanouskaya".to_owned())),
        observed: None,
        block: None,
        within: Some("id[1-2]".to_owned()),
        earlier: None,
        near: None,
        device: false,
        key: Vec::new(),
        caliper: 0.5,
        confidence: 0.95,
        seed: 1,
    }
}

/// The account of the stations by the data set's own mapping, with a list of observers or without.
fn account(list: bool, set: &Settings) -> Option<Account> {
    let tables = vec![table("voice.csv")?, table("geo-categorized.csv")?, table("zubr.csv")?];
    let list = if list { Some(table("zubr-observers.csv")?) } else { None };
    let mapping = catalogue::find("belarus-2020").unwrap().mapping().unwrap();
    let returns = mapping::apply(&tables, &mapping).unwrap();
    let counted = Counted { returns: &returns, mapping: &mapping, tables: &tables };
    Some(examine(counted, list.as_ref(), set, String::new()).unwrap())
}

#[test]
fn stations_with_observers_have_protocols_far_more_often() {
    let Some(account) = account(false, &settings()) else { return };
    let answer = &account.answers[0];
    let value = |symbol: &str| answer.measure(symbol).unwrap().value;
    // Of 2,861 observed stations 1,146 have a protocol with all choices, of 2,845 unobserved ones 143.
    assert_eq!([value("r₁"), value("r₀")], [1146.0 / 2861.0, 143.0 / 2845.0]);
    assert!((value("D") - 0.0514).abs() < 1e-4 && (value("se") - 0.0113).abs() < 1e-4);
    assert_eq!(answer.tables[0].rows.len(), 7);
    assert!(answer.claims[0].headline.contains("association") && answer.p.is_none());
}

#[test]
fn a_list_of_observers_says_the_same_as_the_joined_column() {
    let (Some(joined), Some(listed)) = (account(false, &settings()), account(true, &settings()))
    else {
        return;
    };
    assert_eq!(joined.answers, listed.answers);
    assert_eq!(listed.inputs[1].stations, Some(5767));
}

#[test]
fn parts_of_a_column_and_other_columns_are_found() {
    let set = Settings { within: Some("area".to_owned()), ..settings() };
    let Some(account) = account(false, &set) else { return };
    let named = |name: &str| {
        account.answers[0].tables[0]
            .rows
            .iter()
            .any(|r| matches!(&r[0], glassurn_model::Cell::Text(t) if t.contains(name)))
    };
    assert!(named("village") && named("minsk_suburb"));
}

#[test]
fn pairs_of_like_stations_differ_less_than_regions_do() {
    let Some(account) = account(false, &settings()) else { return };
    let answer = &account.answers[1];
    let value = |symbol: &str| answer.measure(symbol).unwrap().value;
    assert_eq!((answer.method, value("n")), ("P520", 134.0));
    assert!((value("d̃") - 0.0279).abs() < 1e-4 && (value("p(1)") - 0.080).abs() < 1e-3);
    assert!(answer.measure("Γ*").is_none());
}
