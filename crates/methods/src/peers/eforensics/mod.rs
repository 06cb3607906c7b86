//! The R package eforensics 0.0.4: a mixture of three classes of stations, with intercepts alone.

mod mixture;
mod pictures;

pub use mixture::{Bl, Figures, Mixture, Qbl};

use super::Peer;

/// The package.
pub const PEER: Peer = Peer {
    key: "eforensics",
    title: "eforensics 0.0.4, mixture of three classes",
    source: "R package eforensics 0.0.4 (D. Ferrari, W. Mebane, K. McAlister, P. Wu, 2019)",
    procedures: &[&Qbl::DEFAULT, &Bl::DEFAULT],
};
