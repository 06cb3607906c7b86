//! Wilcoxon's signed-rank statistic of paired differences, and how large its p-value can be when the two
//! of a pair were not equally likely to be the treated one.
//!
//! Within a pair the odds of being the treated one lie between 1/Γ and Γ. The tail P(T ≥ t) is then largest
//! when every difference that is not zero is positive with probability Γ/(1 + Γ), independently
//! (P. R. Rosenbaum (1987), *Biometrika* 74, 13-26).

use crate::{normal, twice_smaller};

/// Up to so many differences that are not zero the law is exact, beyond it is normal.
pub const EXACT: usize = 200;

/// The largest Γ that is looked at.
pub const MOST: f64 = 1000.0;

/// Halvings of the search for the crossing.
const STEPS: usize = 60;

/// The ranks of some differences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRank {
    /// Twice the ranks of the sizes, ties sharing their mean: whole numbers, in the order of the differences.
    ranks: Vec<u64>,
    /// Twice the sum of the ranks of the positive ones.
    positive: u64,
}

impl SignedRank {
    /// Ranks the differences that are not zero; `None` when there is none, or one is no number.
    pub fn of(differences: &[f64]) -> Option<Self> {
        let kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
        if kept.is_empty() || kept.iter().any(|d| !d.is_finite()) {
            return None;
        }
        let mut sizes: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        // Places first + 1 to last share their mean; twice that is first + 1 + last.
        let rank = |d: &f64| {
            let first = sizes.partition_point(|s| *s < d.abs());
            let last = sizes.partition_point(|s| *s <= d.abs());
            (first + 1 + last) as u64
        };
        let ranks: Vec<u64> = kept.iter().map(rank).collect();
        let signed = kept.iter().zip(&ranks).filter(|(d, _)| **d > 0.0);
        Some(SignedRank { positive: signed.map(|(_, r)| r).sum(), ranks })
    }

    /// How many differences are not zero.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Never: [`SignedRank::of`] makes none without a difference.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// The statistic: the sum of the ranks of the positive differences.
    pub fn statistic(&self) -> f64 {
        self.positive as f64 / 2.0
    }

    /// Whether probabilities are exact.
    pub fn is_exact(&self) -> bool {
        self.len() <= EXACT
    }

    /// The largest P(T ≥ t) at this Γ ≥ 1: small where the positive ranks are too large for chance.
    pub fn upper(&self, gamma: f64) -> f64 {
        let p = gamma / (1.0 + gamma);
        if self.is_exact() { self.tail(p) } else { self.approximate(p) }
    }

    /// Twice the smaller of the largest tails in either direction.
    pub fn two_sided(&self, gamma: f64) -> f64 {
        twice_smaller(self.turned().upper(gamma), self.upper(gamma))
    }

    /// The largest Γ at which the two-sided p is at most `alpha`; `None` when it is larger at Γ = 1 already,
    /// [`MOST`] when it is not reached.
    pub fn crossing(&self, alpha: f64) -> Option<f64> {
        let small = |gamma: f64| self.two_sided(gamma) <= alpha;
        if !small(1.0) {
            return None;
        }
        if small(MOST) {
            return Some(MOST);
        }
        let (mut low, mut high) = (1.0, MOST);
        for _ in 0..STEPS {
            let middle = libm::sqrt(low * high);
            if small(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }

    /// The same differences with their signs turned.
    fn turned(&self) -> Self {
        let all: u64 = self.ranks.iter().sum();
        SignedRank { positive: all - self.positive, ranks: self.ranks.clone() }
    }

    /// P(T ≥ t) where each difference is positive with probability p, by adding one after another.
    fn tail(&self, p: f64) -> f64 {
        let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let mut law = vec![1.0];
        for rank in &self.ranks {
            let step = place(*rank);
            let before = law.len();
            law.resize(before + step, 0.0);
            for at in (0..law.len()).rev() {
                let without = if at < before { law[at] * (1.0 - p) } else { 0.0 };
                let with = if at >= step { law[at - step] * p } else { 0.0 };
                law[at] = without + with;
            }
        }
        // From the far end, where terms are smallest.
        law[place(self.positive)..].iter().rev().sum::<f64>().min(1.0)
    }

    /// The same by the normal law, without a correction for continuity.
    fn approximate(&self, p: f64) -> f64 {
        let ranks = || self.ranks.iter().map(|r| *r as f64 / 2.0);
        let (mean, square): (f64, f64) = (ranks().sum(), ranks().map(|r| r * r).sum());
        normal::sf((self.statistic() - p * mean) / libm::sqrt(p * (1.0 - p) * square))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Sizes 1 2 2 5: ranks 1, 2.5, 2.5, 4; positive 2.5 + 4.
        let ranked = SignedRank::of(&[-1.0, 2.0, 0.0, -2.0, 5.0]).unwrap();
        assert_eq!((ranked.len(), ranked.statistic(), ranked.is_exact()), (4, 6.5, true));
        // Of the sixteen sums those of at least 6.5: 4+2.5 twice, 4+1+2.5 twice, 9, 10.
        assert!((ranked.upper(1.0) - 6.0 / 16.0).abs() < 1e-15);
        assert!(SignedRank::of(&[0.0]).is_none() && SignedRank::of(&[f64::NAN]).is_none());
    }

    #[test]
    fn all_positive_is_the_power_of_one_probability() {
        let ranked = SignedRank::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        for gamma in [1.0_f64, 1.5, 3.0] {
            assert!((ranked.upper(gamma) - (gamma / (1.0 + gamma)).powi(6)).abs() < 1e-15);
        }
        // 2 (Γ/(1 + Γ))⁶ = 0.05 at Γ/(1 + Γ) = 0.025^(1/6).
        let p = 0.025_f64.powf(1.0 / 6.0);
        assert!((ranked.crossing(0.05).unwrap() - p / (1.0 - p)).abs() < 1e-9);
        assert_eq!(ranked.crossing(0.01), None);
    }

    #[test]
    fn beyond_the_limit_the_normal_law_is_near_the_exact_one() {
        let differences: Vec<f64> =
            (1..=EXACT).map(|i| if i % 3 == 0 { -(i as f64) } else { i as f64 }).collect();
        let ranked = SignedRank::of(&differences).unwrap();
        for gamma in [1.0, 1.5, 1.8, 2.2] {
            let p = gamma / (1.0 + gamma);
            let (exact, normal) = (ranked.tail(p), ranked.approximate(p));
            assert!((exact - normal).abs() < 0.004, "{gamma}: {exact} {normal}");
        }
    }

    #[test]
    fn the_bound_grows_with_gamma_and_the_crossing_is_where_it_says() {
        let differences: Vec<f64> =
            (1..=60).map(|i| if i % 4 == 0 { -f64::from(i) } else { f64::from(i) }).collect();
        let ranked = SignedRank::of(&differences).unwrap();
        let p: Vec<f64> = [1.0, 1.2, 1.5, 2.0, 3.0, 9.0].map(|g| ranked.two_sided(g)).to_vec();
        assert!(p.windows(2).all(|w| w[0] <= w[1]) && p[5] == 1.0, "{p:?}");
        let at = ranked.crossing(0.05).unwrap();
        assert!(ranked.two_sided(at) <= 0.05 && ranked.two_sided(at + 1e-6) > 0.05, "{at}");
    }
}
