//! Answers of the register's analyses as parts of a page, each record one click from its source.

use std::{collections::BTreeSet, ops::Range};

use glassurn_model::{Cell, Table};
use maud::{Markup, html};

use super::super::{answer_table, figures};
use crate::Dossier;

/// The column of grades as numbers, which other programs read.
const FOR_PROGRAMS: &str = "for exchange";

/// Claims of an answer, as sentences.
pub(super) fn said(dossier: &Dossier, method: &str, which: Range<usize>) -> Markup {
    let claims = dossier.answer(method).map_or(&[][..], |a| &a.claims);
    let claims = claims.iter().skip(which.start).take(which.len());
    html! { @for claim in claims { p.plain { bdi { (figures::bound(&claim.headline)) } } } }
}

/// Why an analysis could not be made.
pub(super) fn refusal(dossier: &Dossier, method: &str) -> Markup {
    let why = dossier.answer(method).and_then(|a| a.refused.as_deref());
    html! { @if let Some(why) = why { p { "Nothing to show: " bdi { (why) } "." } } }
}

/// What a reader must know about an answer.
pub(super) fn notes(dossier: &Dossier, method: &str) -> Markup {
    let notes = dossier.answer(method).map_or(&[][..], |a| &a.notes);
    html! { @for note in notes { p.small { bdi { (figures::bound(note)) } } } }
}

/// One table, where it has rows.
pub(super) fn table(dossier: &Dossier, method: &str, name: &str) -> Markup {
    html! { @if let Some(table) = dossier.table(method, name) { (shown(dossier, table)) } }
}

/// Every table of an answer.
pub(super) fn tables(dossier: &Dossier, method: &str) -> Markup {
    let tables = dossier.answer(method).map_or(&[][..], |a| &a.tables);
    html! { @for table in tables { (shown(dossier, table)) } }
}

/// A table with its sources as links; columns that say nothing to a reader of one dossier stay in the CSV.
fn shown(dossier: &Dossier, table: &Table) -> Markup {
    let told = |at: usize| {
        let heading = table.columns.get(at).map_or("", |c| c.name.as_str());
        let here = |row: &Vec<Cell>| matches!(row.get(at), Some(Cell::Text(id)) if *id == dossier.election.id);
        heading != FOR_PROGRAMS && !(heading == "election" && table.rows.iter().all(here))
    };
    let keep: Vec<usize> = (0..table.columns.len()).filter(|at| told(*at)).collect();
    let columns = keep.iter().filter_map(|at| table.columns.get(*at).cloned()).collect();
    let cut = |row: &Vec<Cell>| keep.iter().filter_map(|at| row.get(*at).cloned()).collect();
    let rows = table.rows.iter().map(cut).collect();
    let table = Table { columns, rows, title: table.title.clone(), name: table.name };
    answer_table::table(&table, &known(dossier), usize::MAX)
}

/// What the record of the election itself rests on.
pub(super) fn grounds(dossier: &Dossier) -> Markup {
    let names = &dossier.election.grounds.sources;
    html! { @if !names.is_empty() {
        p.small { "The record of the election rests on " (answer_table::links(names.iter().map(String::as_str), &known(dossier))) "." }
    } }
}

/// The names of the sources that have an entry.
pub(super) fn known(dossier: &Dossier) -> BTreeSet<&str> {
    dossier.sources.iter().map(|s| s.id.as_str()).collect()
}
