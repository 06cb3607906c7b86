//! R160: do observers agree, within groups and across?

mod figures;
mod say;

pub use figures::{Divergence, Figures, Pair, figures};

use glassurn_model::{Answer, register::Register};

use super::Method;

#[doc = include_str!("observer_agreement.md")]
pub const METHOD: Method = Method {
    code: "R160",
    name: "observer-agreement",
    title: "Agreement and divergence of observers",
    doc: include_str!("observer_agreement.md"),
};

/// Compares the verdicts on record. Refused: no election with two verdicts on the scale.
pub fn agreement(register: &Register) -> Answer {
    let figures = figures(register);
    if figures.all.units == 0 {
        let why = "no election has two verdicts on the scale";
        return Answer::refused(METHOD.code, "no verdicts", why);
    }
    say::answer(register, &figures)
}
