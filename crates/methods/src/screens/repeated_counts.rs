//! S412: stations of one group that report the same counts for every choice.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Unit};
use glassurn_stats::{interval, poisson};

use crate::phrase::{count, number};
use crate::slice::Tray;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

mod chance;
mod classes;
use chance::collision;
use classes::{Same, Vector, classes};

#[doc = include_str!("repeated_counts.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedCounts {
    /// Fewest votes for all choices together.
    pub min_votes: i64,
    /// Fewest stations.
    pub min_stations: usize,
}

impl RepeatedCounts {
    /// The settings used when none are given.
    pub const DEFAULT: Self = RepeatedCounts { min_votes: 100, min_stations: 30 };
}

const CODE: &str = "S412";

impl Screen for RepeatedCounts {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "repeated-counts",
            title: "Stations with the same counts",
            family: Family::Repetition,
            focus: Focus::Contest,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("repeated_counts.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.count(slice).map(|repeats| repeats.finding(slice)))
    }
}

/// What is counted.
struct Repeats {
    left_out: Vec<LeftOut>,
    used: usize,
    /// Sets of stations with the same counts, the largest stations first.
    same: Vec<Same>,
    /// Upper bound of the expected number of stations that repeat another's counts.
    bound: f64,
    /// Pairs of stations of one group with the same number of votes.
    pairs: f64,
}

impl RepeatedCounts {
    fn count(&self, slice: &Slice<'_>) -> Result<Repeats, Reason> {
        if slice.contest().choices.len() < 2 {
            return Err(Reason::WrongSubject("the contest has fewer than two choices".to_owned()));
        }
        let mut tray = Tray::default();
        let vectors = classes::vectors(slice, self.min_votes.max(1), &mut tray);
        let used = vectors.len();
        if used < self.min_stations.max(2) {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let shares = classes::shares(slice, &vectors);
        let (mut bound, mut pairs) = (0.0, 0.0);
        let same = classes(slice, vectors, |run: &[Vector]| {
            let others = (run.len() - 1) as f64;
            pairs += others * run.len() as f64 / 2.0;
            let one = |v: &Vector| collision(slice, v, &shares[v.group as usize]);
            bound += others / 2.0 * run.iter().map(one).sum::<f64>();
        });
        Ok(Repeats { left_out: tray.empty(), used, same, bound, pairs })
    }
}

impl Repeats {
    /// Stations beyond the first of each set.
    fn repeating(&self) -> usize {
        self.same.iter().map(|s| s.rows.len() - 1).sum()
    }

    fn finding(self, slice: &Slice<'_>) -> Finding {
        let n = self.repeating();
        let beyond = n as f64 - self.bound;
        let votes: f64 = self.same.iter().map(|s| s.votes as f64 * (s.rows.len() - 1) as f64).sum();
        let interval = interval::wilson(n as u64, self.used as u64, 1.959_963_984_540_054);
        Finding {
            screen: CODE,
            subject: slice.subject(),
            used: self.used,
            measures: self.measures(n),
            p: Some(P { value: poisson::sf(n as u64, self.bound), kind: PKind::Asymptotic }),
            effect: Effect {
                name: "stations that repeat the counts of another, beyond expectation".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: Some(interval.map(|share| share * self.used as f64 - self.bound)),
                stations: Some(beyond),
                votes: Some(beyond * votes / n.max(1) as f64),
            },
            plain: format!(
                "{} of {} stations repeat all counts of another station of their group, where at most {} \
                 are to be expected.",
                count(n),
                count(self.used),
                few(self.bound)
            ),
            pictures: vec![self.bars(n)],
            stations: self.stations(slice),
            caveats: self.caveats(),
            left_out: self.left_out,
        }
    }

    fn measures(&self, n: usize) -> Vec<Measure> {
        let measure = |name: &str, symbol, value, expected, sd| Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected,
            sd,
            unit: Unit::Stations,
        };
        let largest = self.same.iter().map(|s| s.rows.len()).max().unwrap_or(0);
        vec![
            measure(
                "stations that repeat the counts of another",
                "D",
                n as f64,
                Some(self.bound),
                Some(self.bound.sqrt()),
            ),
            measure("largest set of stations with the same counts", "L", largest as f64, None, None),
            Measure {
                unit: Unit::None,
                ..measure("pairs with the same number of votes", "M", self.pairs, None, None)
            },
        ]
    }

    fn bars(&self, n: usize) -> Picture {
        Picture::Bars {
            title: "Stations that repeat the counts of another".to_owned(),
            axis: String::new(),
            labels: vec!["repeat another's counts".to_owned()],
            observed: vec![n as f64],
            expected: vec![self.bound],
            sd: vec![self.bound.sqrt()],
        }
    }

    fn stations(&self, slice: &Slice<'_>) -> Vec<(u32, String)> {
        let name = |row: u32| {
            let id = slice.returns.stations.ids.get(row as usize);
            id.map_or_else(|| row.to_string(), Clone::clone)
        };
        let say = |s: &Same| {
            let first = s.rows.first().copied().unwrap_or(0);
            let text = format!("same counts as {} ({} votes)", name(first), number(s.votes as f64));
            s.rows.iter().skip(1).map(|&row| (row, text.clone())).collect::<Vec<_>>()
        };
        self.same.iter().flat_map(say).take(20).collect()
    }

    fn caveats(&self) -> Vec<Caveat> {
        let left_out: usize = self.left_out.iter().map(|l| l.stations).sum();
        (left_out * 3 > self.used).then_some(Caveat::ManyLeftOut).into_iter().collect()
    }
}

/// A small expectation with the digits it needs.
fn few(value: f64) -> String {
    if value >= 10.0 { number(value) } else if value >= 0.01 { format!("{value:.2}") } else { "0.01".to_owned() }
}
