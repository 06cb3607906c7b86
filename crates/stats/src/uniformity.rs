//! Are values spread evenly over the unit interval? For calibration of p-values.

mod kolmogorov;

/// Kolmogorov and Smirnov's one-sample test against the uniform law: the statistic D and its p-value.
///
/// `(NaN, NaN)` for no values or a value that is no number. Exact up to 2,000 values and, in the far
/// tail, for any number; beyond that Vrbik's correction of the limit, good to 1e-4 of the p-value.
///
/// - G. Marsaglia, W. W. Tsang, J. Wang (2003). Evaluating Kolmogorov's distribution. *Journal of
///   Statistical Software* 8(18).
/// - J. Vrbik (2018). Small-sample corrections to Kolmogorov-Smirnov test statistic. *Pioneer Journal of
///   Theoretical and Applied Statistics* 15, 15-23.
pub fn ks(values: &[f64]) -> (f64, f64) {
    if values.is_empty() || values.iter().any(|v| v.is_nan()) {
        return (f64::NAN, f64::NAN);
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let gap = |(i, v): (usize, &f64)| {
        let v = v.clamp(0.0, 1.0);
        ((i + 1) as f64 / n - v).max(v - i as f64 / n)
    };
    let d = sorted.iter().enumerate().map(gap).fold(0.0, f64::max);
    (d, kolmogorov::sf(sorted.len(), d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_by_hand() {
        // D = max(v, 1 − v), and P(D ≥ d) = 2 (1 − d).
        let (d, p) = ks(&[0.8]);
        assert!((d - 0.8).abs() < 1e-15 && (p - 0.4).abs() < 1e-14, "{d} {p}");
    }

    #[test]
    fn refuses_nothing_and_no_numbers() {
        assert!(ks(&[]).0.is_nan() && ks(&[0.1, f64::NAN]).1.is_nan());
    }
}
