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

/// Puts the items in an order drawn at random, every order as likely (Fisher and Yates, from the end).
pub fn shuffle<T>(rng: &mut ChaCha8Rng, items: &mut [T]) {
    for i in (1..items.len()).rev() {
        items.swap(i, usize::try_from(below(rng, i as u64 + 1)).unwrap_or(0));
    }
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

/// Takes from the stream what [`normal`] takes, for a draw whose value does not matter.
pub fn skip_normal(rng: &mut ChaCha8Rng) {
    loop {
        let (x, y) = (2.0 * uniform(rng) - 1.0, 2.0 * uniform(rng) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return;
        }
    }
}

/// A gamma number of this shape and scale 1.
///
/// G. Marsaglia, W. W. Tsang (2000). A simple method for generating gamma variables. *ACM Transactions on
/// Mathematical Software* 26, 363-372. A shape below 1 is raised by 1, and the number shrunk to
/// match; what is no shape gives 0.
pub fn gamma(rng: &mut ChaCha8Rng, shape: f64) -> f64 {
    if !(shape.is_finite() && shape > 0.0) {
        return 0.0;
    }
    if shape < 1.0 {
        return gamma(rng, shape + 1.0) * libm::pow(uniform(rng), 1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = normal(rng);
        let cube = (1.0 + c * x).powi(3);
        let log = libm::log(uniform(rng));
        if cube > 0.0 && log < 0.5 * x * x + d * (1.0 - cube + libm::log(cube)) {
            return d * cube;
        }
    }
}

/// A beta number, from two gamma numbers.
pub fn beta(rng: &mut ChaCha8Rng, a: f64, b: f64) -> f64 {
    let (x, y) = (gamma(rng, a), gamma(rng, b));
    if x + y > 0.0 { x / (x + y) } else { a / (a + b) }
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

/// How n things fall into cells with these chances, which add up to 1.
pub fn multinomial(rng: &mut ChaCha8Rng, n: u64, chances: &[f64]) -> Vec<u64> {
    let (mut left, mut rest) = (n, 1.0);
    let draw = |&chance: &f64| {
        let drawn = binomial(rng, left, (chance / rest).min(1.0));
        left -= drawn;
        rest -= chance;
        drawn
    };
    chances.iter().map(draw).collect()
}

/// Cumulative chances of 0, 1, 2, … in a Poisson law of mean 1, in 2⁻¹⁶; above 8 nothing is left.
const POISSON_ONE: [u16; 8] = [24_109, 48_219, 60_273, 64_292, 65_296, 65_497, 65_531, 65_535];

/// Units whose numbers are made together.
const BLOCK: usize = 64;

/// Independent Poisson numbers of mean 1, to 2⁻¹⁶: how often each of many units comes in a resample.
pub fn poisson_ones(rng: &mut ChaCha8Rng, units: usize, mut take: impl FnMut(usize, f64)) {
    let mut first = 0;
    while first < units {
        let block = BLOCK.min(units - first);
        let mut pieces = [0_u16; BLOCK];
        for four in pieces[..block].chunks_mut(4) {
            let bits = rng.next_u64();
            for (part, piece) in four.iter_mut().enumerate() {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "sixteen bits of it are enough"
                )]
                let sixteen = (bits >> (16 * part)) as u16;
                *piece = sixteen;
            }
        }
        // Every piece beside one chance after the other: eight at a time on any processor, where a check for
        // overflow would take them one by one.
        let mut times = [0_u16; BLOCK];
        for chance in POISSON_ONE {
            for (times, piece) in times.iter_mut().zip(&pieces) {
                *times = times.wrapping_add(u16::from(*piece >= chance));
            }
        }
        times[..block].iter().enumerate().for_each(|(i, t)| take(first + i, f64::from(*t)));
        first += block;
    }
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
    fn a_skipped_draw_takes_as_much_as_a_normal_one() {
        for seed in 0..200 {
            let [mut drawn, mut skipped] =
                [rng::stream(seed, "skip", 0), rng::stream(seed, "skip", 0)];
            normal(&mut drawn);
            skip_normal(&mut skipped);
            assert_eq!(drawn.next_u64(), skipped.next_u64());
        }
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
    fn things_fall_into_every_cell() {
        let sums = draws(2_000, |rng| multinomial(rng, 50, &[0.2, 0.0, 0.5, 0.3]));
        assert!(sums.iter().all(|s| s.iter().sum::<u64>() == 50 && s[1] == 0));
        for (cell, mean) in [(0, 10.0), (2, 25.0), (3, 15.0)] {
            let got = sums.iter().map(|s| s[cell] as f64).sum::<f64>() / 2_000.0;
            // Four standard errors of at most √12.5 / √2000.
            assert!((got - mean).abs() < 0.32, "{cell}: {got}");
        }
    }

    #[test]
    fn large_binomials_have_the_right_moments() {
        let values: Vec<f64> =
            draws(4_000, |rng| binomial(rng, 20_000, 0.55) as f64).into_iter().collect();
        assert!((moments::mean(&values) - 11_000.0).abs() < 4.0 * (4_950.0_f64 / 4_000.0).sqrt());
        assert!((moments::variance(&values) / 4_950.0 - 1.0).abs() < 0.1);
    }

    #[test]
    fn poisson_numbers_of_mean_one_have_their_law() {
        // The chances as made of the table: each within 2⁻¹⁶ of the law's, mean and variance of 1.
        let mut cumulative = 0.0;
        let (mut mean, mut square) = (0.0, 0.0);
        let ends = POISSON_ONE.iter().map(|&c| f64::from(c)).chain([65_536.0]);
        for (k, end) in (0_u64..).zip(ends) {
            let chance = end / 65_536.0 - cumulative;
            assert!((chance - crate::poisson::pmf(k, 1.0)).abs() < 2e-5, "{k}");
            (mean, square) = (mean + k as f64 * chance, square + (k * k) as f64 * chance);
            cumulative = end / 65_536.0;
        }
        assert!((mean - 1.0).abs() < 1e-4 && (square - mean * mean - 1.0).abs() < 1e-3);
        // And as drawn: seven units take two words, each unit comes once.
        let mut rng = rng::stream(3, "ones", 0);
        let mut drawn = Vec::new();
        poisson_ones(&mut rng, 40_003, |unit, times| drawn.push((unit, times)));
        assert!(drawn.iter().enumerate().all(|(i, d)| d.0 == i) && drawn.len() == 40_003);
        let total: f64 = drawn.iter().map(|d| d.1).sum();
        assert!((total - 40_003.0).abs() < 4.0 * 40_003.0_f64.sqrt());
    }

    #[test]
    fn beta_draws_have_the_moments_of_the_beta_law() {
        for (a, b) in [(0.4, 0.7), (3.0, 9.0), (400.0, 150.0)] {
            let values: Vec<f64> = draws(8_000, |rng| beta(rng, a, b));
            let (mean, total) = (a / (a + b), a + b);
            let variance = mean * (1.0 - mean) / (total + 1.0);
            let got = [moments::mean(&values), moments::variance(&values)];
            assert!((got[0] - mean).abs() < 4.0 * (variance / 8_000.0).sqrt(), "{a} {b}: {got:?}");
            assert!((got[1] / variance - 1.0).abs() < 0.08, "{a} {b}: {got:?}");
            let skew = 2.0 * (b - a) * (total + 1.0).sqrt() / ((total + 2.0) * (a * b).sqrt());
            assert!((moments::skewness(&values) - skew).abs() < 0.12, "{a} {b}");
        }
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
