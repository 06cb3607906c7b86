//! What the tests of the methods for independent counts share: small tables, the oracle, the words.

#![allow(dead_code)] // every test file includes this module and none uses all of it
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use glassurn_methods::parallel::beside::{Announced, Beside};
use glassurn_model::{Answer, Count, CountKind, Level};
use proptest::prelude::*;
use serde_json::Value;

/// One choice at some stations.
#[derive(Debug, Clone)]
pub(crate) struct Stations {
    pub(crate) official: Vec<Count>,
    pub(crate) counted: Vec<Count>,
    pub(crate) kind: CountKind,
    ids: Vec<String>,
    levels: Vec<Level>,
}

impl Stations {
    /// Stations `0`, `1`, … without levels; the other count is of ballots that voters proved.
    pub(crate) fn new(official: Vec<Count>, counted: Vec<Count>) -> Self {
        let ids = (0..official.len()).map(|i| i.to_string()).collect();
        Stations { official, counted, kind: CountKind::VoterClaim, ids, levels: Vec::new() }
    }

    /// With one level of units `unit 0`, `unit 1`, …
    pub(crate) fn by_unit(mut self, units: u32) -> Self {
        let of = (0_u32..).take(self.ids.len()).map(|s| s % units).collect();
        let names = (0..units).map(|u| format!("unit {u}")).collect();
        self.levels.push(Level { name: "unit".to_owned(), units: names, of });
        self
    }

    /// With one level of these units.
    pub(crate) fn in_units(mut self, of: Vec<u32>, units: u32) -> Self {
        let names = (0..units).map(|u| format!("unit {u}")).collect();
        self.levels.push(Level { name: "unit".to_owned(), units: names, of });
        self
    }

    /// With another kind of count beside the official one.
    pub(crate) fn of_kind(mut self, kind: CountKind) -> Self {
        self.kind = kind;
        self
    }

    /// As a method takes it.
    pub(crate) fn beside(&self) -> Beside<'_> {
        Beside {
            choice: "Ada",
            official: &self.official,
            official_kind: CountKind::ProtocolCopy,
            counted: &self.counted,
            counted_kind: self.kind,
            counted_name: "Other count",
            ids: &self.ids,
            levels: &self.levels,
        }
    }

    /// The same stations in this order, with their names.
    pub(crate) fn permuted(&self, order: &[usize]) -> Self {
        let pick = |v: &[Count]| order.iter().map(|&i| v[i]).collect();
        Stations {
            official: pick(&self.official),
            counted: pick(&self.counted),
            kind: self.kind,
            ids: order.iter().map(|&i| self.ids[i].clone()).collect(),
            levels: Vec::new(),
        }
    }
}

/// An announced total.
pub(crate) fn announced(area: &str, value: i64) -> Announced {
    Announced { area: area.to_owned(), value, source: "the commission".to_owned() }
}

/// Random stations: a figure up to 300 or none, on either side.
pub(crate) fn stations() -> impl Strategy<Value = Stations> {
    let count = || proptest::option::weighted(0.8, 0_i64..300);
    proptest::collection::vec((count(), count()), 1..40)
        .prop_map(|pairs| pairs.into_iter().unzip())
        .prop_map(|(official, counted)| Stations::new(official, counted))
}

/// Random stations and an order of them.
pub(crate) fn shuffled() -> impl Strategy<Value = (Stations, Vec<usize>)> {
    stations().prop_flat_map(|s| {
        let order: Vec<usize> = (0..s.official.len()).collect();
        (Just(s), Just(order).prop_shuffle())
    })
}

/// The cases of a method in the oracle's file.
pub(crate) fn oracle(method: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../oracle/compare.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let found: Vec<_> = cases.iter().filter(|c| c["method"] == method).cloned().collect();
    assert_eq!(found.len(), 12, "{method}");
    found
}

/// A list of counts.
pub(crate) fn counts(value: &Value) -> Vec<Count> {
    value.as_array().unwrap().iter().map(Value::as_i64).collect()
}

/// The stations of a case.
pub(crate) fn of_case(case: &Value) -> Stations {
    Stations::new(counts(&case["official"]), counts(&case["counted"]))
}

/// The figure with this symbol.
#[track_caller]
pub(crate) fn value(answer: &Answer, symbol: &str) -> f64 {
    answer.measure(symbol).unwrap_or_else(|| panic!("no {symbol}: {answer:?}")).value
}

/// Refused, with this word in the reason and nothing else said.
#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, word: &str) {
    let why = answer.refused.as_deref().unwrap_or_else(|| panic!("not refused: {answer:?}"));
    assert!(why.contains(word), "{why}");
    assert!(answer.claims.is_empty() && answer.measures.is_empty() && answer.tables.is_empty());
}

/// What is true of every answer: neutral words, finite figures, complete claims, tables without gaps.
#[track_caller]
pub(crate) fn assert_sound(answer: &Answer) {
    let text = format!("{answer:?}").to_lowercase();
    for word in [
        "fraud", "rigg", "stolen", "steal", "cheat", "falsif", "manipul", "tamper", "crime",
        "winner", "nan",
    ] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert!(answer.measures.iter().all(|m| m.value.is_finite()), "{:?}", answer.measures);
    for claim in &answer.claims {
        assert!(claim.headline.ends_with('.'), "{}", claim.headline);
        assert!(
            !claim.base.is_empty() && !claim.limits.is_empty() && !claim.unsupported.is_empty()
        );
    }
    for table in &answer.tables {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
    }
}
