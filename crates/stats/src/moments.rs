//! Population moments, with compensated sums. An empty slice has no moments: the answer is `NaN`.

use crate::sum;

/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    sum::total(values.iter().copied()) / values.len() as f64
}

/// The population variance (divided by n).
pub fn variance(values: &[f64]) -> f64 {
    central(values, 2)
}

/// The population skewness; `NaN` when the values do not vary.
pub fn skewness(values: &[f64]) -> f64 {
    let variance = variance(values);
    central(values, 3) / (variance * libm::sqrt(variance))
}

/// The population kurtosis (3 for a normal law); `NaN` when the values do not vary.
pub fn kurtosis(values: &[f64]) -> f64 {
    let variance = variance(values);
    central(values, 4) / (variance * variance)
}

/// The mean of a power of the deviations from the mean.
fn central(values: &[f64], power: i32) -> f64 {
    let mean = mean(values);
    sum::total(values.iter().map(|v| (v - mean).powi(power))) / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Deviations of 1 2 3 10 from 4: −3 −2 −1 6; squares 50, cubes 180, fourth powers 1394.
        let values = [1.0, 2.0, 3.0, 10.0];
        assert_eq!((mean(&values), variance(&values)), (4.0, 12.5));
        assert!((skewness(&values) - 45.0 / 12.5_f64.powf(1.5)).abs() < 1e-15);
        assert!((kurtosis(&values) - 348.5 / 156.25).abs() < 1e-15);
    }

    #[test]
    fn a_large_offset_costs_nothing() {
        assert_eq!(variance(&[1e12 + 1.0, 1e12 + 3.0]), 1.0);
        assert!(mean(&[]).is_nan() && skewness(&[2.0, 2.0]).is_nan());
    }
}
