//! The law of Kolmogorov's statistic.

use crate::{binomial, sum};

/// Largest sample for which the matrix form is used.
const MATRIX: usize = 2_000;
/// Below this, both one-sided events together are rarer than rounding.
const FAR: f64 = 1e-4;

/// P(D ≥ d) for n uniform values.
pub(super) fn sf(n: usize, d: f64) -> f64 {
    let size = n as f64;
    if d <= 0.5 / size {
        return 1.0;
    }
    if d >= 1.0 {
        return 0.0;
    }
    let far = 2.0 * one_sided(n, d);
    if far < FAR {
        return far;
    }
    let inside = if n <= MATRIX { matrix(n, d) } else { limit(size, d) };
    (1.0 - inside).clamp(0.0, 1.0)
}

/// P(D⁺ ≥ d), by Smirnov's sum of positive terms.
fn one_sided(n: usize, d: f64) -> f64 {
    let size = n as f64;
    let terms = (0..n).map_while(|j| {
        let at = d + j as f64 / size;
        // C(n, j) at^(j−1) (1 − at)^(n−j), as a binomial probability divided by `at`.
        (at < 1.0).then(|| binomial::pmf(j as u64, n as u64, at) / at)
    });
    (d * sum::total(terms)).min(1.0)
}

/// P(D < d) by the n-th power of Durbin's matrix.
fn matrix(n: usize, d: f64) -> f64 {
    let size = n as f64;
    let reach = size * d;
    let k = reach.floor() + 1.0;
    let h = k - reach;
    let m = order(k);
    let (power, mut scale) = raise(&durbin(m, h), n);
    let centre = m / 2;
    let mut result = power.cells[centre * m + centre];
    for i in 1..=n {
        result *= i as f64 / size;
        if result < 1e-140 {
            result *= 1e140;
            scale -= 140;
        }
    }
    result * 10_f64.powi(scale)
}

/// 2k − 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "k ≤ n + 1 ≤ 2001")]
fn order(k: f64) -> usize {
    2 * (k as usize) - 1
}

#[derive(Clone)]
struct Matrix {
    m: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn times(&self, other: &Matrix) -> Matrix {
        let m = self.m;
        let mut cells = vec![0.0; m * m];
        for (row, into) in self.cells.chunks(m).zip(cells.chunks_mut(m)) {
            for (a, other) in row.iter().zip(other.cells.chunks(m)) {
                into.iter_mut().zip(other).for_each(|(c, b)| *c += a * b);
            }
        }
        Matrix { m, cells }
    }
}

/// The matrix whose n-th power holds the probability.
fn durbin(m: usize, h: f64) -> Matrix {
    let mut inverse_factorial = vec![1.0; m + 2];
    for i in 1..m + 2 {
        inverse_factorial[i] = inverse_factorial[i - 1] / i as f64;
    }
    let power = |e: usize| libm::pow(h, e as f64);
    let cell = |i: usize, j: usize| {
        if j > i + 1 {
            return 0.0;
        }
        let mut value = 1.0;
        if j == 0 {
            value -= power(i + 1);
        }
        if i == m - 1 {
            value -= power(m - j);
        }
        if j == 0 && i == m - 1 && h > 0.5 {
            value += libm::pow(2.0 * h - 1.0, m as f64);
        }
        value * inverse_factorial[i + 1 - j]
    };
    let cells = (0..m * m).map(|at| cell(at / m, at % m)).collect();
    Matrix { m, cells }
}

/// A power with its decimal exponent kept apart.
fn raise(base: &Matrix, n: usize) -> (Matrix, i32) {
    if n == 1 {
        return (base.clone(), 0);
    }
    let (half, exponent) = raise(base, n / 2);
    let mut power = half.times(&half);
    let mut exponent = 2 * exponent;
    if n % 2 == 1 {
        power = power.times(base);
    }
    let centre = power.cells[(power.m / 2) * power.m + power.m / 2];
    if centre > 1e140 {
        power.cells.iter_mut().for_each(|c| *c *= 1e-140);
        exponent += 140;
    }
    (power, exponent)
}

/// P(D < d) by the limiting series, its argument corrected for the size.
fn limit(n: f64, d: f64) -> f64 {
    let root = libm::sqrt(n);
    let z = d * root;
    let x = z + 1.0 / (6.0 * root) + (z - 1.0) / (4.0 * n);
    if x < 0.04 {
        return 0.0;
    }
    let pi = std::f64::consts::PI;
    let term = |j: i32| {
        let odd = f64::from(2 * j - 1) * pi / x;
        libm::exp(-odd * odd / 8.0)
    };
    libm::sqrt(2.0 * pi) / x * sum::total((1..=20).map(term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_own_value() {
        // Marsaglia, Tsang and Wang (2003): K(10, 0.274) = 0.6284796154565047.
        assert!((matrix(10, 0.274) - 0.628_479_615_456_504_7).abs() < 1e-14);
    }

    #[test]
    fn the_limit_meets_the_matrix() {
        for d in [0.01, 0.015, 0.02, 0.03] {
            let difference = (matrix(2_000, d) - limit(2_000.0, d)).abs();
            assert!(difference < 1e-4, "{d}: {difference}");
        }
    }
}
