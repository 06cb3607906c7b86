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

/// The t for which P(T ≤ t) = p; infinite at 0 and 1, `NaN` outside.
///
/// By halving an interval on the upper tail, so that it undoes [`sf`] to rounding error.
pub fn quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if df.is_infinite() || p == 0.0 || p == 1.0 {
        return crate::normal::quantile(p);
    }
    let (tail, sign) = if p < 0.5 { (p, -1.0) } else { (1.0 - p, 1.0) };
    let (mut below, mut above) = (0.0, 1.0);
    while sf(above, df) > tail && above < 1e300 {
        (below, above) = (above, 2.0 * above);
    }
    for _ in 0..80 {
        let middle = f64::midpoint(below, above);
        if sf(middle, df) > tail { below = middle } else { above = middle }
    }
    sign * f64::midpoint(below, above)
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
    fn the_quantiles_every_table_has() {
        for (df, t) in [(1.0, 12.706_204_736), (4.0, 2.776_445_105), (30.0, 2.042_272_456)] {
            assert!((quantile(0.975, df) - t).abs() < 1e-8, "{df}");
            assert!((quantile(0.025, df) + t).abs() < 1e-8, "{df}");
        }
        assert!((quantile(0.975, f64::INFINITY) - 1.959_963_985).abs() < 1e-8);
        assert!(quantile(0.5, 3.0).abs() < 1e-15 && quantile(0.975, 0.0).is_nan());
        assert_eq!(quantile(1.0, 3.0), f64::INFINITY);
    }

    #[test]
    fn edges() {
        assert_eq!(two_sided(f64::INFINITY, 3.0), 0.0);
        assert!(sf(f64::NAN, 3.0).is_nan() && sf(1.0, 0.0).is_nan());
    }
}
