//! Student's t law.

use statrs::function::beta::checked_beta_reg;

/// P(T ≥ t) with `df` > 0 degrees of freedom.
pub fn sf(t: f64, df: f64) -> f64 {
    let half = two_sided(t, df) / 2.0;
    if t < 0.0 { 1.0 - half } else { half }
}

/// P(|T| ≥ |t|).
pub fn two_sided(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if df.is_infinite() {
        return 2.0 * crate::normal::sf(t.abs());
    }
    if t.is_infinite() {
        return 0.0;
    }
    let square = t * t;
    checked_beta_reg(df / 2.0, 0.5, df / (df + square)).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_is_a_cauchy() {
        for t in [0.0_f64, 0.3, 1.0, 12.0, 1e6] {
            let exact = (1.0 / t).atan() / std::f64::consts::PI;
            assert!((sf(t, 1.0) / exact - 1.0).abs() < 1e-11, "{t}");
        }
        assert!((sf(-1.0, 1.0) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn edges() {
        assert_eq!(two_sided(f64::INFINITY, 3.0), 0.0);
        assert!(sf(f64::NAN, 3.0).is_nan() && sf(1.0, 0.0).is_nan());
    }
}
