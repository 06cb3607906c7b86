//! S250: votes beyond the ratio of the clean stations, as a curve over the bins that may be clean.

use glassurn_model::{Finding, Outcome, Reason};

use crate::simulate::Null;
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, excess};

mod bins;
mod curve;
mod say;

pub use bins::Bins;
pub use curve::{Curve, Point};

/// Which bins may hold the clean stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clean {
    /// Every bin around the peak of the other ballots where they are at least half as many as there.
    AroundPeak,
    /// The one bin of the published computation, with its turnout (ballots cast) and its bins.
    Cedar,
}

#[doc = include_str!("../excess_over_turnout.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shpilkin {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest stations in a clean bin.
    pub min_bin_stations: usize,
    /// Resamples for the bands.
    pub draws: u32,
    /// Seed of the resamples.
    pub seed: u64,
    /// Which bins may be clean.
    pub clean: Clean,
}

impl Shpilkin {
    /// Stations of a hundred voters or more, ten of them in a clean bin, a thousand resamples.
    pub const DEFAULT: Self = Shpilkin {
        min_registered: 100,
        min_stations: 100,
        min_bin_stations: 10,
        draws: 1_000,
        seed: 1,
        clean: Clean::AroundPeak,
    };

    /// The computation of the group Cedar: more than a hundred voters, one clean bin.
    pub const CEDAR: Self = Shpilkin { min_registered: 101, clean: Clean::Cedar, ..Self::DEFAULT };

    const CODE: &'static str = "S250";

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let curve = self.curve(slice)?;
        let range = curve.range(|p| p.band);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: curve.used,
            measures: curve.measures(range),
            p: None,
            effect: excess::effect("the clean ratio", range),
            plain: curve.plain(range),
            pictures: curve.pictures(slice),
            stations: Vec::new(),
            caveats: excess::caveats(curve.used, slice.len()),
            left_out: curve.left_out,
        })
    }
}

impl Screen for Shpilkin {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "excess-over-turnout",
            title: "Excess votes over turnout",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("../excess_over_turnout.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }

    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }

    /// Whichever bin is clean, and wherever in its band, there is an excess.
    fn stands_out(&self, finding: &Finding) -> Option<bool> {
        Some(finding.measure("B₋")?.value > 0.0)
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        excess::affected(finding)
    }
}
