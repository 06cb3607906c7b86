//! Figures of turnout and share together, set against a fixed threshold.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Unit};

use super::series;
use crate::peers::{Published, figure, verb};
use crate::turnout_bins::BINS;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

/// Turnouts and shares of the rows that have both.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// Ballots cast over registered voters.
    pub turnouts: Vec<f64>,
    /// Votes over ballots cast.
    pub shares: Vec<f64>,
}

/// A figure of turnout and share with its published threshold.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    /// Documentation form.
    pub doc: &'static str,
    /// What the program calls it.
    pub symbol: &'static str,
    /// What it is, in a sentence.
    pub noun: &'static str,
    /// The figure; `None` where turnouts or shares do not vary.
    pub of: fn(&Pairs) -> Option<f64>,
    /// The rule is met beyond it, either way.
    pub threshold: f64,
    /// The rule in words.
    pub rule: &'static str,
    /// What is known to meet the rule, or never does, in a sentence.
    pub failure: &'static str,
}

impl Pair {
    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let ([turnouts, shares], tray) = series::turnouts_and_shares(slice)?;
        let used = turnouts.len();
        if used < 3 {
            return Err(Reason::TooFew { used, needed: 3 });
        }
        let pairs = Pairs { turnouts, shares };
        let value = (self.of)(&pairs).filter(|v| v.is_finite()).ok_or(Reason::Constant)?;
        let mut caveats = caveat::of(used, slice.len());
        caveats.extend([Caveat::MixedElectorates, Caveat::PublishedRule]);
        let m = |name: &str, symbol, value| Measure::plain(name, symbol, value, Unit::None);
        Ok(Finding {
            screen: self.code,
            subject: slice.subject(),
            used,
            measures: vec![
                m(self.noun, self.symbol, value),
                m("published threshold", "c", self.threshold),
            ],
            p: None,
            effect: Effect {
                name: self.noun.to_owned(),
                value,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: format!(
                "The {} of {} stations is {}; the published rule ({}) {}, and {}.",
                self.noun,
                phrase::count(used),
                figure(value),
                self.rule,
                verb(self.beyond(value)),
                self.failure,
            ),
            pictures: vec![pairs.picture()],
            stations: Vec::new(),
            caveats,
            left_out: tray.empty(),
        })
    }

    fn beyond(&self, value: f64) -> bool {
        value.abs() > self.threshold
    }
}

impl Pairs {
    fn picture(&self) -> Picture {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate")]
        let bin = |rate: f64| ((rate * BINS as f64) as usize).min(BINS - 1);
        let mut counts = vec![0_u32; BINS * BINS];
        for (t, v) in self.turnouts.iter().zip(&self.shares) {
            counts[bin(*v) * BINS + bin(*t)] += 1;
        }
        Picture::Heat {
            title: "Stations by turnout and share".to_owned(),
            x: "turnout, %".to_owned(),
            y: "share, %".to_owned(),
            bins: BINS,
            counts,
        }
    }
}

impl Screen for Pair {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code,
            name: self.name,
            title: self.title,
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: self.doc,
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(self.code, self.find(slice))
    }
}

impl Published for Pair {
    fn met(&self, finding: &Finding) -> Option<bool> {
        finding.measure(self.symbol).map(|m| self.beyond(m.value))
    }

    fn rule(&self) -> &'static str {
        self.rule
    }
}
