//! The replication of Brazil 2022 by Galdino: whole percentages beside their neighbours.

mod neighbour_ratio;

pub use neighbour_ratio::NeighbourRatio;

use super::Peer;
use crate::ballots::Rate;

/// The repository.
pub const PEER: Peer = Peer {
    key: "galdino",
    title: "Galdino, multiples beside their neighbours",
    source: "Repository mgaldino/electoral-fraud-br (2026), script of whole percentages",
    procedures: &[&NeighbourRatio { rate: Rate::Share }, &NeighbourRatio { rate: Rate::Turnout }],
};
