//! The R package spikes 1.1: Rozenas' resampled kernel density.

mod density;
mod resampled_kernel_density;

pub use density::{Density, Grid};
pub use resampled_kernel_density::{Figures, Mixtures, ResampledKernelDensity, Station};

use super::Peer;

/// The package.
pub const PEER: Peer = Peer {
    key: "spikes",
    title: "spikes 1.1, resampled kernel density",
    source: "R package spikes 1.1 (A. Rozenas, 2016) and Political Analysis 25 (2017), 41-56",
    procedures: &[&ResampledKernelDensity::DEFAULT],
};
