//! How far a ratio of weighted sums can move when each unit's weight is known only within a factor.
//!
//! Σ w y / Σ w x with every weight anywhere in [1, Γ]: the largest value has weight Γ on the units with the
//! largest y / x and 1 on the rest, so sorting once and scanning finds it exactly.
//!
//! P. M. Aronow, D. K. K. Lee (2013). Interval Estimation of Population Means Under Unknown but Bounded
//! Probabilities of Sample Selection. *Biometrika* 100(1), 235-240.

use std::cmp::Ordering;

/// Units sorted by y / x, so that many factors cost one scan each.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Running sums of y and x from the smallest ratio upward; the first is (0, 0).
    running: Vec<[i128; 2]>,
}

impl Selection {
    /// Sorts units of (y, x), in O(n log n). A unit with x = 0 and y = 0 carries nothing and is passed over.
    ///
    /// y may be negative (a margin). `None` where some |y| ≤ x does not hold, or all x are zero.
    pub fn new(units: &[(i64, i64)]) -> Option<Self> {
        if units.iter().any(|&(y, x)| x < 0 || y.unsigned_abs() > x.unsigned_abs()) {
            return None;
        }
        let mut units: Vec<_> = units.iter().filter(|u| u.1 > 0).copied().collect();
        units.sort_unstable_by(|a, b| by_ratio(*a, *b));
        let mut running = vec![[0, 0]];
        let mut sum = [0_i128; 2];
        for (y, x) in units {
            sum = [sum[0] + i128::from(y), sum[1] + i128::from(x)];
            running.push(sum);
        }
        (sum[1] > 0).then_some(Selection { running })
    }

    /// The ratio when all weights are equal.
    pub fn ratio(&self) -> f64 {
        let [y, x] = self.total();
        y as f64 / x as f64
    }

    /// The smallest and largest ratio with weights in [1, `factor`]; `None` where the factor is below 1 or
    /// no number.
    pub fn bounds(&self, factor: f64) -> Option<[f64; 2]> {
        if !(factor >= 1.0 && factor.is_finite()) {
            return None;
        }
        let (all, extra) = (self.total(), factor - 1.0);
        let mut bounds = [f64::INFINITY, f64::NEG_INFINITY];
        for below in &self.running {
            let weighted = |i: usize| all[i] as f64 + extra * below[i] as f64;
            let opposite = |i: usize| all[i] as f64 + extra * (all[i] - below[i]) as f64;
            bounds[0] = bounds[0].min(weighted(0) / weighted(1));
            bounds[1] = bounds[1].max(opposite(0) / opposite(1));
        }
        Some(bounds)
    }

    /// The smallest factor at which a ratio is reached; `None` where no factor reaches it: the target lies
    /// beyond every single unit's y / x.
    ///
    /// With target t and units of e = y − t x, the sum Σ w e is zero first when Γ falls on all units of one
    /// sign: Γ = |Σ of the other sign| / |Σ of that sign|. No iteration.
    pub fn factor_to_reach(&self, target: f64) -> Option<f64> {
        if !(-1.0..=1.0).contains(&target) {
            return None;
        }
        let (mut above, mut below) = (0.0, 0.0);
        for pair in self.running.windows(2) {
            let step = |i: usize| (pair[1][i] - pair[0][i]) as f64;
            let e = step(0) - target * step(1);
            if e > 0.0 { above += e } else { below -= e }
        }
        let (more, less) = if self.ratio() >= target { (above, below) } else { (below, above) };
        match (more > 0.0, less > 0.0) {
            (false, _) => Some(1.0),
            (true, true) => Some((more / less).max(1.0)),
            (true, false) => None,
        }
    }

    /// Sums of y and x.
    fn total(&self) -> [i128; 2] {
        self.running.last().copied().unwrap_or_default()
    }
}

/// Compares y / x without dividing.
fn by_ratio(a: (i64, i64), b: (i64, i64)) -> Ordering {
    (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1))).then(a.cmp(&b))
}

/// The range of a share when the odds of being counted differ by up to a factor between those who are in it
/// and those who are not: odds(p) / Γ to odds(p) · Γ.
///
/// `None` where p is no share or the factor is below 1.
pub fn odds_bounds(p: f64, factor: f64) -> Option<[f64; 2]> {
    let fits = (0.0..=1.0).contains(&p) && factor >= 1.0 && factor.is_finite();
    fits.then(|| [p / (p + factor * (1.0 - p)), factor * p / (factor * p + 1.0 - p)])
}

/// The factor on the odds that takes one share to another; `None` where either is not inside (0, 1).
pub fn odds_factor(p: f64, target: f64) -> Option<f64> {
    let inside = |v: f64| v > 0.0 && v < 1.0;
    let ratio = p / (1.0 - p) * (1.0 - target) / target;
    (inside(p) && inside(target)).then(|| ratio.max(1.0 / ratio))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-12, "{got} {want}");
    }

    #[test]
    fn two_units_by_hand() {
        // 10 of 10 and 0 of 10: with one weighted twice, 10 / 30 to 20 / 30.
        let units = Selection::new(&[(10, 10), (0, 10)]);
        let bounds = units.as_ref().and_then(|u| u.bounds(2.0)).unwrap_or_default();
        near(bounds[0], 1.0 / 3.0);
        near(bounds[1], 2.0 / 3.0);
        // A quarter needs the empty one three times.
        near(units.and_then(|u| u.factor_to_reach(0.25)).unwrap_or_default(), 3.0);
    }

    #[test]
    fn a_share_beyond_every_unit_is_never_reached() {
        let units = Selection::new(&[(6, 10), (7, 10)]);
        assert_eq!(units.as_ref().and_then(|u| u.factor_to_reach(0.5)), None);
        assert_eq!(units.as_ref().and_then(|u| u.factor_to_reach(0.65)), Some(1.0));
        assert_eq!(units.and_then(|u| u.factor_to_reach(0.9)), None);
    }

    #[test]
    fn odds_by_hand() {
        // 3 : 1 halved is 3 : 2, doubled 6 : 1.
        let bounds = odds_bounds(0.75, 2.0).unwrap_or_default();
        near(bounds[0], 0.6);
        near(bounds[1], 6.0 / 7.0);
        near(odds_factor(0.75, 0.5).unwrap_or_default(), 3.0);
        near(odds_factor(0.25, 0.5).unwrap_or_default(), 3.0);
    }

    #[test]
    fn what_is_no_share_is_refused() {
        assert_eq!(Selection::new(&[]), None);
        assert_eq!(Selection::new(&[(0, 0)]), None);
        assert_eq!(Selection::new(&[(3, 2)]), None);
        assert_eq!(Selection::new(&[(0, -2)]), None);
        assert_eq!(Selection::new(&[(-3, 2)]), None);
        let one = Selection::new(&[(1, 2)]);
        assert_eq!(one.as_ref().and_then(|u| u.bounds(0.5)), None);
        assert_eq!(one.as_ref().and_then(|u| u.bounds(f64::NAN)), None);
        assert_eq!(one.and_then(|u| u.factor_to_reach(f64::NAN)), None);
        assert_eq!((odds_bounds(0.5, 0.9), odds_bounds(2.0, 2.0)), (None, None));
        assert_eq!((odds_factor(0.0, 0.5), odds_factor(0.5, 1.0)), (None, None));
    }
}
