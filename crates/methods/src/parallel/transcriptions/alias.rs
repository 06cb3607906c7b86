//! Names that mean the same: stated by a person, or suggested because one contains the other.

use std::collections::BTreeSet;

use super::{Entry, Line};

/// Most names of a column among which aliases are looked for.
const MOST_NAMES: usize = 400;

/// One name read as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name as entered.
    pub from: String,
    /// The name it is read as.
    pub to: String,
    /// In how many cells it stands.
    pub cells: usize,
}

/// A text without outer and double spaces, in capitals: how names are compared.
pub fn normalise(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_uppercase()
}

/// Reads names as others, in keys and values alike; says how often.
pub fn apply(entries: &mut [Entry], same: &[(String, String)]) -> Vec<Alias> {
    let normal = |(a, b): &(String, String)| Alias { from: normalise(a), to: normalise(b), cells: 0 };
    let mut aliases: Vec<_> = same.iter().map(normal).collect();
    let lines = entries.iter_mut().flat_map(|e| &mut e.lines);
    for cell in lines.flat_map(|l| l.key.iter_mut().chain(l.values.iter_mut().flatten())) {
        if let Some(alias) = aliases.iter_mut().find(|a| a.from == *cell) {
            cell.clone_from(&alias.to);
            alias.cells += 1;
        }
    }
    aliases
}

/// Names that some entry never has and that contain, as whole words, a name that only others have.
pub fn suggest(entries: &[Entry], columns: &[String]) -> Vec<Alias> {
    let keys = entries.iter().flat_map(|e| &e.lines).map(|l| l.key.len()).max().unwrap_or(0);
    (0..keys + columns.len()).flat_map(|column| in_column(entries, keys, column)).collect()
}

/// The cell of a line, keys first.
fn cell(line: &Line, keys: usize, column: usize) -> Option<&str> {
    match column.checked_sub(keys) {
        None => line.key.get(column).map(String::as_str),
        Some(value) => line.values.get(value)?.as_deref(),
    }
}

fn in_column(entries: &[Entry], keys: usize, column: usize) -> Vec<Alias> {
    let names = |e: &Entry| -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for name in e.lines.iter().filter_map(|l| cell(l, keys, column)) {
            if name.chars().any(char::is_alphabetic) && !names.contains(name) {
                names.insert(name.to_owned());
            }
            if names.len() > MOST_NAMES {
                return None;
            }
        }
        Some(names)
    };
    let Some(sets) = entries.iter().map(names).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let mut found = BTreeSet::new();
    for (a, one) in sets.iter().enumerate() {
        for other in sets.iter().enumerate().filter(|(b, _)| *b != a).map(|(_, s)| s) {
            for short in one.difference(other) {
                let long = other.difference(one).filter(|l| contains_words(l, short));
                found.extend(long.map(|l| (short.clone(), l.clone())));
            }
        }
    }
    let count = |name: &str| {
        let lines = entries.iter().flat_map(|e| &e.lines);
        lines.filter(|l| cell(l, keys, column) == Some(name)).count()
    };
    found.into_iter().map(|(from, to)| Alias { cells: count(&from), from, to }).collect()
}

/// Whether a name has all words of a shorter one, together and in order.
fn contains_words(long: &str, short: &str) -> bool {
    long != short && format!(" {long} ").contains(&format!(" {short} "))
}
