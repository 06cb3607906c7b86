//! The lines of a protocol that are not votes for somebody.

use serde::{Deserialize, Serialize};

/// A line of the protocol, in field terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Voters on the list.
    Registered,
    /// Ballot papers the commission received before voting.
    Received,
    /// Ballot papers given to voters.
    Issued,
    /// Ballot papers cancelled unused.
    Cancelled,
    /// Ballot papers found in the boxes.
    Found,
    /// Ballots cast (voters who voted).
    Cast,
    /// Valid votes.
    Valid,
    /// Invalid (null, spoilt, rejected) ballots.
    Invalid,
    /// Blank ballots, where counted apart from invalid ones.
    Blank,
}

impl Field {
    /// Every field, in the order in which a protocol states them.
    pub const ALL: [Field; 9] = [
        Field::Registered,
        Field::Received,
        Field::Issued,
        Field::Cancelled,
        Field::Found,
        Field::Cast,
        Field::Valid,
        Field::Invalid,
        Field::Blank,
    ];

    /// The key used in mappings and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Field::Registered => "registered",
            Field::Received => "received",
            Field::Issued => "issued",
            Field::Cancelled => "cancelled",
            Field::Found => "found",
            Field::Cast => "cast",
            Field::Valid => "valid",
            Field::Invalid => "invalid",
            Field::Blank => "blank",
        }
    }

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Field::Registered => "registered voters",
            Field::Received => "ballots received by the commission",
            Field::Issued => "ballots issued",
            Field::Cancelled => "unused ballots cancelled",
            Field::Found => "ballots found in boxes",
            Field::Cast => "ballots cast",
            Field::Valid => "valid votes",
            Field::Invalid => "invalid ballots",
            Field::Blank => "blank ballots",
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|f| f.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_back_to_its_field() {
        for field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
        }
    }
}
