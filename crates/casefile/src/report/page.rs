//! The page: one file that loads nothing, runs nothing, and says so in its policy.

use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::figures;
use super::sections::{SECTIONS, summary};
use crate::Examination;

/// The only style of the page.
const STYLE: &str = include_str!("page.css");

/// The examination as one self-contained HTML page.
pub fn html(examination: &Examination) -> String {
    shell(&examination.returns.title, &examination.program, &body(examination))
}

/// What stands around every page.
pub(super) fn shell(title: &str, program: &str, body: &Markup) -> String {
    styled(STYLE, title, program, body)
}

/// What stands around every page, with another style.
pub(super) fn styled(style: &str, title: &str, program: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "Glassurn " (program) };
                title { (title) " – Glassurn" }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    let page = page.into_string();
    // Names come from strangers' files; whatever could steer a browser's text is made visible once, here.
    if page.contains(figures::steers) { figures::tame(&page) } else { page }
}

/// Header, summary, contents and sections.
fn body(examination: &Examination) -> Markup {
    let stations = examination.returns.stations.len();
    html! {
        a.skip href="#summary" { "Skip to the summary" }
        header {
            p.kind { "Examination of published polling-station returns" }
            h1 { bdi { (examination.returns.title) } }
            p.by {
                (figures::some(stations, "station", "stations"))
                " · made by Glassurn " (examination.program)
                " · every figure on this page can be made again: "
                a href="#again" { "how" }
            }
        }
        main {
            section #summary.summary aria-labelledby="summary-title" {
                h2 #summary-title { "In short" }
                (summary::body(examination))
            }
            nav aria-label="Contents" { ol {
                @for section in SECTIONS { li { a href={ "#" (section.id) } { (section.title) } } }
            } }
            @for (number, section) in SECTIONS.iter().enumerate() {
                section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                    h2 id={ (section.id) "-title" } { span.number { (number + 1) } " " (section.title) }
                    ((section.body)(examination))
                }
            }
        }
        (footer(&examination.program))
    }
}

/// What stands under every page.
pub(super) fn footer(program: &str) -> Markup {
    html! {
        footer { p { "Glassurn " (program) " names what is measured and leaves the judgement to its reader." } }
    }
}

/// Nothing may be loaded, run, framed or sent; the one style is allowed by its fingerprint.
fn policy(style: &str) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
