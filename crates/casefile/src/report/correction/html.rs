//! The page of a correction: why and when, what may be said now and could be said before, the figures, the
//! files, how to make it again.

use maud::{Markup, html};

use super::super::{LISTED, figures, page};
use super::{CANNOT_SHOW, name, shown, summary, verdict, what};
use crate::correction::{Both, ClaimChange, Correction, Said};

/// A section: its anchor, its heading, what it shows.
type Section = (&'static str, &'static str, fn(&Correction) -> Markup);

/// The sections, in reading order.
const SECTIONS: &[Section] = &[
    ("claims", "What is said", claims),
    ("figures", "The figures", changed),
    ("files", "Files, settings and version", files),
    ("again", "How to make this notice again", again),
];

/// The correction as one self-contained HTML page.
pub fn correction_html(correction: &Correction) -> String {
    let title = format!("Correction: {}", correction.title.now);
    page::shell(&title, &correction.program.now, &body(correction))
}

fn body(c: &Correction) -> Markup {
    html! {
        a.skip href="#summary" { "Skip to the summary" }
        header {
            p.kind { "Notice of correction · " (c.kind) }
            h1 { bdi { (c.title.now) } }
            p.by { bdi { (c.date) } " · made by Glassurn " (env!("CARGO_PKG_VERSION")) }
        }
        main {
            section #summary.summary aria-labelledby="summary-title" {
                h2 #summary-title { "In short" }
                p { strong { "Why: " } bdi { (c.reason) } }
                ul { @for line in summary(c) { li { (line) } } }
                p { "What was published before stays on this page beside what replaces it." }
                p.limit { (CANNOT_SHOW) }
            }
            @for (number, (id, title, body)) in SECTIONS.iter().enumerate() {
                section id=(id) aria-labelledby={ (id) "-title" } {
                    h2 id={ (id) "-title" } { span.number { (number + 1) } " " (title) }
                    (body(c))
                }
            }
        }
        (page::footer(env!("CARGO_PKG_VERSION")))
    }
}

fn claims(c: &Correction) -> Markup {
    html! {
        @if c.claims.is_empty() { p { "No sentence differs." } }
        @for change in c.claims.iter().take(LISTED) { (claim(change)) }
        (rest(c.claims.len()))
    }
}

fn claim(change: &ClaimChange) -> Markup {
    html! {
        article.chapter {
            h3 { "A sentence " (what(change)) span.code { " " bdi { (change.answer) } } }
            dl.facts {
                dt { "before" } dd { (said(change.before.as_ref())) }
                dt { "now" } dd { (said(change.now.as_ref())) }
            }
        }
    }
}

fn said(said: Option<&Said>) -> Markup {
    html! { @match said {
        None => "nothing",
        Some(said) => {
            strong { (verdict(said)) ": " } bdi { (figures::bound(&said.headline)) }
            p.small { "Base: " bdi { (figures::bound(&said.base)) } }
        }
    } }
}

fn changed(c: &Correction) -> Markup {
    html! {
        @if c.figures.is_empty() { p { "No figure differs." } } @else {
            div.scroll tabindex="0" role="group" aria-label="Figures that differ" { table {
                thead { tr { th scope="col" { "figure" } th.n scope="col" { "before" } th.n scope="col" { "now" } } }
                tbody { @for change in c.figures.iter().take(LISTED) {
                    @let [before, now] = shown(change);
                    tr { th scope="row" { bdi { (name(change)) } } td.n { bdi { (before) } } td.n { bdi { (now) } } }
                } }
            } }
            (rest(c.figures.len()))
        }
    }
}

/// How many more there are.
fn rest(all: usize) -> Markup {
    html! { @if all > LISTED {
        p.small { "And " (figures::size(all - LISTED)) " more; the JSON and the tables list them." }
    } }
}

fn files(c: &Correction) -> Markup {
    let with = |there: bool| if there { "yes" } else { "no" };
    let value = |v: &Option<String>| v.clone().unwrap_or_else(|| "not set".to_owned());
    html! {
        div.scroll tabindex="0" role="group" aria-label="Files" { table {
            thead { tr {
                th scope="col" { "file" } th scope="col" { "before" } th scope="col" { "now" }
                th scope="col" { "SHA-256" }
            } }
            tbody { @for file in &c.files { tr {
                th scope="row" { bdi { (file.name) } }
                td { (with(file.before)) } td { (with(file.now)) }
                td.hash { bdi { (file.sha256) } }
            } } }
        } }
        (both("Title", &c.title))
        (both("Version of Glassurn", &c.program))
        @if c.settings.is_empty() { p { "No setting and no seed differs." } } @else { dl.facts {
            @for s in &c.settings {
                dt { bdi { (s.name) } }
                dd { "before " bdi { (value(&s.before)) } ", now " bdi { (value(&s.now)) } }
            }
        } }
    }
}

fn both(what: &str, both: &Both) -> Markup {
    html! { p { (what) ": " @if both.before == both.now { bdi { (both.now) } " in both." } @else {
        "before " bdi { (both.before) } ", now " bdi { (both.now) } "."
    } } }
}

fn again(c: &Correction) -> Markup {
    html! {
        p { "The result before was made with" }
        pre tabindex="0" { code { (c.command.before) } }
        p { "and the result now with" }
        pre tabindex="0" { code { (c.command.now) } }
        p { "Both were written with " code { "--json" } ", and " code { "glassurn correct" } " compared them, with this reason and date." }
    }
}
