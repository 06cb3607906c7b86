//! Simulated elections: realistic clean ones, and ones tampered with by a known amount.
//!
//! They serve to calibrate screens (how often does one speak up when nothing was done?), to measure their
//! power (how often when a known amount was done?), and as a demonstration that needs no download.
//!
//! **A clean election.** Each station has a size, a turnout and a support for each choice. On the logit
//! scale turnout and support are a national level plus normal deviations of the region, the district and
//! the station; the station's deviations of turnout and of the leader's support are correlated. Given these,
//! counts are binomial: ballots among the registered, invalid ballots among those cast, the leader among the
//! valid, the next choice among what is left, and so on. So each station is over-dispersed against one
//! common binomial, as real stations are, and every identity of the protocol holds.
//!
//! **A tampered one** is a clean one changed at a known share of stations in one of eight ways
//! ([`Tampering`]); the answer says at how many stations and by how many votes.
//!
//! Every number is a pure function of the plan and its seed, whatever the number of threads.

mod demo;
mod election;
mod level;
mod like;
mod plan;
pub mod shapes;
mod site;
mod table;
mod tamper;

pub use demo::{demo, demo_clean};
pub use election::election;
pub use like::{CleanLike, Null, clean_like};
pub use plan::{Plan, Sizes, Spread};
pub use tamper::{Tampered, Tampering, Way, tamper};
