//! What may be said: a sentence with its class, its base, its limits, and the stronger reading that the
//! evidence does not carry.

use serde::Serialize;

/// What a claim is about. The three are never mixed: evidence for one is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimClass {
    /// The official figure is, or is not, contradicted.
    OfficialFigure,
    /// Which contestant has most votes.
    Order,
    /// How large a share or total really is.
    TrueShare,
    /// How good the data themselves are; says nothing of the election.
    Data,
    /// What is on record of who claimed, observed, judged or reacted; says nothing of the count.
    Record,
}

impl ClaimClass {
    /// Every class, in reading order.
    pub const ALL: [ClaimClass; 5] = [
        ClaimClass::OfficialFigure,
        ClaimClass::Order,
        ClaimClass::TrueShare,
        ClaimClass::Data,
        ClaimClass::Record,
    ];

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            ClaimClass::OfficialFigure => "about the official figure",
            ClaimClass::Order => "about who has most votes",
            ClaimClass::TrueShare => "about the true share",
            ClaimClass::Data => "about the data",
            ClaimClass::Record => "about what is on record",
        }
    }
}

/// How far the evidence carries, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Arithmetic alone excludes it, if the count in hand is what it says it is.
    Impossible,
    /// Excluded under stated caps on what is not in hand.
    Contradicted,
    /// Outside what sampling error explains.
    Inconsistent,
    /// An estimate or a bound with nothing set beside it; says how wide.
    Estimated,
    /// On record, as its sources have it: nothing was measured.
    Recorded,
    /// The evidence does not reach far enough to say.
    NotTested,
    /// Within what sampling error explains; says what could have been detected.
    Consistent,
    /// Agrees station by station.
    Corroborated,
}

impl Verdict {
    /// Every step of the ladder, strongest contradiction first.
    pub const ALL: [Verdict; 8] = [
        Verdict::Impossible,
        Verdict::Contradicted,
        Verdict::Inconsistent,
        Verdict::Estimated,
        Verdict::Recorded,
        Verdict::NotTested,
        Verdict::Consistent,
        Verdict::Corroborated,
    ];

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Verdict::Impossible => "both figures cannot be right",
            Verdict::Contradicted => "contradicted under the stated caps",
            Verdict::Inconsistent => "inconsistent",
            Verdict::Estimated => "estimated",
            Verdict::Recorded => "on record",
            Verdict::NotTested => "not tested",
            Verdict::Consistent => "consistent",
            Verdict::Corroborated => "corroborated",
        }
    }
}

/// One sentence that the evidence carries, with everything it needs beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What it is about.
    pub class: ClaimClass,
    /// How far the evidence carries.
    pub verdict: Verdict,
    /// The sentence: figures with their base, no cause, no person judged.
    pub headline: String,
    /// What was counted, and over what.
    pub base: String,
    /// What must hold for the sentence to hold, one assumption each.
    pub limits: Vec<String>,
    /// The strongest reading that the evidence does not support.
    pub unsupported: String,
}
