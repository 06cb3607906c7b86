//! What the integrity checks say of each data set as published, through its shipped mapping. The files are
//! not in the repository: without them each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::{collections::BTreeMap, path::PathBuf};

use glassurn_casefile::{
    catalogue,
    formats::{ReadOptions, read},
    mapping,
};
use glassurn_model::{Check, CheckOutcome, Flag, Returns, checks};

/// The folder of published files: `GLASSURN_DATA`, or beside the repository.
fn data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from)
}

/// Reads a data set through its shipped mapping; nothing when its file is not at hand.
fn returns(name: &str) -> Option<Returns> {
    let Some(path) = catalogue::locate(name, Some(&data()), None) else {
        println!("skipped: {name} (no data)");
        return None;
    };
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    let reading = read(&path, &ReadOptions::default()).unwrap();
    Some(mapping::apply(&reading.tables, &map).unwrap())
}

/// What a check flags in a contest; nothing when it does not apply.
fn flags(check: &dyn Check, returns: &Returns, contest: usize) -> Vec<Flag> {
    match check.run(returns, contest) {
        CheckOutcome::Ran { flags, .. } => flags,
        CheckOutcome::NotApplicable { .. } => Vec::new(),
    }
}

/// How many flags each check has over all contests; checks without one are absent.
fn counts(returns: &Returns) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for contest in 0..returns.contests.len() {
        for check in checks::ALL {
            let found = flags(*check, returns, contest).len();
            if found > 0 {
                *counts.entry(check.meta().code).or_default() += found;
            }
        }
    }
    counts
}

/// The flags of `F…` checks alone.
fn impossible(returns: &Returns) -> Vec<(&'static str, usize)> {
    counts(returns).into_iter().filter(|(code, _)| code.starts_with('F')).collect()
}

#[test]
fn kenya_names_both_columns_and_eight() {
    let Some(returns) = returns("kenya-2013-map") else { return };
    let found = flags(&checks::CommonDivisor, &returns, 0);
    let found: Vec<String> = found.iter().map(Flag::message).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("invalid ballots (REJECTED): all 1212 non-zero counts"));
    assert!(found[1].starts_with("SPOILT: all 1153 non-zero counts"));
    assert!(found.iter().all(|m| m.contains("are multiples of 8;")), "{found:?}");
}

#[test]
fn koeln_and_israel_have_nothing_impossible() {
    for (name, special) in [("koeln-2013", 224), ("israel-2015", 295)] {
        let Some(returns) = returns(name) else { continue };
        assert_eq!(impossible(&returns), [], "{name}");
        let counted = flags(&checks::SpecialAboveRegistered, &returns, 0);
        let stations = counted[0].values().next().unwrap().1;
        assert_eq!(stations, Some(special), "{name}");
    }
}

#[test]
fn albania_2017_lists_some_parties_only() {
    let Some(returns) = returns("albania-2017") else { return };
    assert_eq!(flags(&checks::ChoicesDifferFromValid, &returns, 0), []);
    assert_eq!(flags(&checks::ChoicesAboveValid, &returns, 0), []);
    // The column that is nearly a key has two duplicates.
    assert_eq!(counts(&returns)["F201"], 4);
}

#[test]
fn belarus_protocols_do_not_all_add_up() {
    let Some(returns) = returns("belarus-2020") else { return };
    let CheckOutcome::Ran { tested, flags } = checks::CastDiffersFromParts.run(&returns, 0) else {
        panic!("the official protocol has cast, choices and invalid");
    };
    // Protocols without an invalid count are not tested: missing is not zero.
    assert_eq!((tested, flags.len()), (683, 77));
    assert_eq!(impossible(&returns), [("F101", 6), ("F103", 77), ("F110", 3)]);
}

#[test]
fn russia_2018_is_clean_but_for_six_stations() {
    let Some(returns) = returns("russia-2018") else { return };
    // At six stations the boxes held one to three ballots more than were issued.
    assert_eq!(impossible(&returns), [("F107", 6)]);
    assert_eq!(counts(&returns)["W102"], 348);
}
