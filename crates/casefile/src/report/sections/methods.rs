//! Section 6: the documentation of every screen and check that was used, word for word.

use std::collections::BTreeSet;

use glassurn_model::Form;
use maud::{Markup, html};

use super::super::{chapters, markdown};
use crate::Examination;

pub(super) const TITLE: &str = "Methods and references";

pub(super) fn body(examination: &Examination) -> Markup {
    let screens: BTreeSet<_> = examination.screens.iter().map(|t| chapters::about(&t.outcome).0).collect();
    let checks: BTreeSet<_> = examination.checks.iter().map(|c| c.code).collect();
    html! {
        p {
            "These are the texts that " code { "glassurn explain CODE" }
            " prints, without the example for programmers."
        }
        h3 { "Screens" }
        @for meta in screens.iter().filter_map(|c| chapters::screen(c)) {
            (form(meta.code, meta.title, meta.form(), Form::SCREEN))
        }
        h3 { "Checks" }
        @for meta in checks.iter().filter_map(|c| chapters::check(c)) {
            (form(meta.code, meta.form().question(), meta.form(), Form::CHECK))
        }
    }
}

/// The heading that readers of a page have no use for; printed, it alone would fill a dozen sheets.
const PROGRAMMERS: &str = "Example";

/// One form, folded.
pub(in super::super) fn form(code: &str, title: &str, form: Form, headings: &[&str]) -> Markup {
    html! {
        details.manual {
            summary { span.code { (code) } (title) }
            // The anchor stands inside, because a browser opens what is folded about the place it jumps to.
            p id={ "about-" (code) } { strong { (form.question()) } }
            @for heading in headings.iter().filter(|h| **h != PROGRAMMERS) {
                @let text = form.section(heading);
                @if !text.is_empty() {
                    div.references[*heading == "References"] { h4 { (heading) } (markdown::render(text)) }
                }
            }
        }
    }
}
