//! X310, X320, X330: stations at whole percentages beyond a binomial null.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, P, PKind, Picture, Reason, Unit};
use glassurn_stats::poisson_binomial;

use crate::peers::{Published, verb};
use crate::screens::IntegerPercentages;
use crate::screens::integer_percentages::{Sum, Tally, Weight, Which};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("integer_anomaly.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntegerAnomaly {
    /// Which percentages must be whole.
    pub which: Which,
}

const RULE: &str = "more stations than the 99.9 % point of the null";

/// Observed and anomaly, for stations and for each weight.
const SYMBOLS: [[&str; 2]; 4] = [["I", "d"], ["I_N", "d_N"], ["I_G", "d_G"], ["I_W", "d_W"]];

impl IntegerAnomaly {
    fn pick<T>(self, [either, share, turnout]: [T; 3]) -> T {
        match self.which {
            Which::Either => either,
            Which::Share => share,
            Which::Turnout => turnout,
        }
    }

    fn code(self) -> &'static str {
        self.pick(["X310", "X320", "X330"])
    }

    fn find(self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let tally =
            IntegerPercentages { min_stations: 1, ..IntegerPercentages::DEFAULT }.tally(slice)?;
        let used = tally.stations.len();
        let (sum, point) = (tally.sum(self.which, Weight::Stations), self.point(&tally));
        let mut caveats = caveat::of(used, slice.len());
        caveats.extend([Caveat::IgnoresOverdispersion, Caveat::PublishedRule]);
        Ok(Finding {
            screen: self.code(),
            subject: slice.subject(),
            used,
            measures: self.measures(&tally, point),
            p: Some(P { value: tally.p(self.which), kind: PKind::Exact }),
            effect: Effect {
                name: "anomaly: stations beyond the mean of the null".to_owned(),
                value: sum.excess(),
                unit: Unit::Stations,
                interval: None,
                stations: Some(sum.excess()),
                votes: Some(tally.sum(self.which, Weight::Ballots).excess()),
            },
            plain: self.plain(&sum, used, point),
            pictures: vec![picture(&tally)],
            stations: Vec::new(),
            caveats,
            left_out: tally.left_out,
        })
    }

    /// The least number of stations that the null exceeds with a chance of at most one in a thousand, looked for
    /// from the normal law's point.
    fn point(self, tally: &Tally) -> f64 {
        let (chances, sum) = (tally.chances(self.which), tally.sum(self.which, Weight::Stations));
        let seldom = |more_than: u64| poisson_binomial::sf(&chances, more_than + 1) <= 0.001;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most the stations"
        )]
        let mut point = (sum.expected + 3.09 * sum.sd()) as u64;
        while !seldom(point) {
            point += 1;
        }
        while point > 0 && seldom(point - 1) {
            point -= 1;
        }
        point as f64
    }

    fn measures(self, tally: &Tally, point: f64) -> Vec<Measure> {
        let mut measures = Vec::new();
        for (weight, [observed, anomaly]) in Weight::ALL.into_iter().zip(SYMBOLS) {
            let sum = tally.sum(self.which, weight);
            let unit = if weight == Weight::Stations { Unit::Stations } else { Unit::Votes };
            let name = format!("{} at {}", weight.title(), self.which.title());
            let plain = Measure::plain(name, observed, sum.observed, unit);
            measures.push(plain.expecting(sum.expected, sum.sd()));
            let name = format!("anomaly in {}", weight.title());
            measures.push(Measure::plain(name, anomaly, sum.excess(), unit));
        }
        measures.push(Measure::plain("99.9 % point of the null", "q", point, Unit::Stations));
        measures
    }

    fn plain(self, sum: &Sum, used: usize, point: f64) -> String {
        format!(
            "{} of {} stations report {} within 0.05 percentage points, an anomaly of {} beside the null's {}; the \
             published rule ({RULE}) {}, and the null, binomial around what each station reports, hides half of \
             any true peak.",
            phrase::number(sum.observed),
            phrase::count(used),
            self.which.title(),
            phrase::number(sum.excess()),
            phrase::number(sum.expected),
            verb(sum.observed > point),
        )
    }
}

/// The three statistics in stations.
fn picture(tally: &Tally) -> Picture {
    let sums = Which::ALL.map(|which| tally.sum(which, Weight::Stations));
    Picture::Bars {
        title: "Stations at whole percentages".to_owned(),
        axis: "percentage".to_owned(),
        labels: Which::ALL.map(|which| which.title().to_owned()).to_vec(),
        observed: sums.iter().map(|s| s.observed).collect(),
        expected: sums.iter().map(|s| s.expected).collect(),
        sd: sums.iter().map(Sum::sd).collect(),
    }
}

impl Screen for IntegerAnomaly {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code(),
            name: self.pick(["kobak-either", "kobak-result", "kobak-turnout"]),
            title: self.pick([
                "Whole turnout or share (Kobak)",
                "Whole share (Kobak)",
                "Whole turnout (Kobak)",
            ]),
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("integer_anomaly.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(self.code(), self.find(slice))
    }
}

impl Published for IntegerAnomaly {
    fn met(&self, finding: &Finding) -> Option<bool> {
        Some(finding.measure("I")?.value > finding.measure("q")?.value)
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}
