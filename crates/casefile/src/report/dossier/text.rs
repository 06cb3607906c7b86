//! A dossier in a terminal: the sentences of the press page.

use super::super::{figures, lines::Out};
use super::{CANNOT_SHOW, html};
use crate::Dossier;

/// The summary for a terminal of this many columns.
pub fn dossier_text(dossier: &Dossier, width: usize, colour: bool) -> String {
    let mut out = Out::new(width, colour);
    out.heading(&html::title(dossier), &html::days(dossier));
    let sources = figures::some(dossier.sources.len(), "source", "sources");
    out.wrapped(&format!("{}; {sources} cited", dossier.election.id), "  ");
    let press = &dossier.press;
    list(&mut out, "The evidence carries", press.carried.iter().map(|s| s.says.as_str()));
    list(&mut out, "Easily mistaken", press.mistaken.iter().map(|s| s.says.as_str()));
    list(&mut out, "It does not carry", press.not_carried.iter().map(String::as_str));
    list(&mut out, "Not known", dossier.unknown.iter().map(String::as_str));
    out.lines.push(String::new());
    out.wrapped(CANNOT_SHOW, "");
    out.finish()
}

fn list<'a>(out: &mut Out, heading: &str, sentences: impl Iterator<Item = &'a str>) {
    let sentences: Vec<&str> = sentences.collect();
    if sentences.is_empty() {
        return;
    }
    out.heading(heading, "");
    for sentence in sentences {
        out.wrapped(&format!("- {sentence}"), "  ");
    }
}
