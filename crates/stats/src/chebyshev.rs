//! Smooth functions of one variable by their values at Chebyshev's points.
//!
//! A polynomial through these points of a smooth function is next to the best one of its degree, so that a function that
//! is dear to compute is computed at few points and read off between them.
//!
//! - L. N. Trefethen (2013). *Approximation Theory and Approximation Practice*, chapters 3 and 7. SIAM, Philadelphia.

use std::f64::consts::PI;

use libm::cos;

/// `K` points between −1 and 1, and what makes coefficients of values there.
#[derive(Debug, Clone, PartialEq)]
pub struct Points<const K: usize> {
    /// The points, from 1 down.
    pub at: [f64; K],
    cosines: [[f64; K]; K],
}

/// Several functions of one variable between −1 and 1, each a sum of Chebyshev polynomials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curves<const K: usize, const N: usize> {
    coefficients: [[f64; N]; K],
}

impl<const K: usize> Default for Points<K> {
    fn default() -> Self {
        let angle = |j: usize, k: usize| j as f64 * PI * (k as f64 + 0.5) / K as f64;
        let scale = |j: usize| if j == 0 { 1.0 } else { 2.0 } / K as f64;
        Points {
            at: std::array::from_fn(|k| cos(angle(1, k))),
            cosines: std::array::from_fn(|j| std::array::from_fn(|k| scale(j) * cos(angle(j, k)))),
        }
    }
}

impl<const K: usize> Points<K> {
    /// The polynomials through these values.
    pub fn through<const N: usize>(&self, values: &[[f64; N]; K]) -> Curves<K, N> {
        let mut coefficients = [[0.0; N]; K];
        for (row, cosines) in coefficients.iter_mut().zip(&self.cosines) {
            for (value, c) in values.iter().zip(cosines) {
                row.iter_mut().zip(value).for_each(|(r, v)| *r += c * v);
            }
        }
        Curves { coefficients }
    }
}

impl<const K: usize, const N: usize> Curves<K, N> {
    /// The functions at one place, by Clenshaw's sum.
    pub fn at(&self, x: f64) -> [f64; N] {
        let (mut last, mut before) = ([0.0; N], [0.0; N]);
        for row in self.coefficients.iter().skip(1).rev() {
            for i in 0..N {
                let next = row[i] + 2.0 * x * last[i] - before[i];
                before[i] = last[i];
                last[i] = next;
            }
        }
        let first = self.coefficients.first().copied().unwrap_or([0.0; N]);
        std::array::from_fn(|i| first[i] + x * last[i] - before[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_are_met_exactly_and_smooth_functions_closely() {
        let points = Points::<7>::default();
        let exact = |x: f64| [3.0 - x + 2.0 * x.powi(6), 1.5];
        let curves = points.through(&points.at.map(exact));
        for x in [-1.0, -0.3, 0.0, 0.77, 1.0] {
            let (got, want) = (curves.at(x), exact(x));
            assert!((got[0] - want[0]).abs() < 1e-13 && (got[1] - want[1]).abs() < 1e-14);
        }
        let smooth = points.through(&points.at.map(|x| [x.exp()]));
        // The next term, e^x's seventh derivative over 7! 2^6.
        assert!((smooth.at(0.9)[0] - 0.9_f64.exp()).abs() < 1e-5);
    }
}
