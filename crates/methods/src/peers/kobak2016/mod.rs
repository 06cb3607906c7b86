//! Kobak, Shpilkin and Pshenichnikov: the anomaly at whole percentages.

mod integer_anomaly;

pub use integer_anomaly::IntegerAnomaly;

use super::Peer;
use crate::screens::integer_percentages::Which;

/// The paper and its notebooks.
pub const PEER: Peer = Peer {
    key: "kobak2016",
    title: "Kobak, Shpilkin and Pshenichnikov, whole percentages",
    source: "Annals of Applied Statistics 10 (2016), 54-73, and repository dkobak/elections (2024)",
    procedures: &[
        &IntegerAnomaly { which: Which::Either },
        &IntegerAnomaly { which: Which::Share },
        &IntegerAnomaly { which: Which::Turnout },
    ],
};
