//! Stations in the order in which they were counted, and which of them are late.

use glassurn_model::{Arrival, Field, LeftOut, Level, Reason, Scale};

use crate::{Slice, entries::entries_of};

/// A station, with its place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrived {
    /// Index of the station.
    pub row: u32,
    /// Its place.
    pub at: i64,
    /// Whether it came after the cut.
    pub late: bool,
    /// Votes for the choice in focus.
    pub votes: i64,
    /// What the share is out of: valid votes, else ballots cast.
    pub whole: i64,
}

impl Arrived {
    /// Share of the choice.
    pub fn share(&self) -> f64 {
        self.votes as f64 / self.whole as f64
    }
}

/// What divides early from late stations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// An interruption of the count.
    Interruption,
    /// The end of a published state, by its title.
    State(String),
    /// Nothing known: the last quarter of the stations is late.
    LastQuarter,
}

impl Cut {
    /// As a reader sees it, after "the stations that came".
    pub fn after(&self) -> String {
        match self {
            Cut::Interruption => "after the interruption".to_owned(),
            Cut::State(title) => format!("after the state published as “{title}”"),
            Cut::LastQuarter => "last, a quarter of all".to_owned(),
        }
    }
}

/// The stations of a slice that have a place in the order.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The stations, in file order.
    pub stations: Vec<Arrived>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// What divides early from late.
    pub cut: Cut,
}

impl Counted {
    /// The stations with their places; refuses returns that do not say when stations arrived.
    pub fn of(slice: &Slice<'_>, needed: usize) -> Result<Counted, Reason> {
        let arrival = slice.returns.stations.arrival.as_ref();
        let arrival =
            arrival.ok_or_else(|| Reason::ColumnMissing("when stations arrived".to_owned()))?;
        let whole = slice.field(Field::Valid).or_else(|_| slice.share_denominator())?;
        let (entries, mut tray) = entries_of(slice, &slice.votes()?, &whole, 1);
        let mut stations = Vec::with_capacity(entries.len());
        for e in entries {
            match arrival.at.get(e.row as usize).copied().flatten() {
                Some(at) => stations.push(Arrived {
                    row: e.row,
                    at,
                    late: false,
                    votes: e.votes,
                    whole: e.cast,
                }),
                None => tray.put(Reason::Missing),
            }
        }
        if stations.len() < needed.max(2) {
            return Err(Reason::TooFew { used: stations.len(), needed });
        }
        let (first, cut) = cut(arrival, &stations);
        stations.iter_mut().for_each(|s| s.late = s.at >= first);
        let late = stations.iter().filter(|s| s.late).count();
        if late == 0 || late == stations.len() {
            let why = "no station came before the cut, or none after it".to_owned();
            return Err(Reason::WrongSubject(why));
        }
        Ok(Counted { stations, left_out: tray.empty(), cut })
    }
}

/// The first place that is late, and why there.
fn cut(arrival: &Arrival, stations: &[Arrived]) -> (i64, Cut) {
    if let Some(first) = arrival.interruption {
        let state = usize::try_from(first - 1).ok().and_then(|i| arrival.states.get(i));
        return match state.filter(|_| arrival.scale == Scale::States) {
            Some(title) => (first, Cut::State(title.clone())),
            None => (first, Cut::Interruption),
        };
    }
    let mut places: Vec<i64> = stations.iter().map(|s| s.at).collect();
    places.sort_unstable();
    let quarter = places.get(places.len() - places.len() / 4 - 1).copied().unwrap_or(i64::MAX);
    // Stations that came together are never divided.
    let next = places.iter().find(|p| **p > quarter).copied();
    (next.unwrap_or(quarter), Cut::LastQuarter)
}

/// The unit of each station at the innermost level most of whose stations are not alone in theirs.
pub fn places(levels: &[Level], rows: &[u32]) -> Option<Vec<u32>> {
    levels.iter().rev().find_map(|level| {
        let unit = |r: &u32| level.of.get(*r as usize).copied();
        let of: Vec<u32> = rows.iter().map(unit).collect::<Option<_>>()?;
        let mut sizes = vec![0_usize; level.units.len()];
        for g in &of {
            *sizes.get_mut(*g as usize)? += 1;
        }
        let together = of.iter().filter(|g| sizes[**g as usize] > 1).count();
        (2 * together > rows.len()).then_some(of)
    })
}
