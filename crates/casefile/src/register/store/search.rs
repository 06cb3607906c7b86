//! Finding words, in any script, in what was on record at a moment.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization;

use super::{At, Store};
use crate::register::{Kind, RegisterError};

/// A record in which every word was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// The cells in which words were found: column and text.
    pub cells: Vec<(String, String)>,
}

/// One spelling and one case, so that words are found however they were typed.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// Characters of a word from which the index can find it; shorter ones are looked for in every text.
const INDEXED: usize = 3;

/// Statements found by the index, of those that held at the moment.
const BY_INDEX: &str = "
    SELECT s.id, s.kind, s.entity, s.property, s.original
    FROM search JOIN statement s ON s.id = search.rowid
    WHERE search.folded MATCH ?1 AND s.operation <= ?2 AND NOT EXISTS (
        SELECT 1 FROM statement later WHERE later.kind = s.kind AND later.entity = s.entity
        AND later.property = s.property AND later.id > s.id AND later.operation <= ?2)
    ORDER BY s.id";

/// The same for words that are too short for the index.
const BY_LOOKING: &str = "
    SELECT s.id, s.kind, s.entity, s.property, s.original
    FROM search JOIN statement s ON s.id = search.rowid
    WHERE instr(search.folded, ?1) > 0 AND s.operation <= ?2 AND NOT EXISTS (
        SELECT 1 FROM statement later WHERE later.kind = s.kind AND later.entity = s.entity
        AND later.property = s.property AND later.id > s.id AND later.operation <= ?2)
    ORDER BY s.id";

/// Cells by record, in the order in which records were recorded.
type Found = HashMap<(String, String), (i64, Vec<(String, String)>)>;

impl Store {
    /// The records in which every word occurs, at most `most`: a record of that name first, then those
    /// with most cells that fit, then in the order of recording.
    pub fn search(&self, words: &str, at: &At, most: usize) -> Result<Vec<Hit>, RegisterError> {
        let operation = self.operation_at(at)?;
        let folded = fold(words);
        let mut found: Option<Found> = None;
        for word in folded.split_whitespace() {
            let these = self.try_to(|db| one_word(db, word, operation))?;
            found = Some(match found {
                None => these,
                Some(before) => both(before, these),
            });
        }
        let mut hits: Vec<_> = found.unwrap_or_default().into_iter().collect();
        let named = |id: &str| fold(id) == folded.trim();
        hits.sort_by_key(|((_, id), (first, cells))| {
            (!named(id), usize::MAX - cells.len(), *first)
        });
        let hit = |((kind, id), (_, cells)): ((String, String), (i64, Vec<_>))| {
            Kind::named(&kind).map(|kind| Hit { kind, id, cells })
        };
        Ok(hits.into_iter().filter_map(hit).take(most).collect())
    }
}

/// The cells in which one word occurs.
fn one_word(db: &Connection, word: &str, operation: i64) -> rusqlite::Result<Found> {
    let (query, word) = match word.chars().count() {
        n if n >= INDEXED => (BY_INDEX, format!("\"{}\"", word.replace('"', "\"\""))),
        _ => (BY_LOOKING, word.to_owned()),
    };
    let mut query = db.prepare_cached(query)?;
    let mut rows = query.query(params![word, operation])?;
    let mut found = Found::new();
    while let Some(row) = rows.next()? {
        let entry = found.entry((row.get(1)?, row.get(2)?)).or_insert((row.get(0)?, Vec::new()));
        entry.1.push((row.get(3)?, row.get(4)?));
    }
    Ok(found)
}

/// Records that are in both, with the cells of both.
fn both(before: Found, mut these: Found) -> Found {
    let together = |(record, (first, mut cells)): ((String, String), (i64, Vec<_>))| {
        let (other, more) = these.remove(&record)?;
        for cell in more {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        Some((record, (first.min(other), cells)))
    };
    before.into_iter().filter_map(together).collect()
}
