//! The page of a dossier, in the order in which a stranger asks.

use glassurn_methods::register::observers::Group;
use maud::{Markup, html};

use super::super::{account, figures, lines, page, sections};
use super::{CANNOT_SHOW, press, records, sources};
use crate::{Dossier, Examination};

/// A section: its anchor, its heading, what it shows.
type Section = (&'static str, &'static str, fn(&Dossier) -> Markup);

/// The sections, in reading order.
const SECTIONS: &[Section] = &[
    ("claimed", "The result as claimed, by whom, on which basis", claimed),
    ("returns", "What the returns show", returns),
    ("counts", "What independent counts show", counts),
    ("watched", "Who watched, and what each said", watched),
    ("reactions", "Who endorsed, who condemned, and what followed", reactions),
    ("conflicts", "Where records conflict, and why", conflicts),
    ("grades", "How well each statement is supported", grades),
    ("unknown", "What is not known", unknown),
    ("sources", "The sources", cited),
    ("methods", "Methods and references", methods),
    ("again", "How to check this dossier", again),
];

/// The dossier as one self-contained HTML page.
pub fn dossier_html(dossier: &Dossier) -> String {
    page::shell(&title(dossier), dossier.program(), &body(dossier))
}

/// The title a reader recognises.
pub(super) fn title(dossier: &Dossier) -> String {
    let country = glassurn_model::register::state_name(&dossier.election.country);
    match country.filter(|c| !dossier.election.name.contains(c)) {
        Some(country) => format!("{country}: {}", dossier.election.name),
        None => dossier.election.name.clone(),
    }
}

/// Days of voting, where known.
pub(super) fn days(dossier: &Dossier) -> String {
    match (dossier.election.start, dossier.election.end) {
        (Some(start), Some(end)) if start != end => format!("voting from {start} to {end}"),
        (Some(day), _) | (None, Some(day)) => format!("voting on {day}"),
        (None, None) => "day of voting not on record".to_owned(),
    }
}

fn body(dossier: &Dossier) -> Markup {
    html! {
        a.skip href="#summary" { "Skip to the summary" }
        header {
            p.kind { (dossier.records.kind) }
            h1 { bdi { (title(dossier)) } }
            p.by {
                (dossier.election.id) " · " (days(dossier)) " · made by Glassurn " (dossier.program())
                " · every statement leads to its source: " a href="#again" { "how to check" }
            }
        }
        main {
            section #summary.summary aria-labelledby="summary-title" {
                h2 #summary-title { "In short" }
                (press::sentences(dossier, &records::known(dossier)))
                p.limit { (CANNOT_SHOW) }
            }
            nav aria-label="Contents" { ol {
                @for (id, title, _) in SECTIONS { li { a href={ "#" (id) } { (title) } } }
            } }
            @for (number, (id, title, body)) in SECTIONS.iter().enumerate() {
                section id=(id) aria-labelledby={ (id) "-title" } {
                    h2 id={ (id) "-title" } { span.number { (number + 1) } " " (title) }
                    (body(dossier))
                }
            }
        }
        (page::footer(dossier.program()))
    }
}

fn claimed(dossier: &Dossier) -> Markup {
    let note = dossier.election.grounds.note.as_str();
    html! {
        (records::said(dossier, "R110", 0..1))
        (records::said(dossier, "R190", 1..2))
        (records::table(dossier, "R110", "claims"))
        (records::grounds(dossier))
        @if !note.is_empty() { p { "The compiler noted of the election: " bdi { (note) } "." } }
    }
}

fn returns(dossier: &Dossier) -> Markup {
    html! {
        @if dossier.returns.is_empty() { p { "No results of polling stations were put into this dossier; it cannot say what they would show." } }
        @for (number, examination) in dossier.returns.iter().enumerate() {
            h3 { bdi { (examination.returns.title) } }
            (examined(examination))
            p.small { "The whole examination is " a href={ "returns-" (number + 1) ".html" } { "a page of its own" } " in the dossier's folder." }
        }
    }
}

/// An examination in short.
fn examined(examination: &Examination) -> Markup {
    html! {
        ul { @for sentence in sections::summary::sentences(examination) { li { bdi { (sentence) } } } }
        p.limit { (super::super::CANNOT_SHOW) }
    }
}

fn counts(dossier: &Dossier) -> Markup {
    html! {
        @match &dossier.counts {
            None => p { "No independent count was put into this dossier; it cannot say what one would show." },
            Some(counts) => {
                (account::short(counts))
                p.small { "The whole comparison is " a href="counts.html" { "a page of its own" } " in the dossier's folder." }
            }
        }
    }
}

fn watched(dossier: &Dossier) -> Markup {
    html! {
        (records::said(dossier, "R110", 1..9))
        p.small { (account::capital(Group::RULE)) "." }
        @for name in ["credible", "other", "missions", "absences", "invitations"] {
            (records::table(dossier, "R110", name))
        }
        h3 { "Who observed whom, in both directions" }
        (records::refusal(dossier, "R130"))
        (records::said(dossier, "R130", 1..9))
        (records::tables(dossier, "R130"))
        (records::notes(dossier, "R130"))
    }
}

fn reactions(dossier: &Dossier) -> Markup {
    html! {
        (records::refusal(dossier, "R195"))
        (records::said(dossier, "R195", 0..1))
        (records::table(dossier, "R195", "reactions"))
        (records::notes(dossier, "R195"))
    }
}

fn conflicts(dossier: &Dossier) -> Markup {
    html! {
        // The table has the sentences; without one there is a sentence that says so.
        @if dossier.press.mistaken.is_empty() { (records::said(dossier, "R120", 0..9)) }
        (records::tables(dossier, "R120"))
        (records::notes(dossier, "R120"))
    }
}

fn grades(dossier: &Dossier) -> Markup {
    html! {
        (records::refusal(dossier, "R190"))
        (records::said(dossier, "R190", 0..1))
        (records::tables(dossier, "R190"))
        (records::notes(dossier, "R190"))
    }
}

fn unknown(dossier: &Dossier) -> Markup {
    html! {
        p { "What is missing is neither zero nor no." }
        ul { @for sentence in &dossier.unknown { li { bdi { (figures::bound(sentence)) } } } }
    }
}

fn cited(dossier: &Dossier) -> Markup {
    html! { (sources::list(&dossier.sources)) }
}

fn methods(dossier: &Dossier) -> Markup {
    account::documentation(&dossier.records)
}

fn again(dossier: &Dossier) -> Markup {
    html! {
        p {
            "With the same register, the same files and the same version Glassurn writes this page again, byte for byte."
        }
        pre tabindex="0" { code { (dossier.records.command) } }
        p {
            "Without Glassurn: in the dossier's folder " code { "sha256sum --check SHA256SUMS" }
            " tells whether a file was changed; " code { "records/" } " has every table of this page as plain CSV, and "
            code { "records/sources.csv" } " the address of each source."
        }
        dl.facts {
            dt { "version" } dd { "Glassurn " (dossier.program()) }
            @for (name, value) in &dossier.records.settings { dt { (name) } dd { bdi { (lines::one_line(value)) } } }
        }
    }
}
