//! What every check does, whatever the returns.

use std::collections::BTreeSet;

use glassurn_model::{
    CheckOutcome, Returns,
    checks::ALL,
    testing::{Builder, Stream, arbitrary, clean, reordered},
};
use proptest::prelude::*;

/// A check's code with what it tested, and its flags.
type Said = (String, BTreeSet<String>);

/// What the checks say, with stations as `original` numbers them.
fn said(returns: &Returns, original: &[usize]) -> Vec<Said> {
    let mut said = Vec::new();
    for contest in 0..returns.contests.len() {
        for check in ALL {
            let (tested, flags) = match check.run(returns, contest) {
                CheckOutcome::Ran { tested, flags } => (tested.to_string(), flags),
                CheckOutcome::NotApplicable { reason } => (reason.to_string(), Vec::new()),
            };
            let station = |s: u32| original[s as usize];
            let tell = |f: &glassurn_model::Flag| {
                let values: Vec<_> = f.values().collect();
                format!("{:?} {:?} {}", f.station.map(station), values, f.message())
            };
            said.push((
                format!("{} {tested}", check.meta().code),
                flags.iter().map(tell).collect(),
            ));
        }
    }
    said
}

/// What the checks say of the same returns in two orders of stations.
fn in_two_orders(seed: u64) -> (Vec<Said>, Vec<Said>) {
    let returns = arbitrary(seed);
    let n = returns.stations.len();
    let order = Stream::new(seed).order(n);
    let same: Vec<usize> = (0..n).collect();
    (said(&returns, &same), said(&reordered(&returns, &order), &order))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_check_ever_panics_and_flags_come_in_station_order(seed: u64) {
        let returns = arbitrary(seed);
        for contest in 0..=returns.contests.len() {
            for check in ALL {
                let CheckOutcome::Ran { tested, flags } = check.run(&returns, contest) else { continue };
                let code = check.meta().code;
                prop_assert!(flags.is_empty() || tested > 0, "{} flags what it did not test", code);
                let stations: Vec<_> = flags.iter().filter_map(|f| f.station).collect();
                prop_assert!(stations.is_sorted(), "{}: {:?}", code, stations);
                prop_assert!(stations.iter().all(|&s| (s as usize) < returns.stations.len()));
                prop_assert!(flags.iter().all(|f| !f.message().is_empty()));
            }
        }
    }

    #[test]
    fn station_order_only_permutes_flags(seed: u64) {
        let (here, reordered) = in_two_orders(seed);
        prop_assert_eq!(here, reordered);
    }

    #[test]
    fn the_same_returns_give_the_same_words(seed: u64) {
        let returns = arbitrary(seed);
        for check in ALL {
            prop_assert_eq!(check.run(&returns, 0), check.run(&returns.clone(), 0));
        }
    }
}

#[test]
fn an_order_that_once_mattered_no_longer_does() {
    // Stations that agree in all reported columns and differ in a derived number of voters.
    let (here, reordered) = in_two_orders(18_186_085_463_268_908_033);
    assert_eq!(here, reordered);
}

#[test]
fn clean_returns_have_no_flag_of_any_kind() {
    for seed in 0..20 {
        let returns = clean(700, seed);
        for check in ALL {
            if let CheckOutcome::Ran { flags, .. } = check.run(&returns, 0) {
                let words: Vec<String> = flags.iter().map(|f| f.message()).collect();
                assert!(flags.is_empty(), "{}, seed {seed}: {words:?}", check.meta().code);
            }
        }
    }
}

#[test]
fn missing_counts_are_neither_tested_nor_flagged() {
    let mut returns = clean(60, 1);
    let contest = &mut returns.contests[0];
    let columns = contest.fields.values_mut().chain(&mut contest.choices);
    columns.for_each(|c| c.values.iter_mut().for_each(|v| *v = None));
    for check in ALL {
        let code = check.meta().code;
        match check.run(&returns, 0) {
            CheckOutcome::Ran { tested, flags } => {
                assert!(flags.is_empty(), "{code}");
                // Names are there where no count is, reading looks at empty cells too, and pairs of
                // empty columns are compared in vain.
                let others = ["F111", "F112", "F113", "F201", "W108", "W202"];
                assert!(tested == 0 || others.contains(&code), "{code}: {tested}");
            }
            CheckOutcome::NotApplicable { .. } => {}
        }
    }
}

#[test]
fn returns_without_stations_or_columns_are_answered() {
    for returns in [Returns::default(), Builder::new(0).build(), Builder::new(9).build()] {
        for check in ALL {
            if let CheckOutcome::Ran { flags, .. } = check.run(&returns, 0) {
                assert!(flags.is_empty(), "{}", check.meta().code);
            }
        }
    }
}
