//! S120: second digits of counts.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, P, PKind, Reason, Unit};
use glassurn_stats::chi_squared;

use crate::digits::{Digit, Digits};
use crate::phrase::number;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("second_digit.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SecondDigit {
    /// Smallest count whose second digit is used; at least 10.
    pub min_count: i64,
    /// Fewest counts.
    pub min_stations: usize,
}

impl SecondDigit {
    /// The settings used when none are given.
    pub const DEFAULT: Self = SecondDigit { min_count: 30, min_stations: 100 };

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let cut = self.min_count.max(10);
        let d = Digits::at(slice, Digit::Second, cut, self.min_stations)?;
        let x2 = d.unevenness()?;
        let mean = d.mean_digit("mean second digit", "m");
        let caveats = d.caveats().into_iter().filter(|c| *c != Caveat::SmallStations);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: d.stations.len(),
            measures: measures(&d, x2, &mean),
            p: Some(P { value: chi_squared::sf(x2, 9.0), kind: PKind::Asymptotic }),
            effect: effect(&d, &mean),
            plain: plain(&d, x2, &mean),
            pictures: vec![d.bars("Second digits of the counts", "second digit")],
            stations: Vec::new(),
            caveats: caveats.collect(),
            left_out: d.left_out,
        })
    }
}

const CODE: &str = "S120";

impl Screen for SecondDigit {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "second-digit",
            title: "Second digits",
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("second_digit.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

/// Benford's chance of each second digit: Σ log₁₀(1 + 1 / (10 k + d)) over first digits k.
fn benford() -> [f64; 10] {
    let chance = |d: u32| (1..10).map(|k| libm::log10(1.0 + 1.0 / f64::from(10 * k + d))).sum();
    let mut chances = [0.0; 10];
    chances.iter_mut().zip(0..).for_each(|(p, d)| *p = chance(d));
    chances
}

fn measures(d: &Digits, x2: f64, mean: &Measure) -> Vec<Measure> {
    let law = benford();
    let moment = |k: i32| law.iter().zip(0..).map(|(p, i)| p * f64::from(i).powi(k)).sum::<f64>();
    let (centre, sd) = (moment(1), (moment(2) - moment(1) * moment(1)).sqrt());
    let z = (mean.value - centre) * d.n().sqrt() / sd;
    vec![
        Measure {
            name: "unevenness beyond what sizes give".to_owned(),
            symbol: "X²",
            value: x2,
            expected: Some(9.0),
            sd: Some(18.0_f64.sqrt()),
            unit: Unit::None,
        },
        mean.clone(),
        d.changed(),
        d.against(&law, "unevenness against Benford's law", "X²₀"),
        Measure::plain("mean second digit of Benford's law", "m₀", centre, Unit::None),
        Measure::plain("deviates of the mean from Benford's", "z₀", z, Unit::None),
    ]
}

/// The mean digit less what sizes lead one to expect.
fn effect(d: &Digits, mean: &Measure) -> Effect {
    let changed = d.changed();
    let beyond = changed.value - changed.expected.unwrap_or(0.0);
    let off = mean.value - mean.expected.unwrap_or(0.0);
    let half = 1.959_963_984_540_054 * mean.sd.unwrap_or(0.0);
    Effect {
        name: "mean second digit beyond what sizes give".to_owned(),
        value: off,
        unit: Unit::None,
        interval: Some([off - half, off + half]),
        stations: Some(beyond.max(0.0)),
        votes: None,
    }
}

fn plain(d: &Digits, x2: f64, mean: &Measure) -> String {
    format!(
        "The second digits of {} counts have mean {:.2} where stations of these sizes lead one to \
         expect {:.2}; over all ten digits the unevenness is {x2:.1} where chance gives 9 (Benford's \
         law, mean 4.19, is no yardstick for stations of like size).",
        number(d.n()),
        mean.value,
        mean.expected.unwrap_or(mean.value),
    )
}
