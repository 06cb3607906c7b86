//! How heavy tails are, read off the middle of the numbers.

use crate::{gauss_hermite, normal, student};

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
    /// A normal law.
    pub const NORMAL: Tails = Tails { df: FREEDOM[1], scale: 1.0 };

    /// The law as normal laws of several variances: how much each weighs, and its variance. A Student number is a
    /// normal one over a root of a mean of squares, and of that the Gauss-Hermite rule sees so many points (its
    /// quantiles after Wilson and Hilferty).
    pub fn variances(&self, points: usize) -> Vec<[f64; 2]> {
        let step = 2.0 / (9.0 * self.df);
        let variance = |node: &gauss_hermite::Node| {
            let root = (1.0 - step + node.at * step.sqrt()).max(0.1);
            [node.log_weight.exp() * normal::pdf(node.at), self.scale * self.scale / root.powi(3)]
        };
        gauss_hermite::rule(points).iter().map(variance).collect()
    }

    /// P(T ≤ number).
    pub fn cdf(&self, number: f64) -> f64 {
        student::sf(-number / self.scale, self.df)
    }

    /// P(|T| at least as large).
    pub fn two_sided(&self, number: f64) -> f64 {
        student::two_sided(number / self.scale, self.df)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rng, sample};

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
    fn normal_laws_of_several_variances_make_up_the_tails() {
        for (df, error) in [(3.0, 0.35), (5.0, 0.08), (30.0, 0.001)] {
            let tails = Tails { df, scale: 2.0 };
            for level in [0.5, 0.05, 0.01] {
                let far = 2.0 * student::quantile(1.0 - level / 2.0, df);
                let tail = |[weight, v]: [f64; 2]| weight * 2.0 * normal::sf(far / v.sqrt());
                let found: f64 = tails.variances(7).into_iter().map(tail).sum();
                assert!((found / level - 1.0).abs() < error, "{df} {level}: {found}");
            }
        }
    }

    #[test]
    fn refuses_what_it_cannot_compute() {
        let some = [1.0, 2.0, 3.0, 4.0];
        assert_eq!((tails(&some), tails(&[0.0; 50]), tails(&[f64::NAN; 50])), (None, None, None));
    }
}
