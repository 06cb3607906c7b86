//! How many stations there are, were planned, and are in hand; what was left out, and why.

use glassurn_model::Answer;
use maud::{Markup, html};

use super::super::figures;
use super::text;
use crate::Account;
use crate::account::Coverage;

pub(super) const NOT_STATED: &str = "not stated";

pub(super) fn section(account: &Account, answer: &Answer) -> Markup {
    html! {
        section {
            h2 { "The stations" }
            @match &account.coverage {
                None => (listed(account)),
                Some(coverage) => (rows(coverage)),
            }
            (left_out(account, answer))
        }
    }
}

/// The stations of each input, where the account counts none itself.
fn listed(account: &Account) -> Markup {
    let known: Vec<_> =
        account.inputs.iter().filter_map(|i| Some((i.name.as_str(), i.stations?))).collect();
    html! {
        @if known.is_empty() { p { "How many stations stand behind the figures: " (NOT_STATED) "." } }
        @for (name, n) in known.iter().take(2) { p { (text(name)) ": " (figures::some(*n, "station", "stations")) "." } }
    }
}

fn rows(c: &Coverage) -> Markup {
    let size = |n: Option<usize>| n.map_or_else(|| NOT_STATED.to_owned(), figures::size);
    html! {
        table { tbody {
            tr { th scope="row" { "in all" } td { (size(c.all)) } }
            tr { th scope="row" { "planned before" } td { (size(c.planned)) } }
            @if c.listed.is_some() { tr { th scope="row" { "listed in the files" } td { (size(c.listed)) } } }
            tr { th scope="row" { "with counts" } td { (figures::size(c.in_hand)) (part(c)) } }
            @if let Some(n) = missing(c) { tr { th scope="row" { "without counts" } td { (figures::size(n)) } } }
        } }
        @if missing(c).is_some_and(|n| n > 0) { p.small { "Why these have none: " (NOT_STATED) "." } }
        @if c.incomplete > 0 {
            p.small {
                (figures::size(c.incomplete)) " of those with counts lack some; a figure uses the stations that have what it needs."
            }
        }
    }
}

/// What the figure leaves out of the stations with counts, by reason.
fn left_out(account: &Account, answer: &Answer) -> Markup {
    html! {
        @if answer.left_out.is_empty() && account.coverage.is_some() { p.small { "Left out of the figure: none for another reason." } }
        @for left in &answer.left_out {
            p.small { "Left out of the figure: " (figures::some(left.stations, "station", "stations")) ", " (text(&left.why.to_string())) "." }
        }
    }
}

/// The stations that should have counts and have none, where it is known how many should.
pub(super) fn missing(c: &Coverage) -> Option<usize> {
    c.planned.or(c.all).or(c.listed).map(|n| n.saturating_sub(c.in_hand))
}

/// What part of the plan, of all stations, or of those listed has counts.
fn part(c: &Coverage) -> String {
    let of = |n: Option<usize>, what: &str| {
        let n = n.filter(|n| *n > 0)?;
        Some(format!(" ({} of {what})", figures::percent(c.in_hand as f64 / n as f64)))
    };
    let all = || of(c.all, "all");
    of(c.planned, "the plan")
        .or_else(all)
        .or_else(|| of(c.listed, "those listed"))
        .unwrap_or_default()
}
