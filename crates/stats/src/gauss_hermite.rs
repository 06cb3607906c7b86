//! Gauss-Hermite rules: means under the normal law from a few points.

use libm::{exp, log, sqrt};

/// One point of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Where, in standard deviations from the mean.
    pub at: f64,
    /// Logarithm of what it weighs under the Lebesgue measure: ∫ f ≈ Σ exp(log_weight) f(at).
    pub log_weight: f64,
}

/// The rule with so many points: exact for polynomials up to degree 2n − 1 times the normal density.
///
/// The roots of each Hermite polynomial lie between those of the one before, so bisection finds all.
pub fn rule(points: usize) -> Vec<Node> {
    let mut roots: Vec<f64> = Vec::new();
    for n in 1..=points {
        let far = 2.0 * sqrt(n as f64) + 1.0;
        let ends = std::iter::once(-far).chain(roots.iter().copied()).chain([far]);
        let ends: Vec<f64> = ends.collect();
        roots = ends.windows(2).map(|w| root(n, w[0], w[1])).collect();
    }
    roots.into_iter().map(|at| Node { at, log_weight: log_weight(points, at) }).collect()
}

/// The orthonormal Hermite polynomials of degree n and n − 1, up to one common factor of all degrees.
fn polynomials(n: usize, x: f64) -> (f64, f64) {
    let (mut last, mut before) = (1.0, 0.0);
    for k in 0..n {
        let k = k as f64;
        (last, before) = ((x * last - sqrt(k) * before) / sqrt(k + 1.0), last);
    }
    (last, before)
}

/// The only root between two points.
fn root(n: usize, mut low: f64, mut high: f64) -> f64 {
    let sign = polynomials(n, low).0 > 0.0;
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if (polynomials(n, middle).0 > 0.0) == sign { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// 1 / (n p²) under the normal density, times √(2π) exp(x²/2).
fn log_weight(n: usize, x: f64) -> f64 {
    let (_, before) = polynomials(n, x);
    let density = -x * x / 2.0 - log(2.0 * std::f64::consts::PI) / 2.0;
    -log(n as f64 * before * before) - density
}

/// The mean of a function under a normal law.
pub fn mean(rule: &[Node], centre: f64, sd: f64, f: impl Fn(f64) -> f64) -> f64 {
    let density = |x: f64| -x * x / 2.0 - log(2.0 * std::f64::consts::PI) / 2.0;
    rule.iter().map(|n| exp(n.log_weight + density(n.at)) * f(centre + sd * n.at)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_points_by_hand() {
        // Points −√3, 0, √3 with weights 1/6, 2/3, 1/6.
        let rule = rule(3);
        assert!((rule[2].at - 3.0_f64.sqrt()).abs() < 1e-14 && rule[1].at.abs() < 1e-14);
        let ends = mean(&rule, 0.0, 1.0, |x| if x > 1.0 { 1.0 } else { 0.0 });
        assert!((ends - 1.0 / 6.0).abs() < 1e-14);
    }

    #[test]
    fn moments_are_exact_up_to_the_degree() {
        for n in [1, 2, 5, 9, 20, 41] {
            let rule = rule(n);
            assert_eq!(rule.len(), n);
            assert!((mean(&rule, 0.0, 1.0, |_| 1.0) - 1.0).abs() < 1e-12);
            assert!((mean(&rule, 2.0, 3.0, |x| x) - 2.0).abs() < 1e-12);
            let second = mean(&rule, 0.0, 1.0, |x| x * x);
            assert!((second - f64::from(u8::from(n > 1))).abs() < 1e-11);
            let eighth = mean(&rule, 0.0, 1.0, |x| x.powi(8));
            assert_eq!((eighth - 105.0).abs() < 1e-8, n > 4, "{n}: {eighth}");
        }
        // The moment function of the normal law.
        assert!((mean(&rule(20), 0.3, 0.8, f64::exp) - 0.62_f64.exp()).abs() < 1e-12);
    }
}
