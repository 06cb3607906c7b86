//! Fisher's F law.

use statrs::function::beta::checked_beta_reg;

/// P(F ≥ x) with `above` and `below` > 0 degrees of freedom of numerator and denominator.
pub fn sf(x: f64, above: f64, below: f64) -> f64 {
    let sound = above > 0.0 && below > 0.0 && above.is_finite() && below.is_finite();
    if x.is_nan() || !sound {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return 0.0;
    }
    checked_beta_reg(below / 2.0, above / 2.0, below / (below + above * x)).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_above_is_students_square() {
        for (t, df) in [(0.3_f64, 4.0), (2.0, 11.0), (7.0, 100.0)] {
            let student = crate::student::two_sided(t, df);
            assert!((sf(t * t, 1.0, df) / student - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn two_and_two_is_a_simple_fraction() {
        assert!((sf(3.0, 2.0, 2.0) - 0.25).abs() < 1e-14);
        assert_eq!((sf(0.0, 2.0, 2.0), sf(f64::INFINITY, 2.0, 2.0)), (1.0, 0.0));
        assert!(sf(1.0, 0.0, 2.0).is_nan() && sf(f64::NAN, 2.0, 2.0).is_nan());
    }
}
