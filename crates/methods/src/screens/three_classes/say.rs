//! What is said of the model: a sentence, pictures, stations.

use glassurn_model::{IntervalRow, Picture, Unit};

use super::Model;
use crate::mixture::{Estimate, Fit, Membership};
use crate::phrase;

/// A class is at most as frequent as unchanged stations; above this part it is at that bound.
const FULL: f64 = 0.49;

/// Bins of the picture of stations.
const BINS: usize = 20;

/// The classes, as rows call them.
const CLASSES: [&str; 2] = ["some votes added", "most votes added"];

/// Most stations named.
const NAMED: usize = 20;

impl Model {
    pub(super) fn plain(&self) -> String {
        let start = "In a model of one electorate, in which whatever is not one cloud counts as votes added or moved,";
        let end = "several electorates, local loyalty and pacts between parties give the same";
        let stations = phrase::count(self.stations.len());
        if self.varying.agrees() {
            let [some, most] = [self.parts(0, 1), self.parts(1, 1)];
            let [low, high] = self.varying.all_votes.interval.map(phrase::number);
            return format!(
                "{start} {some} of {stations} stations have some votes added{} and {most} most of them, {low} to \
                 {high} votes added and moved; {end}.",
                if self.range(0)[1] > FULL { " (the model allows no more than half)" } else { "" },
            );
        }
        let modes: Vec<String> = self.varying.rivals().map(|m| {
            let [some, most] = [m.chances[1], m.chances[2]].map(|c| phrase::percent(c, 1));
            format!("{some} with some votes added and {most} with most")
        }).collect();
        format!(
            "{start} {stations} stations have {} answers that the returns do not tell apart ({}), so no single \
             figure is given; {end}.",
            modes.len(),
            modes.join("; or "),
        )
    }

    /// `3.1 % to 5.2 %` of the stations.
    fn parts(&self, class: usize, decimals: usize) -> String {
        let [low, high] = self.range(class).map(|p| phrase::percent(p, decimals));
        if low == high { low } else { format!("{low} to {high}") }
    }

    pub(super) fn pictures(&self) -> Vec<Picture> {
        let mut shown = match self.varying.agrees() {
            true => rows(&self.varying, "stations differ"),
            false => rows_of_modes(&self.varying),
        };
        shown.extend(self.same.iter().flat_map(|same| rows(same, "stations alike")));
        vec![
            Picture::Intervals {
                title: "Part of the stations in each class".to_owned(),
                axis: "part of the stations".to_owned(),
                unit: Unit::Share,
                rows: shown,
            },
            self.picture_of_stations(),
        ]
    }

    /// How clearly stations fall in a class.
    fn picture_of_stations(&self) -> Picture {
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

    /// The stations to which the model adds and moves most votes, of those that it puts in a class.
    pub(super) fn marked(&self) -> Vec<(u32, String)> {
        let total = |m: &Membership| m.votes.iter().flatten().sum::<f64>();
        let pairs = self.varying.memberships.iter().zip(&self.stations);
        let mut marked: Vec<_> = pairs.filter(|(m, _)| m.class() > 0).collect();
        marked.sort_by(|a, b| total(b.0).total_cmp(&total(a.0)).then(a.1.row.cmp(&b.1.row)));
        let say = |m: &Membership| {
            let votes = phrase::number(total(m));
            let class = if m.class() == 1 { "some" } else { "most" };
            let chance = phrase::percent(m.chances[m.class()], 0);
            format!("the model has {class} votes added, about {votes}, with chance {chance}")
        };
        marked.into_iter().take(NAMED).map(|(m, s)| (s.row, say(m))).collect()
    }
}

/// The two classes of a fit.
fn rows(fit: &Fit, form: &str) -> Vec<IntervalRow> {
    let row = |(chance, class): (&Estimate, &str)| {
        let [low, high] = chance.interval;
        IntervalRow {
            label: format!("{class}, {form}"),
            estimate: Some(chance.mean),
            low,
            high,
            mark: None,
        }
    };
    fit.chances.iter().zip(CLASSES).map(row).collect()
}

/// The two classes in each mode: a place, and no interval.
fn rows_of_modes(fit: &Fit) -> Vec<IntervalRow> {
    let row = |i: usize, chance: f64, class: &str| IntervalRow {
        label: format!("{class}, mode {}", i + 1),
        estimate: Some(chance),
        low: chance,
        high: chance,
        mark: None,
    };
    let modes = fit.rivals().enumerate();
    modes.flat_map(|(i, m)| [0, 1].map(|c| row(i, m.chances[1 + c], CLASSES[c]))).collect()
}
