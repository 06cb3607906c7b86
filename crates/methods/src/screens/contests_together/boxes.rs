//! What two contests of the same stations state of their ballots.

use glassurn_model::{Column, Contest, Count, Field, LeftOut, Reason};

use super::ContestsTogether;
use crate::{Slice, neighbourhood::innermost, slice::Tray};

/// More ballots than any station counts: beyond it a figure is an error of the file.
const LARGEST_BOX: i64 = 1_000_000;

/// One station in both contests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Station {
    /// Index of the station.
    pub row: u32,
    /// Its unit.
    pub group: usize,
    /// Ballots cast in this contest.
    pub cast: i64,
    /// Ballots cast in the other.
    pub other_cast: i64,
    /// Ballots without a vote in this contest.
    pub here: i64,
    /// The same in the other.
    pub other: i64,
}

/// The stations of both contests.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxes {
    /// The stations.
    pub stations: Vec<Station>,
    /// Units.
    pub groups: usize,
    /// Name of the other contest.
    pub other: String,
    /// Whether both contests state one and the same line of ballots cast.
    pub same_line: bool,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
}

/// How ballots cast differ between the contests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Differences {
    /// Sum of the differences, without their signs.
    pub sum: i64,
    /// Share of stations where there is one.
    pub share: f64,
    /// The largest.
    pub largest: i64,
    /// Part of the sum at the one station in a hundred where it is largest.
    pub top: f64,
}

impl Boxes {
    pub(super) fn of(set: &ContestsTogether, slice: &Slice<'_>) -> Result<Boxes, Reason> {
        let contests = &slice.returns.contests;
        let (here, other) = (slice.contest(), contests.get(slice.contest + 1));
        let other = other.ok_or_else(|| {
            let alone = contests.len() == 1;
            let why = if alone { "there is no other contest" } else { "it is set beside the contest before it" };
            Reason::WrongSubject(why.to_owned())
        })?;
        let (cast, other_cast) = (here.field(Field::Cast)?, other.field(Field::Cast)?);
        let lost = pair(here, other)?;
        let mut tray = Tray::default();
        let mut stations = Vec::with_capacity(slice.len());
        for &row in &slice.rows {
            let at = |c: &Column| c.values.get(row as usize).copied().flatten();
            match station(row, [at(cast), at(other_cast)], lost.each_ref().map(|l| l.at(row))) {
                Ok(station) => stations.push(station),
                Err(why) => tray.put(why),
            }
        }
        if stations.len() < set.min_stations {
            return Err(Reason::TooFew { used: stations.len(), needed: set.min_stations });
        }
        let groups = number(set, slice, &mut stations);
        let same_line = !cast.from.is_empty() && cast.from == other_cast.from && cast.values == other_cast.values;
        Ok(Boxes { stations, groups, other: other.name.clone(), same_line, left_out: tray.empty() })
    }

    /// Ballots without a vote out of ballots cast, in this contest and in the other.
    pub fn roll_off(&self) -> [f64; 2] {
        let sum = |of: fn(&Station) -> i64| self.stations.iter().map(of).map(|v| v as f64).sum::<f64>();
        [sum(|s| s.here) / sum(|s| s.cast), sum(|s| s.other) / sum(|s| s.other_cast)]
    }

    /// How ballots cast differ; `None` where both contests state the same line.
    pub fn differences(&self) -> Option<Differences> {
        if self.same_line {
            return None;
        }
        let mut all: Vec<i64> =
            self.stations.iter().map(|s| s.cast.saturating_sub(s.other_cast).saturating_abs()).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        let add = |part: &[i64]| part.iter().fold(0_i64, |sum, d| sum.saturating_add(*d));
        let sum = add(&all);
        let top = add(&all[..all.len().div_ceil(100)]);
        Some(Differences {
            sum,
            share: all.iter().filter(|d| **d != 0).count() as f64 / all.len().max(1) as f64,
            largest: all.first().copied().unwrap_or(0),
            top: if sum > 0 { top as f64 / sum as f64 } else { 0.0 },
        })
    }
}

fn station(row: u32, cast: [Count; 2], lost: [Count; 2]) -> Result<Station, Reason> {
    let ([Some(cast), Some(other_cast)], [Some(here), Some(other)]) = (cast, lost) else {
        return Err(Reason::Missing);
    };
    if cast.min(other_cast) < 1 {
        return Err(Reason::Below { what: "ballots cast", minimum: 1 });
    }
    if cast.max(other_cast) > LARGEST_BOX {
        let maximum = LARGEST_BOX.to_string();
        return Err(Reason::Above { what: "ballots cast at one station", maximum });
    }
    if here.min(other) < 0 {
        return Err(Reason::Below { what: "ballots without a vote", minimum: 0 });
    }
    if here > cast || other > other_cast {
        return Err(Reason::Above { what: "ballots without a vote", maximum: "the ballots cast".to_owned() });
    }
    Ok(Station { row, group: 0, cast, other_cast, here, other })
}

/// Ballots without a vote, as a contest states them.
enum Lost<'a> {
    /// Invalid ballots, and blank ones where they are counted apart.
    Stated(&'a Column, Option<&'a Column>),
    /// Ballots cast less valid votes, or less the votes for every choice.
    Rest(&'a Column, Vec<&'a Column>),
}

impl Lost<'_> {
    fn at(&self, row: u32) -> Count {
        let at = |c: &Column| c.values.get(row as usize).copied().flatten();
        match self {
            Lost::Stated(invalid, None) => at(invalid),
            Lost::Stated(invalid, Some(blank)) => at(invalid)?.checked_add(at(blank)?),
            Lost::Rest(cast, votes) => {
                votes.iter().try_fold(at(cast)?, |left, v| left.checked_sub(at(v)?))
            }
        }
    }
}

/// Both contests in the same way: the invalid ballots, else what valid votes leave, else what the choices leave.
fn pair<'a>(a: &'a Contest, b: &'a Contest) -> Result<[Lost<'a>; 2], Reason> {
    let stated = |c: &'a Contest| {
        Some(Lost::Stated(c.fields.get(&Field::Invalid)?, c.fields.get(&Field::Blank)))
    };
    let valid = |c: &'a Contest| {
        Some(Lost::Rest(c.fields.get(&Field::Cast)?, vec![c.fields.get(&Field::Valid)?]))
    };
    let choices = |c: &'a Contest| {
        let all = c.choices.iter().collect();
        (c.exhaustive && !c.choices.is_empty()).then_some(Lost::Rest(c.fields.get(&Field::Cast)?, all))
    };
    let ways: [&dyn Fn(&'a Contest) -> Option<Lost<'a>>; 3] = [&stated, &valid, &choices];
    let both = ways.iter().find_map(|way| Some([way(a)?, way(b)?]));
    both.ok_or(Reason::ColumnMissing("invalid ballots or valid votes in both contests".to_owned()))
}

/// Numbers the units; where no level has large enough ones, all stations are of one.
fn number(set: &ContestsTogether, slice: &Slice<'_>, stations: &mut [Station]) -> usize {
    let Ok((_, of)) = innermost(slice, stations.iter().map(|s| s.row), set.min_group) else { return 1 };
    for (s, g) in stations.iter_mut().zip(&of) {
        s.group = *g as usize;
    }
    of.iter().max().map_or(1, |m| *m as usize + 1)
}
