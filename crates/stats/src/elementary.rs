//! The exponential and the logarithm for inner loops: short, without branches on the way, in plain arithmetic.
//!
//! Right to two units of the last place or so; the same bits on every machine, like `libm`'s, and several times as fast.

use std::f64::consts::{LOG2_E, SQRT_2};

/// Beyond these ends the exponential is 0, or infinite.
const LEAST: f64 = -708.0;
const MOST: f64 = 709.0;

/// ln 2 in two parts, of which the first has few digits.
const HIGH: f64 = 6.931_471_803_691_238e-1;
const LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Adding it leaves a whole number in the last digits.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// eˣ.
#[inline]
pub fn exp(x: f64) -> f64 {
    if x.is_nan() || x > MOST {
        return if x.is_nan() { x } else { f64::INFINITY };
    }
    if x < LEAST {
        return 0.0;
    }
    let shifted = x * LOG2_E + WHOLE;
    let n = shifted - WHOLE;
    let r = (x - n * HIGH) - n * LOW;
    // Σ rᵏ/k! for |r| ≤ ln 2 / 2, in pairs so that the parts do not wait for each other.
    let r2 = r * r;
    let r4 = r2 * r2;
    let a = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let b = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5_040.0));
    let c = (1.0 / 40_320.0 + r * (1.0 / 362_880.0))
        + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let d = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let series = a + r4 * (b + r4 * (c + r4 * d));
    // The last digits of the shifted number are n; they become the exponent.
    let power = shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(1_023) << 52;
    series * f64::from_bits(power)
}

/// ln x, for x above the least normal number; minus infinity at and below it.
#[inline]
pub fn log(x: f64) -> f64 {
    if x.is_nan() || x < f64::MIN_POSITIVE {
        return if x.is_nan() || x < 0.0 { f64::NAN } else { f64::NEG_INFINITY };
    }
    if x == f64::INFINITY {
        return x;
    }
    let bits = x.to_bits();
    let raw = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    let large = raw > SQRT_2;
    let m = if large { raw / 2.0 } else { raw };
    let n = (bits >> 52) as f64 - if large { 1_022.0 } else { 1_023.0 };
    // 2 artanh f, f = (m − 1)/(m + 1), |f| ≤ 0.172.
    let f = (m - 1.0) / (m + 1.0);
    let s = f * f;
    let s2 = s * s;
    let s4 = s2 * s2;
    let a = (1.0 / 3.0 + s / 5.0) + s2 * (1.0 / 7.0 + s / 9.0);
    let b = (1.0 / 11.0 + s / 13.0) + s2 * (1.0 / 15.0 + s / 17.0);
    let c = 1.0 / 19.0 + s / 21.0;
    let series = a + s4 * (b + s4 * c);
    n * HIGH + (2.0 * f + (2.0 * f * s * series + n * LOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_with_the_library() {
        for i in -70_000..=70_000 {
            let x = f64::from(i) / 100.0;
            let (got, want) = (exp(x), libm::exp(x));
            assert!((got - want).abs() <= 4e-16 * want, "e^{x}: {got:e} for {want:e}");
            let (got, back) = (log(want), libm::log(want));
            assert!(
                (got - back).abs() <= 3e-16 * back.abs().max(0.01),
                "ln {want:e}: {got} for {back}"
            );
            let near = 1.0 + x / 1e4;
            let (got, want) = (log(near), libm::log(near));
            assert!((got - want).abs() <= 5e-16 * want.abs(), "ln {near}: {got:e} for {want:e}");
        }
    }

    #[test]
    fn ends_are_those_of_the_numbers() {
        assert_eq!((exp(-1e9), exp(1e9), exp(0.0)), (0.0, f64::INFINITY, 1.0));
        assert_eq!(
            (log(0.0), log(1.0), log(f64::INFINITY)),
            (f64::NEG_INFINITY, 0.0, f64::INFINITY)
        );
        assert!(exp(f64::NAN).is_nan() && log(-1.0).is_nan() && log(f64::NAN).is_nan());
        assert_eq!(std::f64::consts::LN_2, LOW + HIGH);
    }
}
