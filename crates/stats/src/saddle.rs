//! The saddle-point form of the binomial family.
//!
//! C. Loader (2000). *Fast and Accurate Computation of Binomial Probabilities.* Two pieces carry the
//! accuracy: the error of Stirling's formula, and the deviance near its minimum.

use std::f64::consts::PI;

/// Errors of Stirling's formula for 1 to 15.
const SMALL: [f64; 15] = [
    0.081_061_466_795_327_26,
    0.041_340_695_955_409_3,
    0.027_677_925_684_998_34,
    0.020_790_672_103_765_093,
    0.016_644_691_189_821_193,
    0.013_876_128_823_070_748,
    0.011_896_709_945_891_77,
    0.010_411_265_261_972_096,
    0.009_255_462_182_712_733,
    0.008_330_563_433_362_87,
    0.007_573_675_487_951_841,
    0.006_942_840_107_209_53,
    0.006_408_994_188_004_207,
    0.005_951_370_112_758_848,
    0.005_554_733_551_962_801,
];

/// `ln Γ(x + 1)` minus Stirling's `(x + ½) ln x − x + ½ ln 2π`, for x > 0.
pub(crate) fn stirling_error(x: f64) -> f64 {
    if x > 15.0 {
        return stirling_series(x);
    }
    if let Some(at) = SMALL.iter().zip(1_u32..).position(|(_, n)| f64::from(n) == x) {
        return SMALL[at];
    }
    // The error at x differs from that at x + 1 by (x + ½) ln(1 + 1/x) − 1.
    let mut shifted = x;
    let mut error = 0.0;
    while shifted <= 15.0 {
        error += (shifted + 0.5) * libm::log1p(1.0 / shifted) - 1.0;
        shifted += 1.0;
    }
    error + stirling_series(shifted)
}

/// The asymptotic series, good to 1e-16 from 15 upwards.
fn stirling_series(x: f64) -> f64 {
    let z = 1.0 / (x * x);
    let tail = 1.0 / 1680.0 - z * (1.0 / 1188.0 - z * (691.0 / 360_360.0));
    (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * tail))) / x
}

/// `x ln(x / m) + m − x` for `m = mean + rest`, where `rest` is the rounding error of `mean`.
pub(crate) fn deviance(x: f64, mean: f64, rest: f64) -> f64 {
    if x == 0.0 {
        return mean + rest;
    }
    let correction = rest * (1.0 - x / mean);
    if (x - mean).abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) + (mean - x) + correction;
    }
    let v = (x - mean) / (x + mean);
    let mut sum = (x - mean) * v;
    let mut power = 2.0 * x * v;
    for j in 1..1000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum + correction
}

/// `Γ(x+y+1) / (Γ(x+1) Γ(y+1)) · p^x (1−p)^y` for real x, y ≥ 0 and 0 < p < 1.
pub(crate) fn raw_binomial(x: f64, y: f64, p: f64) -> f64 {
    let n = x + y;
    let q = 1.0 - p;
    if x == 0.0 {
        return libm::exp(n * log_of(q, p));
    }
    if y == 0.0 {
        return libm::exp(n * log_of(p, q));
    }
    let (np, nq) = (n * p, n * q);
    // What rounding took away from n·p and n·q; near the mean it would cost three digits.
    let (p_rest, q_rest) = (n.mul_add(p, -np), n.mul_add(q, -nq) + n * ((1.0 - q) - p));
    let exponent = stirling_error(n)
        - stirling_error(x)
        - stirling_error(y)
        - deviance(x, np, p_rest)
        - deviance(y, nq, q_rest);
    libm::sqrt(n / (2.0 * PI * x) / y) * libm::exp(exponent)
}

/// `ln p`, from the complement where that is more exact.
fn log_of(p: f64, complement: f64) -> f64 {
    if complement < 0.5 { libm::log1p(-complement) } else { libm::log(p) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_recurrence_agree() {
        for (n, &error) in (1_u32..).zip(&SMALL) {
            let near = stirling_error(f64::from(n) + 1e-12);
            assert!((near - error).abs() < 1e-12, "{n}: {near} {error}");
        }
    }

    #[test]
    fn deviance_is_smooth_where_its_two_forms_meet() {
        // |x − m| = 0.1 (x + m) at x = m · 1.1 / 0.9.
        let m = 90.0;
        let (below, above) = (110.0 - 1e-9, 110.0 + 1e-9);
        let slope = (deviance(above, m, 0.0) - deviance(below, m, 0.0)) / 2e-9;
        assert!((slope - (110.0_f64 / 90.0).ln()).abs() < 1e-5);
    }
}
