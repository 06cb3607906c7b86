//! X720 to X723: the mean absolute deviation of leading digits from Benford's law, in Nigrini's bands.

use glassurn_model::{Effect, Finding, Measure, Outcome, Unit};

use super::law::{Leading, Tally};
use crate::peers::{Published, verb};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, phrase};

#[doc = include_str!("mean_deviation.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanDeviation {
    /// Of which digits.
    pub of: Leading,
}

/// Upper ends of close, acceptable and marginally acceptable conformity.
const BANDS: [[f64; 3]; 4] = [
    [0.006, 0.012, 0.015],
    [0.008, 0.010, 0.012],
    [0.0012, 0.0018, 0.0022],
    [0.000_36, 0.000_44, 0.000_50],
];

const RULES: [&str; 4] = [
    "a deviation above 0.015 is called nonconformity",
    "a deviation above 0.012 is called nonconformity",
    "a deviation above 0.0022 is called nonconformity",
    "a deviation above 0.0005 is called nonconformity",
];

impl MeanDeviation {
    fn code(self) -> &'static str {
        self.of.pick(["X720", "X721", "X722", "X723"])
    }

    /// The band's published name.
    fn band(self, value: f64) -> &'static str {
        let [close, acceptable, marginal] = self.of.pick(BANDS);
        match value {
            v if v <= close => "close conformity",
            v if v <= acceptable => "acceptable conformity",
            v if v <= marginal => "marginally acceptable conformity",
            _ => "nonconformity",
        }
    }

    fn find(self, tally: Tally, slice: &Slice<'_>) -> Finding {
        let (n, law) = (tally.used as f64, tally.of.law());
        let value = tally.apart().map(f64::abs).sum::<f64>() / law.len() as f64;
        // The mean of |N(0, s)| is s √(2/π): what chance alone gives were the law true.
        let spread: f64 = law.iter().map(|p| (p * (1.0 - p) / n).sqrt()).sum();
        let chance = spread / law.len() as f64 * std::f64::consts::FRAC_2_PI.sqrt();
        let m = |name: &str, symbol, value| Measure::plain(name, symbol, value, Unit::None);
        Finding {
            screen: self.code(),
            subject: slice.subject(),
            used: tally.used,
            measures: vec![
                m("mean absolute deviation from Benford's law", "MAD", value),
                m("what chance alone gives so many counts under the law", "MAD₀", chance),
                m("upper end of the last band", "c", self.of.pick(BANDS)[2]),
            ],
            p: None,
            effect: Effect {
                name: "mean absolute deviation from Benford's law".to_owned(),
                value,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: self.plain(&tally, value, chance),
            pictures: vec![tally.picture()],
            stations: Vec::new(),
            caveats: tally.caveats(slice),
            left_out: tally.left_out,
        }
    }

    fn plain(self, tally: &Tally, value: f64, chance: f64) -> String {
        let round = |v: f64| format!("{v:.5}");
        format!(
            "The {} of {} counts of votes are on average {} off the chances of Benford's law, where chance alone would \
             give {} were it their law ({}); the published rule ({}) {}, and sizes of honest stations meet it.",
            self.of.noun(),
            phrase::count(tally.used),
            round(value),
            round(chance),
            self.band(value),
            self.rule(),
            verb(self.beyond(value)),
        )
    }

    fn beyond(self, value: f64) -> bool {
        value > self.of.pick(BANDS)[2]
    }
}

impl Screen for MeanDeviation {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code(),
            name: self.of.pick([
                "benford-first-digit",
                "benford-second-digit",
                "benford-first-two-digits",
                "benford-first-three-digits",
            ]),
            title: self.of.pick([
                "First digits in Nigrini's bands",
                "Second digits in Nigrini's bands",
                "First two digits in Nigrini's bands",
                "First three digits in Nigrini's bands",
            ]),
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("mean_deviation.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        let found = Tally::of(self.of, slice).map(|tally| self.find(tally, slice));
        slice.outcome(self.code(), found)
    }
}

impl Published for MeanDeviation {
    fn met(&self, finding: &Finding) -> Option<bool> {
        finding.measure("MAD").map(|m| self.beyond(m.value))
    }

    fn rule(&self) -> &'static str {
        self.of.pick(RULES)
    }
}
