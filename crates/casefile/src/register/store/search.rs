//! Finding words, in any script, in what was on record at a moment.

use std::collections::HashSet;

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

/// Records that are gathered before the best are shown.
const POOL: usize = 200;

/// Statements counted of a word, to see which word is rarest.
const COUNTED: i64 = 1_000;

const BY_INDEX: &str = "
    SELECT s.kind, s.entity FROM search JOIN statement s ON s.id = search.rowid
    WHERE search.folded MATCH ?1 AND s.operation <= ?2 ORDER BY search.rowid";

const BY_LOOKING: &str = "
    SELECT s.kind, s.entity FROM search JOIN statement s ON s.id = search.rowid
    WHERE instr(search.folded, ?1) > 0 AND s.operation <= ?2 ORDER BY search.rowid";

const COUNT: &str = "SELECT count(*) FROM (SELECT 1 FROM search WHERE folded MATCH ?1 LIMIT ?2)";

const RECORD: &str = "
    SELECT property, original FROM statement
    WHERE kind = ?1 AND entity = ?2 AND operation <= ?3 ORDER BY id";

impl Store {
    /// The records in which every word occurs, at most `most`: a record of that name first, then those
    /// with most cells that fit, then in the order of recording. Of very many that fit, the first ones
    /// recorded are looked at.
    pub fn search(&self, words: &str, at: &At, most: usize) -> Result<Vec<Hit>, RegisterError> {
        let operation = self.operation_at(at)?;
        let folded = fold(words);
        let each: Vec<&str> = folded.split_whitespace().collect();
        let mut hits = self.try_to(|db| {
            let gathered =
                Gathered { db, words: &each, operation, seen: HashSet::new(), hits: Vec::new() };
            gathered.all(words.trim(), most.max(POOL))
        })?;
        hits.sort_by_key(|hit| (fold(&hit.id) != folded.trim(), usize::MAX - hit.cells.len()));
        hits.truncate(most);
        Ok(hits)
    }
}

/// What a search has found so far.
struct Gathered<'a> {
    db: &'a Connection,
    words: &'a [&'a str],
    operation: i64,
    seen: HashSet<(String, String)>,
    hits: Vec<Hit>,
}

impl<'a> Gathered<'a> {
    fn all(mut self, typed: &str, most: usize) -> rusqlite::Result<Vec<Hit>> {
        let Some(rarest) = self.rarest()? else { return Ok(self.hits) };
        for kind in Kind::ALL {
            for id in [typed.to_owned(), typed.to_uppercase()] {
                self.look_at(kind.table(), &id)?;
            }
        }
        let (query, word) = match index_query(rarest) {
            Some(query) => (BY_INDEX, query),
            None => (BY_LOOKING, rarest.to_owned()),
        };
        let mut query = self.db.prepare_cached(query)?;
        let mut rows = query.query(params![word, self.operation])?;
        while let Some(row) = rows.next()? {
            self.look_at(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?)?;
            if self.hits.len() >= most {
                break;
            }
        }
        Ok(self.hits)
    }

    /// The word that stands in the fewest statements: its records are the ones to look at.
    fn rarest(&self) -> rusqlite::Result<Option<&'a str>> {
        let mut rarest = None;
        for word in self.words {
            let count = match index_query(word) {
                Some(_) if self.words.len() == 1 => 0_i64,
                Some(query) => self
                    .db
                    .prepare_cached(COUNT)?
                    .query_row(params![query, COUNTED], |row| row.get::<_, i64>(0))?,
                None => i64::MAX,
            };
            if rarest.is_none_or(|(least, _)| count < least) {
                rarest = Some((count, *word));
            }
        }
        Ok(rarest.map(|(_, word)| word))
    }

    /// Adds a record, if it was not looked at before and every word stands in it.
    fn look_at(&mut self, table: &str, id: &str) -> rusqlite::Result<()> {
        let Some(kind) = Kind::named(table) else { return Ok(()) };
        if !self.seen.insert((table.to_owned(), id.to_owned())) {
            return Ok(());
        }
        let cells = self.cells(table, id)?;
        let folded: Vec<String> = cells.iter().map(|(_, text)| fold(text)).collect();
        if self.words.iter().all(|word| folded.iter().any(|text| text.contains(word))) {
            let fits = |text: &String| self.words.iter().any(|word| text.contains(word));
            let cells = cells.into_iter().zip(&folded).filter(|(_, text)| fits(text));
            self.hits.push(Hit { kind, id: id.to_owned(), cells: cells.map(|(c, _)| c).collect() });
        }
        Ok(())
    }

    /// The cells of a record as they were at the moment.
    fn cells(&self, table: &str, id: &str) -> rusqlite::Result<Vec<(String, String)>> {
        let mut query = self.db.prepare_cached(RECORD)?;
        let mut rows = query.query(params![table, id, self.operation])?;
        let mut cells: Vec<(String, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let column: String = row.get(0)?;
            cells.retain(|(known, _)| *known != column);
            if let Some(text) = row.get(1)? {
                cells.push((column, text));
            }
        }
        Ok(cells)
    }
}

/// How the index is asked for a word, where the word is long enough.
fn index_query(word: &str) -> Option<String> {
    (word.chars().count() >= INDEXED).then(|| format!("\"{}\"", word.replace('"', "\"\"")))
}
