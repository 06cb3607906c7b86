//! Functions of small symmetric matrices, by their eigenvalues.

use crate::cholesky::Matrix;

/// Most sweeps over all pairs; a handful settle any matrix of a few rows.
const SWEEPS: usize = 60;

/// U f(Λ) Uᵀ of a symmetric matrix U Λ Uᵀ.
///
/// Jacobi's rotations, pair by pair, until nothing is left off the diagonal.
pub(crate) fn function(matrix: &Matrix, f: impl Fn(f64) -> f64) -> Matrix {
    let n = matrix.n;
    let (mut a, mut u) = (matrix.clone(), Matrix::zero(n));
    (0..n).for_each(|i| u.add(i, i, 1.0));
    for _ in 0..SWEEPS {
        let mut turned = false;
        for (p, q) in (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q))) {
            turned |= turn(&mut a, &mut u, p, q);
        }
        if !turned {
            break;
        }
    }
    let mut out = Matrix::zero(n);
    for k in 0..n {
        let value = f(a.at(k, k));
        for i in 0..n {
            (0..n).for_each(|j| out.add(i, j, u.at(i, k) * value * u.at(j, k)));
        }
    }
    out
}

/// Turns rows and columns p and q so that their cell is nothing; says whether there was anything.
fn turn(a: &mut Matrix, u: &mut Matrix, p: usize, q: usize) -> bool {
    let off = a.at(p, q);
    // Also refuses NaN.
    if !(off.abs() > f64::EPSILON * libm::sqrt((a.at(p, p) * a.at(q, q)).abs())
        && off.abs() > 1e-300)
    {
        return false;
    }
    let theta = (a.at(q, q) - a.at(p, p)) / (2.0 * off);
    let t = theta.signum() / (theta.abs() + libm::sqrt(theta * theta + 1.0));
    let c = 1.0 / libm::sqrt(t * t + 1.0);
    let s = t * c;
    let n = a.n;
    let pair = |m: &mut Matrix, i: usize, j: usize| {
        let (x, y) = (m.cells[i], m.cells[j]);
        (m.cells[i], m.cells[j]) = (c * x - s * y, s * x + c * y);
    };
    (0..n).for_each(|k| pair(a, k * n + p, k * n + q));
    (0..n).for_each(|k| pair(a, p * n + k, q * n + k));
    (0..n).for_each(|k| pair(u, k * n + p, k * n + q));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &Matrix, b: &Matrix) {
        let far = a.cells.iter().zip(&b.cells).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(far < 1e-12, "{a:?} {b:?}");
    }

    #[test]
    fn the_root_of_a_matrix_by_hand() {
        // Eigenvalues 1 and 9 on the diagonals of a square: the root has 1 and 3.
        let matrix = Matrix { n: 2, cells: vec![5.0, 4.0, 4.0, 5.0] };
        near(&function(&matrix, libm::sqrt), &Matrix { n: 2, cells: vec![2.0, 1.0, 1.0, 2.0] });
    }

    #[test]
    fn the_same_function_gives_the_matrix_back() {
        let cells = (0..25).map(|i| f64::from((i / 5 + 1) * (i % 5 + 1) % 7) - 2.5).collect();
        let matrix = Matrix { n: 5, cells };
        near(&function(&matrix, |v| v), &matrix);
        let square = function(&matrix, |v| v * v);
        let product = |i: usize, j: usize| (0..5).map(|k| matrix.at(i, k) * matrix.at(k, j)).sum();
        let cells = (0..25).map(|c| product(c / 5, c % 5)).collect();
        near(&square, &Matrix { n: 5, cells });
    }
}
