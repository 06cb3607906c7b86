//! Location and scale of the model's honest stations, by the recipe of the paper.

use glassurn_stats::moments;

/// What the recipe takes from the stations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Honest {
    /// Turnout, location.
    pub turnout: f64,
    /// Share, location.
    pub share: f64,
    /// Turnout, scale.
    pub turnout_sd: f64,
    /// Share, scale.
    pub share_sd: f64,
    /// Scale of the part that is added.
    pub added_sd: f64,
}

/// Steps of the grid that modes are looked for on.
const STEPS: usize = 1_000;

/// Cells that rates are sorted into before smoothing, for one step.
const FINE: usize = 20;

/// Modes are looked for above this rate.
const FROM: usize = 300;

/// A mode is at least this part of the highest.
const LEAST: f64 = 0.1;

/// Location and scale from turnouts and shares; `None` where a mode or a deviation is missing.
pub(crate) fn honest(turnouts: &[f64], shares: &[f64]) -> Option<Honest> {
    let (turnout, share) = (mode(turnouts)?, mode(shares)?);
    let both = || turnouts.iter().zip(shares);
    let below = || both().filter(|(_, v)| **v < share);
    let share_sd = spread(below().map(|(_, v)| v - share))?;
    let turnout_sd = spread(below().filter(|(t, _)| **t < turnout).map(|(t, _)| t - turnout))?;
    let above = spread(shares.iter().filter(|v| **v > share).map(|v| v - share))?;
    Some(Honest { turnout, share, turnout_sd, share_sd, added_sd: above.sqrt() })
}

/// Root mean square of deviations, if there are any.
fn spread(deviations: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    deviations.for_each(|d| (sum, n) = (sum + d * d, n + 1.0));
    (sum > 0.0).then(|| f64::sqrt(sum / n))
}

/// The first local maximum above 0.3 of a normal kernel estimate with Scott's bandwidth.
fn mode(rates: &[f64]) -> Option<f64> {
    let n = rates.len() as f64;
    let sd = (moments::variance(rates) * n / (n - 1.0)).sqrt();
    let width = sd * libm::pow(n, -0.2);
    if width.is_nan() || width <= 0.0 {
        return None;
    }
    let density = density(rates, width);
    let highest = density.iter().fold(0.0, |a: f64, &b| a.max(b));
    let is_mode = |&i: &usize| {
        density[i] > density[i - 1] && density[i] >= density[i + 1] && density[i] >= LEAST * highest
    };
    (FROM + 1..STEPS).find(is_mode).map(|i| i as f64 / STEPS as f64)
}

/// The kernel estimate at each step, up to a factor.
fn density(rates: &[f64], width: f64) -> Vec<f64> {
    let cells = STEPS * FINE;
    let mut counts = vec![0.0; cells + 1];
    for rate in rates {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate")]
        let cell = (rate.clamp(0.0, 1.0) * cells as f64).round() as usize;
        counts[cell] += 1.0;
    }
    let kernel = |distance: usize| {
        let z = distance as f64 / (cells as f64 * width);
        libm::exp(-z * z / 2.0)
    };
    let weights: Vec<f64> = (0..=cells).map(kernel).collect();
    let at = |step: usize| {
        let centre = step * FINE;
        counts.iter().enumerate().map(|(i, c)| c * weights[i.abs_diff(centre)]).sum()
    };
    (0..=STEPS).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mode_above_a_third_that_is_high_enough() {
        let heap = |centre: f64, n: usize| (0..n).map(move |i| centre + 0.001 * (i % 9) as f64);
        let rates: Vec<f64> = heap(0.2, 90).chain(heap(0.5, 90)).chain(heap(0.8, 180)).collect();
        assert!((mode(&rates).unwrap() - 0.5).abs() < 0.03);
        assert_eq!(mode(&[0.5; 9]), None);
    }
}
