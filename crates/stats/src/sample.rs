//! Draws from a stream that are the same on every platform: all mathematics is this crate's own.

use rand::Rng;

use crate::binomial;
use crate::rng::ChaCha8Rng;

/// A uniform number strictly between 0 and 1, on a grid of 2⁻⁵³.
pub fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    let bits = rng.next_u64() >> 11;
    (bits as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// A uniform whole number below `end`; 0 when `end` is 0.
pub fn below(rng: &mut ChaCha8Rng, end: u64) -> u64 {
    ((u128::from(rng.next_u64()) * u128::from(end)) >> 64) as u64
}

/// A standard normal number (Marsaglia's polar method).
///
/// G. Marsaglia, T. A. Bray (1964). A convenient method for generating normal variables. *SIAM Review* 6,
/// 260-264.
pub fn normal(rng: &mut ChaCha8Rng) -> f64 {
    loop {
        let (x, y) = (2.0 * uniform(rng) - 1.0, 2.0 * uniform(rng) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * libm::sqrt(-2.0 * libm::log(square) / square);
        }
    }
}

/// A binomial number, by inversion from the mode outward; 0 when p is no probability.
///
/// The expected number of steps is about 1.6 standard deviations.
pub fn binomial(rng: &mut ChaCha8Rng, n: u64, p: f64) -> u64 {
    if n == 0 || p <= 0.0 || p.is_nan() {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    let mode = binomial::mode(n, p);
    let odds = p / (1.0 - p);
    let first = binomial::pmf(mode, n, p);
    let mut left = uniform(rng) - first;
    let (mut low, mut high) = (mode, mode);
    let (mut below, mut above) = (first, first);
    while left >= 0.0 {
        let (down, up) = (low > 0, high < n);
        if up {
            above *= (n - high) as f64 / (high + 1) as f64 * odds;
            high += 1;
            left -= above;
            if left < 0.0 {
                return high;
            }
        }
        if down {
            below *= low as f64 / ((n - low + 1) as f64 * odds);
            low -= 1;
            left -= below;
            if left < 0.0 {
                return low;
            }
        }
        // Rounding may leave a crumb beyond both ends.
        if !up && !down || below + above < 1e-20 {
            break;
        }
    }
    mode
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{chi_squared, moments, rng, uniformity};

    fn draws<T>(n: u64, draw: impl Fn(&mut ChaCha8Rng) -> T) -> Vec<T> {
        (0..n).map(|i| draw(&mut rng::stream(11, "sample", i))).collect()
    }

    #[test]
    fn normal_draws_are_normal() {
        let spread: Vec<f64> = draws(4_000, normal).into_iter().map(crate::normal::cdf).collect();
        assert!(uniformity::ks(&spread).1 > 0.001);
    }

    #[test]
    fn binomial_draws_have_the_binomial_law() {
        let n = 40_000;
        let mut counts = [0.0; 13];
        for k in draws(n, |rng| binomial(rng, 12, 0.3)) {
            counts[usize::try_from(k).unwrap()] += 1.0;
        }
        // Cells 0 to 8 singly, the rest together, so that each expects at least 50.
        let expected = |k: u64| binomial::pmf(k, 12, 0.3) * n as f64;
        let mut x2 = 0.0;
        for (k, count) in (0..9).zip(&counts) {
            x2 += (count - expected(k)).powi(2) / expected(k);
        }
        let rest = binomial::sf(9, 12, 0.3) * n as f64;
        x2 += (counts[9..].iter().sum::<f64>() - rest).powi(2) / rest;
        assert!(chi_squared::sf(x2, 9.0) > 0.001, "{x2}");
    }

    #[test]
    fn large_binomials_have_the_right_moments() {
        let values: Vec<f64> =
            draws(4_000, |rng| binomial(rng, 20_000, 0.55) as f64).into_iter().collect();
        assert!((moments::mean(&values) - 11_000.0).abs() < 4.0 * (4_950.0_f64 / 4_000.0).sqrt());
        assert!((moments::variance(&values) / 4_950.0 - 1.0).abs() < 0.1);
    }

    #[test]
    fn edges() {
        let mut rng = rng::stream(1, "edges", 0);
        let mut draw = |n, p| binomial(&mut rng, n, p);
        assert_eq!([draw(0, 0.5), draw(9, 0.0), draw(9, 1.0), draw(9, f64::NAN)], [0, 0, 9, 0]);
        assert_eq!(below(&mut rng, 0), 0);
        assert!((0..100).all(|_| below(&mut rng, 3) < 3));
    }
}
