//! What every registered voter of a station did in two elections, as shares of the list.

use std::collections::BTreeSet;

use glassurn_model::{Column, Contest, Count, Field, LeftOut, Reason};

use super::Flows;
use crate::{Slice, neighbourhood::outermost, pairs::PairRules, slice::Tray};

/// One station.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Index of the station.
    pub row: u32,
    /// Its unit.
    pub group: usize,
    /// Voters on the list now.
    pub weight: f64,
    /// What the voters did then, as shares that add up to one.
    pub then: Vec<f64>,
    /// What they did now.
    pub now: Vec<f64>,
}

/// The stations, and what the shares are of: choices by votes, then other ballots, then those who did not vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Electorates {
    /// The stations.
    pub places: Vec<Place>,
    /// How many units.
    pub groups: usize,
    /// What voters did then.
    pub then: Vec<String>,
    /// How many of the voters on the lists of now did so, by the shares of then.
    pub size_then: Vec<f64>,
    /// What voters did now.
    pub now: Vec<String>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
}

/// The columns of one election.
struct Side<'a> {
    registered: &'a Column,
    cast: &'a Column,
    choices: Vec<&'a Column>,
}

impl<'a> Side<'a> {
    /// The largest choices that have a part of the list of some size.
    fn of(set: &Flows, contest: &'a Contest, rows: &[u32]) -> Result<Self, Reason> {
        let registered = contest.field(Field::Registered)?;
        let sum = |c: &Column| -> i128 {
            let values = rows.iter().filter_map(|r| c.values.get(*r as usize).copied().flatten());
            values.map(i128::from).sum()
        };
        let least = sum(registered) * i128::from(set.least);
        let mut choices: Vec<(i128, &Column)> = contest.choices.iter().map(|c| (sum(c), c)).collect();
        choices.retain(|(votes, _)| *votes * 1_000 >= least && *votes > 0);
        choices.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
        choices.truncate(set.most.max(1));
        if choices.is_empty() {
            return Err(Reason::WrongSubject("no choice has a part of the list worth a row".to_owned()));
        }
        let choices = choices.into_iter().map(|(_, c)| c).collect();
        Ok(Side { registered, cast: contest.share_denominator()?, choices })
    }

    fn names(&self) -> Vec<String> {
        let choices = self.choices.iter().map(|c| c.name.clone());
        choices.chain(["other ballots".to_owned(), "no vote".to_owned()]).collect()
    }

    /// The list, and the shares of it.
    fn shares(&self, set: &Flows, row: u32) -> Result<(i64, Vec<f64>), Reason> {
        let at = |c: &Column| -> Count { c.values.get(row as usize).copied().flatten() };
        let votes = self.choices.iter().map(|c| at(c)).collect::<Option<Vec<i64>>>();
        let (Some(list), Some(cast), Some(votes)) = (at(self.registered), at(self.cast), votes) else {
            return Err(Reason::Missing);
        };
        let minimum = set.min_registered.max(1);
        if list < minimum {
            return Err(Reason::Below { what: "registered voters", minimum });
        }
        if cast > list {
            return Err(Reason::Above { what: "turnout", maximum: "100 %".to_owned() });
        }
        let least = votes.iter().copied().min().unwrap_or(0).min(cast);
        if least < 0 {
            return Err(Reason::Below { what: "votes", minimum: 0 });
        }
        let others = votes.iter().try_fold(cast, |left, v| left.checked_sub(*v)).filter(|o| *o >= 0);
        let above = Reason::Above { what: "votes", maximum: "the ballots cast".to_owned() };
        let others = others.ok_or(above)?;
        let parts = votes.into_iter().chain([others, list - cast]);
        Ok((list, parts.map(|v| v as f64 / list as f64).collect()))
    }
}

impl Electorates {
    pub(super) fn of(set: &Flows, slice: &Slice<'_>) -> Result<Electorates, Reason> {
        let then = Side::of(set, slice.earlier()?, &slice.rows)?;
        let now = Side::of(set, slice.contest(), &slice.rows)?;
        let rules = PairRules { min_registered: set.min_registered, list_change: set.list_change };
        let mut tray = Tray::default();
        let mut places = Vec::with_capacity(slice.len());
        for &row in &slice.rows {
            let pair = now.shares(set, row).and_then(|(list, now)| {
                let (then_list, then) = then.shares(set, row)?;
                rules.same_list(list, then_list)?;
                Ok(Place { row, group: 0, weight: list as f64, then, now })
            });
            match pair {
                Ok(place) => places.push(place),
                Err(why) => tray.put(why),
            }
        }
        if places.len() < set.min_stations {
            return Err(Reason::TooFew { used: places.len(), needed: set.min_stations });
        }
        let groups = number(set, slice, &mut places)?;
        let names = then.names();
        let size = |j: usize| places.iter().map(|p| p.weight * p.then[j]).sum::<f64>();
        let size_then = (0..names.len()).map(size).collect();
        Ok(Electorates { places, groups, then: names, size_then, now: now.names(), left_out: tray.empty() })
    }

    /// Voters who did not vote then.
    pub fn stayed_away(&self) -> f64 {
        self.size_then.last().copied().unwrap_or(0.0)
    }
}

/// Numbers the units of the outermost level that has enough of them.
fn number(set: &Flows, slice: &Slice<'_>, places: &mut [Place]) -> Result<usize, Reason> {
    let of = outermost(slice, places.iter().map(|p| p.row), set.min_groups)?;
    let distinct: Vec<u32> = of.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    for (place, unit) in places.iter_mut().zip(of) {
        place.group = distinct.partition_point(|d| *d < unit);
    }
    Ok(distinct.len())
}
