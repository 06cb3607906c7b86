//! Votes and other ballots by turnout, and which bins may hold the clean stations.

use std::ops::Range;

use glassurn_stats::least_squares;

use crate::turnout_bins::BINS;

/// Sums of the stations in each per cent of turnout.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// Votes for the choice.
    pub votes: [i64; BINS],
    /// All other ballots.
    pub others: [i64; BINS],
    /// How many stations.
    pub stations: [usize; BINS],
}

impl Bins {
    /// No station yet.
    pub(super) const EMPTY: Self =
        Bins { votes: [0; BINS], others: [0; BINS], stations: [0; BINS] };

    /// Adds a station.
    pub(super) fn add(&mut self, bin: usize, votes: i64, others: i64) {
        self.votes[bin] += votes;
        self.others[bin] += others;
        self.stations[bin] += 1;
    }

    /// Votes of the choice for one other ballot.
    pub fn ratio(&self, bin: usize) -> f64 {
        self.votes[bin] as f64 / self.others[bin] as f64
    }

    /// Votes of the choice beyond what the ratio of this bin gives for the other ballots.
    pub(super) fn excess(&self, clean: usize) -> f64 {
        let [votes, others] = [&self.votes, &self.others].map(|b| b.iter().sum::<i64>() as f64);
        votes - self.ratio(clean) * others
    }

    /// The other ballots, each bin the mean of the five around it.
    pub(super) fn smooth(&self) -> [f64; BINS] {
        let of = |bin: usize| &self.others[bin.saturating_sub(2)..(bin + 3).min(BINS)];
        std::array::from_fn(|bin| of(bin).iter().sum::<i64>() as f64 / 5.0)
    }

    /// The bins with enough stations in the run around the highest.
    pub(super) fn around_peak(&self, part: f64, min_stations: usize) -> Vec<usize> {
        let fits = |&b: &usize| self.others[b] > 0 && self.stations[b] >= min_stations.max(1);
        self.run(part).filter(fits).collect()
    }

    /// The run around the highest in which smoothed other ballots are at least this part of the highest.
    fn run(&self, part: f64) -> Range<usize> {
        let smooth = self.smooth();
        let peak = highest(&smooth, 0, BINS).unwrap_or(0);
        let low = |bin: &usize| smooth[*bin] < part * smooth[peak];
        let first = (0..peak).rev().find(low).map_or(0, |bin| bin + 1);
        first..(peak..BINS).find(low).unwrap_or(BINS)
    }

    /// How many bins outside the run are as high as those in it.
    pub(super) fn as_high_elsewhere(&self, part: f64) -> usize {
        let (smooth, run) = (self.smooth(), self.run(part));
        let least = part * smooth.iter().fold(0.0, |a: f64, &b| a.max(b));
        (0..BINS).filter(|b| !run.contains(b) && smooth[*b] >= least).count()
    }

    /// The one bin that the published computation takes: the highest within one standard deviation of the
    /// lower of two normal curves fitted to the other ballots; the highest of all where the fit fails.
    pub(super) fn cedar(&self) -> usize {
        let mut smooth = self.smooth();
        for bin in [BINS - 2, BINS - 1] {
            smooth[bin] = self.others[bin] as f64;
        }
        let raw = self.others.map(|o| o as f64);
        let found = lower_curve(&smooth).and_then(|[mean, sd]| {
            let [low, high] = [mean - sd, mean + sd].map(percent);
            highest(&smooth, low, high)
        });
        found.or_else(|| highest(&raw, 0, BINS - TAIL)).unwrap_or(0)
    }
}

/// Bins at full turnout that the fit leaves out.
const TAIL: usize = 3;

/// The whole per cent of a share, within the bins.
fn percent(share: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let percent = (100.0 * share).clamp(0.0, BINS as f64) as usize;
    percent
}

/// The first highest of some bins.
fn highest(values: &[f64; BINS], low: usize, high: usize) -> Option<usize> {
    let bins = low..high.min(BINS);
    bins.reduce(|best, bin| if values[bin] > values[best] { bin } else { best })
}

/// Mean and standard deviation of the lower of two normal curves fitted to smoothed ballots.
fn lower_curve(smooth: &[f64; BINS]) -> Option<[f64; 2]> {
    let peak = highest(smooth, 0, BINS)?;
    let first = peak as f64 / 100.0;
    let second = first + (1.0 - first) / 2.0;
    let start = [first, 0.1, smooth[peak], second, 0.01, smooth[percent(second).min(BINS - 1)]];
    let model = |p: &[f64; 6], bin: usize| {
        let x = (bin + 1) as f64 / 100.0;
        let [a, b] = [curve([p[0], p[1], p[2]], x), curve([p[3], p[4], p[5]], x)];
        let slopes = [a.1[0], a.1[1], a.1[2], b.1[0], b.1[1], b.1[2]];
        (a.0 + b.0 - smooth[bin], slopes)
    };
    let p = least_squares::fit(start, BINS - TAIL, model)?;
    Some(if p[0] < p[3] { [p[0], p[1].abs()] } else { [p[3], p[4].abs()] })
}

/// A normal curve of some height, and its slopes by mean, standard deviation and height.
fn curve([mean, sd, height]: [f64; 3], x: f64) -> (f64, [f64; 3]) {
    let z = (x - mean) / sd;
    let shape = libm::exp(-z * z / 2.0);
    let value = height * shape;
    (value, [value * z / sd, value * z * z / sd, shape])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_ends_at_the_ends() {
        let mut bins = Bins::EMPTY;
        bins.others = std::array::from_fn(|b| if b == 1 || b == 99 { 10 } else { 0 });
        let smooth = bins.smooth();
        assert_eq!(smooth[..5], [2.0, 2.0, 2.0, 2.0, 0.0]);
        assert_eq!(smooth[96..], [0.0, 2.0, 2.0, 2.0]);
    }

    #[test]
    fn the_lower_of_two_curves_is_found() {
        let at = |x: f64| curve([0.55, 0.06, 9e5], x).0 + curve([0.75, 0.12, 3e5], x).0;
        let smooth = std::array::from_fn(|b| at((b + 1) as f64 / 100.0));
        let [mean, sd] = lower_curve(&smooth).unwrap();
        assert!((mean - 0.55).abs() < 1e-6 && (sd - 0.06).abs() < 1e-6, "{mean} {sd}");
    }
}
