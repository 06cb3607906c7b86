//! Answers of the register's analyses as parts of a page, each record one click from its source.

use std::{collections::BTreeSet, ops::Range};

use glassurn_model::{Cell, Heading, Table};
use maud::{Markup, html};

use super::super::{account, figures};
use crate::Dossier;

/// Columns that hold names of sources, or of records among which sources are.
const NAMING: [&str; 2] = ["sources", "records"];

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

/// A table with its sources as links; a column of which nothing is known in any row is left out.
fn shown(dossier: &Dossier, table: &Table) -> Markup {
    let known = known(dossier);
    let told =
        |at: usize| table.rows.iter().any(|r| r.get(at).is_some_and(|c| *c != Cell::Missing));
    let columns: Vec<(usize, &Heading)> =
        table.columns.iter().enumerate().filter(|(at, _)| told(*at)).collect();
    html! { @if !table.rows.is_empty() {
        div.scroll tabindex="0" role="group" aria-label=(table.title) { table {
            caption { (table.title) }
            thead { tr { @for (_, heading) in &columns { th scope="col" { (heading.name) } } } }
            tbody { @for row in &table.rows { tr { @for (at, heading) in &columns {
                td { (cell(&row[*at], heading, &known)) }
            } } } }
        } }
    } }
}

fn cell(cell: &Cell, heading: &Heading, known: &BTreeSet<&str>) -> Markup {
    let text = account::cell_text(cell, heading.unit);
    if NAMING.contains(&heading.name.as_str()) {
        named(text.split(", "), known)
    } else {
        html! { bdi { (text) } }
    }
}

/// Names of sources, each leading to its entry; of records, as they are.
fn named<'a>(names: impl Iterator<Item = &'a str>, known: &BTreeSet<&str>) -> Markup {
    html! { @for (at, name) in names.enumerate() {
        @if at > 0 { ", " }
        @if known.contains(name) { a href={ "#source-" (name) } { (name) } } @else { (name) }
    } }
}

/// What the record of the election itself rests on.
pub(super) fn grounds(dossier: &Dossier) -> Markup {
    let names = &dossier.election.grounds.sources;
    html! { @if !names.is_empty() {
        p.small { "The record of the election rests on " (named(names.iter().map(String::as_str), &known(dossier))) "." }
    } }
}

/// The names of the sources that have an entry.
fn known(dossier: &Dossier) -> BTreeSet<&str> {
    dossier.sources.iter().map(|s| s.id.as_str()).collect()
}
