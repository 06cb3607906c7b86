//! The four figures of a station that turnout and share are made of, and which stations qualify.

use glassurn_model::{Count, Counts, Field, LeftOut, Reason};

use crate::{Slice, entries::Entry, slice::Tray};

/// More voters than any list holds: beyond it a figure is an error of the file.
const LARGEST_LIST: i64 = 100_000_000;

/// The figures of one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballots {
    /// Index of the station.
    pub row: u32,
    /// Voters on the list.
    pub registered: i64,
    /// Numerator of turnout: ballots issued, else cast.
    pub issued: i64,
    /// Denominator of the share: ballots cast, else valid votes.
    pub cast: i64,
    /// Votes for the choice in focus.
    pub votes: i64,
}

impl Ballots {
    /// Turnout between 0 and 1.
    pub fn turnout(&self) -> f64 {
        self.issued as f64 / self.registered as f64
    }

    /// Share of the choice between 0 and 1.
    pub fn share(&self) -> f64 {
        self.votes as f64 / self.cast as f64
    }
}

/// The two rates of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// Votes for the choice out of ballots cast.
    Share,
    /// Ballots issued (else cast) out of registered voters.
    Turnout,
}

impl Rate {
    /// Both, the share first.
    pub const BOTH: [Rate; 2] = [Rate::Share, Rate::Turnout];

    /// As a reader sees it.
    pub fn name(self) -> &'static str {
        match self {
            Rate::Share => "share",
            Rate::Turnout => "turnout",
        }
    }

    /// Part and whole of a station.
    pub fn of(self, s: &Ballots) -> [i64; 2] {
        match self {
            Rate::Share => [s.votes, s.cast],
            Rate::Turnout => [s.issued, s.registered],
        }
    }

    /// The part as a count out of the whole, for each station with its group.
    pub(crate) fn entries(self, stations: &[Ballots], groups: Option<&[u32]>) -> Vec<Entry> {
        let entry = |(i, s): (usize, &Ballots)| {
            let [votes, cast] = self.of(s);
            Entry { row: s.row, group: groups.map_or(0, |g| g[i]), votes, cast }
        };
        stations.iter().enumerate().map(entry).collect()
    }
}

/// Which stations a screen uses; all comparisons are between whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Fewest voters on the list.
    pub min_registered: i64,
    /// Highest turnout used, in per cent.
    pub max_turnout: i64,
    /// Highest share used, in per cent.
    pub max_share: i64,
}

impl Rules {
    /// Every turnout and share up to the whole, at stations of enough voters.
    pub fn possible(min_registered: i64) -> Self {
        Rules { min_registered, max_turnout: 100, max_share: 100 }
    }

    /// As [`apply`](Self::apply); refuses fewer stations than needed.
    pub fn apply_to_at_least(
        &self,
        needed: usize,
        slice: &Slice<'_>,
    ) -> Result<(Vec<Ballots>, Vec<LeftOut>), Reason> {
        let (stations, left_out) = self.apply(slice)?;
        match stations.len() {
            used if used < needed => Err(Reason::TooFew { used, needed }),
            _ => Ok((stations, left_out)),
        }
    }

    /// The stations of a slice that qualify, and how many do not, by reason.
    pub fn apply(&self, slice: &Slice<'_>) -> Result<(Vec<Ballots>, Vec<LeftOut>), Reason> {
        self.apply_to(slice, &slice.turnout_numerator()?)
    }

    /// As [`apply`](Self::apply), with these ballots for the turnout.
    pub fn apply_to(
        &self,
        slice: &Slice<'_>,
        issued: &Counts<'_>,
    ) -> Result<(Vec<Ballots>, Vec<LeftOut>), Reason> {
        let registered = slice.field(Field::Registered)?;
        let (cast, votes) = (slice.share_denominator()?, slice.votes()?);
        let mut tray = Tray::default();
        let mut stations = Vec::with_capacity(slice.len());
        let columns = registered.iter().zip(issued.iter()).zip(cast.iter()).zip(votes.iter());
        for (&row, (((registered, issued), cast), votes)) in slice.rows.iter().zip(columns) {
            match self.station(row, [registered, issued, cast, votes]) {
                Ok(station) => stations.push(station),
                Err(why) => tray.put(why),
            }
        }
        Ok((stations, tray.empty()))
    }

    /// One station, or why it is left out.
    pub(crate) fn station(&self, row: u32, figures: [Count; 4]) -> Result<Ballots, Reason> {
        let [Some(registered), Some(issued), Some(cast), Some(votes)] = figures else {
            return Err(Reason::Missing);
        };
        at_least("registered voters", registered, self.min_registered.max(1))?;
        at_least("ballots", issued.min(cast), 0)?;
        at_least("ballots cast", cast, 1)?;
        at_least("votes", votes, 0)?;
        if registered.max(cast) > LARGEST_LIST {
            let maximum = LARGEST_LIST.to_string();
            return Err(Reason::Above { what: "voters at one station", maximum });
        }
        at_most("turnout", issued, registered, self.max_turnout)?;
        at_most("share", votes, cast, self.max_share)?;
        Ok(Ballots { row, registered, issued, cast, votes })
    }
}

/// Refuses a value under a minimum.
fn at_least(what: &'static str, value: i64, minimum: i64) -> Result<(), Reason> {
    if value < minimum { Err(Reason::Below { what, minimum }) } else { Ok(()) }
}

/// Refuses a part that is more than so many per cent of a whole.
fn at_most(what: &'static str, part: i64, whole: i64, percent: i64) -> Result<(), Reason> {
    if i128::from(part) * 100 > i128::from(whole) * i128::from(percent) {
        return Err(Reason::Above { what, maximum: format!("{percent} %") });
    }
    Ok(())
}

/// The group of each station, where the slice has groups.
pub fn groups(slice: &Slice<'_>, stations: &[Ballots]) -> Option<Vec<u32>> {
    let level = slice.returns.stations.levels.get(slice.groups?)?;
    stations.iter().map(|s| level.of.get(s.row as usize).copied()).collect()
}
