//! R150: what is known of how a mission worked, and of how its organisation judges, on two axes.

mod behaviour;
mod practice;
mod say;

pub use behaviour::{Behaviour, behaviour};
pub use practice::{Item, PRACTICE, practice};

use glassurn_model::{
    Answer,
    register::{Mission, Register},
};

use super::{Method, anchors::Anchors};

#[doc = include_str!("scorecard.md")]
pub const METHOD: Method = Method {
    code: "R150",
    name: "mission-scorecard",
    title: "Mission scorecard",
    doc: include_str!("scorecard.md"),
};

/// The name under which a person's answers to the questions are recorded.
pub const SCHEME: &str = "mission_scorecard";

/// Answers the questions for every mission that attended. Refused: no mission.
pub fn scorecard(register: &Register, anchors: &Anchors) -> Answer {
    let missions: Vec<&Mission> = register.missions.iter().filter(|m| m.attended()).collect();
    if missions.is_empty() {
        return Answer::refused(METHOD.code, "no missions", "no mission that attended is on record");
    }
    say::answer(register, &missions, &behaviour(register, anchors))
}
