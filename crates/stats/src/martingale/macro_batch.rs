//! MACRO: batches compared, drawn with replacement and with probability in proportion to their error bound.
//!
//! P. B. Stark (2009). Risk-limiting postelection audits: conservative P-values from common probability
//! inequalities. *IEEE Transactions on Information Forensics and Security* 4(4), 1005-1014.

/// The p-value after draws with these taints (error / bound), where `total` is the sum of all bounds in
/// margins (U). `None` when U is not above 1 or a taint is above 1.
///
/// **Only** for draws with replacement and probability bound / U. On any other sample the product has no
/// meaning as a p-value.
pub fn p(total: f64, taints: &[f64]) -> Option<f64> {
    let fits = total > 1.0 && total.is_finite() && taints.iter().all(|t| *t <= 1.0);
    let clean = libm::log1p(-1.0 / total);
    let log = crate::sum::total(taints.iter().map(|t| clean - libm::log1p(-t)));
    fits.then(|| libm::exp(log).min(1.0))
}

/// Clean draws needed for p ≤ `risk`.
pub fn draws(total: f64, risk: f64) -> Option<f64> {
    let fits = total > 1.0 && total.is_finite() && risk > 0.0 && risk < 1.0;
    fits.then(|| libm::ceil(libm::log(risk) / libm::log1p(-1.0 / total)))
}
