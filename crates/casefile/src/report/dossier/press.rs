//! One page for a reader who has a minute: what the evidence carries, and what it does not.

use maud::{Markup, html};

use super::super::{account, figures, page};
use super::{CANNOT_SHOW, html as whole};
use crate::Dossier;

/// The press page: self-contained, one sheet of paper.
pub fn press_html(dossier: &Dossier) -> String {
    let title = whole::title(dossier);
    let body = html! {
        header {
            p.kind { "In one page: what the evidence carries, and what it does not" }
            h1 { bdi { (title) } }
            p.by { (dossier.election.id) " · " (whole::days(dossier)) " · made by Glassurn " (dossier.program()) }
        }
        main {
            h2.hidden { "In short" }
            (sentences(dossier))
            p.limit { (CANNOT_SHOW) }
            p.small {
                "Sources: " (figures::some(dossier.sources.len(), "source", "sources"))
                ", listed with their addresses in the dossier (" code { "index.html" } "), which was made with:"
            }
            pre tabindex="0" { code { (dossier.records.command) } }
        }
        (page::footer(dossier.program()))
    };
    page::shell(&title, dossier.program(), &body)
}

/// The sentences, under three headings.
pub(super) fn sentences(dossier: &Dossier) -> Markup {
    let press = &dossier.press;
    html! {
        h3 { "The evidence carries" }
        ol { @for sentence in &press.carried { li {
            bdi { (figures::bound(&sentence.says)) } span.small { " [" bdi { (sentence.base) } "]" }
        } } }
        h3 { "It does not carry" }
        ol { @for sentence in &press.not_carried { li { bdi { (figures::bound(&account::capital(sentence))) } } } }
        @if !press.mistaken.is_empty() {
            h3 { "Easily mistaken" }
            ul { @for sentence in &press.mistaken { li { bdi { (figures::bound(sentence)) } } } }
        }
    }
}
