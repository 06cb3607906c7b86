//! Section 3: what the integrity checks say, and what the flagged stations amount to.

use glassurn_model::{CheckOutcome, Flag, Severity};
use maud::{Markup, html};

use super::super::{LISTED, chapters, figures, markdown};
use super::summary;
use crate::Examination;
use crate::examination::{Checked, ContestResult};

pub(super) const TITLE: &str = "The checks";

/// How many flags of a check are shown.
const SHOWN: usize = 10;

pub(super) fn body(examination: &Examination) -> Markup {
    let mut flagged: Vec<&Checked> = examination.checks.iter().filter(|c| flags(c).is_some_and(|f| !f.is_empty())).collect();
    flagged.sort_by_key(|c| c.code);
    html! {
        p { "A check asks whether figures of one return can all be right. Codes with F name figures that cannot; codes with W figures that can, and are worth a look." }
        (overview(examination))
        @for result in examination.results.iter().take(LISTED) { (with_and_without(examination, result)) }
        @for checked in flagged.iter().take(LISTED) { (detail(examination, checked)) }
    }
}

/// The flags of a check that ran.
fn flags(checked: &Checked) -> Option<&[Flag]> {
    match &checked.outcome {
        CheckOutcome::Ran { flags, .. } => Some(flags),
        CheckOutcome::NotApplicable { .. } => None,
    }
}

fn overview(examination: &Examination) -> Markup {
    let several = examination.returns.contests.len() > 1;
    let question = |code: &'static str| chapters::check(code).map_or(code, |m| m.form().question());
    html! {
        div.scroll tabindex="0" role="group" aria-label="All checks" { table {
            caption { "All checks" }
            thead { tr {
                th scope="col" { "code" } th scope="col" { "question" }
                @if several { th scope="col" { "contest" } }
                th.n scope="col" { "tested" } th.n scope="col" { "flagged" }
            } }
            tbody { @for checked in examination.checks.iter().take(3 * LISTED) { tr {
                th scope="row" { (checked.code) }
                td.wide { (question(checked.code)) }
                @if several { td { bdi { (checked.contest) } } }
                @match &checked.outcome {
                    CheckOutcome::Ran { tested, flags } => {
                        td.n { (figures::size(*tested)) }
                        td.n { @if flags.is_empty() { "0" } @else { strong { (figures::size(flags.len())) } } }
                    },
                    CheckOutcome::NotApplicable { reason } => { td.why colspan="2" { "could not run: " bdi { (reason) } } },
                }
            } } }
        } }
    }
}

/// What the stations flagged as impossible amount to.
fn with_and_without(examination: &Examination, result: &ContestResult) -> Markup {
    let Some(sentence) = summary::flagged(result) else { return html! {} };
    let row = |what: &str, leader: &Option<String>, margin: Option<i64>| {
        html! { tr {
            th scope="row" { (what) }
            td { bdi { (leader.as_deref().unwrap_or("none")) } }
            td.n { (figures::count_or_missing(margin)) }
        } }
    };
    let used = if examination.settings.without_flagged { "left out of" } else { "kept in" };
    html! {
        h3 { "With and without the flagged stations: " bdi { (result.contest) } }
        p { (sentence) " They are " (used) " the screens of this page." }
        table {
            thead { tr { th scope="col" { "stations" } th scope="col" { "leader" } th.n scope="col" { "margin" } } }
            tbody {
                (row("all", &result.leader, result.margin))
                (row("without the flagged", &result.flagged.leader_without, result.flagged.margin_without))
            }
        }
    }
}

fn detail(examination: &Examination, checked: &Checked) -> Markup {
    let flags = flags(checked).unwrap_or_default();
    let meta = chapters::check(checked.code);
    let form = meta.map(|m| m.form());
    html! {
        div.chapter {
            h3 {
                span.code { (checked.code) }
                (form.map_or(checked.code, |f| f.question()))
                @if examination.returns.contests.len() > 1 { " – " bdi { (checked.contest) } }
            }
            p {
                (figures::some(flags.len(), "flag", "flags")) ", "
                @if chapters::severity(checked.code) == Severity::Impossible { "figures that cannot all be right." }
                @else { "figures that can be right and are worth a look." }
            }
            (rows(examination, checked.code, flags))
            @if let Some(form) = form {
                @for heading in ["What to do", "Innocent causes", "What it cannot show"] {
                    h4 { (heading) } (markdown::render(form.section(heading)))
                }
            }
        }
    }
}

/// The first flags of a check.
fn rows(examination: &Examination, code: &str, flags: &[Flag]) -> Markup {
    let label = format!("First flags of {code}");
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label) { table {
            thead { tr {
                th scope="col" { "station" } th scope="col" { "place" } th scope="col" { "what does not fit" }
                th scope="col" { "figures" }
            } }
            tbody { @for flag in flags.iter().take(SHOWN) {
                @let (name, place) = chapters::station(examination, flag.station);
                tr {
                    th.name scope="row" { bdi { (name) } }
                    td.place { bdi { (place) } }
                    td.wide { bdi { (flag.message()) } }
                    td.wide { @for (i, (column, value)) in flag.values().take(8).enumerate() {
                        @if i > 0 { "; " } bdi { (column) } " " (figures::count_or_missing(value))
                    } }
                }
            } }
        } }
        @if flags.len() > SHOWN {
            p.small { "The first " (SHOWN) " of " (figures::size(flags.len())) "; the tables list all." }
        }
    }
}
