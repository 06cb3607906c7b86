//! An election, a round or a phase of one, and what was officially announced of it.

use serde::Serialize;

use super::{Basis, Decimal, Grounds, Id, PartialDate, words::words};

words! {
    /// What is elected.
    ElectionKind {
        /// A head of state.
        Presidential = "presidential",
        /// A parliament.
        Parliamentary = "parliamentary",
        /// Vacant seats.
        ByElection = "by_election",
        /// Local councils.
        Local = "local",
        /// A question.
        Referendum = "referendum",
    }
}

/// An election, a round or a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Election {
    /// Country, year, kind and round: `BLR-1994-P-R2`.
    pub id: Id,
    /// Country, three letters (ISO 3166-1).
    pub country: String,
    /// Its name.
    pub name: String,
    /// What was elected.
    pub kind: Option<ElectionKind>,
    /// `national`, or the area.
    pub level: String,
    /// Who ruled, for example `BLR-Lukashenka`: missions under different rulers are no one relation.
    pub regime_spell: Option<String>,
    /// First day of voting.
    pub start: Option<PartialDate>,
    /// Last day of voting.
    pub end: Option<PartialDate>,
    /// Who was announced as winner.
    pub winner: Option<String>,
    /// The winner's announced share in per cent.
    pub winner_share: Option<Decimal>,
    /// What the announced share is a share of.
    pub share_basis: Option<Basis>,
    /// Announced turnout in per cent, where it is a plain figure.
    pub turnout: Option<Decimal>,
    /// Announced turnout as it was written; empty when unknown.
    pub turnout_written: String,
    /// Announced seats, in words; empty when unknown.
    pub seats: String,
    /// The election commission.
    pub commission: String,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// What this rests on.
    pub grounds: Grounds,
}
