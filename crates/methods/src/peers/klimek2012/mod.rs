//! Klimek, Yegorov, Hanel and Thurner: the model of added votes, fitted by simulation.

mod simulated_fit;

pub use simulated_fit::{Fit, Grid, SimulatedFit};

use super::Peer;

/// The paper, with the grid and the rule of a program that carries it out.
pub const PEER: Peer = Peer {
    key: "klimek2012",
    title: "Klimek, Yegorov, Hanel and Thurner, simulated fit",
    source: "PNAS 109 (2012), 16469-16473; grid and rule of EFToolkit 2.0.0",
    procedures: &[&SimulatedFit::DEFAULT],
};
