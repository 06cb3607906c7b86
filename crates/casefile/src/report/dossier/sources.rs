//! The sources of a dossier: a list with anchors, and a table.

use std::io;

use glassurn_model::register::Source;
use maud::{Markup, html};

use super::super::tables::{Cell, Table};

/// The list; each entry is where the names of sources on the page lead.
pub(super) fn list(sources: &[Source]) -> Markup {
    html! {
        @if sources.is_empty() { p { "No record names a source." } }
        dl.facts { @for source in sources {
            dt id={ "source-" (source.id) } { (source.id) }
            dd { (entry(source)) }
        } }
    }
}

/// Sources in one line each, for a single sheet of paper.
pub(super) fn short(sources: &[&Source]) -> Markup {
    html! { dl.facts.small { @for source in sources {
        dt id={ "source-" (source.id) } { (source.id) }
        dd {
            bdi { (source.publisher) }
            @if let Some(date) = source.published { ", " (date) }
            ": " (title(source)) "."
            @if !source.is_evidence() { " " strong { "No evidence: the compiler's memory." } }
        }
    } } }
}

/// The title, leading to where it stands.
fn title(source: &Source) -> Markup {
    html! { @match web(source) {
        Some(url) => a href=(url) rel="noreferrer" { bdi { (named(source)) } },
        None => bdi { (named(source)) },
    } }
}

fn entry(source: &Source) -> Markup {
    let letter = source.reliability.overall;
    html! {
        bdi { (source.publisher) }
        @if let Some(kind) = &source.publisher_kind { " (" (kind) ")" }
        @if let Some(date) = source.published { ", " (date) }
        ": " (title(source))
        @if !source.language.is_empty() { " [" (source.language) "]" }
        "."
        @if !source.is_evidence() { " " strong { "No evidence: the compiler's memory." } }
        @if source.machine_made == Some(true) { " " strong { "Written by a machine." } }
        @if let Some(letter) = letter { " Reliability " (letter.key()) ", " (letter.title()) "." }
        @if !source.how_read.is_empty() { span.small { " Read as: " bdi { (source.how_read) } "." } }
        @if !source.note.is_empty() { span.small { " " bdi { (source.note) } "." } }
    }
}

fn named(source: &Source) -> &str {
    if source.title.is_empty() {
        source.url.as_deref().unwrap_or("no title")
    } else {
        &source.title
    }
}

/// The address, where it is one of the web: anything else could run in the reader's browser.
fn web(source: &Source) -> Option<&str> {
    source.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
}

/// Every source as a table, safe to open in a spreadsheet.
pub fn source_table(sources: &[Source]) -> io::Result<Vec<u8>> {
    let names = [
        "source",
        "publisher",
        "kind",
        "published",
        "title",
        "address",
        "language",
        "reliability",
        "how read",
        "note",
    ];
    let mut table = Table::new(&names)?;
    for s in sources {
        let kind = s.publisher_kind.as_ref().map_or_else(String::new, ToString::to_string);
        let published = s.published.map_or_else(String::new, |d| d.to_string());
        let letter = s.reliability.overall.map_or("", |l| l.key());
        let url = s.url.as_deref().unwrap_or_default();
        let cells = [
            &s.id,
            &s.publisher,
            &kind,
            &published,
            &s.title,
            url,
            &s.language,
            letter,
            &s.how_read,
            &s.note,
        ];
        table.row(&cells.map(Cell::Text))?;
    }
    table.bytes()
}
