//! S251: votes beyond the ratio of the clean cells of turnout and share, as a curve over those cells.

use glassurn_model::{Finding, Outcome, Reason};

use crate::simulate::Null;
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, excess};

mod curve;
mod grid;
mod say;

pub use curve::{Curve, Point};
pub use grid::{Column, Grid};

#[doc = include_str!("../excess_over_cells.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcessOverCells {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest stations in the clean cells of one per cent of turnout.
    pub min_cell_stations: usize,
    /// Resamples for the bands.
    pub draws: u32,
    /// Seed of the resamples.
    pub seed: u64,
}

impl ExcessOverCells {
    /// As the curve over turnout has it: a hundred voters, ten stations, a thousand resamples.
    pub const DEFAULT: Self = ExcessOverCells {
        min_registered: 100,
        min_stations: 300,
        min_cell_stations: 10,
        draws: 1_000,
        seed: 1,
    };

    const CODE: &'static str = "S251";

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let curve = self.curve(slice)?;
        let range = curve.range(|p| p.band);
        let used = curve.stations.len();
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: curve.measures(range),
            p: None,
            effect: excess::effect("the clean cells' ratio", range),
            plain: curve.plain(range),
            pictures: curve.pictures(slice),
            stations: Vec::new(),
            caveats: excess::caveats(used, slice.len()),
            left_out: curve.left_out,
        })
    }
}

impl Screen for ExcessOverCells {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "excess-over-cells",
            title: "Excess votes over turnout and share",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("../excess_over_cells.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }

    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }

    /// It describes: a second electorate of honest voters gives the same excess.
    fn stands_out(&self, _: &Finding) -> Option<bool> {
        None
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        excess::affected(finding)
    }
}
