//! Links of attendance, and praise weighed by how bad the praised election was.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::Register;

use super::super::{
    anchors::{self, Anchors},
    attendance,
    observers::Group,
    rated::{self, Rated},
    say::median,
};

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Senders and hosts, by their short names.
    pub nodes: Vec<String>,
    /// Attendances of each sender and host (indices of `nodes`).
    pub links: BTreeMap<(usize, usize), usize>,
    /// The same in windows of five years, each sender and host once in a window.
    pub windows: BTreeMap<Option<u16>, BTreeSet<(usize, usize)>>,
    /// Hosts covered.
    pub hosts: Vec<String>,
    /// Pairs of states with attendance both ways or praise either way.
    pub pairs: Vec<Pair>,
}

/// A figure of which only bounds are known where an election's severity is not.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// If every election of unknown severity was good.
    pub low: f64,
    /// If every one was as bad as can be.
    pub high: f64,
}

/// Two states.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The first, by code.
    pub a: String,
    /// The second.
    pub b: String,
    /// Whether both attended an election of the other.
    pub both_attended: bool,
    /// Praise by the first of the second's elections, weighed.
    pub praise_ab: Bounds,
    /// Praise by the second of the first's.
    pub praise_ba: Bounds,
    /// Verdicts of the first on the second's elections, and the other way round.
    pub verdicts: [usize; 2],
}

impl Pair {
    /// MEI = 2 min(e_ab, e_ba) / (e_ab + e_ba); `None` where there is no praise or it is not known how bad the
    /// praised elections were.
    pub fn index(&self) -> Option<f64> {
        let known = |b: Bounds| (b.low == b.high).then_some(b.low);
        let (ab, ba) = (self.praise_ab, self.praise_ba);
        // Praise of one side alone is not mutual, however bad the election was.
        if ab.high.min(ba.high) == 0.0 && ab.low.max(ba.low) > 0.0 {
            return Some(0.0);
        }
        let (ab, ba) = (known(ab)?, known(ba)?);
        (ab + ba > 0.0).then(|| 2.0 * ab.min(ba) / (ab + ba))
    }

    /// e_ab + e_ba.
    pub fn strength(&self) -> Bounds {
        Bounds {
            low: self.praise_ab.low + self.praise_ba.low,
            high: self.praise_ab.high + self.praise_ba.high,
        }
    }
}

/// Computes them.
pub fn figures(register: &Register, anchors: &Anchors) -> Figures {
    let attended = attendance::all(register);
    let names = attended.iter().flat_map(|a| [a.sender.id.clone(), a.host.to_owned()]);
    let nodes: Vec<String> = names.collect::<BTreeSet<_>>().into_iter().collect();
    let at = |name: &str| nodes.binary_search_by(|n| n.as_str().cmp(name)).ok();
    let mut links = BTreeMap::new();
    let mut windows: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for a in &attended {
        let (Some(from), Some(to)) = (at(&a.sender.id), at(a.host)) else { continue };
        // An invitation and a delegation to one election are one attendance.
        if from == to || !seen.insert((from, to, a.election)) {
            continue;
        }
        *links.entry((from, to)).or_insert(0) += 1;
        windows.entry(a.date.map(|d| d.year() / 5 * 5)).or_default().insert((from, to));
    }
    let hosts = attendance::covered(register).into_iter().map(str::to_owned).collect();
    let pairs = pairs(register, anchors, &attended);
    Figures { nodes, links, windows, hosts, pairs }
}

/// Every pair of states with something to say of it.
fn pairs(register: &Register, anchors: &Anchors, attended: &[attendance::Attended<'_>]) -> Vec<Pair> {
    let rated = rated::all(register);
    let elections = rated::by_election(&rated);
    let mut went: BTreeSet<(&str, &str)> = BTreeSet::new();
    for a in attended.iter().filter(|a| attendance::is_state(&a.sender)) {
        went.insert((&a.sender.id, a.host));
    }
    let mut praise: BTreeMap<(String, String), (Bounds, usize)> = BTreeMap::new();
    for one in rated.iter().filter(|r| attendance::is_state(&r.house)) {
        let id = one.verdict.election.as_str();
        let Some((host, year)) = anchors::place(register, id, Some(one.verdict)) else { continue };
        let severity = severity(&elections[id], anchors.severity(&host, year));
        let entry = praise.entry((one.house.id.clone(), host)).or_default();
        let weight = f64::from(one.step.max(0));
        entry.0.low += weight * severity.unwrap_or(0.0);
        entry.0.high += weight * severity.unwrap_or(1.0);
        entry.1 += 1;
    }
    let mut names: BTreeSet<(String, String)> = praise.keys().map(|(a, b)| ordered(a, b)).collect();
    names.extend(went.iter().filter(|(a, b)| went.contains(&(*b, *a))).map(|(a, b)| ordered(a, b)));
    let pair = |(a, b): (String, String)| {
        let of = |x: &String, y: &String| praise.get(&(x.clone(), y.clone())).copied().unwrap_or_default();
        let (ab, ba) = (of(&a, &b), of(&b, &a));
        let both_attended = went.contains(&(a.as_str(), b.as_str())) && went.contains(&(b.as_str(), a.as_str()));
        Pair { both_attended, praise_ab: ab.0, praise_ba: ba.0, verdicts: [ab.1, ba.1], a, b }
    };
    names.into_iter().filter(|(a, b)| a != b).map(pair).collect()
}

fn ordered(a: &str, b: &str) -> (String, String) {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    (first.to_owned(), second.to_owned())
}

/// How bad an election was by independent evidence: credible observers', else the measure's.
fn severity(of: &[&Rated<'_>], anchor: Option<f64>) -> Option<f64> {
    let credible = median(&rated::steps(of, Group::Credible));
    credible.map(|m| (-m / 2.0).clamp(0.0, 1.0)).or(anchor)
}
