//! A line that outliers do not move, when each point has a variance of its own; and how heavy tails are, read off the
//! middle of the numbers.
//!
//! P. J. Huber (1981). *Robust Statistics.* Wiley. His second proposal, with a common variance that is added to
//! the known one of each point.

use crate::{normal, student};

/// Residuals beyond so many standard deviations count no more than at it: 95 % efficiency at the normal law.
pub const BEND: f64 = 1.345;

/// Most rounds.
const ROUNDS: usize = 200;

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
    let finite = |v: &[f64]| v.len() == n && v.iter().all(|v| v.is_finite());
    if n < 4 || !finite(x) || !finite(y) || !finite(known) || known.iter().any(|v| *v < 0.0) {
        return None;
    }
    let mut at = weighted(x, y, &vec![1.0; n])?;
    let mut variance = None;
    for _ in 0..ROUNDS {
        let residuals = at.residuals(x, y);
        let common = common(&residuals, known, variance);
        let weights: Vec<f64> =
            residuals.iter().zip(known).map(|(r, v)| weight(*r, common + v)).collect();
        let next = weighted(x, y, &weights)?;
        let spread = (common + known.iter().sum::<f64>() / n as f64).sqrt();
        let still = |a: f64, b: f64| (a - b).abs() <= 1e-11 * (spread + a.abs());
        let settled = still(next.intercept, at.intercept)
            && still(next.slope, at.slope)
            && variance
                .is_some_and(|v: f64| (v - common).abs() <= 1e-10 * (common + spread * spread));
        (at, variance) = (next, Some(common));
        if settled {
            return Some(at.finish(x, y, known, common));
        }
    }
    None
}

/// The weight of a residual with this variance.
fn weight(residual: f64, variance: f64) -> f64 {
    let sd = variance.max(f64::MIN_POSITIVE).sqrt();
    (BEND * sd / residual.abs().max(f64::MIN_POSITIVE)).min(1.0) / (sd * sd)
}

/// E min(Z², c²) of a normal number: what the squares of bent residuals add up to for each point.
fn bent_square() -> f64 {
    1.0 - 2.0 * normal::sf(BEND) - 2.0 * BEND * normal::pdf(BEND)
        + 2.0 * BEND * BEND * normal::sf(BEND)
}

/// The common variance at which bent squares have their expected sum, two parameters being fitted.
fn common(residuals: &[f64], known: &[f64], near: Option<f64>) -> f64 {
    let wanted = (residuals.len() as f64 - 2.0) * bent_square();
    let too_small = |variance: f64| {
        let square =
            |(r, v): (&f64, &f64)| (r * r / (variance + v).max(f64::MIN_POSITIVE)).min(BEND * BEND);
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

/// A weighted line, with what its leverages need.
struct Weighted {
    intercept: f64,
    slope: f64,
    centre: f64,
    total: f64,
    across: f64,
    weights: Vec<f64>,
}

fn weighted(x: &[f64], y: &[f64], weights: &[f64]) -> Option<Weighted> {
    let total: f64 = weights.iter().sum();
    let mean = |v: &[f64]| v.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / total;
    let (centre, level) = (mean(x), mean(y));
    let (mut across, mut along) = (0.0, 0.0);
    for ((x, y), w) in x.iter().zip(y).zip(weights) {
        across += w * (x - centre) * (x - centre);
        along += w * (x - centre) * (y - level);
    }
    // Equal numbers may differ in the last bits of their mean.
    if across.is_nan() || across <= 1e-20 * total * (1.0 + centre * centre) {
        return None;
    }
    let slope = along / across;
    let weights = weights.to_vec();
    Some(Weighted { intercept: level - slope * centre, slope, centre, total, across, weights })
}

impl Weighted {
    fn residuals(&self, x: &[f64], y: &[f64]) -> Vec<f64> {
        x.iter().zip(y).map(|(x, y)| y - self.intercept - self.slope * x).collect()
    }

    fn finish(self, x: &[f64], y: &[f64], known: &[f64], variance: f64) -> Line {
        let each = x.iter().zip(&self.weights).zip(known).zip(self.residuals(x, y));
        let residuals = each.map(|(((x, w), v), r)| {
            let off = x - self.centre;
            let leverage = w * (1.0 / self.total + off * off / self.across);
            r / ((variance + v).max(f64::MIN_POSITIVE) * (1.0 - leverage).max(1e-6)).sqrt()
        });
        Line {
            intercept: self.intercept,
            slope: self.slope,
            variance,
            residuals: residuals.collect(),
        }
    }
}

/// A Student law, scaled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// Degrees of freedom: the fewer, the heavier the tails.
    pub df: f64,
    /// What a number is divided by.
    pub scale: f64,
}

/// Fewest and most degrees of freedom: at the most the law is normal for every use.
const FREEDOM: [f64; 2] = [2.0, 200.0];

/// The Student law with the median and the 95 % point of the numbers' absolute values; so up to one number in twenty
/// may be anything. The 95 % point is taken half a standard error up, so that few numbers do not make tails too thin
/// by chance. `None` with fewer than 40 numbers, or where half of them are 0.
pub fn tails(numbers: &[f64]) -> Option<Tails> {
    let mut sizes: Vec<f64> = numbers.iter().map(|v| v.abs()).collect();
    if sizes.len() < 40 || sizes.iter().any(|v| !v.is_finite()) {
        return None;
    }
    sizes.sort_by(f64::total_cmp);
    let n = sizes.len() as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and n")]
    let at = |rank: f64| sizes[(rank.ceil() as usize).clamp(1, sizes.len()) - 1];
    let (half, far) = (at(0.5 * n), at(0.95 * n + 0.5 * (0.0475 * n).sqrt()));
    if half <= 0.0 {
        return None;
    }
    let ratio = |df: f64| student::quantile(0.975, df) / student::quantile(0.75, df);
    let [mut low, mut high] = FREEDOM;
    for _ in 0..40 {
        let middle = (low * high).sqrt();
        if ratio(middle) > far / half { low = middle } else { high = middle }
    }
    let df = (low * high).sqrt();
    Some(Tails { df, scale: half / student::quantile(0.75, df) })
}

impl Tails {
    /// P(|T| at least as large).
    pub fn two_sided(&self, number: f64) -> f64 {
        student::two_sided(number / self.scale, self.df)
    }
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
    fn tails_are_read_off_the_middle() {
        let mut rng = rng::stream(6, "huber", 0);
        let normal: Vec<f64> = (0..20_000).map(|_| 3.0 * sample::normal(&mut rng)).collect();
        let found = tails(&normal).unwrap();
        assert!(found.df > 20.0 && (found.scale - 3.0).abs() < 0.1, "{found:?}");
        // Normal over the root of a mean of five squares.
        let heavy = (0..20_000).map(|_| {
            let squares: f64 = (0..5).map(|_| sample::normal(&mut rng).powi(2)).sum();
            sample::normal(&mut rng) / (squares / 5.0).sqrt()
        });
        let found = tails(&heavy.collect::<Vec<_>>()).unwrap();
        assert!((4.0..6.5).contains(&found.df), "{found:?}");
        assert!((found.two_sided(2.570_58) - 0.05).abs() < 0.01);
    }

    #[test]
    fn refuses_what_it_cannot_compute() {
        let some = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(line(&some[..3], &some[..3], &[0.0; 3]), None);
        assert_eq!(line(&[1.0; 4], &some, &[0.0; 4]), None);
        assert_eq!(line(&some, &[f64::NAN; 4], &[0.0; 4]), None);
        assert_eq!(line(&some, &some, &[-1.0; 4]), None);
        assert_eq!((tails(&some), tails(&[0.0; 50]), tails(&[f64::NAN; 50])), (None, None, None));
    }
}
