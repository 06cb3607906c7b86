//! The sample as it was drawn: strata, primary units, weights.

use std::collections::BTreeMap;

use crate::sum;

/// What a stratum with one sampled primary unit (of several in the frame) adds to the variance; it is never
/// dropped in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Single {
    /// The square of its deviation from the grand mean of the scores, which is zero for a ratio.
    #[default]
    Adjust,
    /// The mean variance of the strata with two and more units.
    Average,
    /// Nothing, as if it had been taken with certainty: too small a variance unless that is so.
    Certainty,
}

/// One sampled unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampled {
    /// Number of its stratum, from 0.
    pub stratum: usize,
    /// Name of its primary unit within the stratum; units of the same cluster are taken whole.
    pub cluster: u64,
}

/// Why there is no design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesignError {
    /// There is no unit.
    Empty,
    /// A unit names a stratum that the frame does not have.
    NoStratum(usize),
    /// A stratum of the frame has no unit: merge it first ([`super::collapse`]).
    EmptyStratum(usize),
    /// A stratum's size is no positive number.
    Size(usize),
    /// A stratum has more sampled primary units than the frame has units.
    Overfull(usize),
}

/// Strata, primary units and weights of a sample without replacement.
#[derive(Debug, Clone)]
pub struct Design {
    /// N/n of each unit's stratum.
    pub(super) weights: Vec<f64>,
    pub(super) stratum: Vec<usize>,
    /// Primary unit of each unit, numbered from zero.
    primary: Vec<usize>,
    /// Stratum of each primary unit.
    home: Vec<usize>,
    /// Frame size and sampled number of primary units of each stratum.
    sizes: Vec<(f64, usize)>,
    single: Single,
}

impl Design {
    /// A stratified sample of clusters taken whole. `sizes` holds the number of primary units of each
    /// stratum in the frame; infinite for no finite-population correction (weights are 1 then).
    pub fn clustered(
        units: &[Sampled],
        sizes: &[f64],
        single: Single,
    ) -> Result<Design, DesignError> {
        if units.is_empty() {
            return Err(DesignError::Empty);
        }
        let mut numbers = BTreeMap::new();
        let (mut primary, mut home) = (Vec::with_capacity(units.len()), Vec::new());
        for unit in units {
            if unit.stratum >= sizes.len() {
                return Err(DesignError::NoStratum(unit.stratum));
            }
            let number = *numbers.entry((unit.stratum, unit.cluster)).or_insert_with(|| {
                home.push(unit.stratum);
                home.len() - 1
            });
            primary.push(number);
        }
        let mut sizes: Vec<(f64, usize)> = sizes.iter().map(|&size| (size, 0)).collect();
        home.iter().for_each(|&h| sizes[h].1 += 1);
        checked(&sizes)?;
        let weight =
            |h: usize| if sizes[h].0.is_finite() { sizes[h].0 / sizes[h].1 as f64 } else { 1.0 };
        let stratum: Vec<usize> = units.iter().map(|u| u.stratum).collect();
        let weights = stratum.iter().map(|&h| weight(h)).collect();
        Ok(Design { weights, stratum, primary, home, sizes, single })
    }

    /// A stratified simple random sample: every unit is a primary unit.
    pub fn stratified(
        strata: &[usize],
        sizes: &[f64],
        single: Single,
    ) -> Result<Design, DesignError> {
        let units: Vec<Sampled> = strata
            .iter()
            .zip(0..)
            .map(|(&stratum, cluster)| Sampled { stratum, cluster })
            .collect();
        Design::clustered(&units, sizes, single)
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.weights.len()
    }

    /// Degrees of freedom: primary units less strata.
    pub fn df(&self) -> usize {
        self.home.len() - self.sizes.len()
    }

    /// Strata with one sampled primary unit of several in the frame.
    pub fn singles(&self) -> Vec<usize> {
        (0..self.sizes.len()).filter(|&h| self.is_single(h)).collect()
    }

    fn is_single(&self, h: usize) -> bool {
        self.sizes[h].1 == 1 && self.sizes[h].0 > 1.0
    }

    /// Size of the population as the weights give it.
    pub(super) fn population(&self) -> f64 {
        sum::total(self.weights.iter().copied())
    }

    /// Design covariance of the sums of several scores, each as long as the units:
    /// Σ (1 − f) n/(n − 1) Σ (a − ā)(b − b̄) over primary-unit totals.
    pub fn covariance(&self, scores: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let totals: Vec<Vec<f64>> = scores.iter().map(|s| self.primary_totals(s)).collect();
        let means: Vec<Vec<f64>> = totals.iter().map(|t| self.stratum_means(t)).collect();
        let scale: Vec<f64> = (0..self.sizes.len()).map(|h| self.scale(h)).collect();
        let all = self.inflation();
        let of = |a: usize, b: usize| {
            let terms = self.home.iter().enumerate().map(|(i, &h)| {
                scale[h] * (totals[a][i] - means[a][h]) * (totals[b][i] - means[b][h])
            });
            all * sum::total(terms)
        };
        (0..scores.len()).map(|a| (0..scores.len()).map(|b| of(a, b)).collect()).collect()
    }

    /// (1 − f) n/(n − 1), or what stands in for it where n is 1.
    fn scale(&self, h: usize) -> f64 {
        let (size, n) = self.sizes[h];
        let left = 1.0 - n as f64 / size;
        match (n, self.single) {
            (1, Single::Adjust) => left,
            (1, _) => 0.0,
            _ => left * n as f64 / (n - 1) as f64,
        }
    }

    /// Under [`Single::Average`] the other strata stand for those with one unit.
    fn inflation(&self) -> f64 {
        let singles = self.singles().len();
        let rest = self.sizes.len() - singles;
        match self.single {
            Single::Average if singles > 0 && rest > 0 => self.sizes.len() as f64 / rest as f64,
            _ => 1.0,
        }
    }

    /// Sums over each primary unit.
    fn primary_totals(&self, scores: &[f64]) -> Vec<f64> {
        let mut sums = vec![sum::Sum::default(); self.home.len()];
        scores.iter().zip(&self.primary).for_each(|(s, &p)| sums[p].add(*s));
        sums.into_iter().map(sum::Sum::value).collect()
    }

    /// Means of primary-unit totals; zero, the grand mean, where there is one primary unit.
    fn stratum_means(&self, totals: &[f64]) -> Vec<f64> {
        let mut sums = vec![sum::Sum::default(); self.sizes.len()];
        totals.iter().zip(&self.home).for_each(|(t, &h)| sums[h].add(*t));
        let mean = |(s, &(_, n)): (sum::Sum, &(f64, usize))| {
            if n == 1 { 0.0 } else { s.value() / n as f64 }
        };
        sums.into_iter().zip(&self.sizes).map(mean).collect()
    }
}

/// Every stratum has units, and not more than the frame.
fn checked(sizes: &[(f64, usize)]) -> Result<(), DesignError> {
    for (h, &(size, n)) in sizes.iter().enumerate() {
        if n == 0 {
            return Err(DesignError::EmptyStratum(h));
        }
        if size.is_nan() || size <= 0.0 {
            return Err(DesignError::Size(h));
        }
        if (n as f64) > size {
            return Err(DesignError::Overfull(h));
        }
    }
    Ok(())
}
