//! R170: does an observer judge more kindly than an independent measure of the same elections?

mod figures;
mod say;

pub use figures::{Figures, Residual, figures};

use glassurn_model::{Answer, register::Register};

use super::{Method, anchors::Anchors};

#[doc = include_str!("anchor_residual.md")]
pub const METHOD: Method = Method {
    code: "R170",
    name: "anchor-residual",
    title: "Verdicts beside an independent measure",
    doc: include_str!("anchor_residual.md"),
};

/// Verdicts below which nothing is said of an observer.
pub const FEWEST: usize = 5;

/// Compares verdicts with an independent measure. Refused: no measure, or no observer with five verdicts on
/// elections that it has.
pub fn residuals(register: &Register, anchors: &Anchors) -> Answer {
    let figures = figures(register, anchors);
    let most = figures.houses.iter().map(|h| h.verdicts).max().unwrap_or(0);
    let subject = format!("{} verdicts on elections with a value", figures.verdicts);
    if anchors.is_empty() {
        let why = "no independent measure was given: name its table with --anchor";
        return Answer::refused(METHOD.code, subject, why);
    }
    if most < FEWEST {
        let why = format!("no observer has {FEWEST} verdicts on elections with a value of the measure");
        return Answer::refused(METHOD.code, subject, why);
    }
    say::answer(subject, anchors, &figures)
}
