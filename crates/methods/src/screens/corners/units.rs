//! Where each station stands among those of its unit, in turnout and in share.

use glassurn_model::{LeftOut, Reason};

use super::Corners;
use crate::{
    Slice,
    ballots::{Ballots, Rules},
    neighbourhood::{innermost, ordinary},
    slice::Tray,
};

/// A corner of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// High in both turnout and share.
    High,
    /// Low in both.
    Low,
}

/// A station among those of its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Its figures.
    pub at: Ballots,
    /// Twice its rank in turnout and in share, ties sharing their mean: between 0 and twice the stations.
    pub rank: [usize; 2],
    /// Stations of its unit.
    pub of: usize,
    /// The corner it is in.
    pub corner: Option<Corner>,
    /// Its votes less what its voters would give at its unit's votes per voter.
    pub above: f64,
}

/// The stations of every unit that is large enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// The level.
    pub level: String,
    /// The stations, unit by unit.
    pub placed: Vec<Placed>,
    /// For each unit its stations high in both less those low in both.
    pub differences: Vec<i64>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
}

impl Units {
    pub(super) fn of(set: &Corners, slice: &Slice<'_>) -> Result<Units, Reason> {
        let (stations, mut left_out) = Rules::possible(set.min_registered).apply(slice)?;
        let mut tray = Tray::default();
        let stations = ordinary(slice, stations, &mut tray);
        let (level, of) = innermost(slice, stations.iter().map(|s| s.row), set.min_group)?;
        let mut members = vec![Vec::new(); of.iter().map(|g| *g as usize + 1).max().unwrap_or(0)];
        for (station, group) in stations.into_iter().zip(of) {
            members[group as usize].push(station);
        }
        let (large, small): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|m| m.len() >= set.min_group.max(2));
        let minimum = i64::try_from(set.min_group).unwrap_or(i64::MAX);
        for _ in small.iter().flatten() {
            tray.put(Reason::Below { what: "stations in the unit", minimum });
        }
        left_out.extend(tray.empty());
        let units: Vec<Vec<Placed>> = large.iter().map(|m| place(m, set.tail)).collect();
        let (used, needed) = (units.iter().map(Vec::len).sum(), set.min_stations);
        if used < needed {
            return Err(Reason::TooFew { used, needed });
        }
        if units.len() < set.min_units {
            let why = format!("only {} units of {} stations and more", units.len(), set.min_group);
            return Err(Reason::WrongSubject(why));
        }
        let differences: Vec<i64> = units.iter().map(|unit| difference(unit)).collect();
        Ok(Units { level, placed: units.concat(), differences, left_out })
    }

    /// Stations in a corner.
    pub fn count(&self, corner: Corner) -> usize {
        self.placed.iter().filter(|p| p.corner == Some(corner)).count()
    }

    /// Stations high in both less those low in both.
    pub fn beyond(&self) -> i64 {
        self.differences.iter().sum()
    }

    /// Standard deviation of that number where each unit's difference might as well have the other sign.
    pub fn chance(&self) -> f64 {
        self.differences.iter().map(|d| (d * d) as f64).sum::<f64>().sqrt()
    }

    /// Its standard error with units independent, whatever the truth is.
    pub fn spread(&self) -> f64 {
        let n = self.differences.len() as f64;
        let mean = self.beyond() as f64 / n;
        let squares = self.differences.iter().map(|&d| (d as f64 - mean) * (d as f64 - mean));
        (squares.sum::<f64>() * n / (n - 1.0).max(1.0)).sqrt()
    }

    /// Mean votes of a station high in both above those of its unit; 0 where there is none.
    pub fn votes_of_one(&self) -> f64 {
        let high = self.placed.iter().filter(|p| p.corner == Some(Corner::High)).map(|p| p.above);
        high.sum::<f64>() / self.count(Corner::High).max(1) as f64
    }
}

/// The stations of one unit.
fn place(stations: &[Ballots], tail: usize) -> Vec<Placed> {
    let of = stations.len();
    let ranks = [Ballots::turnout, Ballots::share].map(|rate| ranks(stations, rate));
    let (voters, votes) = stations.iter().fold((0.0, 0.0), |(n, w), s| {
        (n + s.registered as f64, w + s.votes as f64)
    });
    let one = |(i, at): (usize, &Ballots)| {
        let rank = [ranks[0][i], ranks[1][i]];
        let high = |twice: usize| 100 * twice > 2 * of * (100 - tail.min(100));
        let low = |twice: usize| 100 * twice < 2 * of * tail;
        let corner = match rank {
            [t, v] if high(t) && high(v) => Some(Corner::High),
            [t, v] if low(t) && low(v) => Some(Corner::Low),
            _ => None,
        };
        let above = at.votes as f64 - at.registered as f64 * votes / voters;
        Placed { at: *at, rank, of, corner, above }
    };
    stations.iter().enumerate().map(one).collect()
}

/// Twice the rank of each station, ties sharing their mean: 1 for the lowest of all, one less than twice the stations for
/// the highest. So turning the order round turns a rank `r` into `2n − r`.
fn ranks(stations: &[Ballots], rate: fn(&Ballots) -> f64) -> Vec<usize> {
    let values: Vec<f64> = stations.iter().map(rate).collect();
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let twice = |v: &f64| sorted.partition_point(|s| s < v) + sorted.partition_point(|s| s <= v);
    values.iter().map(twice).collect()
}

fn difference(unit: &[Placed]) -> i64 {
    let one = |p: &Placed| match p.corner {
        Some(Corner::High) => 1,
        Some(Corner::Low) => -1,
        None => 0,
    };
    unit.iter().map(one).sum()
}
