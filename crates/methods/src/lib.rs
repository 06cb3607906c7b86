//! Glassurn's methods: screens of polling-station returns.
//!
//! Everything is a pure function of a [`Slice`] (some stations of one contest, one choice in focus) and
//! the screen's settings. Bad data is an answer ([`Outcome::NotApplicable`]), never a panic.

pub mod arrivals;
pub mod ballots;
pub mod battery;
pub mod calibration;
mod caveat;
mod digits;
mod distances;
mod entries;
pub mod excess;
pub mod inference;
mod local_law;
mod method;
pub mod mixture;
mod neighbourhood;
pub mod neighbours;
mod pairs;
pub mod parallel;
pub mod peers;
mod phrase;
pub mod plug_in;
pub mod proving;
pub mod register;
mod screen;
pub mod screens;
pub mod simulate;
mod slice;
mod turnout_bins;

pub use glassurn_model::Outcome;
pub use method::{Method, all as methods, find};
pub use screen::{Affected, Cost, Family, Focus, LEVEL, Meta, Screen, Status};
pub use slice::{Purpose, Slice};
