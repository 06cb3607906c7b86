use std::collections::BTreeMap;

use super::{
    ledger::{Ledger, Pair},
    support,
};
use crate::{
    Check, CheckMeta, CheckOutcome, Flag, Kind, Reason, Returns, Words, check::Tested,
};

#[doc = include_str!("swapped_columns.md")]
#[derive(Debug, Clone, Copy)]
pub struct SwappedColumns;

impl Check for SwappedColumns {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("swapped_columns.md");
        CheckMeta { code: "W107", name: "swapped-columns", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// How far off an identity must be: small misfits are cured by many an accident.
const CLEAR: i64 = 10;
/// Two figures of one station that differ by less than one part in so many of the larger are cured by chance:
/// near ones fit each other's place.
const APART: u64 = 10;
/// From how many stations on a pair that cures most of them is a matter of the column names.
const MANY: usize = 20;

/// Looks for stations whose figures do not fit, and fit once two of them are exchanged.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let ledger = Ledger::new(support::contest(returns, contest)?)?;
    let pairs = ledger.pairs();
    let (mut tested, mut found) = (0, Vec::new());
    for station in 0..returns.stations.len() {
        let lines = ledger.lines(station);
        let ordinary = support::kind(returns, station) == Kind::Ordinary;
        let Some(off) = ledger.off(&lines) else { continue };
        tested += 1;
        if off >= CLEAR {
            let cures = |pair: &&Pair| ledger.cures(&lines, station, **pair, ordinary);
            let mut cures = pairs.iter().filter(cures);
            if let (Some(&pair), None) = (cures.next(), cures.next()) {
                found.push((station, pair, off));
            }
        }
    }
    Ok((tested, flags(&ledger, &found, tested)))
}

/// One flag for each station, or one for a pair that is exchanged at most of them.
fn flags(ledger: &Ledger<'_>, found: &[(usize, Pair, i64)], tested: usize) -> Vec<Flag> {
    let mut of_pair: BTreeMap<Pair, Vec<(usize, i64)>> = BTreeMap::new();
    for &(station, pair, off) in found {
        of_pair.entry(pair).or_default().push((station, off));
    }
    let mut flags = Vec::new();
    for (pair, stations) in of_pair {
        if stations.len() >= MANY && 2 * stations.len() > tested {
            flags.push(whole_column(ledger, pair, stations.len(), tested));
            continue;
        }
        let names = [ledger.name(pair.0), ledger.name(pair.1), "difference".to_owned()];
        let words = Words::new(
            names,
            "{n0} {0} and {n1} {1}: the figures are off by {2}, and fit if these two are exchanged",
        );
        flags.extend(stations.into_iter().filter_map(|(station, off)| {
            let figures = [ledger.value(pair.0, station)?, ledger.value(pair.1, station)?];
            let told = figures.into_iter().chain([off]).map(Some);
            apart(figures).then(|| Flag::new(u32::try_from(station).ok(), &words, told))
        }));
    }
    flags.sort_by_key(|f| f.station);
    flags
}

/// Whether two figures differ so clearly that one in the other's place is no accident.
fn apart([a, b]: [i64; 2]) -> bool {
    let larger = a.unsigned_abs().max(b.unsigned_abs());
    a.abs_diff(b) >= larger.div_ceil(APART)
}

/// Two columns that are exchanged at most stations: their names are, more likely than their counts.
fn whole_column(ledger: &Ledger<'_>, pair: Pair, stations: usize, tested: usize) -> Flag {
    let message = format!(
        "at {stations} of {tested} stations the figures fit only if {} and {} are exchanged: \
         are the two columns named right?",
        ledger.name(pair.0),
        ledger.name(pair.1)
    );
    Flag::told(None, vec![("stations".to_owned(), i64::try_from(stations).ok())], message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, testing::{Builder, clean, messages}};

    fn exchange(returns: &mut Returns, a: Field, b: Field, stations: std::ops::Range<usize>) {
        for i in stations {
            let fields = &mut returns.contests[0].fields;
            let (x, y) = (fields[&a].values[i], fields[&b].values[i]);
            fields.get_mut(&a).unwrap().values[i] = y;
            fields.get_mut(&b).unwrap().values[i] = x;
        }
    }

    #[test]
    fn a_station_with_two_lines_exchanged_is_flagged() {
        let returns = Builder::new(2)
            .field(Field::Registered, [900, 900])
            .field(Field::Cast, [500, 500])
            .field(Field::Valid, [480, 20])
            .field(Field::Invalid, [20, 480])
            .choice("A", [300, 300])
            .choice("B", [180, 180])
            .exhaustive()
            .build();
        assert_eq!(
            messages(&SwappedColumns, &returns),
            ["valid votes 20 and invalid ballots 480: the figures are off by 460, and fit if these \
              two are exchanged"]
        );
    }

    #[test]
    fn figures_near_each_other_are_cured_by_accident() {
        // Ten ballots too many were counted as received; 10 happens to be what lies between the lists.
        let found = |registered: i64| {
            let returns = Builder::new(1)
                .field(Field::Registered, [registered])
                .field(Field::Received, [1230])
                .field(Field::Issued, [1000])
                .field(Field::Cancelled, [registered - 1000])
                .build();
            messages(&SwappedColumns, &returns).len()
        };
        assert_eq!((found(1220), found(1108), found(1107), found(1100)), (0, 0, 1, 1));
    }

    #[test]
    fn a_block_and_a_whole_column_are_told_apart() {
        let mut returns = clean(100, 1);
        exchange(&mut returns, Field::Registered, Field::Cast, 10..15);
        let found = messages(&SwappedColumns, &returns);
        assert_eq!(found.len(), 5);
        assert!(found[0].contains("registered voters"), "{}", found[0]);

        let mut returns = clean(100, 1);
        exchange(&mut returns, Field::Valid, Field::Received, 0..100);
        let expected = "at 100 of 100 stations the figures fit only if ballots received by the \
                        commission and valid votes are exchanged: are the two columns named right?";
        assert_eq!(messages(&SwappedColumns, &returns), [expected]);
    }

    #[test]
    fn a_choice_exchanged_with_a_protocol_line_is_found() {
        let mut returns = clean(30, 2);
        let contest = &mut returns.contests[0];
        let invalid = contest.fields.get_mut(&Field::Invalid).unwrap();
        std::mem::swap(&mut invalid.values[3], &mut contest.choices[0].values[3]);
        let found = messages(&SwappedColumns, &returns);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("invalid ballots ") && found[0].contains("A "), "{}", found[0]);
    }

    #[test]
    fn clean_returns_and_faults_that_no_exchange_cures_are_not_flagged() {
        assert!(messages(&SwappedColumns, &clean(500, 3)).is_empty());
        let mut returns = clean(50, 4);
        let valid = returns.contests[0].fields.get_mut(&Field::Valid).unwrap();
        valid.values[7] = valid.values[7].map(|v| v + 37);
        assert!(messages(&SwappedColumns, &returns).is_empty());
    }

    #[test]
    fn refuses_without_an_identity() {
        let returns = Builder::new(1).field(Field::Registered, [1]).field(Field::Cast, [9]).build();
        let outcome = SwappedColumns.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { reason: Reason::WrongSubject(_) }));
    }
}
