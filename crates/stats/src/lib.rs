//! Glassurn's numbers: exact distributions, seeded randomness, multiplicity.
//!
//! Pure functions on slices; no election words, no I/O, no global state.

pub mod multiple;
