//! A correction in a terminal.

use super::super::lines::Out;
use super::{CANNOT_SHOW, name, shown, summary, verdict, what};
use crate::correction::{Correction, Said};

/// How many sentences and figures are printed.
const SHOWN: usize = 12;

/// The notice for a terminal of this many columns.
///
/// Whatever could steer the terminal in names that come from the inputs is made visible.
pub fn correction_text(correction: &Correction, width: usize, colour: bool) -> String {
    let mut out = Out::new(width, colour);
    out.heading(&format!("Correction of {}", correction.date), "");
    out.wrapped(&format!("{}: {}", correction.kind, correction.title.now), "  ");
    out.wrapped(&format!("why: {}", correction.reason), "  ");
    for line in summary(correction) {
        out.wrapped(&line, "  ");
    }
    out.heading("What is said", "");
    for change in correction.claims.iter().take(SHOWN) {
        out.wrapped(&format!("A sentence {} ({})", what(change), change.answer), "  ");
        out.wrapped(&format!("before: {}", said(change.before.as_ref())), "      ");
        out.wrapped(&format!("now:    {}", said(change.now.as_ref())), "      ");
    }
    rest(&mut out, correction.claims.len());
    out.heading("The figures", "");
    for change in correction.figures.iter().take(SHOWN) {
        let [before, now] = shown(change);
        out.wrapped(&format!("{}: {before} → {now}", name(change)), "  ");
    }
    rest(&mut out, correction.figures.len());
    out.lines.push(String::new());
    out.wrapped(CANNOT_SHOW, "");
    out.finish()
}

fn said(said: Option<&Said>) -> String {
    said.map_or_else(|| "nothing".to_owned(), |s| format!("{} [{}]", s.headline, verdict(s)))
}

fn rest(out: &mut Out, all: usize) {
    match all {
        0 => out.line("  nothing differs"),
        n if n > SHOWN => out.line(&format!("  and {} more in the notice", n - SHOWN)),
        _ => {}
    }
}
