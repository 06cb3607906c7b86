//! When the stations' results came in, and what the law sets as a threshold.

use serde::Serialize;

/// What the numbers of an [`Arrival`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Seconds.
    Seconds,
    /// Places in an order, or other numbers that grow with time.
    Order,
    /// Published states of the count, each with whatever had come in since the one before.
    States,
}

/// When the stations' results came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arrival {
    /// For each station a number that grows with time; `None` where it is not known.
    #[serde(skip)]
    pub at: Vec<Option<i64>>,
    /// What the numbers are.
    pub scale: Scale,
    /// The titles of the states, in order, where there are some.
    pub states: Vec<String>,
    /// The first number after an interruption of the count, where one is known.
    pub interruption: Option<i64>,
}

/// What a threshold is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Ballots issued (else cast) out of registered voters.
    Turnout,
    /// Votes for the choice in focus out of ballots cast (else valid votes).
    Share,
}

/// A rate from which on something else follows: a quorum, a seat, a second round.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Threshold {
    /// Of what.
    pub of: Quantity,
    /// Between 0 and 1.
    pub at: f64,
}
