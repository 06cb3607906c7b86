//! Section 1: the sources, the mapping, the counts, and what was left out.

use glassurn_model::{Earlier, Kind, OddityKind};
use maud::{Markup, html};

use super::super::parts::{SHOWN, rest, sources};
use super::super::{chapters, figures};
use crate::Examination;
use crate::examination::MappingFrom;

pub(super) const TITLE: &str = "What was examined";

pub(super) fn body(examination: &Examination) -> Markup {
    html! {
        h3 { "Sources" } (sources(&examination.returns.sources))
        @if let Some(earlier) = &examination.returns.earlier { (before(earlier)) }
        h3 { "What was read from them" } (counts(examination))
        h3 { "What the columns mean" } (mapping(examination))
        h3 { "What was left out, and why" } (left_out(examination))
    }
}

/// The earlier election that was set beside the stations.
fn before(earlier: &Earlier) -> Markup {
    let p = &earlier.partners;
    html! {
        h3 { "The earlier election beside them" }
        p {
            bdi { (earlier.title) } ": " (figures::size(p.pairs())) " of " (figures::size(p.stations))
            " stations found a partner among its " (figures::size(p.earlier)) ". Only the screens between elections use it."
        }
        (sources(&earlier.sources))
    }
}

fn counts(examination: &Examination) -> Markup {
    let returns = &examination.returns;
    let of_kind = |kind: Kind| returns.stations.kinds.iter().filter(|k| **k == kind).count();
    let kinds = [(Kind::Postal, "postal"), (Kind::Special, "special"), (Kind::Abroad, "abroad")];
    html! {
        dl.facts {
            dt { "stations" }
            dd {
                (figures::size(returns.stations.len()))
                @for (kind, name) in kinds {
                    @let n = of_kind(kind);
                    @if n > 0 { ", of which " (figures::size(n)) " " (name) }
                }
            }
            @for level in &returns.stations.levels {
                dt { "level " bdi { (level.name) } }
                dd { (figures::some(level.units.len(), "unit", "units")) }
            }
            @if let Some(places) = &returns.stations.coordinates {
                dt { "coordinates" }
                dd { (figures::some(places.iter().flatten().count(), "station", "stations")) }
            }
            @if let Some(arrival) = &returns.stations.arrival {
                dt { "time of arrival" }
                dd { (figures::some(arrival.at.iter().flatten().count(), "station", "stations")) }
            }
            @for contest in returns.contests.iter().take(SHOWN) {
                dt { "contest " bdi { (contest.name) } }
                dd {
                    (figures::some(contest.choices.len(), "choice", "choices"))
                    @if !contest.exhaustive { " (not all there were)" }
                    ", " (figures::some(contest.fields.len(), "protocol line", "protocol lines"))
                }
            }
        }
        (rest(returns.contests.len(), "contest", "contests"))
    }
}

fn mapping(examination: &Examination) -> Markup {
    let decisions = &examination.mapping.decisions;
    html! {
        p { (origin(&examination.mapping_from)) }
        @if !decisions.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Decisions of the mapping" { table {
                thead { tr {
                    th scope="col" { "role" } th scope="col" { "columns" }
                    th.n scope="col" { "confidence" } th scope="col" { "reason" }
                } }
                tbody { @for decision in decisions.iter().take(3 * SHOWN) { tr {
                    th scope="row" { (decision.role) }
                    td.wide { bdi { (decision.columns.join(" · ")) } }
                    td.n { (figures::percent_in_column(Some(decision.confidence))) }
                    td.wide { bdi { (decision.reason) } }
                } } }
            } }
        } @else {
            (roles(examination))
        }
        p.small { "The whole mapping stands at the " a href="#again" { "end of this page" } "." }
    }
}

/// Where the mapping comes from, in words.
pub(in super::super) fn origin(from: &MappingFrom) -> String {
    match from {
        MappingFrom::Recognised => "Recognised from the names and the arithmetic of the columns.".to_owned(),
        MappingFrom::Catalogue { name } => format!("The mapping that ships with Glassurn as {name}."),
        MappingFrom::Given { file } => format!("Given by the user in {file}."),
        MappingFrom::Simulated => "Made by Glassurn itself: these are simulated returns.".to_owned(),
    }
}

/// Which columns each protocol line and choice was read from.
fn roles(examination: &Examination) -> Markup {
    let several = examination.returns.contests.len() > 1;
    let row = |contest: &str, meaning: Markup, from: &[String]| {
        html! { tr {
            @if several { td { bdi { (contest) } } }
            td.name { (meaning) }
            td.wide { bdi { (from.join(" + ")) } }
        } }
    };
    html! {
        div.scroll tabindex="0" role="group" aria-label="Columns" { table {
            thead { tr {
                @if several { th scope="col" { "contest" } }
                th scope="col" { "meaning" } th scope="col" { "columns of the source" }
            } }
            tbody { @for contest in examination.returns.contests.iter().take(SHOWN) {
                @for (field, column) in &contest.fields {
                    (row(&contest.name, html! { (field.title()) }, &column.from))
                }
                @for column in contest.choices.iter().take(SHOWN) {
                    (row(&contest.name, html! { "choice " bdi { (column.name) } }, &column.from))
                }
            } }
        } }
    }
}

fn left_out(examination: &Examination) -> Markup {
    let returns = &examination.returns;
    let nothing = returns.set_aside.is_empty() && returns.oddities.is_empty();
    html! {
        @if nothing { p { "Every row is a station, and every cell that should hold a count holds one or is empty." } }
        @if !returns.set_aside.is_empty() {
            p { (figures::some(returns.set_aside.len(), "row is no station and was", "rows are no stations and were")) " set aside." }
            (list("Rows set aside", ["row", "reason"], returns.set_aside.iter().map(|r| {
                (chapters::place(examination, r.place), r.label.clone(), r.reason.clone())
            })))
            (rest(returns.set_aside.len(), "row", "rows"))
        }
        @if !returns.oddities.is_empty() {
            p { (figures::some(returns.oddities.len(), "cell is", "cells are")) " not the count they should be and were read as missing, never as zero." }
            (list("Odd cells", ["column", "cell"], returns.oddities.iter().map(|o| {
                (chapters::place(examination, o.place), o.column.clone(), format!("“{}”: {}", o.text, kind(o.kind)))
            })))
            (rest(returns.oddities.len(), "cell", "cells"))
        }
        @if !returns.notes.is_empty() {
            h4 { "Notes from the reading" }
            ul { @for note in returns.notes.iter().take(SHOWN) { li { bdi { (note) } } } }
            (rest(returns.notes.len(), "note", "notes"))
        }
        p.small { "What each screen leaves out beyond this is said beside its result." }
    }
}

/// What is odd about a cell.
fn kind(kind: OddityKind) -> &'static str {
    match kind {
        OddityKind::NotANumber => "no number",
        OddityKind::NotWhole => "no whole number",
        OddityKind::TooLarge => "too large for a count",
    }
}

/// A short list of rows or cells.
fn list(label: &str, head: [&str; 2], rows: impl Iterator<Item = (String, String, String)>) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label) { table {
            thead { tr {
                th scope="col" { "place" } th scope="col" { (head[0]) } th scope="col" { (head[1]) }
            } }
            tbody { @for (place, name, why) in rows.take(SHOWN) { tr {
                th scope="row" { bdi { (place) } } td { bdi { (name) } } td.wide { bdi { (why) } }
            } } }
        } }
    }
}
