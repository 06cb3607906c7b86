//! JSON: records in a list, one record a file, nested records, a dictionary of records, JSON Lines.
//!
//! A record inside a record gives columns with a dotted path (`candidate.name`). A list of records gives
//! one row for each of its records, with what surrounds it repeated, and its columns are named as `jq`
//! names them (`contests[].locations[].results[].votes`). Lists of anything else stay JSON in their
//! cell. Several lists of records that are not inside each other give one table each. An object whose
//! values are all records of one shape is a dictionary: one row for each, its key in `_key`.
//!
//! Files that each hold one record, and share at least half of their names, make one table; the column
//! `_file` says which row is from which.

mod flatten;
mod parse;

use std::collections::BTreeSet;

use super::{Item, ReadError, Session};
use parse::Value;

/// A text that holds one record, kept until all files of its kind are there.
pub(super) struct Document {
    item: Item,
    text: String,
    encoding: String,
    /// The names at its top.
    names: BTreeSet<String>,
}

/// Whether a text begins as JSON with an object or list does.
pub(super) fn looks_like(text: &str) -> bool {
    let mut head = text.chars().filter(|c| !c.is_whitespace());
    match (head.next(), head.next()) {
        (Some('{'), Some('"' | '}')) => true,
        (Some('['), Some(c)) => {
            matches!(c, '{' | '[' | ']' | '"' | '-' | 't' | 'f' | 'n' | '0'..='9')
        }
        (Some('{' | '['), None) => true,
        _ => false,
    }
}

/// Reads an item's text into tables; a single record of a container waits for others of its kind.
pub(super) fn read(
    item: Item,
    text: String,
    encoding: String,
    session: &mut Session<'_>,
) -> Result<(), ReadError> {
    let values = values(&item, &text)?;
    let names = match values.as_slice() {
        [Value::Record(record)] if item.member.is_some() && !flatten::is_dictionary(record) => {
            Some(record.iter().map(|(name, _)| name.clone().into_owned()).collect())
        }
        _ => None,
    };
    match names {
        Some(names) => {
            drop(values);
            session.documents.push(Document { item, text, encoding, names });
            Ok(())
        }
        None => {
            let texts = [(None, text.as_str())];
            push(&item, &texts, &encoding, session)
        }
    }
}

/// Makes tables of the records that waited.
pub(super) fn read_documents(session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut groups: Vec<Vec<Document>> = Vec::new();
    for document in std::mem::take(&mut session.documents) {
        // Kinds of records are few, and a new one stands near the last: this bounds the search.
        match groups
            .iter_mut()
            .rev()
            .take(KINDS)
            .find(|g| g.first().is_some_and(|d| alike(d, &document)))
        {
            Some(group) => group.push(document),
            None => groups.push(vec![document]),
        }
    }
    for group in groups {
        match group.as_slice() {
            [] => {}
            [only] => {
                let texts = [(None, only.text.as_str())];
                push(&only.item, &texts, &only.encoding, session)?;
            }
            [first, ..] => {
                let name = |d: &Document| d.item.member.clone();
                let texts: Vec<_> = group.iter().map(|d| (name(d), d.text.as_str())).collect();
                push(&first.item.container(), &texts, &first.encoding, session)?;
            }
        }
    }
    Ok(())
}

/// Kinds of records with which a new one is compared.
const KINDS: usize = 64;

/// Whether two records share at least half of the names of both.
fn alike(a: &Document, b: &Document) -> bool {
    let shared = a.names.intersection(&b.names).count();
    shared > 0 && shared * 2 >= a.names.len().max(b.names.len())
}

/// Adds the tables of some texts, each with the file it is from.
fn push(
    item: &Item,
    texts: &[(Option<String>, &str)],
    encoding: &str,
    session: &mut Session<'_>,
) -> Result<(), ReadError> {
    let flat = flatten::tables(item, texts, session.limits())?;
    for note in flat.notes {
        session.note(item.place(), note);
    }
    for (path, table) in flat.tables {
        let sheet = Some(path).filter(|p| !p.is_empty());
        session.push(table, item, "json", Some(encoding.to_owned()), sheet);
    }
    Ok(())
}

/// The values of a text.
fn values<'t>(item: &Item, text: &'t str) -> Result<Vec<Value<'t>>, ReadError> {
    parse::parse(text).map_err(|fault| {
        let line = 1 + super::encoding::line_ends(&text.as_bytes()[..fault.at.min(text.len())]);
        let hint = "look at this row in a text editor; if the file was cut off, download it again";
        item.error(format!("the JSON is broken: {}", fault.what), hint).at_row(line)
    })
}
