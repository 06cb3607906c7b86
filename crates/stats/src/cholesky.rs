//! Symmetric positive definite matrices, dense and small.

use crate::sum;

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Rows, and columns.
    pub n: usize,
    /// The cells.
    pub cells: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zero(n: usize) -> Self {
        Matrix { n, cells: vec![0.0; n * n] }
    }

    /// Adds to one cell.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.n + column] += value;
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.n + column]
    }
}

/// The lower triangle L with L Lᵀ = the matrix.
#[derive(Debug, Clone)]
pub struct Factor(Matrix);

/// Factors a matrix; `None` when it is not positive definite.
pub fn factor(matrix: &Matrix) -> Option<Factor> {
    let n = matrix.n;
    let mut l = Matrix::zero(n);
    for row in 0..n {
        for column in 0..=row {
            let (a, b) =
                (&l.cells[row * n..row * n + column], &l.cells[column * n..column * n + column]);
            let inner: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            let left = matrix.at(row, column) - inner;
            let cell = if row == column {
                // Also refuses NaN.
                if !(left > 0.0 && left.is_finite()) {
                    return None;
                }
                libm::sqrt(left)
            } else {
                left / l.at(column, column)
            };
            l.cells[row * n + column] = cell;
        }
    }
    Some(Factor(l))
}

impl Factor {
    /// The solution x of matrix · x = right.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (l, n) = (&self.0, self.0.n);
        let mut x = self.forward(right);
        for row in (0..n).rev() {
            let below: f64 = (row + 1..n).map(|k| l.at(k, row) * x[k]).sum();
            x[row] = (x[row] - below) / l.at(row, row);
        }
        x
    }

    /// L⁻¹ · right.
    pub(crate) fn forward(&self, right: &[f64]) -> Vec<f64> {
        let (l, n) = (&self.0, self.0.n);
        let mut x = right.to_vec();
        for row in 0..n {
            let before: f64 = (0..row).map(|k| l.at(row, k) * x[k]).sum();
            x[row] = (x[row] - before) / l.at(row, row);
        }
        x
    }

    /// L · x: independent standard normal numbers become ones with this covariance.
    pub(crate) fn times(&self, x: &[f64]) -> Vec<f64> {
        let l = &self.0;
        let row = |i: usize| (0..=i).map(|k| l.at(i, k) * x[k]).sum();
        (0..l.n).map(row).collect()
    }

    /// One column of the inverse.
    pub fn inverse_column(&self, at: usize) -> Vec<f64> {
        let mut unit = vec![0.0; self.0.n];
        unit[at] = 1.0;
        self.solve(&unit)
    }

    /// Logarithm of the determinant of the matrix.
    pub fn log_determinant(&self) -> f64 {
        2.0 * (0..self.0.n).map(|i| libm::log(self.0.at(i, i))).sum::<f64>()
    }

    /// One cell of the inverse on its diagonal: |L⁻¹ e|².
    pub fn inverse_diagonal(&self, at: usize) -> f64 {
        let mut unit = vec![0.0; self.0.n];
        unit[at] = 1.0;
        sum::total(self.forward(&unit).iter().map(|x| x * x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let matrix = Matrix { n: 2, cells: vec![4.0, 2.0, 2.0, 2.0] };
        let factor = factor(&matrix).unwrap();
        assert_eq!(factor.solve(&[8.0, 6.0]), [1.0, 2.0]);
        assert_eq!(factor.times(&[1.0, 2.0]), [2.0, 3.0]);
        // The inverse is ¼ · (2 −2; −2 4).
        assert!((factor.inverse_diagonal(0) - 0.5).abs() < 1e-15);
        assert!((factor.inverse_diagonal(1) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn refuses_what_is_not_positive_definite() {
        for cells in [vec![1.0, 2.0, 2.0, 1.0], vec![f64::NAN, 0.0, 0.0, 1.0], vec![0.0; 4]] {
            assert!(factor(&Matrix { n: 2, cells }).is_none());
        }
    }
}
