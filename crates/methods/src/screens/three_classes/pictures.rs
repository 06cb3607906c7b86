//! What is drawn of the model.

use glassurn_model::{IntervalRow, Picture, Unit};

use super::Model;
use crate::ballots::Ballots;
use crate::mixture::{Estimate, Fit};
use crate::turnout_bins;

/// Bins of the picture of chances.
const BINS: usize = 20;

/// The classes, as rows call them.
const CLASSES: [&str; 2] = ["some added", "most added"];

impl Model {
    pub(super) fn pictures(&self) -> Vec<Picture> {
        let mut shown = match self.varying.agrees() {
            true => rows(&self.varying, ""),
            false => rows_of_modes(&self.varying),
        };
        shown.extend(self.same.iter().flat_map(rows_alike));
        let intervals = Picture::Intervals {
            title: "Part of the stations in each class".to_owned(),
            axis: "part of the stations".to_owned(),
            unit: Unit::Share,
            rows: shown,
        };
        let mut pictures = vec![intervals, self.picture_of_chances()];
        pictures.extend((0..3).filter_map(|class| self.picture_of_class(class)));
        pictures
    }

    /// How clearly stations fall in a class.
    fn picture_of_chances(&self) -> Picture {
        let mut counts = vec![0.0; BINS];
        for m in &self.varying.memberships {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part")]
            let bin = ((1.0 - m.chances[0]).clamp(0.0, 1.0) * BINS as f64) as usize;
            counts[bin.min(BINS - 1)] += 1.0;
        }
        Picture::Histogram {
            title: "Stations by their chance of a class with votes added".to_owned(),
            axis: "chance given the counts, %".to_owned(),
            start: 0.0,
            width: 100.0 / BINS as f64,
            counts,
            expected: Vec::new(),
            sd: Vec::new(),
        }
    }

    /// Turnout and share of the stations of one class, in the first mode.
    fn picture_of_class(&self, class: usize) -> Option<Picture> {
        let pairs = self.stations.iter().zip(&self.varying.memberships);
        let of: Vec<Ballots> =
            pairs.filter(|(_, m)| m.class() == class).map(|(s, _)| *s).collect();
        let name = ["no votes added", CLASSES[0], CLASSES[1]][class];
        (!of.is_empty()).then(|| Picture::Heat {
            title: format!("Stations most likely to have {name}, by the model's first mode"),
            x: "turnout, %".to_owned(),
            y: "share, %".to_owned(),
            bins: turnout_bins::BINS,
            counts: turnout_bins::cells(&of),
        })
    }
}

/// The two classes of a fit.
fn rows(fit: &Fit, form: &str) -> Vec<IntervalRow> {
    let row = |(chance, class): (&Estimate, &str)| {
        let [low, high] = chance.interval;
        let label = format!("{class}{form}");
        IntervalRow { label, estimate: Some(chance.mean), low, high, mark: None }
    };
    fit.chances.iter().zip(CLASSES).map(row).collect()
}

/// The form without variation: its interval, and no mean where its modes disagree.
fn rows_alike(fit: &Fit) -> Vec<IntervalRow> {
    let mut rows = rows(fit, " (bl)");
    for (class, row) in rows.iter_mut().enumerate().filter(|_| !fit.agrees()) {
        [row.low, row.high] = fit.range(class);
        row.estimate = None;
    }
    rows
}

/// The two classes in each mode: a place, and no interval.
fn rows_of_modes(fit: &Fit) -> Vec<IntervalRow> {
    let row = |i: usize, chance: f64, class: &str| {
        let label = format!("{class}, mode {}", i + 1);
        IntervalRow { label, estimate: Some(chance), low: chance, high: chance, mark: None }
    };
    let modes = fit.rivals().enumerate();
    modes.flat_map(|(i, m)| [0, 1].map(|c| row(i, m.chances[1 + c], CLASSES[c]))).collect()
}
