//! What several methods share: one choice at the stations of an area, with the authority's figure and
//! what was counted beside it.

use glassurn_model::{Count, CountKind, Level};

/// One choice, station by station.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The choice.
    pub choice: &'a str,
    /// The authority's figure at each station (published, or in a copy of its protocol).
    pub official: &'a [Count],
    /// What that figure is.
    pub official_kind: CountKind,
    /// The other count at each station.
    pub counted: &'a [Count],
    /// What the other count is.
    pub counted_kind: CountKind,
    /// What a reader calls the other count (`Photographed ballots`).
    pub counted_name: &'a str,
    /// The stations' names.
    pub ids: &'a [String],
    /// The hierarchy.
    pub levels: &'a [Level],
}

impl Beside<'_> {
    /// How many stations there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The authority's figure at a station.
    pub fn official(&self, station: usize) -> Count {
        self.official.get(station).copied().flatten()
    }

    /// The other count at a station.
    pub fn counted(&self, station: usize) -> Count {
        self.counted.get(station).copied().flatten()
    }

    /// Both figures, at the stations that have both.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, i64, i64)> + '_ {
        (0..self.len()).filter_map(|s| Some((s, self.official(s)?, self.counted(s)?)))
    }
}

/// A figure that somebody announced for a whole area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The area (`the whole country`, a region's name).
    pub area: String,
    /// The figure.
    pub value: i64,
    /// Who announced it, and when.
    pub source: String,
}

/// A sum that stays missing once it exceeds 64 bits.
pub fn sum(values: impl IntoIterator<Item = i64>) -> Count {
    values.into_iter().try_fold(0_i64, i64::checked_add)
}
