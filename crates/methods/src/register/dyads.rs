//! R130: who observed whom, in both directions.

mod figures;
mod say;

pub use figures::{Direction, Figures, figures};

use glassurn_model::{Answer, register::Register};

use super::Method;

#[doc = include_str!("dyads.md")]
pub const METHOD: Method = Method {
    code: "R130",
    name: "who-observed-whom",
    title: "Who observed whom",
    doc: include_str!("dyads.md"),
};

/// Days after the last day of voting within which a congratulation is set beside an attendance.
pub const CONGRATULATED_WITHIN: i64 = 60;

/// Lists who attended whose elections. Refused: no attendance on record.
pub fn dyads(register: &Register) -> Answer {
    let figures = figures(register);
    if figures.directions.is_empty() {
        return Answer::refused(METHOD.code, "no attendance", "no attendance of an election is on record");
    }
    say::answer(&figures)
}

/// The same for the visits that one state hosted or made. Refused: none on record.
pub fn of_state(register: &Register, country: &str) -> Answer {
    let figures = figures(register).of_state(country);
    if figures.directions.is_empty() {
        let why = format!("no attendance by {country}, or of an election there, is on record");
        return Answer::refused(METHOD.code, country, why);
    }
    say::answer(&figures)
}
