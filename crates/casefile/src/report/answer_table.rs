//! A table of an answer on a page.

use std::collections::BTreeSet;

use glassurn_model::{Cell, Heading, Table, Unit};
use maud::{Markup, html};

use super::account::cell_text;

/// Columns that hold names of sources, or of records among which sources are.
const NAMING: [&str; 2] = ["sources", "records"];

/// The longest word that is kept on one line: a date, the name of a record.
const SHORT: usize = 14;

/// A table of words with more columns than this is set row by row where there is no room for it.
const CARDS: usize = 4;

/// The first rows of a table. Names of sources in `known` lead to their entries on the same page; a column
/// of which nothing is known in any row is left out.
pub(super) fn table(table: &Table, known: &BTreeSet<&str>, most: usize) -> Markup {
    let told =
        |at: usize| table.rows.iter().any(|r| r.get(at).is_some_and(|c| *c != Cell::Missing));
    let columns = table.columns.iter().enumerate().filter(|(at, _)| told(*at));
    let columns: Vec<Column<'_>> =
        columns.map(|(at, heading)| Column { at, heading, numeric: numeric(table, at) }).collect();
    let cards =
        columns.len() > CARDS && columns.iter().filter(|c| c.numeric).count() * 2 < columns.len();
    html! { @if !table.rows.is_empty() {
        div.scroll tabindex="0" role="group" aria-label=(table.title) { table.cards[cards] {
            caption { (table.title) }
            thead { tr { @for column in &columns {
                th.n[column.numeric] scope="col" {
                    bdi { (column.heading.name) } @if column.heading.unit == Unit::Points { " (points)" }
                }
            } } }
            tbody { @for row in table.rows.iter().take(most) { (self::row(row, &columns, known)) } }
        } }
    } }
}

/// A column that is shown.
struct Column<'a> {
    at: usize,
    heading: &'a Heading,
    numeric: bool,
}

/// Whether a column holds numbers; a cell of which nothing is known decides nothing.
fn numeric(table: &Table, at: usize) -> bool {
    table.rows.iter().any(|r| matches!(r.get(at), Some(Cell::Count(_) | Cell::Number(_))))
}

fn row(row: &[Cell], columns: &[Column<'_>], known: &BTreeSet<&str>) -> Markup {
    html! { tr { @for (place, column) in columns.iter().enumerate() {
        @if let Some(cell) = row.get(column.at) {
            @let shown = self::cell(cell, column.heading, known);
            @if place == 0 { th.short[short(cell)] scope="row" { (shown) } }
            @else {
                td.n[column.numeric].short[short(cell)].none[*cell == Cell::Missing] data-name=(column.heading.name) {
                    (shown)
                }
            }
        }
    } } }
}

/// A word that a narrow column must not break.
fn short(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.len() <= SHORT && !text.contains(char::is_whitespace))
}

fn cell(cell: &Cell, heading: &Heading, known: &BTreeSet<&str>) -> Markup {
    let text = cell_text(cell, heading.unit);
    if NAMING.contains(&heading.name.as_str()) {
        links(text.split(", "), known)
    } else {
        html! { bdi { (text) } }
    }
}

/// Names of sources, each leading to its entry; of records, as they are.
pub(super) fn links<'a>(names: impl Iterator<Item = &'a str>, known: &BTreeSet<&str>) -> Markup {
    html! { @for (at, name) in names.enumerate() {
        @if at > 0 { ", " }
        @if known.contains(name) { a href={ "#source-" (name) } { (name) } } @else { bdi { (name) } }
    } }
}
