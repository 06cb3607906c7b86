//! S112: counts that end in 0 or 5.

use glassurn_model::{Effect, Finding, Measure, Outcome, P, PKind, Picture, Unit};
use glassurn_stats::{binomial, interval};

use crate::digits::Digits;
use crate::phrase::{count, difference, number, percent};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("zero_or_five.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZeroOrFive {
    /// Smallest count whose last digit is used.
    pub min_count: i64,
    /// Fewest counts.
    pub min_stations: usize,
}

impl ZeroOrFive {
    /// The settings used when none are given.
    pub const DEFAULT: Self = ZeroOrFive { min_count: 30, min_stations: 50 };
}

const CODE: &str = "S112";

impl Screen for ZeroOrFive {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "zero-or-five",
            title: "Counts ending in 0 or 5",
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("zero_or_five.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        let digits = Digits::of(slice, self.min_count, self.min_stations);
        slice.outcome(CODE, digits.map(|d| finding(slice, d)))
    }
}

fn finding(slice: &Slice<'_>, d: Digits) -> Finding {
    let observed = d.zeros_and_fives();
    let expected = d.expected[0] + d.expected[5];
    let share = (expected / d.n()).min(1.0);
    let sd = (expected * (1.0 - share)).sqrt();
    let p = binomial::sf(observed as u64, d.stations.len() as u64, share);
    let beyond = observed as f64 - expected;
    let stations = round_counts(&d);
    Finding {
        screen: CODE,
        subject: slice.subject(),
        used: d.stations.len(),
        measures: measures(observed, expected, sd, d.n()),
        p: Some(P { value: p, kind: PKind::Exact }),
        effect: Effect {
            name: "counts ending in 0 or 5 beyond expectation".to_owned(),
            value: beyond,
            unit: Unit::Stations,
            interval: Some(around(observed, d.stations.len(), expected)),
            stations: Some(beyond),
            votes: Some(beyond * d.mean_count()),
        },
        plain: format!(
            "{} of {} counts ({}) end in 0 or 5, {} stations of these sizes lead one to expect.",
            count(observed),
            number(d.n()),
            percent(observed as f64 / d.n(), 1),
            difference(beyond)
        ),
        pictures: vec![bars(observed, expected, sd, d.n())],
        stations,
        caveats: d.caveats(),
        left_out: d.left_out,
    }
}

/// Wilson's 95 % interval for the number observed, less the number expected.
fn around(observed: usize, n: usize, expected: f64) -> [f64; 2] {
    interval::wilson(observed as u64, n as u64, 1.959_963_984_540_054)
        .map(|share| share * n as f64 - expected)
}

fn measures(observed: usize, expected: f64, sd: f64, n: f64) -> Vec<Measure> {
    let measure = |name: &str, symbol, value: f64, scale: f64, unit| Measure {
        name: name.to_owned(),
        symbol,
        value: value / scale,
        expected: Some(expected / scale),
        sd: Some(sd / scale),
        unit,
    };
    vec![
        measure("counts ending in 0 or 5", "S", observed as f64, 1.0, Unit::Stations),
        measure("share ending in 0 or 5", "f", observed as f64, n, Unit::Share),
    ]
}

/// Counts that end in the most zeros, larger ones first.
fn round_counts(d: &Digits) -> Vec<(u32, String)> {
    let zeros = |votes: i64| (1..=9).take_while(|&k| votes != 0 && votes % 10_i64.pow(k) == 0).count();
    let mut round: Vec<_> =
        d.stations.iter().map(|e| (zeros(e.votes), e)).filter(|(z, _)| *z >= 2).collect();
    round.sort_by_key(|(z, e)| (std::cmp::Reverse((*z, e.votes)), e.row));
    let say = |(z, e): (usize, &crate::entries::Entry)| {
        (e.row, format!("{} votes: ends in {z} zeros", number(e.votes as f64)))
    };
    round.into_iter().take(20).map(say).collect()
}

fn bars(observed: usize, expected: f64, sd: f64, n: f64) -> Picture {
    Picture::Bars {
        title: "Counts by last digit".to_owned(),
        axis: "last digit".to_owned(),
        labels: vec!["0 or 5".to_owned(), "other".to_owned()],
        observed: vec![observed as f64, n - observed as f64],
        expected: vec![expected, n - expected],
        sd: vec![sd, sd],
    }
}
