//! The largest of several standard normal numbers that are not independent.

use crate::{cholesky, rng, sample};

/// Added to the diagonal, so that rounding leaves no negative root where two numbers are nearly one.
const RIDGE: f64 = 1e-10;

/// P(the largest of them ≥ `z`) by simulation, (b + 1) / (m + 1), where `correlation` has `n` rows of `n`
/// cells; `NaN` where it is no correlation.
///
/// P. H. Westfall, S. S. Young (1993). *Resampling-Based Multiple Testing.* Wiley: the largest of correlated
/// statistics controls the chance of any false alarm, and wastes less than a bound for independent ones.
pub fn upper_tail(correlation: &[f64], n: usize, z: f64, draws: u32, seed: u64) -> f64 {
    if n == 0 || correlation.len() != n * n || z.is_nan() {
        return f64::NAN;
    }
    let mut matrix = cholesky::Matrix { n, cells: correlation.to_vec() };
    for i in 0..n {
        matrix.add(i, i, RIDGE);
    }
    let Some(factor) = cholesky::factor(&matrix) else { return f64::NAN };
    let mut rng = rng::stream(seed, "largest normal", 0);
    let mut beyond = 0_u32;
    for _ in 0..draws {
        let independent: Vec<f64> = (0..n).map(|_| sample::normal(&mut rng)).collect();
        let largest = factor.times(&independent).into_iter().fold(f64::NEG_INFINITY, f64::max);
        beyond += u32::from(largest >= z);
    }
    f64::from(beyond + 1) / (f64::from(draws) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal;

    #[test]
    fn one_number_has_the_normal_tail() {
        for z in [-1.0, 0.0, 1.5] {
            assert!((upper_tail(&[1.0], 1, z, 40_000, 1) - normal::sf(z)).abs() < 0.01);
        }
    }

    #[test]
    fn independent_numbers_multiply_and_equal_ones_do_not() {
        let three = |r: f64| [1.0, r, r, r, 1.0, r, r, r, 1.0];
        let want = 1.0 - (1.0 - normal::sf(1.6)).powi(3);
        assert!((upper_tail(&three(0.0), 3, 1.6, 40_000, 2) - want).abs() < 0.01);
        assert!((upper_tail(&three(1.0), 3, 1.6, 40_000, 2) - normal::sf(1.6)).abs() < 0.01);
    }

    #[test]
    fn two_numbers_have_the_orthant_probability() {
        // P(both < 0) = 1/4 + asin(r) / 2π (Sheppard 1899).
        let want = 1.0 - (0.25 + 0.6_f64.asin() / std::f64::consts::TAU);
        assert!((upper_tail(&[1.0, 0.6, 0.6, 1.0], 2, 0.0, 40_000, 3) - want).abs() < 0.01);
    }

    #[test]
    fn what_is_no_correlation_has_no_tail() {
        for (cells, n) in [(vec![], 0), (vec![1.0], 2), (vec![1.0, 2.0, 2.0, 1.0], 2)] {
            assert!(upper_tail(&cells, n, 1.0, 10, 1).is_nan());
        }
        assert!(upper_tail(&[1.0], 1, f64::NAN, 10, 1).is_nan());
    }
}
