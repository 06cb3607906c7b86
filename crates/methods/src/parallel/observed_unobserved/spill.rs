//! Direct difference and spill-over of a design that watches some areas densely.

use std::collections::BTreeMap;

use super::estimate::{self, Estimate, Row};
use super::{Station, both, usable};

/// What a difference between all observed and all unobserved stations would mix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spill {
    /// Observed minus unobserved stations, where many are observed; within blocks.
    pub direct: Option<Estimate>,
    /// Unobserved stations where many are observed, minus unobserved ones where few are.
    pub over: Option<Estimate>,
    /// Whether `over` compares means of whole blocks: none has near and far stations.
    pub areas: bool,
}

/// Both differences with Neyman's standard errors; `None` where no station says whether it is near.
pub(super) fn spill(stations: &[Station]) -> Option<Spill> {
    stations.iter().any(|s| s.near.is_some()).then_some(())?;
    let dense = blocks(stations, |s| s.observed.filter(|_| s.near == Some(true)));
    let unobserved = blocks(stations, |s| s.near.filter(|_| s.observed == Some(false)));
    let mixed = |rows: &Vec<Row>| rows.iter().any(|r| r.observed != rows[0].observed);
    let areas = !unobserved.iter().any(mixed);
    let over = if areas { vec![unobserved.iter().map(|b| whole(b)).collect()] } else { unobserved };
    Some(Spill { direct: within(dense), over: within(over), areas })
}

/// The usable stations that have an arm, block by block.
fn blocks(stations: &[Station], arm: impl Fn(&Station) -> Option<bool>) -> Vec<Vec<Row>> {
    let mut blocks: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for station in stations.iter().filter(|s| usable(s)) {
        let (Some(y), Some(observed)) = (station.outcome, arm(station)) else { continue };
        blocks.entry(&station.block).or_default().push(Row { y, x: 0.0, observed });
    }
    blocks.into_values().collect()
}

/// A block as one unit: its mean.
fn whole(block: &[Row]) -> Row {
    let values: Vec<f64> = block.iter().map(|r| r.y).collect();
    Row { y: glassurn_stats::moments::mean(&values), ..block[0] }
}

/// The difference within the blocks that have two on either side.
fn within(blocks: Vec<Vec<Row>>) -> Option<Estimate> {
    let kept: Vec<Vec<Row>> = blocks.into_iter().filter(|b| both(b)).collect();
    (!kept.is_empty()).then(|| estimate::plain(&kept))
}
