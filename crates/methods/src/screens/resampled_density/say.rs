//! What is said of the bins: figures, a sentence, a picture.

use glassurn_model::{Measure, Picture, Unit};

use super::Figures;
use crate::phrase;

/// The level of the simultaneous threshold.
const LEVEL: f64 = 0.95;

impl Figures {
    /// The bin with the largest deviation, and that deviation.
    pub fn top(&self) -> (usize, f64) {
        let z = |&i: &usize| (i, self.bins[i].z());
        let higher = |a: (usize, f64), b: (usize, f64)| if b.1 > a.1 { b } else { a };
        self.looked_at.iter().map(z).reduce(higher).unwrap_or((0, f64::NEG_INFINITY))
    }

    /// (b + 1) / (m + 1): resamples whose largest deviation is as large.
    pub fn p(&self) -> f64 {
        let below = self.largest.partition_point(|&z| z < self.top().1);
        (self.largest.len() - below + 1) as f64 / (self.largest.len() + 1) as f64
    }

    /// What the largest deviation of 95 % of the resamples is below.
    pub fn threshold(&self) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
        let rank = (LEVEL * (self.largest.len() + 1) as f64).ceil() as usize;
        self.largest.get(rank.saturating_sub(1)).or(self.largest.last()).copied().unwrap_or(f64::INFINITY)
    }

    /// The bins beyond the threshold.
    fn bins_beyond(&self) -> impl Iterator<Item = usize> {
        let threshold = self.threshold();
        self.looked_at.iter().copied().filter(move |&i| self.bins[i].z() > threshold)
    }

    /// Stations beyond expectation in them.
    pub(super) fn beyond(&self) -> f64 {
        self.bins_beyond().map(|i| self.bins[i].observed - self.bins[i].expected).fold(0.0, |a, b| a + b)
    }

    pub(super) fn measures(&self) -> Vec<Measure> {
        let (top, z) = self.top();
        let m = Measure::plain;
        let n = self.used as f64;
        vec![
            m("largest deviation of a bin", "Z", z, Unit::None),
            m("share at that bin", "x", top as f64 / 1_000.0, Unit::Share),
            m("stations there", "O", self.bins[top].observed, Unit::Stations)
                .expecting(self.bins[top].expected, self.bins[top].variance.sqrt()),
            m("threshold for all bins together", "q", self.threshold(), Unit::None),
            m("bins beyond it", "B", self.bins_beyond().count() as f64, Unit::None),
            m("part of the stations beyond expectation in them", "F", self.beyond() / n, Unit::Share),
            m("bins looked at", "K", self.looked_at.len() as f64, Unit::None),
            m("laws in the mixture", "L", self.mixture.components.len() as f64, Unit::None),
        ]
    }

    pub(super) fn plain(&self) -> String {
        let (top, z) = self.top();
        let bin = self.bins[top];
        format!(
            "The share {} is reported by {} of {} stations, where {} would report it if each station's votes were drawn \
             again; the largest of {} such deviations would be as large as {z:.1} standard deviations with p = {:.3}.",
            phrase::percent(top as f64 / 1_000.0, 1),
            phrase::number(bin.observed),
            phrase::count(self.used),
            phrase::number(bin.expected),
            phrase::count(self.looked_at.len()),
            self.p(),
        )
    }

    pub(super) fn picture(&self) -> Picture {
        Picture::Histogram {
            title: "Stations by share".to_owned(),
            axis: "share, %".to_owned(),
            start: -0.05,
            width: 0.1,
            counts: self.bins.iter().map(|b| b.observed).collect(),
            expected: self.bins.iter().map(|b| b.expected).collect(),
            sd: self.bins.iter().map(|b| b.variance.sqrt()).collect(),
        }
    }
}
