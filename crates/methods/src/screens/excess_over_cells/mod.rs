//! S251: votes beyond the ratio of the clean cells of turnout and share, as a curve over those cells.

use glassurn_model::{Caveat, Effect, Finding, Outcome, Reason, Unit};

use crate::screens::excess_over_turnout::nearest_to_zero;
use crate::simulate::Null;
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase::number};

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
        let mut caveats = caveat::of(used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let nearest = nearest_to_zero(range);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: curve.measures(range),
            p: None,
            effect: Effect {
                name: format!(
                    "votes beyond the clean cells' ratio: of the range from {} to {}, the end nearest to 0",
                    number(range[0]),
                    number(range[1])
                ),
                value: nearest,
                unit: Unit::Votes,
                // The range over clean cells is no confidence interval: which cells are clean is not drawn by chance.
                interval: None,
                stations: None,
                votes: Some(nearest),
            },
            plain: curve.plain(range),
            pictures: curve.pictures(slice),
            stations: Vec::new(),
            caveats,
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

    /// The middle of the curve stands for it where a single number must; a report has the range alone.
    fn affected(&self, finding: &Finding) -> Option<Affected> {
        let [low, high, least, most] =
            ["A₋", "A₊", "B₋", "B₊"].map(|symbol| finding.measure(symbol).map(|m| m.value));
        Some(Affected { votes: f64::midpoint(low?, high?), range: Some([least?, most?]) })
    }
}
