//! One page for a reader who has a minute: what the evidence carries, and what it does not.

use std::collections::BTreeSet;

use glassurn_model::register::Source;
use maud::{Markup, html};

use super::super::{account, answer_table, figures, page};
use super::{CANNOT_SHOW, html as whole, records, sources};
use crate::{Dossier, dossier::Sentence};

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
            (sentences(dossier, &records::known(dossier)))
            p.limit { (CANNOT_SHOW) }
            h3 { "Sources of these sentences" }
            (sources::short(&named(dossier)))
            p.small { "The dossier has every record with its sources and their addresses. This page is made with:" }
            pre tabindex="0" { code { (dossier.records.command) } }
        }
        (page::footer(dossier.program()))
    };
    page::shell(&title, dossier.program(), &body)
}

/// The sources that the sentences name.
fn named(dossier: &Dossier) -> Vec<&Source> {
    let press = &dossier.press;
    let sentences = || press.carried.iter().chain(&press.mistaken);
    let cited = |s: &&Source| sentences().any(|sentence| sentence.sources.contains(&s.id));
    dossier.sources.iter().filter(cited).collect()
}

/// The sentences, under three headings. Where the sources are listed on the same page, their names lead
/// there.
pub(super) fn sentences(dossier: &Dossier, known: &BTreeSet<&str>) -> Markup {
    let press = &dossier.press;
    html! {
        h3 { "The evidence carries" }
        ol { @for sentence in &press.carried { li { (self::sentence(sentence, known)) } } }
        @if !press.mistaken.is_empty() {
            h3 { "Easily mistaken" }
            ul { @for sentence in &press.mistaken { li { (self::sentence(sentence, known)) } } }
        }
        h3 { "It does not carry" }
        ul { @for sentence in &press.not_carried { li { bdi { (figures::bound(&account::capital(sentence))) } } } }
    }
}

/// A sentence with its sources, or with what was counted.
fn sentence(sentence: &Sentence, known: &BTreeSet<&str>) -> Markup {
    html! {
        bdi { (figures::bound(&sentence.says)) }
        span.small {
            " ["
            @if sentence.sources.is_empty() { bdi { (sentence.base) } }
            @else { (answer_table::links(sentence.sources.iter().map(String::as_str), known)) }
            "]"
        }
    }
}
