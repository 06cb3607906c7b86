//! The group Cedar: anomalous votes by Shpilkin's computation and the excess near whole percentages, as its
//! notebook has them.

mod anomalous_votes;
mod integer_excess;

pub use anomalous_votes::AnomalousVotes;
pub use integer_excess::IntegerExcess;

use super::Peer;

/// The notebook.
pub const PEER: Peer = Peer {
    key: "cedar",
    title: "Cedar, electoral statistics",
    source: "Repository Cedar-Russia/electoral_statistics (2024)",
    procedures: &[&AnomalousVotes, &IntegerExcess],
};
