//! The lead over the next choice, and what it would be had late stations voted as the early ones of their places.

use glassurn_model::Column;

use super::course::expected;
use super::parts::whole;
use crate::{Slice, arrivals::Arrived};

/// The lead in parts of all votes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// The other choice with most votes.
    pub over: String,
    /// Among the early votes.
    pub early: f64,
    /// Among all votes.
    pub all: f64,
    /// The same, had late stations the early shares of their units; the units' level.
    pub like: Option<(String, f64)>,
}

impl Lead {
    /// `None` where there is no other choice, or one of its figures is missing or more than all votes.
    pub(super) fn of(
        slice: &Slice<'_>,
        stations: &[Arrived],
        units: Option<(&str, &[u32])>,
    ) -> Option<Lead> {
        let at = |c: &Column, s: &Arrived| c.values.get(s.row as usize).copied().flatten();
        let sum = |c: &Column| stations.iter().filter_map(|s| at(c, s)).map(i128::from).sum::<i128>();
        let others = slice.contest().choices.iter().enumerate().filter(|(i, _)| Some(*i) != slice.choice);
        // The first of those that tie.
        let (_, rival) = others.rev().max_by_key(|(_, c)| sum(c))?;
        let theirs = |s: &Arrived| {
            let votes = at(rival, s).filter(|v| (0..=s.whole).contains(v))?;
            Some(Arrived { votes, ..*s })
        };
        let theirs: Vec<Arrived> = stations.iter().map(theirs).collect::<Option<_>>()?;
        let ([own_early, own_late], [their_early, their_late]) = (whole(stations), whole(&theirs));
        let all = own_early.whole + own_late.whole;
        let lead = own_early.votes - their_early.votes;
        let like = units.map(|(level, of)| {
            let sum = |stations: &[Arrived]| expected(stations, of).iter().sum::<f64>();
            (level.to_owned(), (sum(stations) - sum(&theirs)) / all)
        });
        Some(Lead {
            over: rival.name.clone(),
            early: lead / own_early.whole,
            all: (lead + own_late.votes - their_late.votes) / all,
            like,
        })
    }
}
