//! What others did or said after an election.

use serde::Serialize;

use super::{Grounds, Id, PartialDate, words::words};

words! {
    /// What was done.
    ReactionKind {
        /// Congratulated the announced winner.
        Congratulation = "congratulation",
        /// Endorsed the election.
        Endorsement = "endorsement",
        /// Condemned it.
        Condemnation = "condemnation",
        /// Declared not to recognise it.
        NonRecognition = "non_recognition",
        /// Declared not to certify it.
        NonCertification = "non_certification",
        /// Refused to observe it.
        RefusalToObserve = "refusal_to_observe",
        /// Listed persons or bodies.
        Sanction = "sanction",
        /// Suspended membership or money.
        Suspension = "suspension",
        /// Detained people.
        Arrests = "arrests",
        /// Held people for their opinion.
        PoliticalPrisoners = "political_prisoners",
        /// Left or was made to leave.
        Exile = "exile",
        /// Protested.
        Protest = "protest",
        /// Took power by force.
        Coup = "coup",
        /// Spoke as civil society.
        CivilSocietyStatement = "civil_society_statement",
    }
}

/// One reaction to one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reaction {
    /// Its name.
    pub id: Id,
    /// The election.
    pub election: Id,
    /// What was done.
    pub kind: ReactionKind,
    /// Who did it, as it was written.
    pub actor: String,
    /// Country codes or organisations of who did it.
    pub actors: Vec<Id>,
    /// Against or towards whom.
    pub target: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// The legal act, where it is one.
    pub legal_act: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// How many or how much, as it was written.
    pub amount: Option<String>,
    /// Details, as they were written.
    pub detail: String,
    /// What this rests on.
    pub grounds: Grounds,
}
