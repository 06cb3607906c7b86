//! What is said of ten digits whichever they are.

use glassurn_model::{Measure, Picture, Unit};

use super::Digits;

impl Digits {
    /// The mean digit, beside its expectation.
    pub(crate) fn mean_digit(&self, name: &str, symbol: &'static str) -> Measure {
        let n = self.n();
        let mean =
            |of: &[f64; 10]| of.iter().zip(0..).map(|(o, i)| o * f64::from(i)).sum::<f64>() / n;
        let pairs = (0..10).flat_map(|i| (0..10).map(move |j| (i, j)));
        let variance: f64 = pairs.map(|(i, j)| (i * j) as f64 * self.covariance[i][j]).sum();
        Measure {
            name: name.to_owned(),
            symbol,
            value: mean(&self.observed),
            expected: Some(mean(&self.expected)),
            sd: Some(variance.max(0.0).sqrt() / n),
            unit: Unit::None,
        }
    }

    /// Pearson's statistic against fixed chances, beside what sizes lead one to expect of it.
    pub(crate) fn against(&self, chances: &[f64; 10], name: &str, symbol: &'static str) -> Measure {
        let at = |i: usize| self.n() * chances[i];
        let value = (0..10).map(|i| (self.observed[i] - at(i)).powi(2) / at(i)).sum();
        let spread = |i: usize| self.covariance[i][i] + (self.expected[i] - at(i)).powi(2);
        let expected = (0..10).map(|i| spread(i) / at(i)).sum();
        Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected: Some(expected),
            sd: None,
            unit: Unit::None,
        }
    }

    /// Half the sum of differences: counts that would need another digit. The mean of |N(0, s)| is s √(2/π).
    pub(crate) fn changed(&self) -> Measure {
        let off: f64 = self.observed.iter().zip(&self.expected).map(|(o, e)| (o - e).abs()).sum();
        let chance: f64 = self.sds().iter().sum();
        Measure {
            name: "counts that would need another digit".to_owned(),
            symbol: "Δ",
            value: off / 2.0,
            expected: Some(chance / 2.0 * std::f64::consts::FRAC_2_PI.sqrt()),
            sd: None,
            unit: Unit::Stations,
        }
    }

    /// Standard deviations of the ten differences.
    fn sds(&self) -> [f64; 10] {
        std::array::from_fn(|i| self.covariance[i][i].max(0.0).sqrt())
    }

    /// A bar for each digit.
    pub(crate) fn bars(&self, title: &str, axis: &str) -> Picture {
        Picture::Bars {
            title: title.to_owned(),
            axis: axis.to_owned(),
            labels: (0..10).map(|i| i.to_string()).collect(),
            observed: self.observed.to_vec(),
            expected: self.expected.to_vec(),
            sd: self.sds().to_vec(),
        }
    }
}
