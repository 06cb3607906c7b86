//! Section 7: how to make this page again, to the same bytes.

use std::collections::BTreeSet;

use glassurn_model::PKind;
use maud::{Markup, html};

use super::super::{chapters, figures};
use super::examined;
use crate::Examination;

pub(super) const TITLE: &str = "How to make this page again";

pub(super) fn body(examination: &Examination) -> Markup {
    let seeds = seeds(examination);
    html! {
        p {
            "With the same files, the same version and the same settings Glassurn writes this page again, byte for "
            "byte, on any number of processors. Nothing on it depends on the day or the machine."
        }
        pre tabindex="0" { code { (examination.command) } }
        dl.facts {
            dt { "version" } dd { "Glassurn " (examination.program) }
            dt { "mapping" } dd { bdi { (examined::origin(&examination.mapping_from)) } }
            dt { "settings" } dd { (settings(examination)) }
            dt { "seeds" } dd { @if seeds.is_empty() { "none: nothing was simulated" } @else { (seeds.join(", ")) } }
        }
        p { "Check the files first: their SHA-256 must be those under "
            a href="#examined" { "What was examined" } ", for example with " code { "sha256sum" } "." }
        @if let Ok(mapping) = examination.mapping.to_toml() {
            details {
                summary { "The whole mapping" }
                p { "Saved as a file and given with " code { "--mapping" } ", it replays every decision." }
                pre tabindex="0" { code { (cut(&mapping)) } }
            }
        }
    }
}

/// The mapping's text, cut where it is longer than a page can carry.
fn cut(text: &str) -> String {
    const MOST: usize = 60_000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}\n# … cut here; `glassurn map` writes the whole", &text[..end]),
        None => text.to_owned(),
    }
}

/// Every seed with which something was simulated.
fn seeds(examination: &Examination) -> Vec<String> {
    let kinds = chapters::findings(examination).filter_map(|(_, f)| f.p.map(|p| p.kind));
    let seeds: BTreeSet<u64> = kinds
        .filter_map(|kind| match kind {
            PKind::Simulated { seed, .. } => Some(seed),
            PKind::Exact | PKind::Asymptotic => None,
        })
        .collect();
    seeds.iter().map(u64::to_string).collect()
}

/// The settings in words.
fn settings(examination: &Examination) -> Markup {
    let settings = &examination.settings;
    let choices = match (settings.all_choices, settings.choices.is_empty()) {
        (true, _) => "every choice".to_owned(),
        (false, true) => "the leader of each contest".to_owned(),
        (false, false) => settings.choices.join(", "),
    };
    let list = |list: &[String], none: &str| if list.is_empty() { none.to_owned() } else { list.join(", ") };
    let unnamed = if settings.models { "all, slow ones too" } else { "all quick ones" };
    html! {
        "choices in focus: " bdi { (choices) } "; levels looked at unit by unit: "
        bdi { (list(&settings.levels, "the outermost with 2 to 200 units")) }
        "; flagged stations: " @if settings.without_flagged { "left out" } @else { "kept" }
        "; screens: " (list(&settings.only, unnamed))
        @if settings.only.len() > 1 { " (" (figures::size(settings.only.len())) ")" } "."
    }
}
