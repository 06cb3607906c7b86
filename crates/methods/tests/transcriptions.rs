//! P310: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::transcriptions::{
    Alias, Decision, Entry, How, Line, Question, Reconciled, Value, WHOLE_ROW, answer, apply,
    key_text, normalise, reconcile, suggest,
};
use glassurn_model::{ClaimClass, Verdict};
use proptest::prelude::*;
use serde_json::Value as Json;

fn value(text: &str) -> Value {
    (!text.is_empty()).then(|| text.to_owned())
}

/// An entry from rows of a key and values; an empty key is none.
fn entry(name: &str, rows: &[(&str, &[&str])]) -> Entry {
    let line = |(i, (key, values)): (u32, &(&str, &[&str]))| Line {
        row: i,
        key: value(key).into_iter().collect(),
        values: values.iter().map(|v| value(v)).collect(),
    };
    Entry { name: name.to_owned(), lines: (2..).zip(rows).map(line).collect() }
}

fn names(n: usize) -> Vec<String> {
    ["votes", "valid", "third", "fourth"][..n].iter().map(|s| (*s).to_owned()).collect()
}

fn ask<'a>(columns: &'a [String], entries: &'a [Entry]) -> Question<'a> {
    Question { columns, entries, agree: None, decisions: &[], aliases: &[] }
}

fn run(entries: &[Entry], columns: usize) -> Reconciled {
    reconcile(&ask(&names(columns), entries)).unwrap()
}

fn settled(found: &Reconciled) -> usize {
    found.rows.iter().filter(|r| r.how != How::Open).count()
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn two_of_three_settle_and_all_different_do_not() {
    let entries = [
        entry("one", &[("A1", &["120"]), ("A2", &["1"])]),
        entry("two", &[("A1", &["120"]), ("A2", &["2"])]),
        entry("three", &[("A1", &["210"]), ("A2", &["3"])]),
    ];
    let found = run(&entries, 1);
    assert_eq!((found.needed, settled(&found), found.open.len()), (2, 1, 1));
    assert_eq!(found.rows[0].values, [value("120")]);
    let cells = [(3, "1"), (3, "2"), (3, "3")].map(|(r, v)| Some((r, value(v))));
    assert_eq!(found.open[0].cells, cells);
    // A1: one of three pairs is equal; A2: none of three.
    assert_eq!((found.rates[0].pairs, found.rates[0].equal), (6, 1));
}

#[test]
fn an_empty_cell_is_never_zero() {
    let entries = [entry("one", &[("A", &["0", ""])]), entry("two", &[("A", &["", ""])])];
    let found = run(&entries, 2);
    assert_eq!((found.open.len(), found.open[0].column), (1, 0));
    assert_eq!((found.rates[0].pairs, found.rates[1].pairs), (0, 0));
}

#[test]
fn equal_rows_without_key_are_matched_as_often_as_both_have_them() {
    let entries = [
        entry("one", &[("", &["5", "9"]), ("", &["5", "9"]), ("", &["7", "8"])]),
        entry("two", &[("", &["5", "9"]), ("", &["7", "6"])]),
    ];
    let found = run(&entries, 2);
    assert_eq!((found.rows.len(), found.alone.len()), (1, 3));
    assert_eq!(found.rows[0].rows, [Some(2), Some(2)]);
    // 7, 8 and 7, 6 differ in the second column only.
    assert_eq!(found.near.len(), 1);
    assert_eq!((found.near[0].column, found.near[0].places), (1, [(0, 4), (1, 3)]));
}

#[test]
fn an_entry_that_contradicts_itself_has_no_vote() {
    let entries = [
        entry("one", &[("A", &["5"]), ("A", &["6"])]),
        entry("two", &[("A", &["5"])]),
        entry("three", &[("A", &["5"])]),
    ];
    let found = run(&entries, 1);
    assert_eq!(found.rows[0].rows, [None, Some(2), Some(2)]);
    assert_eq!(found.alone.iter().filter(|a| a.repeated).count(), 2);
}

#[test]
fn decisions_win_and_are_counted() {
    let entries = [
        entry("one", &[("A", &["5"]), ("B", &["1"]), ("C", &["8"]), ("D", &["3"])]),
        entry("two", &[("A", &["6"]), ("B", &["1"])]),
    ];
    let decide = |key: &str, column: &str, v: &str| Decision {
        key: key.to_owned(),
        column: column.to_owned(),
        value: value(v),
    };
    let decisions = [
        decide("A", "votes", "6"),
        decide("B", "votes", "2"),
        decide("C", WHOLE_ROW, "KEEP"),
        decide("D", WHOLE_ROW, "DROP"),
        decide("Z", "votes", "9"),
    ];
    let columns = names(1);
    let found = reconcile(&Question { decisions: &decisions, ..ask(&columns, &entries) }).unwrap();
    assert_eq!((found.decided, found.unused, found.open.len(), found.alone.len()), (4, 1, 0, 0));
    let values: Vec<_> = found.rows.iter().map(|r| r.values[0].as_deref()).collect();
    assert_eq!(values, [Some("6"), Some("2"), Some("8")]);
    assert!(found.rows.iter().all(|r| r.how == How::Decided));
}

#[test]
fn rows_without_key_are_decided_by_their_place() {
    let entries = [entry("one", &[("", &["5"]), ("", &["7"])]), entry("two", &[("", &["6"])])];
    let decision = |key: &str, v: &str| Decision {
        key: key.to_owned(),
        column: WHOLE_ROW.to_owned(),
        value: value(v),
    };
    let decisions = [decision("one:2", "KEEP"), decision("two:2", "DROP")];
    let columns = names(1);
    let found = reconcile(&Question { decisions: &decisions, ..ask(&columns, &entries) }).unwrap();
    assert_eq!((found.rows.len(), found.alone.len(), found.decided), (1, 1, 2));
    assert_eq!(found.rows[0].values, [value("5")]);
}

#[test]
fn names_are_read_as_others_only_when_told_and_suggested_otherwise() {
    let mut entries = [
        entry("one", &[("", &["DISTRITO CAPITAL", "5"]), ("", &["SUCRE", "5"])]),
        entry("two", &[("", &["CAPITAL", "5"]), ("", &["SUCRE", "5"])]),
    ];
    assert_eq!(run(&entries, 2).rows.len(), 1);
    let alias = |cells| Alias { from: "CAPITAL".into(), to: "DISTRITO CAPITAL".into(), cells };
    assert_eq!(suggest(&entries, &names(2)), [alias(1)]);
    let same = [(" capital".to_owned(), "Distrito  Capital".to_owned())];
    assert_eq!(apply(&mut entries, &same), [alias(1)]);
    assert_eq!(run(&entries, 2).rows.len(), 2);
    assert!(suggest(&entries, &names(2)).is_empty());
}

#[test]
fn keys_of_several_parts_cannot_be_confused() {
    let key = |parts: &[&str]| key_text(&parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
    assert_eq!(key(&["A", "B"]), "A | B");
    assert_ne!(key(&["A | B"]), key(&["A", "B"]));
    assert_eq!(normalise("  la  guaira "), "LA GUAIRA");
}

// --- oracle --------------------------------------------------------------------------------------

fn entries_of(case: &Json, keyed: bool) -> Vec<Entry> {
    let line = |(row, pair): (u32, &Json)| Line {
        row,
        key: if keyed { vec![pair[0].as_str().unwrap().to_owned()] } else { Vec::new() },
        values: pair[1].as_array().unwrap().iter().map(|v| v.as_str().map(str::to_owned)).collect(),
    };
    let entry = |(i, e): (usize, &Json)| Entry {
        name: format!("entry {i}"),
        lines: (2..).zip(e.as_array().unwrap()).map(line).collect(),
    };
    case["entries"].as_array().unwrap().iter().enumerate().map(entry).collect()
}

#[test]
fn agrees_with_counters_and_plain_votes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/transcriptions.json");
    let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let columns = names(usize::try_from(case["columns"].as_u64().unwrap()).unwrap());
        let agree = usize::try_from(case["k"].as_u64().unwrap()).ok();
        let entries = entries_of(case, true);
        let found = reconcile(&Question { agree, ..ask(&columns, &entries) }).unwrap();
        let want = &case["keyed"];
        assert_eq!(settled(&found) as u64, want["settled"].as_u64().unwrap());
        assert_eq!(found.open.len() as u64, want["conflicts"].as_u64().unwrap());
        assert_eq!(found.alone.len() as u64, want["alone"].as_u64().unwrap());
        for (c, rate) in found.rates.iter().enumerate() {
            assert_eq!(rate.pairs, want["pairs"][c].as_u64().unwrap());
            assert_eq!(rate.equal, want["equal"][c].as_u64().unwrap());
        }
        let entries = entries_of(case, false);
        let found = reconcile(&Question { agree, ..ask(&columns, &entries) }).unwrap();
        let want = &case["unkeyed"];
        assert_eq!(found.rows.len() as u64, want["settled"].as_u64().unwrap());
        for (i, alone) in want["alone"].as_array().unwrap().iter().enumerate() {
            let got = found.alone.iter().filter(|a| a.entry == i).count();
            assert_eq!(got as u64, alone.as_u64().unwrap());
        }
    }
}

// --- theorems ------------------------------------------------------------------------------------

fn any_entries() -> impl Strategy<Value = Vec<Entry>> {
    let line = (0_u32..9, prop::collection::vec(prop::option::of(0_u32..4), 2));
    let entry = prop::collection::vec(line, 0..25);
    (any::<bool>(), prop::collection::vec(entry, 2..5)).prop_map(|(keyed, entries)| {
        let line = |(row, (key, values)): (u32, (u32, Vec<Option<u32>>))| Line {
            row,
            key: if keyed { vec![key.to_string()] } else { Vec::new() },
            values: values.into_iter().map(|v| v.map(|v| v.to_string())).collect(),
        };
        let entry = |(i, lines): (usize, Vec<_>)| Entry {
            name: i.to_string(),
            lines: (2..).zip(lines).map(line).collect(),
        };
        entries.into_iter().enumerate().map(entry).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_row_is_settled_or_listed_once(entries in any_entries()) {
        let Ok(found) = reconcile(&ask(&names(2), &entries)) else { return Ok(()) };
        if entries.iter().flat_map(|e| &e.lines).any(|l| !l.key.is_empty()) { return Ok(()) }
        for (i, entry) in entries.iter().enumerate() {
            let placed = found.rows.iter().filter_map(|r| r.rows[i]);
            let mut rows: Vec<_> =
                placed.chain(found.alone.iter().filter(|a| a.entry == i).map(|a| a.line.row)).collect();
            rows.sort_unstable();
            prop_assert_eq!(rows, entry.lines.iter().map(|l| l.row).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_entry_beside_itself_agrees_everywhere(entries in any_entries()) {
        let one = entries[0].clone();
        prop_assume!(!one.lines.is_empty());
        let found = run(&[one.clone(), one.clone()], 2);
        prop_assert!(found.open.is_empty() && found.alone.iter().all(|a| a.repeated));
        prop_assert!(found.rates.iter().all(|r| r.pairs == r.equal));
    }

    #[test]
    fn asking_for_more_agreement_settles_no_more(entries in any_entries()) {
        let columns = names(2);
        let number = |agree| {
            let ask = Question { agree: Some(agree), ..ask(&columns, &entries) };
            reconcile(&ask).map_or(0, |f| settled(&f))
        };
        let counts: Vec<_> = (entries.len() / 2 + 1..=entries.len()).map(number).collect();
        prop_assert!(counts.windows(2).all(|w| w[1] <= w[0]), "{:?}", counts);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(entries in any_entries()) {
        let turned: Vec<_> = entries
            .iter()
            .map(|e| Entry { lines: e.lines.iter().rev().cloned().collect(), ..e.clone() })
            .collect();
        let (columns, count) = (names(2), |f: Reconciled| (settled(&f), f.open.len(), f.alone.len(), f.rates));
        prop_assert_eq!(
            reconcile(&ask(&columns, &entries)).map(count),
            reconcile(&ask(&columns, &turned)).map(count)
        );
    }
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn refusals_say_why() {
    let one = entry("one", &[("A", &["5"])]);
    let two = entry("two", &[("", &["5"])]);
    let columns = names(1);
    let why = |entries: &[Entry], agree| {
        let (answer, found) = answer(&Question { agree, ..ask(&columns, entries) });
        assert!(found.is_none());
        answer.refused.unwrap()
    };
    assert!(why(&[], None).contains("no row"));
    assert!(why(std::slice::from_ref(&one), None).contains("only one entry"));
    assert!(why(&[one.clone(), two], None).contains("key"));
    assert!(why(&[one.clone(), one.clone()], Some(3)).contains("3 of 2"));
    let wide = entry("wide", &[("A", &["5", "6"])]);
    assert!(why(&[one, wide], None).contains("other columns"));
}

// --- words ---------------------------------------------------------------------------------------

#[test]
fn what_is_said_is_about_the_data_alone() {
    let entries = [
        entry("one", &[("A", &["5"]), ("B", &["1"]), ("C", &["8"])]),
        entry("two", &[("A", &["6"]), ("B", &["1"])]),
    ];
    let (answer, _) = answer(&ask(&names(1), &entries));
    let verdicts: Vec<_> = answer.claims.iter().map(|c| c.verdict).collect();
    assert_eq!(verdicts, [Verdict::Impossible, Verdict::NotTested, Verdict::Corroborated]);
    assert!(answer.claims.iter().all(|c| c.class == ClaimClass::Data && !c.unsupported.is_empty()));
    assert!(answer.claims[0].headline.contains("On 1 sheet the entries"), "{:?}", answer.claims[0]);
    assert!(answer.claims[1].headline.contains("1 of 3 in one, 0 of 2 in two"));
    let names: Vec<_> = answer.tables.iter().map(|t| t.name).collect();
    assert_eq!(names, ["conflicts", "alone", "agreement"]);
}
