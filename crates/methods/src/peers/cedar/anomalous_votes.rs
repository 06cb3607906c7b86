//! X210: votes beyond the ratio of one clean bin of turnout.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Unit};

use crate::peers::Published;
use crate::screens::{Shpilkin, excess_over_turnout::Curve};
use crate::turnout_bins::{self, BINS};
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("anomalous_votes.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnomalousVotes;

/// What the notebook prints.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Printed {
    votes: f64,
    excess: f64,
    bin: usize,
    ratio: f64,
}

impl AnomalousVotes {
    const CODE: &'static str = "X210";

    fn find(self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        // The notebook has no bands.
        let curve = Shpilkin { draws: 1, ..Shpilkin::CEDAR }.curve(slice)?;
        let printed = Printed::of(&curve).ok_or(Reason::Constant)?;
        let Printed { votes, excess, bin, ratio } = printed;
        let mut caveats = caveat::of(curve.used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let m = Measure::plain;
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: curve.used,
            measures: vec![
                m("anomalous votes", "A", excess, Unit::Votes),
                m("part of the choice's votes", "A/L", excess / votes, Unit::Share),
                m("clean bin, per cent of turnout", "b", bin as f64, Unit::None),
                m("votes for one other ballot there", "r", ratio, Unit::None),
            ],
            p: None,
            effect: Effect {
                name: "anomalous votes".to_owned(),
                value: excess,
                unit: Unit::Votes,
                interval: None,
                stations: None,
                votes: Some(excess),
            },
            plain: printed.plain(curve.used),
            pictures: vec![picture(&curve, ratio)],
            stations: Vec::new(),
            caveats,
            left_out: curve.left_out,
        })
    }
}

impl Printed {
    fn of(curve: &Curve) -> Option<Self> {
        let point = curve.clean().next()?;
        let votes = curve.bins.votes.iter().sum::<i64>() as f64;
        let (bin, excess) = (point.bin, point.excess);
        Some(Printed { votes, excess, bin, ratio: curve.bins.ratio(bin) })
    }

    fn plain(&self, used: usize) -> String {
        format!(
            "The notebook's computation gives {} anomalous votes at {} stations, {} of the choice's, from the \
             ratio at {} to {} % turnout; no rule is published, and another bin or support that goes with \
             turnout for other reasons gives another figure.",
            phrase::number(self.excess),
            phrase::count(used),
            phrase::percent(self.excess / self.votes, 1),
            self.bin,
            self.bin + 1,
        )
    }
}

fn picture(curve: &Curve, ratio: f64) -> Picture {
    let line = |name: &str, values: Vec<f64>| (name.to_owned(), values);
    let clean = curve.bins.others.iter().map(|&o| ratio * o as f64).collect();
    Picture::Lines {
        title: "Votes by turnout, and what the clean bin's ratio gives".to_owned(),
        x: "turnout, %".to_owned(),
        y: "votes in each per cent of turnout".to_owned(),
        at: (0..BINS).map(turnout_bins::middle).collect(),
        series: vec![
            line("the choice", curve.bins.votes.iter().map(|&v| v as f64).collect()),
            line("other ballots times the ratio", clean),
        ],
    }
}

impl Screen for AnomalousVotes {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "cedar-anomalous-votes",
            title: "Anomalous votes (Cedar)",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("anomalous_votes.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        Some(Affected { votes: finding.effect.value, range: None })
    }
}

impl Published for AnomalousVotes {
    fn met(&self, _: &Finding) -> Option<bool> {
        None
    }

    fn rule(&self) -> &'static str {
        ""
    }
}
