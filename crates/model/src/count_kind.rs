//! Who counted, and what such a count can be used for.

use serde::{Deserialize, Serialize};

use crate::Verdict;

/// What kind of count a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountKind {
    /// The authority's own figures.
    #[default]
    Official,
    /// Copies or photographs of the authority's signed station protocols.
    ProtocolCopy,
    /// What observers counted themselves.
    Observer,
    /// Ballots that voters photographed or otherwise proved: a lower bound, never an estimate.
    VoterClaim,
    /// What voters said of themselves, without proof: shown beside the rest, and carries nothing alone.
    VoterStatement,
    /// A sample of stations drawn by a known rule.
    Sample,
}

impl CountKind {
    /// Every kind.
    pub const ALL: [CountKind; 6] = [
        CountKind::Official,
        CountKind::ProtocolCopy,
        CountKind::Observer,
        CountKind::VoterClaim,
        CountKind::VoterStatement,
        CountKind::Sample,
    ];

    /// The key used in mappings, on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            CountKind::Official => "official",
            CountKind::ProtocolCopy => "protocol_copy",
            CountKind::Observer => "observer",
            CountKind::VoterClaim => "voter_claim",
            CountKind::VoterStatement => "voter_statement",
            CountKind::Sample => "sample",
        }
    }

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            CountKind::Official => "official figures",
            CountKind::ProtocolCopy => "copies of official protocols",
            CountKind::Observer => "observers' count",
            CountKind::VoterClaim => "ballots proved by voters",
            CountKind::VoterStatement => "voters' statements without proof",
            CountKind::Sample => "sample of stations",
        }
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<CountKind> {
        CountKind::ALL.into_iter().find(|k| k.key() == key)
    }

    /// The most that such a count can say against an official figure.
    pub fn strongest(self) -> Verdict {
        match self {
            CountKind::VoterStatement => Verdict::Inconsistent,
            _ => Verdict::Impossible,
        }
    }

    /// Whether each station's figure is a whole count of the station (a voters' report is not).
    pub fn counts_whole_stations(self) -> bool {
        !matches!(self, CountKind::VoterClaim | CountKind::VoterStatement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_back_to_its_kind() {
        for kind in CountKind::ALL {
            assert_eq!(CountKind::from_key(kind.key()), Some(kind));
        }
    }
}
