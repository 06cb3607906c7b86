//! BRAVO: Wald's sequential test of p against ½ on single draws with replacement.
//!
//! M. Lindeman, P. B. Stark, V. S. Yates (2012). BRAVO: ballot-polling risk-limiting audits to verify
//! outcomes. *EVT/WOTE '12*.

use crate::normal;

/// How far one draw for either side moves the logarithm of the statistic, at a share of `share`.
#[derive(Debug, Clone, Copy)]
struct Steps {
    up: f64,
    down: f64,
}

impl Steps {
    fn of(share: f64) -> Option<Steps> {
        let fits = share > 0.5 && share < 1.0;
        fits.then(|| Steps { up: libm::log(2.0 * share), down: libm::log(2.0 * (1.0 - share)) })
    }
}

/// 1 / statistic after `ahead` draws of the side that claims `share` of the two, and `behind` of the other;
/// above 1 where the draws speak for the other side. `NaN` when the share is not between ½ and 1.
pub fn p(share: f64, ahead: u64, behind: u64) -> f64 {
    Steps::of(share)
        .map_or(f64::NAN, |s| libm::exp(-(ahead as f64 * s.up + behind as f64 * s.down)))
}

/// Wald's average number of draws to p ≤ `risk`, when the two sides have `ahead` and `behind` of `all`.
pub fn average_draws(ahead: u64, behind: u64, all: u64, risk: f64) -> Option<f64> {
    let (drift, _, steps) = drift(ahead, behind, all)?;
    (risk > 0.0 && risk < 1.0).then(|| libm::ceil((-libm::log(risk) + steps.up / 2.0) / drift))
}

/// Draws after which p ≤ `risk` with this probability, looked at once, by the normal approximation; rounded.
pub fn draws_for(ahead: u64, behind: u64, all: u64, risk: f64, chance: f64) -> Option<f64> {
    let (drift, variance, _) = drift(ahead, behind, all)?;
    if !(risk > 0.0 && risk < 1.0 && (0.5..1.0).contains(&chance)) {
        return None;
    }
    let spread = normal::quantile(chance) * libm::sqrt(variance);
    let root = libm::sqrt(spread * spread - 4.0 * drift * libm::log(risk));
    let root = (spread + root) / (2.0 * drift);
    Some(libm::round(root * root))
}

/// Mean and variance of one draw's step.
fn drift(ahead: u64, behind: u64, all: u64) -> Option<(f64, f64, Steps)> {
    let both = ahead.checked_add(behind)?;
    if both > all {
        return None;
    }
    let [a, b, n] = [ahead as f64, behind as f64, all as f64];
    let steps = Steps::of(a / (a + b))?;
    let mean = (a * steps.up + b * steps.down) / n;
    let square = (a * steps.up * steps.up + b * steps.down * steps.down) / n;
    Some((mean, square - mean * mean, steps))
}
