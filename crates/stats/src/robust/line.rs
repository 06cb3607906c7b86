//! One line, by Huber's second proposal: with a common variance that is added to the known one of each point.
//!
//! P. J. Huber (1981). *Robust Statistics.* Wiley.

use super::Data;
use super::weighted::{HUBER, Stage};
use crate::normal;

/// A fitted line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Value of the line at x = 0.
    pub intercept: f64,
    /// Change of y for one unit of x.
    pub slope: f64,
    /// Variance of the points about the line beyond their known one.
    pub variance: f64,
    /// Residuals, each in the standard deviation it has as one of the points fitted.
    pub residuals: Vec<f64>,
}

/// The line through points with known variances, by Huber's estimate. `None` with fewer than four points, with
/// numbers that are not finite, where x does not vary, or where the rounds do not settle.
pub fn line(x: &[f64], y: &[f64], known: &[f64]) -> Option<Line> {
    let n = x.len();
    if n < 4 || known.len() != n || !known.iter().all(|v| *v >= 0.0 && v.is_finite()) {
        return None;
    }
    let x: Vec<[f64; 1]> = x.iter().map(|x| [*x]).collect();
    let one = vec![0; n];
    let mut stage = Stage::new(Data { y, x: &x, group: &one })?;
    let common =
        |plane: &super::Plane<1>, known: &[f64], near| common(&plane.residual, known, near);
    let settled = stage.settle(|i, _, _| known[i], common)?;
    let plane = settled.rests.then_some(settled.plane)?;
    let each = plane.residual.iter().zip(&plane.leverage).zip(&stage.variance);
    Some(Line {
        intercept: *plane.effects.first()?,
        slope: plane.slopes[0],
        variance: settled.tau2,
        residuals: each.map(|((r, h), v)| r / (v * (1.0 - h).max(1e-6)).sqrt()).collect(),
    })
}

/// E min(Z², c²) of a normal number: what the squares of bent residuals add up to for each point.
fn bent_square() -> f64 {
    1.0 - 2.0 * normal::sf(HUBER) - 2.0 * HUBER * normal::pdf(HUBER)
        + 2.0 * HUBER * HUBER * normal::sf(HUBER)
}

/// The common variance at which bent squares have their expected sum, two parameters being fitted.
fn common(residuals: &[f64], known: &[f64], near: Option<f64>) -> f64 {
    let wanted = (residuals.len() as f64 - 2.0) * bent_square();
    let too_small = |variance: f64| {
        let square = |(r, v): (&f64, &f64)| {
            (r * r / (variance + v).max(f64::MIN_POSITIVE)).min(HUBER * HUBER)
        };
        residuals.iter().zip(known).map(square).sum::<f64>() > wanted
    };
    if !too_small(0.0) {
        return 0.0;
    }
    // Here unbent squares have the wanted sum, bent ones less.
    let [mut low, mut high] = [0.0, residuals.iter().map(|r| r * r).sum::<f64>() / wanted];
    if let Some(near) = near.filter(|v| *v > 0.0) {
        let [a, b] = [near * 0.9, near * 1.1];
        if too_small(a) {
            low = a
        } else {
            high = a
        }
        if high > b && !too_small(b) {
            high = b
        }
    }
    for _ in 0..100 {
        if high - low <= 1e-13 * high {
            break;
        }
        let middle = f64::midpoint(low, high);
        if too_small(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rng, sample};

    fn cloud(outliers: usize) -> [Vec<f64>; 3] {
        let mut rng = rng::stream(5, "huber", 0);
        let x: Vec<f64> = (0..400).map(|_| sample::normal(&mut rng)).collect();
        let known: Vec<f64> = (0..400).map(|i| f64::from(i % 5) / 10.0).collect();
        let noise = |v: &f64| (0.25 + v).sqrt();
        let mut y: Vec<f64> = x
            .iter()
            .zip(&known)
            .map(|(x, v)| 1.0 + 2.0 * x + noise(v) * sample::normal(&mut rng))
            .collect();
        y.iter_mut().take(outliers).for_each(|y| *y += 50.0);
        [x, y, known]
    }

    #[test]
    fn twenty_outliers_hardly_move_the_line() {
        let [clean, moved] = [0, 20].map(|n| {
            let [x, y, known] = cloud(n);
            line(&x, &y, &known).unwrap()
        });
        assert!((clean.intercept - 1.0).abs() < 0.15 && (clean.slope - 2.0).abs() < 0.15);
        assert!((clean.variance - 0.25).abs() < 0.1, "{}", clean.variance);
        assert!((moved.intercept - clean.intercept).abs() < 0.1);
        assert!((moved.slope - clean.slope).abs() < 0.15);
        assert!(moved.residuals[..20].iter().all(|r| *r > 30.0));
    }

    #[test]
    fn refuses_what_it_cannot_compute() {
        let some = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(line(&some[..3], &some[..3], &[0.0; 3]), None);
        assert_eq!(line(&[1.0; 4], &some, &[0.0; 4]), None);
        assert_eq!(line(&some, &[f64::NAN; 4], &[0.0; 4]), None);
        assert_eq!(line(&some, &some, &[-1.0; 4]), None);
    }
}
