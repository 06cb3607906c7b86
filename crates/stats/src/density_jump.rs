//! A jump of a density at a point: local polynomials of the distribution function from either side.
//!
//! M. D. Cattaneo, M. Jansson, X. Ma (2020). Simple local polynomial density estimators. *Journal of the American
//! Statistical Association* 115, 1449-1455.

use crate::cholesky::{Matrix, factor};

/// Order of the polynomials: one more than the two that would do, so that the bias of those is taken off.
const ORDER: usize = 3;

/// A jump of a density.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DensityJump {
    /// Density at the right end and at the left end.
    pub density: [f64; 2],
    /// Right less left.
    pub jump: f64,
    /// Its standard error, by clusters.
    pub se: f64,
    /// Values inside the bandwidth, left and right.
    pub used: [usize; 2],
}

/// The jump of the density of `values` at `cut`, which counts as right; `clusters` holds the number of each value's
/// cluster, and each value is its own where there is none.
///
/// The empirical distribution function is fitted by cubics with a triangular kernel, each side for itself; the slopes
/// at the cut are the densities. The error comes of what each value moves in the fitted function and in both slopes.
/// `None` where a side has fewer than 20 values inside the bandwidth.
pub fn jump(
    values: &[f64],
    cut: f64,
    bandwidth: f64,
    clusters: Option<&[u32]>,
) -> Option<DensityJump> {
    let usable = values.iter().all(|v| v.is_finite())
        && clusters.is_none_or(|c| c.len() == values.len())
        && bandwidth > 0.0
        && bandwidth.is_finite();
    if !usable {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let u: Vec<f64> = order.iter().map(|&i| (values[i] - cut) / bandwidth).collect();
    let below = below(&u);
    let middle = u.partition_point(|u| *u < 0.0);
    let (first, last) = (u.partition_point(|u| *u <= -1.0), u.partition_point(|u| *u < 1.0));
    let used = [middle - first, last - middle];
    if used.iter().any(|n| *n < 20) {
        return None;
    }
    let left = slope_weights(&u[first..middle], bandwidth)?;
    let right = slope_weights(&u[middle..last], bandwidth)?;
    let slope = |weights: &[f64], from: usize| -> f64 {
        weights.iter().zip(&below[from..]).map(|(w, f)| w * f).sum()
    };
    let density = [slope(&right, middle), slope(&left, first)];
    // What one more value at a place would add to the function at every place above, and so to the jump.
    let jump = density[0] - density[1];
    let moves = moves(&u, first, &[left.iter().map(|w| -w).collect(), right].concat(), jump);
    let se = clustered(&order, &moves, clusters)? / values.len() as f64;
    (jump.is_finite() && se.is_finite()).then_some(DensityJump { density, jump, se, used })
}

/// The part of values at or below each of sorted ones.
fn below(sorted: &[f64]) -> Vec<f64> {
    let n = sorted.len() as f64;
    let mut below = Vec::with_capacity(sorted.len());
    for equal in sorted.chunk_by(|a, b| a == b) {
        let end = below.len() + equal.len();
        below.resize(end, end as f64 / n);
    }
    below
}

/// What the slope at zero takes of the function at each place.
fn slope_weights(u: &[f64], bandwidth: f64) -> Option<Vec<f64>> {
    let weight = |u: f64| 1.0 - u.abs();
    let mut moments = Matrix::zero(ORDER + 1);
    for &u in u {
        for row in 0..=ORDER {
            (0..=ORDER)
                .for_each(|column| moments.add(row, column, weight(u) * power(u, row + column)));
        }
    }
    let take = factor(&moments)?.inverse_column(1);
    let value = |u: f64| take.iter().rev().fold(0.0, |sum, c| sum * u + c);
    Some(u.iter().map(|&u| weight(u) * value(u) / bandwidth).collect())
}

/// How far each sorted value moves the jump: the weights of the places at or above it, less their mean effect.
fn moves(u: &[f64], first: usize, weights: &[f64], jump: f64) -> Vec<f64> {
    let mut moves = vec![-jump; u.len()];
    let (mut sum, mut at) = (0.0, u.len());
    while at > 0 {
        // Equal values count at or below each other.
        let start = u[..at].partition_point(|v| *v < u[at - 1]);
        let inside = |i: usize| i.checked_sub(first).and_then(|i| weights.get(i)).copied();
        sum += (start..at).filter_map(inside).sum::<f64>();
        moves[start..at].iter_mut().for_each(|m| *m += sum);
        at = start;
    }
    moves
}

/// The root of the sum of squares of sums by cluster, in its usual correction.
fn clustered(order: &[usize], moves: &[f64], clusters: Option<&[u32]>) -> Option<f64> {
    let own = |i: usize| clusters.map_or(i, |c| c[i] as usize);
    let mut each: Vec<(usize, f64)> = order.iter().zip(moves).map(|(&i, m)| (own(i), *m)).collect();
    each.sort_by_key(|e| e.0);
    let sums: Vec<f64> =
        each.chunk_by(|a, b| a.0 == b.0).map(|c| c.iter().map(|e| e.1).sum()).collect();
    let g = sums.len() as f64;
    (g > 1.0).then(|| libm::sqrt(g / (g - 1.0) * sums.iter().map(|s| s * s).sum::<f64>()))
}

/// A whole power.
fn power(x: f64, k: usize) -> f64 {
    (0..k).fold(1.0, |p, _| p * x)
}

/// A rule of thumb for the bandwidth: three times the smaller of the standard deviation and the interquartile range
/// over 1.349, times n^(−1/5). `None` where values do not vary.
pub fn bandwidth(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: usize| sorted.get((n * part / 4).min(n.saturating_sub(1))).copied();
    let range = (at(3)? - at(1)?) / 1.349;
    let sd = libm::sqrt(crate::moments::variance(values));
    let spread = if range > 0.0 { sd.min(range) } else { sd };
    let h = 3.0 * spread * libm::pow(n as f64, -0.2);
    (h > 0.0 && h.is_finite()).then_some(h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_density_has_no_jump_and_a_doubled_one_has() {
        let even: Vec<f64> = (0..1_000).map(|i| (f64::from(i) + 0.5) / 1_000.0).collect();
        let found = jump(&even, 0.5, 0.2, None).unwrap();
        assert!((found.density[0] - 1.0).abs() < 1e-6 && found.jump.abs() < 1e-6, "{found:?}");
        assert_eq!(found.used, [200, 200]);
        // Twice as many above one half: two thirds on one half of the axis.
        let twice =
            even.iter().chain(even.iter().filter(|v| **v > 0.5)).copied().collect::<Vec<_>>();
        let found = jump(&twice, 0.5, 0.2, None).unwrap();
        assert!((found.jump - 2.0 / 3.0).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn values_twice_in_one_cluster_say_no_more_than_once() {
        let once: Vec<f64> = (0..600).map(|i| f64::from(i * 7 % 601) / 601.0).collect();
        let twice: Vec<f64> = once.iter().chain(&once).copied().collect();
        let clusters: Vec<u32> = (0..600).chain(0..600).collect();
        let [a, b] = [jump(&once, 0.4, 0.3, None), jump(&twice, 0.4, 0.3, Some(&clusters))];
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!((a.jump - b.jump).abs() < 0.01 && (a.se - b.se).abs() < 0.01 * a.se, "{a:?} {b:?}");
    }

    #[test]
    fn refuses_few_values_and_nonsense() {
        assert_eq!(jump(&[0.1; 30], 0.5, 0.2, None), None);
        assert_eq!(jump(&[f64::NAN; 30], 0.5, 0.2, None), None);
        assert_eq!((bandwidth(&[]), bandwidth(&[0.3; 50])), (None, None));
    }
}
