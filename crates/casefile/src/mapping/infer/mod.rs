//! Recognises what columns mean, by their names and by their arithmetic.
//!
//! Two witnesses are heard on every column.
//!
//! **Names.** A name is brought to NFKC, cut into words, transliterated into Latin letters and compared
//! with a table of phrases in seventeen languages (`synonyms.toml`, data only). A phrase fits by how much
//! of it occurs in the name and how much of the name it explains; words that are not in the table are
//! compared by Jaro-Winkler similarity, and must begin with the same letter, because *valid* and
//! *invalid* differ there.
//!
//! **Arithmetic.** On a sample of rows (2,000, in runs spread evenly over the table) we ask which columns
//! are the sum of which: choices add up to valid votes, with invalid and blank ballots to ballots cast;
//! what is found in boxes is what is counted; nobody votes who is not registered. A sum that holds on
//! most rows is hard to produce by chance, so it settles names that say nothing and overrules names that
//! mislead. Rows of zeros prove nothing and are not counted; a totals row among the rows changes shares
//! by little.
//!
//! The steps: find the row of names ([`view`]); read the sample ([`profile`]); a table with a column of
//! choices and a column of votes is long ([`long`]); else find what names the stations ([`keys`]),
//! split the counts into contests where the same choices occur under several affixes ([`family`]), find
//! the choices and their sum ([`fit`]), give the lines of the protocol to columns ([`contest`]), and
//! find the stations that are not ordinary ([`kinds`]). Each decision is kept with a confidence and its
//! reason. Where two columns could be one line and the arithmetic does not decide, or where no columns
//! can be the votes, the answer is an error with the candidates, never a guess.

mod contest;
mod family;
mod fit;
mod groups;
mod identity;
mod keys;
mod kinds;
mod long;
mod named;
mod numbers;
mod profile;
mod report;
mod synonyms;
mod tally;
mod view;
mod wide;
mod words;

use super::{Mapping, MappingError};
use crate::RawTable;
use view::View;

/// What to do when recognition does not succeed.
const HINT: &str =
    "write a mapping with `glassurn map FILE`, correct it and give it with `--mapping`";

/// Proposes a mapping for tables, or says what is ambiguous.
pub fn infer(tables: &[RawTable]) -> Result<Mapping, MappingError> {
    let views = layouts(tables);
    let mut found: Vec<(&View, Mapping)> = Vec::new();
    let mut failed: Vec<(&View, MappingError)> = Vec::new();
    for view in &views {
        match recognise(view) {
            Ok(mapping) => found.push((view, mapping)),
            Err(error) => failed.push((view, error)),
        }
    }
    found.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    match found.as_slice() {
        [] => Err(best_error(failed)),
        [first, second, ..] if weight(second) * 3.0 > weight(first) => Err(several(&found)),
        [(view, mapping), ..] => Ok(named(mapping.clone(), view, views.len() > 1)),
    }
}

/// The same for a count beside the official figures, which may be one of people alone.
pub fn infer_count(tables: &[RawTable]) -> Result<Mapping, MappingError> {
    infer(tables).or_else(|error| {
        let views = layouts(tables);
        let [view] = &views[..] else { return Err(error) };
        tally::tally(view, &profile::profiles(view)).ok_or(error)
    })
}

/// Tables grouped by their names.
fn layouts(tables: &[RawTable]) -> Vec<View<'_>> {
    let mut views: Vec<View> = Vec::new();
    for table in tables {
        let Some(view) = View::of(table) else { continue };
        match views.iter_mut().find(|v| v.same_layout(&view)) {
            Some(known) => known.join(table),
            None => views.push(view),
        }
    }
    views
}

/// Recognises one layout.
fn recognise(view: &View) -> Result<Mapping, MappingError> {
    let profiles = profile::profiles(view);
    match long::long(view, &profiles) {
        Some(mapping) => Ok(mapping),
        None => wide::wide(view, &profiles),
    }
}

/// How much a recognised layout holds: rows by protocol lines.
fn weight((view, mapping): &(&View, Mapping)) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let lines: usize = mapping.contests.iter().map(|c| 1 + c.fields.len()).sum();
    number(view.rows.len()) * number(lines)
}

/// Names the table where there are several layouts.
fn named(mut mapping: Mapping, view: &View, several: bool) -> Mapping {
    if several && view.tables.len() == 1 {
        let source = &view.tables[0].source;
        mapping.table.name = Some(source.table.clone().unwrap_or_else(|| source.name.clone()));
    }
    mapping
}

/// The title a mapping starts with: the name of the file.
fn title(view: &View) -> String {
    let name = view.tables.first().map_or("", |t| t.source.name.as_str());
    let inner = name.rsplit(['!', '/']).next().unwrap_or(name);
    inner.split('.').next().unwrap_or(inner).trim().to_owned()
}

/// The error of the layout with most rows.
fn best_error(mut failed: Vec<(&View, MappingError)>) -> MappingError {
    failed.sort_by_key(|(view, _)| std::cmp::Reverse(view.rows.len()));
    failed.into_iter().next().map(|f| f.1).unwrap_or_else(|| MappingError {
        problem: "no table has a row of column names with rows of data below it".to_owned(),
        candidates: Vec::new(),
        hint: HINT.to_owned(),
    })
}

/// The error when several tables could be the returns.
fn several(found: &[(&View, Mapping)]) -> MappingError {
    let candidate = |(view, mapping): &(&View, Mapping)| {
        let source = &view.tables[0].source;
        let lines: usize = mapping.contests.iter().map(|c| c.fields.len()).sum();
        let table = source.table.as_deref().unwrap_or("");
        format!(
            "`{}` {table}: {} rows, {lines} protocol lines recognised",
            source.name,
            view.rows.len()
        )
    };
    MappingError {
        problem: format!("{} tables could be the returns", found.len()),
        candidates: found.iter().take(8).map(candidate).collect(),
        hint: format!("choose one with `--table`, or {HINT}"),
    }
}
