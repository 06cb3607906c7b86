//! P610: a sample of stations, official figures beside copies of protocols.

mod compare;
mod figures;
mod say;

pub use figures::{Figures, Pair, figures};

use glassurn_model::{Answer, Count};

use super::Method;

#[doc = include_str!("sample_audit.md")]
pub const METHOD: Method = Method {
    code: "P610",
    name: "sample-audit",
    title: "Audit of a sample of stations",
    doc: include_str!("sample_audit.md"),
};

/// A station of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its name.
    pub name: String,
    /// Its stratum; one name for all where the draw was not stratified.
    pub stratum: String,
    /// The official figures, one for each choice.
    pub official: Vec<Count>,
    /// The most ballots that it can hold (registered voters, ballots issued).
    pub cap: Count,
    /// What the draw says of it.
    pub drawn: Option<Drawn>,
}

/// A station that the draw chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its place in the order of drawing, where that is on record.
    pub order: Option<i64>,
    /// The copy of its protocol, one figure for each choice; empty where none was obtained.
    pub copy: Vec<Count>,
}

/// Settings, fixed before the copies are looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The risk limit: the largest p at which the announced order counts as supported.
    pub risk: f64,
    /// κ of the bet, from 0 to 1.
    pub bet: f64,
    /// Seed of the order where the order of drawing is not on record.
    pub seed: u64,
}

impl Settings {
    /// The settings used when none are given.
    pub const DEFAULT: Self = Settings { risk: 0.05, bet: 0.9, seed: 1 };
}

/// Audits a sample: `choices` names the official columns, `stations` is the whole frame.
///
/// Refused: fewer than two choices, nothing drawn, a stratum with nothing drawn, a drawn station twice in
/// the order, an official or copied figure above its station's cap, no single choice with most votes.
pub fn audit(choices: &[String], stations: &[Station], settings: Settings) -> Answer {
    let subject = format!("{} drawn of {} stations", drawn(stations), stations.len());
    match figures(choices, stations, settings) {
        Ok(figures) => say::answer(subject, choices, &figures, settings),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}

fn drawn(stations: &[Station]) -> usize {
    stations.iter().filter(|s| s.drawn.is_some()).count()
}
