//! Section 2: totals, shares, turnout, margin, and how they agree with declared totals.

use glassurn_model::{Contest, Origin};
use maud::{Markup, html};

use super::super::{LISTED, figures};
use crate::Examination;
use crate::examination::{ContestResult, Total};

pub(super) const TITLE: &str = "The result in figures";

/// How many contests and choices are shown.
const SHOWN: usize = 25;

pub(super) fn body(examination: &Examination) -> Markup {
    let contests = &examination.returns.contests;
    html! {
        @for (result, contest) in examination.results.iter().zip(contests).take(SHOWN) {
            h3 { bdi { (result.contest) } }
            (headline(result))
            (choices(result))
            (lines(result))
            (declared(contest))
        }
        @if contests.len() > SHOWN {
            p.small { "And " (figures::size(contests.len() - SHOWN)) " more contests; the JSON and the tables list them." }
        }
    }
}

fn headline(result: &ContestResult) -> Markup {
    html! {
        dl.facts {
            @if let Some(leader) = &result.leader { dt { "leader" } dd { bdi { (leader) } } }
            @if let Some(margin) = result.margin { dt { "margin" } dd { (figures::count(margin)) " votes" } }
            @if let Some(turnout) = result.turnout { dt { "turnout" } dd { (figures::percent(turnout)) } }
        }
    }
}

fn choices(result: &ContestResult) -> Markup {
    let mut choices: Vec<&Total> = result.totals.iter().filter(|t| t.field.is_none()).collect();
    choices.sort_by_key(|t| std::cmp::Reverse(t.total));
    let (first, more) = choices.split_at(choices.len().min(SHOWN));
    html! {
        @if !first.is_empty() { (choice_table(&format!("Votes, {}", result.contest), first)) }
        @if !more.is_empty() {
            details {
                summary { "The other " (figures::some(more.len(), "choice", "choices")) }
                (choice_table(&format!("Further votes, {}", result.contest), &more[..more.len().min(LISTED)]))
                @if more.len() > LISTED { p.small { "The tables list all." } }
            }
        }
    }
}

fn choice_table(caption: &str, choices: &[&Total]) -> Markup {
    // Without a line of ballots cast both shares are of the valid votes: one column says it.
    let both = choices.iter().any(|t| t.share != t.share_of_valid && t.share_of_valid.is_some());
    let of = if both { "of ballots cast" } else { "share" };
    html! {
        div.scroll tabindex="0" role="group" aria-label=(caption) { table {
            caption { bdi { (caption) } }
            thead { tr {
                th scope="col" { "choice" } th.n scope="col" { "votes" } th.n scope="col" colspan="2" { (of) }
                @if both { th.n scope="col" { "of valid votes" } }
                th.n scope="col" { "stations without a value" }
            } }
            tbody { @for total in choices { tr {
                th.name scope="row" { bdi { (total.name) } }
                td.n { (figures::count_or_missing(total.total)) }
                td.n { (figures::percent_in_column(total.share)) }
                td { (bar(total.share)) }
                @if both { td.n { (figures::percent_in_column(total.share_of_valid)) } }
                td.n { (figures::size(total.missing)) }
            } } }
        } }
    }
}

/// A share as a bar; the figure stands beside it.
fn bar(share: Option<f64>) -> Markup {
    let width = share.filter(|s| s.is_finite()).map_or(0.0, |s| (100.0 * s).clamp(0.0, 100.0));
    html! {
        svg.share viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(format!("{width:.1}")) height="10" {}
        }
    }
}

fn lines(result: &ContestResult) -> Markup {
    let fields: Vec<&Total> = result.totals.iter().filter(|t| t.field.is_some()).collect();
    let caption = format!("Protocol lines, {}", result.contest);
    html! {
        @if !fields.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(caption) { table {
                caption { bdi { (caption) } }
                thead { tr {
                    th scope="col" { "line" } th.n scope="col" { "total" }
                    th.n scope="col" { "stations without a value" } th scope="col" { "origin" }
                } }
                tbody { @for total in fields { tr {
                    th scope="row" { (total.name) }
                    td.n { (figures::count_or_missing(total.total)) }
                    td.n { (figures::size(total.missing)) }
                    td { (origin(total.origin)) }
                } } }
            } }
        }
    }
}

/// Whether a line stands in the source.
pub(in super::super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Reported => "in the source",
        Origin::Derived => "added up from other columns",
    }
}

fn declared(contest: &Contest) -> Markup {
    let caption = format!("Declared totals beside the sums of the stations, {}", contest.name);
    html! {
        @if !contest.declared.is_empty() {
            div.scroll tabindex="0" role="group" aria-label=(caption) { table {
                caption { bdi { (caption) } }
                thead { tr {
                    th scope="col" { "figure" } th.n scope="col" { "declared" } th.n scope="col" { "sum of stations" }
                    th.n scope="col" { "difference" } th scope="col" { "declared by" }
                } }
                tbody { @for tally in contest.declared.iter().take(LISTED) {
                    @let sum = contest.total(&tally.what);
                    @let difference = sum.filter(|_| tally.is_of_all_stations());
                    tr {
                        th.name scope="row" { bdi { (tally.what) } }
                        td.n { (figures::count(tally.value)) }
                        td.n { (figures::count_or_missing(sum)) }
                        td.n { (difference.map_or_else(String::new, |s| figures::count(s.saturating_sub(tally.value)))) }
                        td.wide { bdi { (tally.source) } @if tally.announced { " (for the whole contest)" } }
                    }
                } }
            } }
        }
    }
}
