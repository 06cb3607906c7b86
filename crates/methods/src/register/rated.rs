//! Verdicts on the scale, each with its house.

use std::collections::BTreeMap;

use glassurn_model::register::{Register, Verdict};

use super::observers::{self, Group, House};

/// A verdict on the scale. A record that says that somebody was there, and no more, is none.
#[derive(Debug, Clone)]
pub(super) struct Rated<'a> {
    pub(super) verdict: &'a Verdict,
    pub(super) house: House,
    pub(super) step: i8,
}

/// Every verdict on the scale, of recorded missions and of others.
pub(super) fn all(register: &Register) -> Vec<Rated<'_>> {
    let rated = |verdict| Rated::of(register, verdict);
    register.all_verdicts().filter_map(rated).collect()
}

impl<'a> Rated<'a> {
    fn of(register: &Register, verdict: &'a Verdict) -> Option<Self> {
        let step = verdict.scale?.step();
        Some(Rated { verdict, house: observers::of_verdict(register, verdict), step })
    }
}

/// Verdicts by election, in the order of the elections' names.
pub(super) fn by_election<'a, 'b>(rated: &'b [Rated<'a>]) -> BTreeMap<&'a str, Vec<&'b Rated<'a>>> {
    let mut elections: BTreeMap<&str, Vec<&Rated<'_>>> = BTreeMap::new();
    for one in rated {
        elections.entry(one.verdict.election.as_str()).or_default().push(one);
    }
    elections
}

/// The steps that a group gave.
pub(super) fn steps(of: &[&Rated<'_>], group: Group) -> Vec<i8> {
    of.iter().filter(|r| r.house.group == group).map(|r| r.step).collect()
}
