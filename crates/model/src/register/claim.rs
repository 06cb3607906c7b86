//! A claim about a result: whose, of what, over which base, and where.

use serde::Serialize;

use super::{Decimal, Grounds, Id, PartialDate, words::words};

words! {
    /// What is claimed.
    ClaimKind {
        /// A share of votes.
        VoteShare = "vote_share",
        /// A share of the registered who voted.
        Turnout = "turnout",
        /// A number of seats.
        Seats = "seats",
        /// A number of votes.
        Votes = "votes",
        /// That the election was, or was not, legitimate.
        Legitimacy = "legitimacy",
    }
}

words! {
    /// Who claims, by role.
    ClaimantRole {
        /// The authority that announces the result.
        Official = "official",
        /// A contestant, or who speaks for one, in opposition.
        Opposition = "opposition",
        /// A platform of citizens.
        CitizenPlatform = "citizen_platform",
        /// Armed forces.
        Military = "military",
        /// Nobody's party.
        ThirdParty = "third_party",
    }
}

words! {
    /// What a share is a share of.
    Basis {
        /// Of those who took part.
        OfParticipants = "of_participants",
        /// Of valid votes.
        OfValid = "of_valid",
        /// Of registered voters.
        OfRegistered = "of_registered",
        /// Of those asked in a poll.
        OfPolled = "of_polled",
        /// Of ballots that voters sent in.
        OfSubmitted = "of_submitted",
    }
}

impl Basis {
    /// The basis that words name, as in `of voters who took part`.
    pub fn from_words(text: &str) -> Option<Basis> {
        let text = text.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
        match () {
            () if says(&["took part", "participant"]) => Some(Basis::OfParticipants),
            () if says(&["valid"]) => Some(Basis::OfValid),
            () if says(&["registered", "electorate"]) => Some(Basis::OfRegistered),
            () if says(&["exit poll", "polled"]) => Some(Basis::OfPolled),
            () if says(&["self-reported", "photographed", "submitted"]) => Some(Basis::OfSubmitted),
            () => None,
        }
    }
}

/// What the figures of a claim count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Per cent.
    Percent,
    /// Votes.
    Votes,
    /// Seats, of how many.
    Seats {
        /// How many there are in all, where it is said.
        of: Option<u32>,
    },
}

/// Where a claim holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everywhere the election was held.
    Whole,
    /// Only where these words say: never a figure for the whole.
    Part(String),
}

/// One claim about one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultClaim {
    /// Its name.
    pub id: Id,
    /// The election.
    pub election: Id,
    /// What is claimed.
    pub kind: ClaimKind,
    /// Whose share, seats or votes; empty when of nobody.
    pub about: String,
    /// Lower end.
    pub low: Option<Decimal>,
    /// Upper end; the same where one figure was given.
    pub high: Option<Decimal>,
    /// What the figures count.
    pub unit: Option<Unit>,
    /// What a share is a share of; `None` when the claim does not say.
    pub basis: Option<Basis>,
    /// Where it holds; `None` when nobody says.
    pub scope: Option<Scope>,
    /// Unit, basis and scope as they were written.
    pub written: String,
    /// Who claims.
    pub claimant: String,
    /// In which role.
    pub role: Option<ClaimantRole>,
    /// At which stage (`preliminary`, `final`, `public claim`).
    pub stage: String,
    /// When.
    pub date: Option<PartialDate>,
    /// What this rests on.
    pub grounds: Grounds,
}
