//! Simulated elections: realistic clean ones, and ones tampered with by a known amount.
