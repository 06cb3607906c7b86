//! An organisation that observes, claims, invites or reacts, under all its names.

use serde::Serialize;

use super::{Grounds, Id, PartialDate, words::words};

words! {
    /// What an organisation is.
    OrganisationKind {
        /// Of states.
        Igo = "igo",
        /// An assembly of members of parliaments.
        Assembly = "assembly",
        /// A body of one state.
        StateBody = "state_body",
        /// An election commission.
        Commission = "commission",
        /// A party.
        Party = "party",
        /// Non-governmental.
        Ngo = "ngo",
        /// A network of these.
        NgoNetwork = "ngo_network",
        /// Citizens who observe at home.
        Citizen = "citizen",
        /// A publisher.
        Media = "media",
        /// A state, as sender or host.
        State = "state",
    }
}

/// A name with its language and script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Language, as in `be` or `my`; empty when not said.
    pub lang: String,
    /// Script, as in `Cyrl` or `Mymr`; empty when not said.
    pub script: String,
}

/// Principles of observation that an organisation has endorsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Endorsement {
    /// Which (`DoP`, `DoGP`).
    pub which: String,
    /// When, where it is known.
    pub date: Option<PartialDate>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organisation {
    /// Its name in this register: `CIS`, `OSCE-ODIHR`.
    pub id: Id,
    /// Its names.
    pub names: Vec<Name>,
    /// What it is.
    pub kind: Option<OrganisationKind>,
    /// The organisation it is a part of.
    pub parent: Option<Id>,
    /// Its members, by their ids or country codes.
    pub members: Vec<Id>,
    /// The country it belongs to or sends for, three letters.
    pub country: Option<String>,
    /// Principles it has endorsed. An empty list says that none is on record, not that there is none.
    pub endorsed: Vec<Endorsement>,
    /// Other spellings that mean the same.
    pub aliases: Vec<String>,
    /// Organisations whose names look alike, and which are others.
    pub not_to_confuse_with: Vec<Id>,
    /// What this rests on.
    pub grounds: Grounds,
}
