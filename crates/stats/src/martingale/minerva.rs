//! Minerva: rounds of draws, each judged by the ratio of two tails.
//!
//! F. Zagórski, G. McClearn, S. Morin, N. McBurnett, P. L. Vora (2021). Minerva – An Efficient Risk-Limiting
//! Ballot Polling Audit. *USENIX Security '21*.

use crate::binomial;

/// The draws for two sides so far, at the end of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Draws for the side that claims the majority.
    pub ahead: u64,
    /// Draws for the other side.
    pub behind: u64,
}

/// A law of the votes so far, on `first ..`, of which what already stopped is left out.
struct Law {
    first: u64,
    mass: Vec<f64>,
}

/// The risk measure after the last of these cumulative rounds: the tail under a tie over the tail under
/// `share`, among the courses that did not stop before; of the first round that stops, where one does.
/// `limit` decides where a round stops. `None` when the share is not between ½ and 1 or the rounds do not grow.
pub fn risk(share: f64, limit: f64, rounds: &[Round]) -> Option<f64> {
    if !(share > 0.5 && share < 1.0 && limit > 0.0 && limit < 1.0) {
        return None;
    }
    let mut laws = [0.5, share].map(|p| (p, Law { first: 0, mass: vec![1.0] }));
    let (mut drawn, mut measure) = (0, None);
    for round in rounds {
        let total = round.ahead.checked_add(round.behind)?;
        let more = total.checked_sub(drawn)?;
        drawn = total;
        for (p, law) in &mut laws {
            *law = law.after(more, *p);
        }
        let [tie, claim] = [&laws[0].1, &laws[1].1];
        let ratio = tie.tail(round.ahead) / claim.tail(round.ahead);
        measure = Some(ratio);
        // A course that has stopped keeps what it stopped with.
        if ratio <= limit {
            break;
        }
        let stop = stopping(tie, claim, limit);
        for (_, law) in &mut laws {
            law.keep_below(stop);
        }
    }
    measure.filter(|m| m.is_finite())
}

/// The fewest votes for which the ratio is within the limit.
fn stopping(tie: &Law, claim: &Law, limit: f64) -> u64 {
    let (mut low, mut high) = (tie.first, claim.first + claim.mass.len() as u64);
    while low < high {
        let middle = low + (high - low) / 2;
        let enough = tie.tail(middle) <= limit * claim.tail(middle);
        if enough { high = middle } else { low = middle + 1 }
    }
    low
}

impl Law {
    /// The law after so many more draws; terms that cannot matter are dropped.
    fn after(&self, draws: u64, p: f64) -> Law {
        let (least, step) = window(draws, p);
        let mut mass = vec![0.0; self.mass.len() + step.len() - 1];
        for (i, a) in self.mass.iter().enumerate().filter(|(_, a)| **a > 0.0) {
            for (j, b) in step.iter().enumerate() {
                mass[i + j] += a * b;
            }
        }
        Law { first: self.first + least, mass }
    }

    /// P(votes ≥ k) among the courses still running.
    fn tail(&self, k: u64) -> f64 {
        let skip = usize::try_from(k.saturating_sub(self.first)).unwrap_or(usize::MAX);
        // From the far end, so that small terms are not lost.
        self.mass.iter().skip(skip).rev().sum()
    }

    fn keep_below(&mut self, k: u64) {
        let keep = usize::try_from(k.saturating_sub(self.first)).unwrap_or(usize::MAX);
        self.mass.truncate(keep.max(1));
        if keep == 0 {
            self.mass[0] = 0.0;
        }
    }
}

/// Binomial probabilities above 1e-40, and the first count that has one.
fn window(n: u64, p: f64) -> (u64, Vec<f64>) {
    let mode = binomial::mode(n, p);
    let matters = |k: &u64| binomial::pmf(*k, n, p) > 1e-40;
    let low = (0..mode).rev().take_while(matters).last().unwrap_or(mode);
    let high = (mode..=n).take_while(matters).last().unwrap_or(mode);
    (low, (low..=high).map(|k| binomial::pmf(k, n, p)).collect())
}
