//! An earlier election or round, set beside the stations of the one examined.

use serde::Serialize;

use crate::{Contest, Source};

/// The counts of an earlier election or round at the stations of this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Earlier {
    /// Its title.
    pub title: String,
    /// The files it was read from.
    pub sources: Vec<Source>,
    /// Its contests, aligned to the stations of the election examined: a count is missing where a station has no
    /// partner, or the partner lacks it.
    pub contests: Vec<Contest>,
    /// How stations found their partners.
    pub partners: Partners,
}

/// How many stations of two elections found each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Partners {
    /// Stations of the election examined.
    pub stations: usize,
    /// Stations of the earlier one.
    pub earlier: usize,
    /// Pairs with the same identifier.
    pub by_id: usize,
    /// Pairs with the same units, but for numbers before their names, and the same last part of the identifier.
    pub by_units: usize,
    /// Pairs whose two lists of voters differ by more than half of the shorter one.
    pub lists_differ: usize,
}

impl Partners {
    /// Pairs in all.
    pub fn pairs(&self) -> usize {
        self.by_id + self.by_units
    }
}
