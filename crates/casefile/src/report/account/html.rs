//! The page of an account: what may be said and what may not, then the inputs, each method, the
//! documentation, and how to make the page again.

use std::collections::BTreeSet;

use glassurn_model::{Answer, Claim, Form, LeftOut, Table};
use maud::{Markup, html};

use super::super::{LISTED, answer_table, figures, markdown, page, parts, pictures, sections};
use super::{capital, title};
use crate::Account;

/// How many claims stand in the box at the top.
const TOP: usize = 4;

/// A section: its anchor, its heading, what it shows.
type Section = (&'static str, &'static str, fn(&Account) -> Markup);

/// The sections, in reading order.
const SECTIONS: &[Section] = &[
    ("claims", "What may be said, and what may not", claims),
    ("inputs", "What went in", inputs),
    ("answers", "The methods and their figures", answers),
    ("methods", "Methods and references", methods),
    ("again", "How to make this page again", again),
];

/// The account as one self-contained HTML page.
pub fn account_html(account: &Account) -> String {
    page::shell(&account.title, &account.program, &body(account))
}

/// Header, summary, contents and sections.
fn body(account: &Account) -> Markup {
    html! {
        a.skip href="#summary" { "Skip to the summary" }
        header {
            p.kind { (account.kind) }
            h1 { bdi { (account.title) } }
            p.by {
                "made by Glassurn " (account.program)
                " · every figure on this page can be made again: "
                a href="#again" { "how" }
            }
        }
        main {
            section #summary.summary aria-labelledby="summary-title" {
                h2 #summary-title { "In short" }
                (summary(account))
            }
            nav aria-label="Contents" { ol {
                @for (id, title, _) in SECTIONS { li { a href={ "#" (id) } { (title) } } }
            } }
            @for (number, (id, title, body)) in SECTIONS.iter().enumerate() {
                section id=(id) aria-labelledby={ (id) "-title" } {
                    h2 id={ (id) "-title" } { span.number { (number + 1) } " " (title) }
                    (body(account))
                }
            }
        }
        (page::footer(&account.program))
    }
}

/// The headlines, the strongest reading that they do not carry, and the general limit.
pub(in super::super) fn summary(account: &Account) -> Markup {
    let claims = account.headlines(TOP);
    html! {
        @if claims.is_empty() { p { "The inputs carry no claim; section 3 says why, method by method." } }
        ul { @for (_, claim) in claims.iter() {
            li { strong { (capital(claim.verdict.title())) ": " } bdi { (figures::bound(&claim.headline)) } }
        } }
        @if let Some((_, first)) = claims.first() {
            p { strong { "This does not show: " } bdi { (figures::bound(&first.unsupported)) } }
        }
        @for note in &account.notes { p { bdi { (figures::bound(note)) } } }
        p.limit { (account.cannot_show) }
    }
}

/// Every claim with its base and limits.
fn claims(account: &Account) -> Markup {
    html! {
        @if account.claims().is_empty() { p { "Nothing." } }
        @for (answer, claim) in account.claims().iter().take(LISTED) { (self::claim(answer, claim)) }
    }
}

/// One claim.
fn claim(answer: &Answer, claim: &Claim) -> Markup {
    html! {
        article.chapter {
            h3 { (capital(claim.verdict.title())) span.code { " " (claim.class.title()) } }
            p.plain { bdi { (figures::bound(&claim.headline)) } }
            dl.facts {
                dt { "base" } dd { bdi { (figures::bound(&claim.base)) } }
                @if !claim.limits.is_empty() {
                    dt { "holds if" } dd { ul.plainly { @for limit in &claim.limits { li { bdi { (figures::bound(limit)) } } } } }
                }
                dt { "does not show" } dd { bdi { (figures::bound(&claim.unsupported)) } }
                dt { "method" } dd {
                    a href={ "#answer-" (answer.method) } { (answer.method) } " " (title(answer.method))
                }
            }
        }
    }
}

/// The inputs with their files.
fn inputs(account: &Account) -> Markup {
    html! {
        @if account.inputs.is_empty() {
            p { "No returns and no counts: what is on record, and nothing else." }
        }
        @for input in &account.inputs {
            h3 { bdi { (input.name) } @if let Some(kind) = input.kind { span.code { " " (kind.title()) } } }
            @if let Some(stations) = input.stations { p { (figures::some(stations, "station", "stations")) "." } }
            (parts::sources(&input.sources))
            @if !input.notes.is_empty() { ul { @for note in &input.notes { li { bdi { (note) } } } } }
        }
    }
}

/// Every answer.
fn answers(account: &Account) -> Markup {
    let first =
        |at: usize| account.answers[..at].iter().all(|a| a.method != account.answers[at].method);
    html! {
        @for (at, answer) in account.answers.iter().enumerate() { (self::answer(answer, first(at))) }
    }
}

/// One answer; the method's limits stand where it first appears.
fn answer(answer: &Answer, first: bool) -> Markup {
    let method = glassurn_methods::find(answer.method);
    html! {
        article.chapter id=[first.then(|| format!("answer-{}", answer.method))] {
            h3 { span.code { (answer.method) } (title(answer.method)) ": " bdi { (answer.subject) } }
            @if let Some(method) = method { p.small { (method.form().question()) } }
            @if let Some(why) = &answer.refused { p { "Not applicable: " bdi { (why) } "." } }
            @for claim in &answer.claims { p.plain { bdi { (figures::bound(&claim.headline)) } } }
            @if !answer.pictures.is_empty() {
                div.pictures { @for picture in &answer.pictures { (pictures::figure(picture)) } }
            }
            (parts::measures(&answer.measures))
            @if let Some(p) = answer.p {
                p { (figures::p_sentence(p.value)) " (" (figures::p_kind(p.kind)) ")" }
            }
            (left_out(&answer.left_out))
            @for table in &answer.tables { (self::table(table)) }
            @if !answer.notes.is_empty() {
                h4 { "To know about this result" }
                ul { @for note in &answer.notes { li { bdi { (figures::bound(note)) } } } }
            }
            @if let Some(method) = method.filter(|_| first) { (limits(method)) }
        }
    }
}

/// Innocent causes and limits, from the method's documentation.
fn limits(method: glassurn_methods::Method) -> Markup {
    let form = method.form();
    html! {
        h4 { "Innocent causes" } (markdown::render(form.section("Innocent causes")))
        h4 { "What it cannot show" } (markdown::render(form.section("What it cannot show")))
        p.small { a href={ "#about-" (method.code) } { "The method and its assumptions (" (method.code) ")" } }
    }
}

/// What was left out, by reason.
fn left_out(left_out: &[LeftOut]) -> Markup {
    html! {
        @if !left_out.is_empty() {
            h4 { "Left out" }
            ul { @for left in left_out {
                li { (figures::some(left.stations, "station", "stations")) ": " bdi { (left.why) } }
            } }
        }
    }
}

/// One table, its first rows.
fn table(table: &Table) -> Markup {
    html! {
        (answer_table::table(table, &BTreeSet::new(), LISTED))
        @if table.rows.len() > LISTED {
            p.small { "And " (figures::some(table.rows.len() - LISTED, "row", "rows")) " more; the tables written with " code { "--csv" } " have them." }
        }
    }
}

/// The documentation of every method used.
pub(in super::super) fn methods(account: &Account) -> Markup {
    let codes: BTreeSet<_> = account.answers.iter().map(|a| a.method).collect();
    html! {
        p { "These are the texts that " code { "glassurn explain CODE" } " prints." }
        h3 { "Methods" }
        @for method in codes.iter().filter_map(|c| glassurn_methods::find(c)) {
            (sections::form(method.code, method.title, method.form(), Form::SCREEN))
        }
    }
}

/// How to make the page again.
fn again(account: &Account) -> Markup {
    html! {
        p {
            "With the same files, the same version and the same settings Glassurn writes this page again, byte for "
            "byte, on any number of processors. Nothing on it depends on the day or the machine."
        }
        pre tabindex="0" { code { (account.command) } }
        dl.facts {
            dt { "version" } dd { "Glassurn " (account.program) }
            @for (name, value) in &account.settings { dt { (name) } dd { bdi { (value) } } }
        }
        p { "Check the files first: their SHA-256 must be those under "
            a href="#inputs" { "What went in" } ", for example with " code { "sha256sum" } "." }
    }
}
