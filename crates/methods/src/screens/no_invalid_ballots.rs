//! S620: stations without a single invalid ballot.

use std::cmp::Reverse;

use glassurn_model::{
    Effect, Field, Finding, LeftOut, Measure, Outcome, Picture, Reason, Unit,
};
use glassurn_stats::poisson_binomial;

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    entries::{Entry, entries_of},
    local_law,
    phrase::{count, number},
};

#[doc = include_str!("no_invalid_ballots.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoInvalidBallots {
    /// Fewest ballots at a station.
    pub min_cast: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

const CODE: &str = "S620";

/// Upper ends of the classes of size that are drawn, in ballots.
const CLASSES: [i64; 8] = [100, 200, 400, 700, 1_000, 1_500, 2_500, i64::MAX];

impl NoInvalidBallots {
    /// Stations of fifty ballots or more.
    pub const DEFAULT: Self = NoInvalidBallots { min_cast: 50, min_stations: 50 };

    fn count(&self, slice: &Slice<'_>) -> Result<Zeros, Reason> {
        let (invalid, cast) = (slice.field(Field::Invalid)?, slice.field(Field::Cast)?);
        let (stations, tray) = entries_of(slice, &invalid, &cast, self.min_cast);
        if stations.len() < self.min_stations.max(2) {
            return Err(Reason::TooFew { used: stations.len(), needed: self.min_stations });
        }
        if stations.iter().all(|e| e.votes == 0) {
            return Err(Reason::Constant);
        }
        let chances = local_law::no_votes(&stations).into_iter().map(|p| p.clamp(0.0, 1.0)).collect();
        Ok(Zeros { stations, chances, left_out: tray.empty() })
    }
}

impl Screen for NoInvalidBallots {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "no-invalid-ballots",
            title: "Stations without an invalid ballot",
            family: Family::Repetition,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("no_invalid_ballots.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.count(slice).map(|zeros| zeros.finding(slice)))
    }
}

/// Stations with their invalid ballots, and the chance that each has none.
struct Zeros {
    stations: Vec<Entry>,
    chances: Vec<f64>,
    left_out: Vec<LeftOut>,
}

impl Zeros {
    fn none(&self) -> impl Iterator<Item = (&Entry, f64)> {
        self.stations.iter().zip(self.chances.iter().copied()).filter(|(e, _)| e.votes == 0)
    }

    fn expected(&self) -> f64 {
        self.chances.iter().sum()
    }

    fn sd(&self) -> f64 {
        self.chances.iter().map(|p| p * (1.0 - p)).sum::<f64>().sqrt()
    }

    fn finding(self, slice: &Slice<'_>) -> Finding {
        let none = self.none().count();
        let (expected, sd) = (self.expected(), self.sd());
        let beyond = none as f64 - expected;
        let half = 1.959_963_984_540_054 * sd;
        Finding {
            screen: CODE,
            subject: slice.subject(),
            used: self.stations.len(),
            measures: self.measures(),
            p: None,
            effect: Effect {
                name: "stations without an invalid ballot, beyond expectation".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: Some([beyond - half, beyond + half]),
                stations: Some(beyond),
                votes: None,
            },
            plain: format!(
                "{} of {} stations report not a single invalid ballot, where stations of these sizes, in units \
                 with as many invalid ballots, lead one to expect {} ± {}.",
                count(none),
                count(self.stations.len()),
                number(expected),
                number(half)
            ),
            pictures: vec![self.bars()],
            stations: self.largest(),
            caveats: caveat::of(self.stations.len(), slice.len()),
            left_out: self.left_out,
        }
    }

    fn measures(&self) -> Vec<Measure> {
        let none = self.none().count();
        let p = poisson_binomial::sf(&self.chances, none as u64);
        let total = |of: fn(&Entry) -> i64| self.stations.iter().map(|e| of(e) as f64).sum::<f64>();
        let ballots: f64 = self.none().map(|(e, _)| e.cast as f64).sum();
        let measure = Measure::plain;
        vec![
            measure("stations without an invalid ballot", "Z", none as f64, Unit::Stations).expecting(self.expected(), self.sd()),
            measure("p under the fitted law (described, not tested)", "p", p, Unit::None),
            measure("ballots at these stations", "T₀", ballots, Unit::Votes),
            measure("share of invalid ballots", "s", total(|e| e.votes) / total(|e| e.cast), Unit::Share),
        ]
    }

    /// By size: where stations are large, none is rare.
    fn bars(&self) -> Picture {
        let width = CLASSES.len();
        let [mut observed, mut expected, mut variance] = [(); 3].map(|()| vec![0.0; width]);
        for (e, p) in self.stations.iter().zip(&self.chances) {
            let class = CLASSES.partition_point(|end| *end < e.cast).min(width - 1);
            observed[class] += f64::from(u8::from(e.votes == 0));
            expected[class] += p;
            variance[class] += p * (1.0 - p);
        }
        let label = |i: usize| match i {
            0 => format!("to {}", CLASSES[0]),
            _ if i + 1 == width => format!("{} and more", CLASSES[i - 1] + 1),
            _ => format!("to {}", number(CLASSES[i] as f64)),
        };
        Picture::Bars {
            title: "Stations without an invalid ballot, by size".to_owned(),
            axis: "ballots cast".to_owned(),
            labels: (0..width).map(label).collect(),
            observed,
            expected,
            sd: variance.into_iter().map(f64::sqrt).collect(),
        }
    }

    /// The largest stations without an invalid ballot.
    fn largest(&self) -> Vec<(u32, String)> {
        let mut none: Vec<_> = self.none().collect();
        none.sort_by_key(|(e, _)| (Reverse(e.cast), e.row));
        let say = |p: f64| match p {
            p if p >= 0.001 => format!("a chance of {:.1} %", 100.0 * p),
            _ => "a chance below 1 in 1,000".to_owned(),
        };
        let line = |(e, p): &(&Entry, f64)| {
            (e.row, format!("{} ballots, none invalid: {}", number(e.cast as f64), say(*p)))
        };
        none.iter().take(20).map(line).collect()
    }
}
