//! The votes for a choice and the ballots they are out of, station by station.

use glassurn_model::{Count, Counts, Reason};

use crate::{Slice, slice::Tray};

/// More ballots than any station holds: beyond it a figure is an error of the file.
const LARGEST: i64 = 100_000_000;

/// Two figures of one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Index of the station.
    pub(crate) row: u32,
    /// Index of its group.
    pub(crate) group: u32,
    /// Votes for the choice in focus.
    pub(crate) votes: i64,
    /// Denominator of the share: ballots cast, else valid votes.
    pub(crate) cast: i64,
}

/// The stations of a slice with at least `min_cast` ballots, and what was left out.
pub(crate) fn entries(slice: &Slice<'_>, min_cast: i64) -> Result<(Vec<Entry>, Tray), Reason> {
    Ok(entries_of(slice, &slice.votes()?, &slice.share_denominator()?, min_cast))
}

/// The same of any part of the ballots and the whole it is out of.
pub(crate) fn entries_of(
    slice: &Slice<'_>,
    votes: &Counts<'_>,
    cast: &Counts<'_>,
    min_cast: i64,
) -> (Vec<Entry>, Tray) {
    let mut tray = Tray::default();
    let mut entries = Vec::with_capacity(slice.len());
    let places = slice.rows.iter().zip(slice.group_of());
    for ((&row, group), (votes, cast)) in places.zip(votes.iter().zip(cast.iter())) {
        match figures(votes, cast, min_cast.max(1)) {
            Ok((votes, cast)) => entries.push(Entry { row, group, votes, cast }),
            Err(why) => tray.put(why),
        }
    }
    (entries, tray)
}

/// The two figures, or why they cannot be used.
fn figures(votes: Count, cast: Count, min_cast: i64) -> Result<(i64, i64), Reason> {
    let (Some(votes), Some(cast)) = (votes, cast) else { return Err(Reason::Missing) };
    if votes < 0 {
        return Err(Reason::Below { what: "votes", minimum: 0 });
    }
    if cast < min_cast {
        return Err(Reason::Below { what: "ballots cast", minimum: min_cast });
    }
    if cast > LARGEST {
        return Err(Reason::Above { what: "ballots cast", maximum: LARGEST.to_string() });
    }
    if votes > cast {
        return Err(Reason::Above { what: "votes", maximum: "the ballots cast".to_owned() });
    }
    Ok((votes, cast))
}

/// One more than the largest group.
pub(crate) fn groups(entries: &[Entry]) -> usize {
    entries.iter().map(|e| e.group as usize + 1).max().unwrap_or(0)
}
