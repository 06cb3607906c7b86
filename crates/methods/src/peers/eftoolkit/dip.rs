//! X170, X171: Hartigan's dip of shares or turnouts, as EFToolkit decides on it.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, P, PKind, Picture, Reason, Unit};
use glassurn_stats::dip;

use super::series::Series;
use crate::peers::{Published, figure, verb};
use crate::turnout_bins::BINS;
use crate::{Cost, Family, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("dip.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dip {
    /// Of what.
    pub series: Series,
}

/// The rule, which looks at p as the program prints it.
const RULE: &str = "p, rounded to three decimals, is below 0.05";

impl Dip {
    fn code(self) -> &'static str {
        self.series.pick(["X170", "X171"])
    }

    fn find(self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (rates, tray) = self.series.rates(slice)?;
        let used = rates.len();
        if used < 4 {
            return Err(Reason::TooFew { used, needed: 4 });
        }
        let value = dip::statistic(&rates);
        let p = dip::p_uniform(value, used);
        let mut caveats = caveat::of(used, slice.len());
        caveats.extend([Caveat::MixedElectorates, Caveat::PublishedRule]);
        let m = |name: &str, symbol, value| Measure::plain(name, symbol, value, Unit::None);
        Ok(Finding {
            screen: self.code(),
            subject: slice.subject(),
            used,
            measures: vec![
                m("p of the dip under a uniform law", "DipT", p),
                m("dip", "D", value),
                m("published threshold", "c", LEVEL),
            ],
            p: Some(P { value: p, kind: PKind::Asymptotic }),
            effect: Effect {
                name: "dip".to_owned(),
                value,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: format!(
                "The dip of {} {} is {value:.5} with p = {}; the published rule ({RULE}) {}, and \
                 two kinds of electorate, or shares that repeat because they are rounded, meet it as well.",
                phrase::count(used),
                self.series.pick(["shares", "turnouts"]),
                figure(p),
                verb(small(p)),
            ),
            pictures: vec![self.picture(&rates)],
            stations: Vec::new(),
            caveats,
            left_out: tray.empty(),
        })
    }

    fn picture(self, rates: &[f64]) -> Picture {
        let mut counts = vec![0.0; BINS];
        for rate in rates {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate")]
            let bin = ((rate * BINS as f64) as usize).min(BINS - 1);
            counts[bin] += 1.0;
        }
        Picture::Histogram {
            title: format!("Stations by {}", self.series.pick(["share", "turnout"])),
            axis: self.series.pick(["share, %", "turnout, %"]).to_owned(),
            start: 0.0,
            width: 1.0,
            counts,
            expected: Vec::new(),
            sd: Vec::new(),
        }
    }
}

/// The published level.
const LEVEL: f64 = 0.05;

fn small(p: f64) -> bool {
    (1_000.0 * p).round_ties_even() < 1_000.0 * LEVEL
}

impl Screen for Dip {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code(),
            name: self.series.pick(["eft-dip", "eft-dip-turnout"]),
            title: self
                .series
                .pick(["Dip of the shares (EFToolkit)", "Dip of the turnouts (EFToolkit)"]),
            family: Family::Shapes,
            focus: self.series.focus(),
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("dip.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(self.code(), self.find(slice))
    }
}

impl Published for Dip {
    fn met(&self, finding: &Finding) -> Option<bool> {
        finding.measure("DipT").map(|m| small(m.value))
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}
