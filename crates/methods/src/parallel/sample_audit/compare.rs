//! One station: official figures beside its copy, bounds, and the older statistics.

use glassurn_model::Count;
use glassurn_stats::martingale::{bravo as single, macro_batch as batch};

use super::{Pair, Station};

/// A station for one pair of choices.
pub(super) struct Compared {
    /// Official margin of the leader over the other.
    pub(super) margin: i64,
    /// The most ballots.
    pub(super) cap: i64,
    /// By how much the official margin exceeds the copy's; the worst possible where there is no copy.
    pub(super) error: i64,
}

impl Compared {
    pub(super) fn of(station: &Station, leader: usize, other: usize) -> Compared {
        let cap = cap(station).unwrap_or(0);
        // Without official figures every ballot counts for the other.
        let margin = difference(&station.official, leader, other).unwrap_or(-cap);
        let worst = margin + cap;
        let copied = station.drawn.as_ref().map(|d| difference(&d.copy, leader, other));
        let error = match copied {
            None => 0,
            Some(copy) => copy.map_or(worst, |copy| margin - copy),
        };
        Compared { margin, cap, error }
    }

    /// The largest overstatement.
    pub(super) fn most(&self) -> i64 {
        self.margin + self.cap
    }
}

/// Leader minus other, where both are known.
fn difference(votes: &[Count], leader: usize, other: usize) -> Count {
    let at = |i: usize| votes.get(i).copied().flatten();
    at(leader)?.checked_sub(at(other)?)
}

/// The cap, or what the official figures alone come to.
fn cap(station: &Station) -> Count {
    station.cap.or_else(|| sum(&station.official))
}

/// The sum of the figures there are.
fn sum(votes: &[Count]) -> Count {
    votes.iter().flatten().try_fold(0_i64, |sum, v| sum.checked_add(*v))
}

/// Refuses what no station can hold.
pub(super) fn possible(station: &Station, choices: usize) -> Result<(), String> {
    let name = &station.name;
    let complete = station.official.iter().all(Option::is_some);
    let Some(cap) = station.cap.or_else(|| sum(&station.official).filter(|_| complete)) else {
        return Err(format!("station {name} has neither official figures nor a cap"));
    };
    let copy = station.drawn.as_ref().map(|d| d.copy.as_slice()).unwrap_or_default();
    if station.official.len() != choices || !(copy.is_empty() || copy.len() == choices) {
        return Err(format!("station {name} has another number of choices"));
    }
    for (what, votes) in [("official figures", station.official.as_slice()), ("copy", copy)] {
        let negative = votes.iter().flatten().any(|v| *v < 0);
        if negative || sum(votes).is_none_or(|s| s > cap) || cap > MOST {
            return Err(format!(
                "station {name}: its {what} are negative or above its cap of {cap} ballots; \
                 give a cap that holds for every station"
            ));
        }
    }
    Ok(())
}

/// No station has more ballots; keeps every sum far from overflow.
const MOST: i64 = 1_000_000_000;

/// How many copies say what.
pub(super) struct Copies {
    pub(super) equal: usize,
    pub(super) missing: usize,
    pub(super) differ: Vec<(String, i64)>,
}

pub(super) fn copies(stations: &[Station], leader: usize) -> Copies {
    let mut copies = Copies { equal: 0, missing: 0, differ: Vec::new() };
    for station in stations {
        let Some(drawn) = &station.drawn else { continue };
        if drawn.copy.is_empty() || drawn.copy.iter().any(Option::is_none) {
            copies.missing += 1;
        } else if drawn.copy == station.official {
            copies.equal += 1;
        } else {
            let others = (0..station.official.len()).filter(|o| *o != leader);
            let errors = others.map(|o| Compared::of(station, leader, o).error);
            copies.differ.push((station.name.clone(), errors.max().unwrap_or(0)));
        }
    }
    copies
}

/// BRAVO as if the ballots of the copies were single ballots drawn at random.
pub(super) fn bravo(stations: &[Station], leader: usize, other: usize) -> Option<f64> {
    let total = |of: &dyn Fn(&Station) -> Count| -> Option<u64> {
        stations.iter().filter_map(of).sum::<i64>().try_into().ok()
    };
    let copied = |c: usize| move |s: &Station| s.drawn.as_ref()?.copy.get(c).copied().flatten();
    let official = |c: usize| move |s: &Station| s.official[c];
    let [a, b] = [total(&official(leader))?, total(&official(other))?];
    let p = single::p(
        a as f64 / (a + b) as f64,
        total(&copied(leader))?,
        total(&copied(other))?,
    );
    p.is_finite().then_some(p.min(1.0))
}

/// MACRO's U and product; `None` where a margin is not positive.
pub(super) fn macro_batch(stations: &[Station], leader: usize, pairs: &[Pair]) -> Option<(f64, f64)> {
    if pairs.iter().any(|p| p.margin <= 0) {
        return None;
    }
    let worst = |s: &Station, of: fn(&Compared) -> i64| {
        let one = |p: &Pair| of(&Compared::of(s, leader, p.other)) as f64 / p.margin as f64;
        pairs.iter().map(one).fold(f64::NEG_INFINITY, f64::max)
    };
    let total = stations.iter().map(|s| worst(s, Compared::most)).sum();
    let drawn = stations.iter().filter(|s| s.drawn.is_some());
    let taint = |s: &Station| worst(s, |c| c.error) / worst(s, Compared::most);
    let taints: Vec<f64> = drawn.map(taint).filter(|t| t.is_finite()).collect();
    Some((total, batch::p(total, &taints)?))
}
