//! One station before its counts are drawn, and after.

use glassurn_model::Count;
use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::sample;
use rayon::prelude::*;

use super::level::{Level, correlated};

/// A station of a simulated election.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Site {
    /// Voters on the list, from whom ballots are drawn.
    pub(super) registered: Count,
    /// Whether the station reported its counts at all.
    pub(super) counted: bool,
    /// Ballots where they are not random: without a list, or with a shorter one.
    pub(super) ballots: Count,
    /// Share of the registered who vote.
    pub(super) turnout: Level,
    /// Share of each part among the ballots not yet given out; the last part takes what is left.
    pub(super) parts: Vec<Level>,
    /// Which part's deviation goes with turnout.
    pub(super) lead: usize,
    /// Correlation of those two deviations.
    pub(super) correlation: f64,
}

/// The counts drawn for one station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Ballots cast.
    pub(super) cast: i64,
    /// The parts they fall into, which add up to `cast`.
    pub(super) parts: Vec<i64>,
}

impl Site {
    /// Draws the counts; `None` where the station reported none.
    fn draw(&self, rng: &mut ChaCha8Rng) -> Option<Row> {
        if !self.counted {
            return None;
        }
        let is_used = self.turnout.varies() || self.correlation != 0.0;
        let deviate = standard(is_used, rng);
        let cast = match (self.registered, self.ballots) {
            // More ballots than the list has names: nothing says how many might have come.
            (Some(registered), Some(ballots)) if ballots > registered => ballots,
            (Some(registered), _) => binomial(rng, registered, self.turnout.at(deviate)),
            (None, ballots) => ballots?,
        };
        let mut left = cast;
        let mut parts = Vec::with_capacity(self.parts.len() + 1);
        for (number, level) in self.parts.iter().enumerate() {
            let correlation = if number == self.lead { self.correlation } else { 0.0 };
            let share = match level.varies() {
                true => level.at(correlated(deviate, correlation, rng)),
                false => level.at(standard(false, rng)),
            };
            let part = binomial(rng, left, share);
            parts.push(part);
            left -= part;
        }
        parts.push(left);
        Some(Row { cast, parts })
    }
}

/// A standard normal deviate; 0 where no share depends on it, from a stream that moves on all the same.
fn standard(is_used: bool, rng: &mut ChaCha8Rng) -> f64 {
    if is_used {
        return sample::normal(rng);
    }
    sample::skip_normal(rng);
    0.0
}

/// Draws every station from a stream of its own, so that the order of work does not matter.
pub(super) fn draw(sites: &[Site], seed: u64) -> Vec<Option<Row>> {
    let numbered = sites.par_iter().enumerate();
    numbered.map(|(i, site)| site.draw(&mut rng::stream(seed, "station", i as u64))).collect()
}

/// A binomial count among `n`; none among a negative number.
pub(super) fn binomial(rng: &mut ChaCha8Rng, n: i64, p: f64) -> i64 {
    let drawn = sample::binomial(rng, u64::try_from(n).unwrap_or(0), p);
    i64::try_from(drawn).unwrap_or(n)
}
