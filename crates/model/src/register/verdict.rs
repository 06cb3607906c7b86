//! What an observer concluded.

use serde::{Serialize, Serializer};

use super::{Grounds, Id, ObserverKind, PartialDate, words::words};

words! {
    /// By which standard an observer judged.
    Standard {
        /// International commitments.
        International = "international",
        /// The host's own law.
        NationalLaw = "national_law",
        /// Both.
        Both = "both",
        /// None that was named.
        Unnamed = "none",
    }
}

/// An observer's conclusion from −2 (rejects) over 0 (mixed) to 2 (endorses without reservation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(i8);

impl Scale {
    /// The step, where it is one of the five.
    pub fn new(step: i8) -> Option<Scale> {
        (-2..=2).contains(&step).then_some(Scale(step))
    }

    /// The step, −2 to 2.
    pub fn step(self) -> i8 {
        self.0
    }

    /// What the step means.
    pub fn title(self) -> &'static str {
        match self.0 {
            -2 => "rejects",
            -1 => "falls short",
            0 => "mixed",
            1 => "positive with reservations",
            _ => "endorses",
        }
    }
}

impl Serialize for Scale {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i8(self.0)
    }
}

/// What one observer concluded of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Its name.
    pub id: Id,
    /// The mission that concluded, where it is recorded.
    pub mission: Option<Id>,
    /// The election.
    pub election: Id,
    /// The election's country, three letters.
    pub country: Option<String>,
    /// The observer, as it was written.
    pub observer: String,
    /// The organisations that this is, where somebody has said so.
    pub organisations: Vec<Id>,
    /// The state whose view it is, three letters, where it is a state's.
    pub sender: Option<String>,
    /// What kind of observer.
    pub observer_kind: Option<ObserverKind>,
    /// The conclusion; `None` where none is known or none was drawn.
    pub scale: Option<Scale>,
    /// The words.
    pub phrase: String,
    /// Who says it: the observer, or who reports of it.
    pub speaker: String,
    /// To whom the speaker ascribes it, where that is somebody else.
    pub attributed_to: Option<String>,
    /// By which standard it judged; `None` when not known.
    pub standard: Option<Standard>,
    /// At which stage (`preliminary`, `final`, `press statement`).
    pub stage: String,
    /// When it was said.
    pub date: Option<PartialDate>,
    /// When the election was, where the record of the verdict says so itself.
    pub election_date: Option<PartialDate>,
    /// Who put it on the scale.
    pub coder: Option<String>,
    /// Who put it on the scale independently.
    pub second_coder: Option<String>,
    /// The second coder's conclusion.
    pub second_scale: Option<Scale>,
    /// An address, where the record has no listed source.
    pub address: Option<String>,
    /// What this rests on.
    pub grounds: Grounds,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_five_steps() {
        let steps: Vec<i8> = (-9..=9).filter_map(Scale::new).map(Scale::step).collect();
        assert_eq!(steps, [-2, -1, 0, 1, 2]);
    }
}
