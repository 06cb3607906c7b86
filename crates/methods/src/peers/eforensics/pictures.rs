//! What is drawn of the published model.

use glassurn_model::{IntervalRow, Picture, Unit};

use super::mixture::Figures;
use crate::mixture::Estimate;

/// The parts of the stations, and every mode.
pub(super) fn pictures(figures: &Figures) -> Vec<Picture> {
    let fit = &figures.fit;
    let names = ["some votes added", "most votes added"];
    let row = |(chance, name): (&Estimate, &str)| IntervalRow {
        label: name.to_owned(),
        estimate: Some(chance.mean),
        low: chance.interval[0],
        high: chance.interval[1],
        mark: None,
    };
    let mut rows: Vec<IntervalRow> = fit.chances.iter().zip(names).map(row).collect();
    for (i, mode) in fit.rivals().enumerate().skip(1) {
        rows.extend((0..2).map(|c| IntervalRow {
            label: format!("{}, mode {}", names[c], i + 1),
            estimate: Some(mode.chances[1 + c]),
            low: mode.chances[1 + c],
            high: mode.chances[1 + c],
            mark: None,
        }));
    }
    vec![Picture::Intervals {
        title: "Part of the stations in each class, as published".to_owned(),
        axis: "part of the stations".to_owned(),
        unit: Unit::Share,
        rows,
    }]
}
