//! Weights that bring several margins to known totals (iterative proportional fitting), and what they cost.
//!
//! With one margin it is post-stratification and exact after one round.
//!
//! W. E. Deming, F. F. Stephan (1940). On a Least Squares Adjustment of a Sampled Frequency Table When the
//! Expected Marginal Totals Are Known. *Annals of Mathematical Statistics* 11(4), 427-444.

use crate::sum;

/// Largest relative difference between a weighted margin and its total that counts as none.
pub const TOLERANCE: f64 = 1e-10;

/// Most rounds.
pub const ROUNDS: usize = 1_000;

/// One margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin<'a> {
    /// The group of each unit.
    pub group: &'a [usize],
    /// The known total of each group, in the unit of the sizes.
    pub totals: &'a [f64],
}

/// Weights, and how they were reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// The weight of each unit.
    pub weights: Vec<f64>,
    /// Rounds that were needed.
    pub rounds: usize,
}

/// Why there are no weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RakeError {
    /// Lengths differ, a size is not above zero, a total is negative, or something is no number.
    Unsound,
    /// A group has a total and no unit (margin, group).
    Empty(usize, usize),
    /// A group has units and a total of zero (margin, group).
    Zero(usize, usize),
    /// Two margins have different sums.
    Totals(usize),
    /// Margins still differ by this much, relatively, after all rounds.
    Apart(f64),
}

/// Weights with Σ w·size equal to the total of every group of every margin, as near to equal weights as
/// the margins allow.
pub fn rake(sizes: &[f64], margins: &[Margin<'_>]) -> Result<Raked, RakeError> {
    sound(sizes, margins)?;
    let mut weights = vec![1.0; sizes.len()];
    let mut worst = f64::INFINITY;
    for round in 1..=ROUNDS {
        for margin in margins {
            let factors = factors(margin, &weights, sizes);
            for (weight, &g) in weights.iter_mut().zip(margin.group) {
                *weight *= factors.get(g).copied().unwrap_or(1.0);
            }
        }
        let off = |m: &Margin<'_>| {
            factors(m, &weights, sizes).iter().map(|f| (f - 1.0).abs()).fold(0.0, f64::max)
        };
        worst = margins.iter().map(off).fold(0.0, f64::max);
        if worst <= TOLERANCE {
            return Ok(Raked { weights, rounds: round });
        }
    }
    Err(RakeError::Apart(worst))
}

/// By what the weights of each group have to be multiplied.
fn factors(margin: &Margin<'_>, weights: &[f64], sizes: &[f64]) -> Vec<f64> {
    let mut sums = vec![sum::Sum::default(); margin.totals.len()];
    for ((weight, size), &g) in weights.iter().zip(sizes).zip(margin.group) {
        if let Some(sum) = sums.get_mut(g) {
            sum.add(weight * size);
        }
    }
    let factor = |(total, sum): (&f64, &sum::Sum)| match sum.value() {
        value if value > 0.0 => total / value,
        _ => 1.0,
    };
    margin.totals.iter().zip(&sums).map(factor).collect()
}

fn sound(sizes: &[f64], margins: &[Margin<'_>]) -> Result<(), RakeError> {
    let positive = |v: &f64| *v > 0.0 && v.is_finite();
    if sizes.is_empty() || margins.is_empty() || !sizes.iter().all(positive) {
        return Err(RakeError::Unsound);
    }
    let whole = |m: &Margin<'_>| sum::total(m.totals.iter().copied());
    let first = margins.first().map(whole).unwrap_or_default();
    for (number, margin) in margins.iter().enumerate() {
        let in_range = margin.group.iter().all(|g| *g < margin.totals.len());
        let totals = margin.totals.iter().all(|t| *t >= 0.0 && t.is_finite());
        if margin.group.len() != sizes.len() || !in_range || !totals {
            return Err(RakeError::Unsound);
        }
        let mut units = vec![0_usize; margin.totals.len()];
        margin.group.iter().for_each(|&g| units[g] += 1);
        for (g, (total, units)) in margin.totals.iter().zip(units).enumerate() {
            match (*total > 0.0, units > 0) {
                (true, false) => return Err(RakeError::Empty(number, g)),
                (false, true) => return Err(RakeError::Zero(number, g)),
                _ => {}
            }
        }
        if (whole(margin) / first - 1.0).abs() > 1e-9 {
            return Err(RakeError::Totals(number));
        }
    }
    Ok(())
}

/// Kish's effective number of units, (Σw)² / Σw²; `None` without a weight above zero.
///
/// L. Kish (1965). *Survey Sampling*. Wiley.
pub fn effective_size(weights: &[f64]) -> Option<f64> {
    let total = sum::total(weights.iter().copied());
    let squares = sum::total(weights.iter().map(|w| w * w));
    (total > 0.0 && squares > 0.0).then(|| total / squares * total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_margin_takes_one_round() {
        let margin = Margin { group: &[0, 0, 1], totals: &[30.0, 50.0] };
        let raked = rake(&[10.0, 5.0, 25.0], &[margin]).unwrap();
        assert_eq!(raked, Raked { weights: vec![2.0, 2.0, 2.0], rounds: 1 });
    }

    #[test]
    fn two_margins_by_hand() {
        // A 2 × 2 table of ones to margins 3:1 and 3:1: independent, 9:3:3:1 of 16.
        let rows = Margin { group: &[0, 0, 1, 1], totals: &[12.0, 4.0] };
        let columns = Margin { group: &[0, 1, 0, 1], totals: &[12.0, 4.0] };
        let raked = rake(&[1.0; 4], &[rows, columns]).unwrap();
        for (got, want) in raked.weights.iter().zip([9.0, 3.0, 3.0, 1.0]) {
            assert!((got - want).abs() < 1e-9);
        }
    }

    #[test]
    fn effective_sizes_by_hand() {
        assert_eq!(effective_size(&[2.0; 7]), Some(7.0));
        assert_eq!(effective_size(&[1.0, 3.0]), Some(1.6));
        assert_eq!(effective_size(&[]), None);
    }

    #[test]
    fn what_cannot_be_reached_is_said() {
        let one = |group: &'static [usize], totals: &'static [f64]| {
            rake(&[1.0, 1.0], &[Margin { group, totals }]).unwrap_err()
        };
        assert_eq!(one(&[0, 0], &[2.0, 1.0]), RakeError::Empty(0, 1));
        assert_eq!(one(&[0, 1], &[2.0, 0.0]), RakeError::Zero(0, 1));
        assert_eq!(one(&[0, 2], &[2.0, 1.0]), RakeError::Unsound);
        assert_eq!(one(&[0], &[2.0]), RakeError::Unsound);
        assert_eq!(rake(&[], &[]).unwrap_err(), RakeError::Unsound);
        assert_eq!(
            rake(&[1.0], &[Margin { group: &[0], totals: &[f64::NAN] }]).unwrap_err(),
            RakeError::Unsound
        );
        let rows = Margin { group: &[0, 1], totals: &[1.0, 3.0] };
        let other = Margin { group: &[0, 1], totals: &[1.0, 4.0] };
        assert_eq!(rake(&[1.0, 1.0], &[rows, other]).unwrap_err(), RakeError::Totals(1));
        // The same groups with different totals can never both hold.
        let turned = Margin { group: &[0, 1], totals: &[3.0, 1.0] };
        assert!(
            matches!(rake(&[1.0, 1.0], &[rows, turned]).unwrap_err(), RakeError::Apart(d) if d > 0.1)
        );
    }
}
