//! R180: how lenient is an observer, once the quality of the elections it chose is taken into account?

mod figures;
mod say;

pub use figures::{Figures, Leniency, figures};

use glassurn_model::{Answer, register::Register};

use super::{Method, anchors::Anchors};

#[doc = include_str!("leniency.md")]
pub const METHOD: Method = Method {
    code: "R180",
    name: "leniency",
    title: "Leniency of observers",
    doc: include_str!("leniency.md"),
};

/// Verdicts below which nothing is said of an observer.
pub const FEWEST: usize = 5;

/// Fits the model. Refused: no observer with five verdicts.
pub fn leniency(register: &Register, anchors: &Anchors) -> Answer {
    let figures = figures(register, anchors).filter(|f| f.houses.iter().any(Leniency::enough));
    let Some(figures) = figures else {
        let why = format!("no observer has {FEWEST} verdicts on the scale");
        return Answer::refused(METHOD.code, "too few verdicts", why);
    };
    say::answer(anchors, &figures)
}
