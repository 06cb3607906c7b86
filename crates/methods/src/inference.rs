//! Slopes with errors by groups, and what is said of them.

use glassurn_stats::{ols, student};

/// An estimate with a standard error and the degrees of freedom of its t law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
}

impl Estimate {
    /// Two-sided p of the hypothesis that the true value is zero.
    pub fn p(&self) -> f64 {
        if self.value == 0.0 { 1.0 } else { student::two_sided(self.value / self.se, self.df) }
    }

    /// A 95 % interval.
    pub fn interval(&self) -> [f64; 2] {
        let half = student::quantile(0.975, self.df) * self.se;
        [self.value - half, self.value + half]
    }
}

/// A regression line, with errors by groups where there are enough of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Change of y for one unit of x.
    pub slope: Estimate,
    /// Value at x = 0.
    pub intercept: f64,
    /// Correlation of x and y.
    pub correlation: f64,
    /// Whether the standard error is by groups.
    pub by_groups: bool,
}

impl Line {
    /// Fits y on x. The error is by groups when there are at least `min_groups`, else robust to unequal
    /// variances with the degrees of freedom that `absorbed` group means leave.
    pub fn fit(
        x: &[f64],
        y: &[f64],
        groups: Option<&[u32]>,
        min_groups: usize,
        absorbed: usize,
    ) -> Option<Line> {
        let fit = ols::fit(x, y, groups)?;
        let by_groups = fit.slope_se_clustered.filter(|_| fit.clusters >= min_groups.max(2));
        let free = fit.n.checked_sub(2 + absorbed).filter(|&f| f > 0)? as f64;
        let robust = fit.slope_se * ((fit.n - 2) as f64 / free).sqrt();
        let slope = match by_groups {
            Some(se) => Estimate { value: fit.slope, se, df: fit.clusters as f64 - 1.0 },
            None => Estimate { value: fit.slope, se: robust, df: free },
        };
        Some(Line {
            slope,
            intercept: fit.intercept,
            correlation: fit.r_squared.max(0.0).sqrt().copysign(fit.slope),
            by_groups: by_groups.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_interval_is_where_p_is_five_per_cent() {
        let estimate = Estimate { value: 2.2622, se: 1.0, df: 9.0 };
        assert!((estimate.p() - 0.05).abs() < 1e-5);
        assert!(estimate.interval()[0].abs() < 5e-5);
    }

    #[test]
    fn few_groups_do_not_make_an_error() {
        let x: Vec<f64> = (0..12).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| x + (x * 7.0) % 3.0).collect();
        let groups: Vec<u32> = (0..12).map(|i| i % 4).collect();
        let few = Line::fit(&x, &y, Some(&groups), 10, 3).unwrap();
        assert!(!few.by_groups && few.slope.df == 7.0);
        let enough = Line::fit(&x, &y, Some(&groups), 4, 3).unwrap();
        assert!(enough.by_groups && enough.slope.df == 3.0);
    }
}
