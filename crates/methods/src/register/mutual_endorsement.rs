//! R140: do states that observe each other endorse each other, and more often than chance would have it?

mod figures;
mod null;
mod say;

pub use figures::{Bounds, Figures, Pair, figures};
pub use null::{Null, null};

use glassurn_model::{Answer, register::Register};

use super::{Method, anchors::Anchors};

#[doc = include_str!("mutual_endorsement.md")]
pub const METHOD: Method = Method {
    code: "R140",
    name: "mutual-endorsement",
    title: "Mutual observation and endorsement",
    doc: include_str!("mutual_endorsement.md"),
};

/// Settings, fixed before the register is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Shuffled registers.
    pub draws: u32,
    /// Seed of the shuffles.
    pub seed: u64,
    /// Pairs of sender and host below which no share is computed.
    pub fewest: usize,
}

impl Settings {
    /// The settings used when none are given.
    pub const DEFAULT: Self = Settings { draws: 1_000, seed: 1, fewest: 30 };
}

/// Sets attendance and praise of both directions side by side. Refused: no attendance and no verdict of a state.
pub fn endorsement(register: &Register, anchors: &Anchors, settings: Settings) -> Answer {
    let figures = figures(register, anchors);
    if figures.pairs.is_empty() && figures.links.is_empty() {
        let why = "no attendance of an election by a state is on record";
        return Answer::refused(METHOD.code, "no attendance", why);
    }
    let null = (figures.links.len() >= settings.fewest).then(|| null(&figures, settings));
    say::answer(anchors, &figures, null.as_ref(), settings)
}
