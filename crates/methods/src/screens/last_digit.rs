//! S110: last digits of counts.

use glassurn_model::{Effect, Finding, Measure, Outcome, P, PKind, Reason, Unit};
use glassurn_stats::{chi_squared, interval};

use crate::digits::Digits;
use crate::phrase::{number, percent};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("last_digit.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastDigit {
    /// Smallest count whose last digit is used.
    pub min_count: i64,
    /// Fewest counts.
    pub min_stations: usize,
}

impl LastDigit {
    /// The settings used when none are given.
    pub const DEFAULT: Self = LastDigit { min_count: 30, min_stations: 100 };
}

const CODE: &str = "S110";

impl Screen for LastDigit {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "last-digit",
            title: "Last digits",
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("last_digit.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        let digits = Digits::of(slice, self.min_count, self.min_stations);
        slice.outcome(CODE, digits.and_then(|d| finding(slice, d)))
    }
}

fn finding(slice: &Slice<'_>, d: Digits) -> Result<Finding, Reason> {
    let x2 = d.unevenness()?;
    let ending = Ending::of(&d);
    Ok(Finding {
        screen: CODE,
        subject: slice.subject(),
        used: d.stations.len(),
        measures: measures(&d, x2, &ending),
        p: Some(P { value: chi_squared::sf(x2, 9.0), kind: PKind::Asymptotic }),
        effect: ending.effect(&d),
        plain: format!(
            "Of {} counts, {} end in 0 or 5 where stations of these sizes lead one to expect {}; \
             over all ten digits the unevenness is {:.1} where chance gives 9.",
            number(d.n()),
            percent(ending.observed / d.n(), 1),
            percent(ending.expected / d.n(), 1),
            x2
        ),
        pictures: vec![d.bars("Last digits of the counts", "last digit")],
        stations: Vec::new(),
        caveats: d.caveats(),
        left_out: d.left_out,
    })
}

/// Counts that end in 0 or 5.
struct Ending {
    observed: f64,
    expected: f64,
    sd: f64,
}

impl Ending {
    fn of(d: &Digits) -> Self {
        let c = &d.covariance;
        Ending {
            observed: d.observed[0] + d.observed[5],
            expected: d.expected[0] + d.expected[5],
            sd: (c[0][0] + 2.0 * c[0][5] + c[5][5]).max(0.0).sqrt(),
        }
    }

    fn effect(&self, d: &Digits) -> Effect {
        let beyond = self.observed - self.expected;
        Effect {
            name: "counts ending in 0 or 5".to_owned(),
            value: self.observed / d.n(),
            unit: Unit::Share,
            interval: Some(interval::wilson(
                d.zeros_and_fives() as u64,
                d.stations.len() as u64,
                1.959_963_984_540_054,
            )),
            stations: Some(beyond),
            votes: Some(beyond * d.mean_count()),
        }
    }
}

fn measures(d: &Digits, x2: f64, ending: &Ending) -> Vec<Measure> {
    let n = d.n();
    let measure = |name: &str, symbol, value, expected: f64, sd: Option<f64>, unit| Measure {
        name: name.to_owned(),
        symbol,
        value,
        expected: Some(expected),
        sd,
        unit,
    };
    vec![
        measure("unevenness of the ten digits", "X²", x2, 9.0, Some(18.0_f64.sqrt()), Unit::None),
        measure(
            "counts ending in 0 or 5",
            "f",
            ending.observed / n,
            ending.expected / n,
            Some(ending.sd / n),
            Unit::Share,
        ),
        d.mean_digit("mean last digit", "m"),
        d.against(&[0.1; 10], "unevenness against ten equal digits", "X²₀"),
        d.changed(),
    ]
}
