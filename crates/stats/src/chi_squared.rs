//! The chi-squared law.

use statrs::function::gamma::checked_gamma_ur;

/// P(X ≥ x) with `df` > 0 degrees of freedom (relative error about 1e-11).
pub fn sf(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 || df.is_infinite() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return 0.0;
    }
    checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_degrees_are_an_exponential() {
        for x in [0.1, 1.0, 30.0, 400.0] {
            assert!((sf(x, 2.0) / (-x / 2.0_f64).exp() - 1.0).abs() < 1e-11, "{x}");
        }
    }

    #[test]
    fn edges() {
        assert_eq!((sf(0.0, 3.0), sf(-1.0, 3.0), sf(f64::INFINITY, 3.0)), (1.0, 1.0, 0.0));
        assert!(sf(1.0, 0.0).is_nan() && sf(f64::NAN, 1.0).is_nan());
    }
}
