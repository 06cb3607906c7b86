//! S410: stations of one group that report the same share.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Unit};
use glassurn_stats::{interval, poisson, poisson_binomial};

use crate::entries::{Entry, entries, groups};
use crate::local_law::{self, LocalLaw};
use crate::phrase::{count, number, percent};
use crate::slice::Tray;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

mod cell;
use cell::{CELLS, Cell, FEWEST_VOTES, Redrawn};

#[doc = include_str!("repeated_shares.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedShares {
    /// Fewest ballots at a station.
    pub min_cast: i64,
    /// Fewest stations in a group.
    pub min_stations: usize,
}

impl RepeatedShares {
    /// The settings used when none are given.
    pub const DEFAULT: Self = RepeatedShares { min_cast: 100, min_stations: 30 };
}

const CODE: &str = "S410";

/// So many stations with one share are the fewest worth a p-value.
const FEWEST: u32 = 3;

/// Shares on either side of the most repeated one that are drawn.
const AROUND: usize = 5;

impl Screen for RepeatedShares {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "repeated-shares",
            title: "Stations with the same share",
            family: Family::Repetition,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("repeated_shares.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.count(slice).map(|shares| shares.finding(slice)))
    }
}

/// The most repeated share, and what the null says of it.
struct Shares {
    left_out: Vec<LeftOut>,
    used: usize,
    /// How many (group, share) there are.
    tests: f64,
    /// The stations of the group.
    stations: Vec<Entry>,
    cell: Cell,
    /// How many stations of the group report each share around it.
    observed: Vec<f64>,
    /// How many are to be expected.
    expected: Vec<f64>,
    variance: Vec<f64>,
    /// P(so many stations or more have this very share).
    single: f64,
}

impl RepeatedShares {
    fn count(&self, slice: &Slice<'_>) -> Result<Shares, Reason> {
        let (all, mut tray) = entries(slice, self.min_cast)?;
        let laws = local_law::fit(&all);
        let members = self.members(&all, &mut tray);
        let used: usize = members.iter().map(Vec::len).sum();
        let kept = members.iter().filter(|m| !m.is_empty()).count();
        if kept == 0 {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let why = format!("no station has {FEWEST_VOTES} votes for the choice and as many against");
        let extreme = || Reason::WrongSubject(why);
        let (group, cell) = strongest(&members, &laws).ok_or_else(extreme)?;
        let stations = members.into_iter().nth(group).unwrap_or_default();
        let (left_out, tests) = (tray.empty(), (kept * CELLS) as f64);
        Ok(Shares::around(left_out, used, tests, stations, cell, laws[group]))
    }

    /// The stations of each group that is large enough.
    fn members(&self, all: &[Entry], tray: &mut Tray) -> Vec<Vec<Entry>> {
        let mut members = vec![Vec::new(); groups(all)];
        for e in all {
            members[e.group as usize].push(*e);
        }
        for group in &mut members {
            if group.len() < self.min_stations.max(2) {
                let minimum = i64::try_from(self.min_stations).unwrap_or(i64::MAX);
                for _ in group.drain(..) {
                    tray.put(Reason::Below { what: "stations in the group", minimum });
                }
            }
        }
        members
    }
}

/// The group and share with the smallest approximate p; a better choice could only make it smaller.
fn strongest(members: &[Vec<Entry>], laws: &[LocalLaw]) -> Option<(usize, Cell)> {
    let mut best = (f64::INFINITY, None);
    for (group, stations) in members.iter().enumerate() {
        let redrawn: Vec<Redrawn> = stations.iter().map(|e| Redrawn::new(e, &laws[group])).collect();
        for (cell, n) in crowded(stations) {
            let lambda: f64 = redrawn.iter().map(|r| r.roughly(cell)).sum();
            let p = if n < FEWEST { 1.0 } else { poisson::sf(u64::from(n), lambda) };
            if p < best.0 {
                best = (p, Some((group, cell)));
            }
        }
    }
    best.1
}

/// The three shares that are most crowded beside their neighbours.
fn crowded(stations: &[Entry]) -> Vec<(Cell, u32)> {
    let mut counts = vec![0_u32; CELLS];
    for cell in stations.iter().filter_map(Cell::of) {
        counts[cell.index()] += 1;
    }
    let score = |i: usize| {
        let near = &counts[i.saturating_sub(15)..(i + 16).min(CELLS)];
        let others = (near.iter().sum::<u32>() - counts[i]) as f64 / (near.len() - 1) as f64;
        (f64::from(counts[i]) - others) / (others + 1.0).sqrt()
    };
    let mut order: Vec<(f64, usize)> =
        (0..CELLS).filter(|&i| counts[i] > 0).map(|i| (score(i), i)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order.into_iter().take(3).map(|(_, i)| (Cell::at(i), counts[i])).collect()
}

impl Shares {
    fn around(
        left_out: Vec<LeftOut>,
        used: usize,
        tests: f64,
        stations: Vec<Entry>,
        cell: Cell,
        law: LocalLaw,
    ) -> Self {
        let first = cell.index().saturating_sub(AROUND);
        let last = (cell.index() + AROUND).min(CELLS - 1);
        let cells = last - first + 1;
        let (mut observed, mut expected) = (vec![0.0; cells], vec![0.0; cells]);
        let (mut variance, mut chances) = (vec![0.0; cells], Vec::with_capacity(stations.len()));
        for e in &stations {
            let own = Cell::of(e).map(Cell::index).filter(|own| (first..=last).contains(own));
            if let Some(own) = own {
                observed[own - first] += 1.0;
            }
            let q = Redrawn::new(e, &law).exactly(first, last);
            chances.push(q[cell.index() - first].min(1.0));
            for (i, q) in q.into_iter().enumerate() {
                expected[i] += q;
                variance[i] += q * (1.0 - q);
            }
        }
        let n = stations.iter().filter(|e| Cell::of(e) == Some(cell)).count();
        let single = poisson_binomial::sf(&chances, n as u64);
        Shares { left_out, used, tests, stations, cell, observed, expected, variance, single }
    }

    /// Place of the most repeated share among those around it.
    fn place(&self) -> usize {
        self.cell.index().min(AROUND)
    }

    fn finding(self, slice: &Slice<'_>) -> Finding {
        let at = self.place();
        let (n, expected) = (self.observed[at], self.expected[at]);
        let beyond = n - expected;
        let sharing: Vec<&Entry> = self.sharing().collect();
        let votes: f64 = sharing.iter().map(|e| e.votes as f64).sum();
        let all = self.stations.len() as f64;
        let interval = interval::wilson(sharing.len() as u64, self.stations.len() as u64, 1.959_963_984_540_054);
        Finding {
            screen: CODE,
            subject: slice.subject(),
            used: self.used,
            measures: self.measures(),
            p: Some(P { value: (self.single * self.tests).min(1.0), kind: PKind::Exact }),
            effect: Effect {
                name: "stations with the most repeated share, beyond expectation".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: Some(interval.map(|share| share * all - expected)),
                stations: Some(beyond),
                votes: Some(beyond * votes / n.max(1.0)),
            },
            plain: self.plain(slice, n, expected),
            pictures: vec![self.bars()],
            stations: sharing.iter().take(20).map(|e| (e.row, say(e))).collect(),
            caveats: self.caveats(),
            left_out: self.left_out,
        }
    }

    /// The stations with the most repeated share, the largest first.
    fn sharing(&self) -> impl Iterator<Item = &Entry> {
        let mut sharing: Vec<_> = self.stations.iter().filter(|e| Cell::of(e) == Some(self.cell)).collect();
        sharing.sort_by_key(|e| (std::cmp::Reverse(e.cast), e.row));
        sharing.into_iter()
    }

    fn plain(&self, slice: &Slice<'_>, n: f64, expected: f64) -> String {
        let group = self.stations.first().map_or(0, |e| e.group as usize);
        let levels = &slice.returns.stations.levels;
        let unit = slice.groups.and_then(|g| levels.get(g)?.units.get(group));
        let place = unit.map_or_else(String::new, |unit| format!(" in {unit}"));
        format!(
            "{} of {} stations{place} report a share of {} where stations of these sizes and levels \
             lead one to expect {expected:.1}.",
            number(n),
            count(self.stations.len()),
            self.cell.label()
        )
    }

    fn measures(&self) -> Vec<Measure> {
        let at = self.place();
        let plain = Measure::plain;
        let sd = self.variance[at].max(0.0).sqrt();
        vec![
            plain("stations with the most repeated share", "N", self.observed[at], Unit::Stations).expecting(self.expected[at], sd),
            plain("the most repeated share", "s", self.cell.share(), Unit::Share),
            plain("p of this share alone", "p₁", self.single, Unit::None),
            plain("shares and groups looked at", "K", self.tests, Unit::None),
        ]
    }

    fn bars(&self) -> Picture {
        let first = self.cell.index().saturating_sub(AROUND);
        Picture::Bars {
            title: "Stations by share, around the most repeated one".to_owned(),
            axis: "share of the choice".to_owned(),
            labels: (first..first + self.observed.len()).map(|i| Cell::at(i).label()).collect(),
            observed: self.observed.clone(),
            expected: self.expected.clone(),
            sd: self.variance.iter().map(|v| v.max(0.0).sqrt()).collect(),
        }
    }

    fn caveats(&self) -> Vec<Caveat> {
        let left_out: usize = self.left_out.iter().map(|l| l.stations).sum();
        (left_out * 3 > self.used).then_some(Caveat::ManyLeftOut).into_iter().collect()
    }
}

fn say(e: &Entry) -> String {
    let share = percent(e.votes as f64 / e.cast as f64, 2);
    format!("{share}: {} of {} ballots", number(e.votes as f64), number(e.cast as f64))
}
