//! The law of one station's ballots without a vote, when stations differ more than chance, some of them much more.

use glassurn_stats::{beta_binomial, robust::Tails};

/// Normal laws of other variances that make up the tails.
const POINTS: usize = 7;
/// Every correlation is below one.
const MOST: f64 = 0.99;

/// How stations differ from their units.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    correlation: f64,
    /// What each variance weighs, and how large it is beside that of the correlation.
    variances: Vec<[f64; 2]>,
}

/// What a station's count says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    /// Two-sided p.
    pub(super) p: f64,
    /// How often the station has a p of at most the level: what the steps of its law leave of it.
    pub(super) attained: f64,
}

impl Spread {
    pub(super) fn new(correlation: f64, tails: Tails) -> Self {
        Spread { correlation, variances: tails.variances(POINTS) }
    }

    /// The probabilities of 0 to `all` ballots of this contest: beta-binomial laws of several correlations, none with
    /// less than the variance of a binomial one.
    fn row(&self, all: u64, share: f64) -> Vec<f64> {
        let more = all as f64 - 1.0;
        let mut sum = vec![0.0; usize::try_from(all).unwrap_or(0) + 1];
        for [weight, variance] in &self.variances {
            let times = (1.0 + more * self.correlation) * variance;
            let correlation = if more > 0.0 { ((times - 1.0) / more).clamp(0.0, MOST) } else { 0.0 };
            let row = beta_binomial::row(all, share, correlation);
            sum.iter_mut().zip(row).for_each(|(s, p)| *s += weight * p);
        }
        sum
    }

    /// Judges a station that has `here` of `all` ballots in this contest.
    pub(super) fn judge(&self, here: u64, all: u64, share: f64, level: f64) -> Judged {
        let row = self.row(all, share);
        let here = usize::try_from(here).unwrap_or(usize::MAX);
        let ahead = row.iter().take(here.saturating_add(1)).sum::<f64>();
        let behind = row.iter().skip(here).rev().sum::<f64>();
        let tail = |probabilities: &mut dyn Iterator<Item = &f64>| {
            let (mut sum, mut within) = (0.0, 0.0);
            for p in probabilities {
                sum += p;
                if 2.0 * sum > level {
                    break;
                }
                within = sum;
            }
            within
        };
        let attained = tail(&mut row.iter()) + tail(&mut row.iter().rev());
        Judged { p: (2.0 * f64::min(ahead, behind)).min(1.0), attained: attained.min(1.0) }
    }
}
