//! P310: two or more entries of the same sheets, reconciled.

mod alias;
mod keyed;
mod near;
mod say;
mod unkeyed;

pub use alias::{Alias, apply, normalise, suggest};
pub use near::Near;

use glassurn_model::Answer;

use super::Method;

#[doc = include_str!("transcriptions.md")]
pub const METHOD: Method = Method {
    code: "P310",
    name: "transcriptions",
    title: "Transcriptions of the same sheets",
    doc: include_str!("transcriptions.md"),
};

/// A value as entered; `None` is an empty cell, never zero.
pub type Value = Option<String>;

/// One entry of the sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its file.
    pub name: String,
    /// Its rows.
    pub lines: Vec<Line>,
}

/// One row of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub row: u32,
    /// What names the sheet; empty where no key was given.
    pub key: Vec<String>,
    /// The compared columns.
    pub values: Vec<Value>,
}

/// What somebody decided after looking at the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The key as [`key_text`] writes it; `FILE:ROW` where there is none.
    pub key: String,
    /// The column; [`WHOLE_ROW`] with `KEEP` or `DROP` for a row as a whole.
    pub column: String,
    /// The value.
    pub value: Value,
}

/// The name that stands for a whole row among decisions.
pub const WHOLE_ROW: &str = "(row)";

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Names of the compared columns, as many as each line has values.
    pub columns: &'a [String],
    /// The entries.
    pub entries: &'a [Entry],
    /// How many entries must agree; more than half of them when absent.
    pub agree: Option<usize>,
    /// Decisions; they win over what was entered.
    pub decisions: &'a [Decision],
    /// Aliases that were applied ([`apply`]).
    pub aliases: &'a [Alias],
}

/// How a row of the consensus came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Enough entries agree on every compared column.
    Agreed,
    /// At least one value was decided.
    Decided,
    /// At least one value is open; it is `None`.
    Open,
}

/// A row of the consensus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The key; empty where there is none.
    pub key: Vec<String>,
    /// The values.
    pub values: Vec<Value>,
    /// The row in each entry.
    pub rows: Vec<Option<u32>>,
    /// How it came about.
    pub how: How,
}

/// A cell on which too few entries agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The key as text.
    pub key: String,
    /// The compared column.
    pub column: usize,
    /// Row and value in each entry that has the sheet once.
    pub cells: Vec<Option<(u32, Value)>>,
}

/// A row that too few entries have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    /// The entry.
    pub entry: usize,
    /// The line in it.
    pub line: Line,
    /// Whether the entry has the key more than once, with different values.
    pub repeated: bool,
}

/// Cells that two entries both have, and how many of them are equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Pairs of cells.
    pub pairs: u64,
    /// Equal ones.
    pub equal: u64,
}

/// Everything that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The consensus.
    pub rows: Vec<Settled>,
    /// Conflicts that no decision settles.
    pub open: Vec<Conflict>,
    /// Rows that too few entries have.
    pub alone: Vec<Alone>,
    /// Rows of different entries that differ in one column only and may be one sheet.
    pub near: Vec<Near>,
    /// Agreement of each compared column; of whole rows where there is no key.
    pub rates: Vec<Rate>,
    /// How many cells or rows were decided.
    pub decided: usize,
    /// How many decisions found no place.
    pub unused: usize,
    /// How many entries had to agree.
    pub needed: usize,
    /// Names that may be the same.
    pub suggestions: Vec<Alias>,
}

/// A key as one text: parts joined by ` | `, a bar inside a part doubled.
pub fn key_text(key: &[String]) -> String {
    key.iter().map(|part| part.replace('|', "||")).collect::<Vec<_>>().join(" | ")
}

/// Reconciles entries, by key where the lines have one.
///
/// Refused: fewer than two entries, no column, lines of another width, a key in some entries only, more
/// agreeing entries asked for than there are.
pub fn reconcile(ask: &Question<'_>) -> Result<Reconciled, String> {
    let needed = ask.agree.unwrap_or(ask.entries.len() / 2 + 1);
    let lines = || ask.entries.iter().flat_map(|e| &e.lines);
    let first = lines().next().ok_or("the entries have no row")?;
    if ask.entries.len() < 2 {
        return Err("there is only one entry: nothing to compare it with".to_owned());
    }
    if ask.columns.is_empty() || lines().any(|l| l.values.len() != ask.columns.len()) {
        return Err("no column is compared, or rows have other columns".to_owned());
    }
    if lines().any(|l| l.key.len() != first.key.len()) {
        return Err("the key is not in every entry".to_owned());
    }
    if !(1..=ask.entries.len()).contains(&needed) {
        return Err(format!("{needed} of {} entries cannot agree", ask.entries.len()));
    }
    let keyed = !first.key.is_empty();
    let mut found =
        if keyed { keyed::reconcile(ask, needed) } else { unkeyed::reconcile(ask, needed) };
    found.needed = needed;
    found.suggestions = suggest(ask.entries, ask.columns);
    found.unused = ask.decisions.len().saturating_sub(found.decided);
    Ok(found)
}

/// The answer, with what [`reconcile`] found; refused where it refuses.
pub fn answer(ask: &Question<'_>) -> (Answer, Option<Reconciled>) {
    let names: Vec<_> = ask.entries.iter().map(|e| e.name.as_str()).collect();
    let subject = names.join(", ");
    match reconcile(ask) {
        Ok(found) => (say::answer(subject, ask, &found), Some(found)),
        Err(why) => (Answer::refused(METHOD.code, subject, why), None),
    }
}
