//! X730, X731: the mean of leading digits beside that of Benford's law, after Judge and Schechter.

use glassurn_model::{Effect, Finding, Measure, Outcome, P, PKind, Unit};
use glassurn_stats::normal;

use super::law::{Leading, Tally};
use crate::peers::{Published, figure, verb};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, phrase};

#[doc = include_str!("mean_digit.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanDigit {
    /// The first digit, or the first two as one number.
    pub of: Leading,
}

const RULE: &str = "p is below 0.05";

/// The figures.
struct Figures {
    mean: f64,
    expected: f64,
    /// Distance, out of the largest that there is.
    apart: f64,
    sd: f64,
}

impl Figures {
    fn of(tally: &Tally) -> Self {
        let (n, law) = (tally.used as f64, tally.of.law());
        let values = || (tally.of.least()..=tally.of.most()).map(|v| v as f64);
        let expected: f64 = law.iter().zip(values()).map(|(p, v)| p * v).sum();
        let variance: f64 = law.iter().zip(values()).map(|(p, v)| p * (v - expected).powi(2)).sum();
        let mean = tally.counts.iter().zip(values()).map(|(c, v)| c * v).sum::<f64>() / n;
        let room = tally.of.most() as f64 - expected;
        let (apart, sd) = ((mean - expected).abs() / room, (variance / n).sqrt() / room);
        Figures { mean, expected, apart, sd }
    }

    fn p(&self) -> f64 {
        (2.0 * normal::sf(self.apart / self.sd)).min(1.0)
    }
}

impl MeanDigit {
    fn code(self) -> &'static str {
        self.of.pick(["X730", "X730", "X731", "X731"])
    }

    fn find(self, tally: Tally, slice: &Slice<'_>) -> Finding {
        let f = Figures::of(&tally);
        let m = |name: &str, symbol, value| Measure::plain(name, symbol, value, Unit::None);
        Finding {
            screen: self.code(),
            subject: slice.subject(),
            used: tally.used,
            measures: vec![
                m("distance of the mean, out of the largest possible", "a*", f.apart)
                    .expecting(0.0, f.sd),
                m("mean digit", "m", f.mean),
                m("its mean under Benford's law", "μ", f.expected),
            ],
            p: Some(P { value: f.p(), kind: PKind::Asymptotic }),
            effect: Effect {
                name: "mean digit less that of Benford's law".to_owned(),
                value: f.mean - f.expected,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: self.plain(&tally, &f),
            pictures: vec![tally.picture()],
            stations: Vec::new(),
            caveats: tally.caveats(slice),
            left_out: tally.left_out,
        }
    }

    fn plain(self, tally: &Tally, f: &Figures) -> String {
        format!(
            "The mean of the {} of {} counts of votes is {} where Benford's law has {}; the published rule ({RULE}) {}, \
             and sizes of honest stations meet it.",
            self.of.noun(),
            phrase::count(tally.used),
            figure(f.mean),
            figure(f.expected),
            verb(f.p() < 0.05),
        )
    }
}

impl Screen for MeanDigit {
    fn meta(&self) -> Meta {
        let two = self.code() == "X731";
        Meta {
            code: self.code(),
            name: if two { "benford-mean-of-two-digits" } else { "benford-mean-digit" },
            title: if two { "Mean of the first two digits" } else { "Mean first digit" },
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("mean_digit.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        let found = Tally::of(self.of, slice).map(|tally| self.find(tally, slice));
        slice.outcome(self.code(), found)
    }
}

impl Published for MeanDigit {
    fn met(&self, finding: &Finding) -> Option<bool> {
        finding.p.map(|p| p.value < 0.05)
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}
