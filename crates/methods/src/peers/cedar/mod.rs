//! The group Cedar: anomalous votes by Shpilkin's computation, as its notebook has it.

mod anomalous_votes;

pub use anomalous_votes::AnomalousVotes;

use super::Peer;

/// The notebook.
pub const PEER: Peer = Peer {
    key: "cedar",
    title: "Cedar, electoral statistics",
    source: "Repository Cedar-Russia/electoral_statistics (2024)",
    procedures: &[&AnomalousVotes],
};
