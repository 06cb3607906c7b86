//! Mixtures of beta-binomial laws, fitted to counts by expectation and maximisation.
//!
//! A. P. Dempster, N. M. Laird, D. B. Rubin (1977). Maximum likelihood from incomplete data via the EM algorithm.
//! *Journal of the Royal Statistical Society B* 39, 1-38. Sums of logarithms of a + j stand for gamma functions, so that
//! a count costs three look-ups, whatever its size.

use crate::sum::Sum;

/// Larger totals are refused: the tables are as long as the largest.
pub const LARGEST_TOTAL: u32 = 20_000;

/// Bounds of the logarithms of both shapes.
const BOUNDS: [f64; 2] = [-3.0, 6.0];

/// Steps at most; the fit ends before where a step gains less than [`GAIN`].
const STEPS: usize = 100;

/// Of the logarithm of the likelihood, for each count: with a hundred thousand counts a gain of 1, where one law
/// more must gain 17 to be worth its while.
const GAIN: f64 = 1e-5;

/// A logarithm of a chance that is nothing beside a chance of 1.
const LOST: f64 = -40.0;

/// A count and the total it is out of.
pub type Pair = (u32, u32);

/// One law of the mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// Its part of the mixture.
    pub weight: f64,
    /// First shape.
    pub a: f64,
    /// Second shape.
    pub b: f64,
}

/// A mixture with the logarithm of its likelihood, binomial coefficients left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// The laws, from the lowest mean.
    pub components: Vec<Component>,
    /// Logarithm of the likelihood.
    pub log_likelihood: f64,
}

impl Mixture {
    /// The Bayesian criterion of Schwarz for so many counts; less is better.
    pub fn bic(&self, n: usize) -> f64 {
        (3 * self.components.len() - 1) as f64 * libm::log(n as f64) - 2.0 * self.log_likelihood
    }
}

/// Cumulative sums that make the likelihood of a count: for each component, of ln(a + j) from the logarithm of its
/// weight on, of ln(b + j) and of ln(a + b + j).
pub struct Tables(Vec<[Vec<f64>; 3]>);

impl Tables {
    /// For totals up to the largest.
    pub fn new(components: &[Component], largest: u32) -> Self {
        let table = |shape: f64, from: f64| -> Vec<f64> {
            let terms = (0..largest).map(|j| libm::log(shape + f64::from(j)));
            let mut sums = vec![from];
            sums.extend(terms.scan(Sum::default(), |sum, term| {
                sum.add(term);
                Some(from + sum.value())
            }));
            sums
        };
        let tables = |c: &Component| {
            [table(c.a, libm::log(c.weight)), table(c.b, 0.0), table(c.a + c.b, 0.0)]
        };
        Tables(components.iter().map(tables).collect())
    }
}

/// Fills in the chance of each component given a count, and gives the logarithm of the count's likelihood. The tables
/// must be those of the components, and reach the count's total.
pub fn chances(tables: &Tables, (y, n): Pair, into: &mut [f64]) -> f64 {
    let (y, n) = (y as usize, n as usize);
    let mut highest = f64::NEG_INFINITY;
    for ([a, b, both], log) in tables.0.iter().zip(into.iter_mut()) {
        *log = a[y] + b[n - y] - both[n];
        highest = highest.max(*log);
    }
    let mut total = 0.0;
    for chance in into.iter_mut() {
        *chance = match *chance - highest {
            0.0 => 1.0,
            // Beside 1 it is lost in rounding.
            far if far < LOST => 0.0,
            near => libm::exp(near),
        };
        total += *chance;
    }
    if total == 1.0 {
        return highest;
    }
    into.iter_mut().for_each(|chance| *chance /= total);
    highest + libm::log(total)
}

/// Fits a mixture of so many components; `None` without counts, or with totals that are too large.
///
/// It starts from as many equal parts of the counts, ordered by their rate, and is a pure function of the counts and
/// their order.
pub fn fit(pairs: &[Pair], components: usize) -> Option<Mixture> {
    let largest = pairs.iter().map(|p| p.1).max()?;
    if largest > LARGEST_TOTAL || components == 0 || pairs.iter().any(|(y, n)| y > n) {
        return None;
    }
    let mut at = start(pairs, components);
    let mut before = f64::NEG_INFINITY;
    for _ in 0..STEPS {
        let (log_likelihood, next) = step(pairs, &at, largest);
        if log_likelihood - before < GAIN * pairs.len() as f64 {
            return Some(sorted(at, log_likelihood));
        }
        (before, at) = (log_likelihood, next);
    }
    Some(sorted(at, before))
}

fn sorted(mut components: Vec<Component>, log_likelihood: f64) -> Mixture {
    components.sort_by(|x, y| (x.a / (x.a + x.b)).total_cmp(&(y.a / (y.a + y.b))));
    Mixture { components, log_likelihood }
}

/// Equal parts of the counts by rate, each with its mean and the spread of its rates.
fn start(pairs: &[Pair], components: usize) -> Vec<Component> {
    let mut rates: Vec<f64> =
        pairs.iter().filter(|p| p.1 > 0).map(|&(y, n)| f64::from(y) / f64::from(n)).collect();
    rates.sort_by(f64::total_cmp);
    let size = rates.len().div_ceil(components).max(1);
    let of = |part: &[f64]| {
        let mean = crate::moments::mean(part).clamp(0.02, 0.98);
        let spread = crate::moments::variance(part).max(1e-4);
        let total = (mean * (1.0 - mean) / spread - 1.0).clamp(0.2, 400.0);
        Component {
            weight: 1.0 / components as f64,
            a: bounded(mean * total),
            b: bounded((1.0 - mean) * total),
        }
    };
    let mut parts: Vec<Component> = rates.chunks(size).map(of).collect();
    let middle = Component { weight: 1.0 / components as f64, a: 1.0, b: 1.0 };
    parts.resize(components, middle);
    parts
}

fn bounded(shape: f64) -> f64 {
    shape.clamp(libm::exp(BOUNDS[0]), libm::exp(BOUNDS[1]))
}

/// One step: the logarithm of the likelihood where it starts, and where it ends.
fn step(pairs: &[Pair], at: &[Component], largest: u32) -> (f64, Vec<Component>) {
    let tables = Tables::new(at, largest);
    let mut sums = vec![Counts::new(largest); at.len()];
    let mut given = vec![0.0; at.len()];
    let mut log_likelihood = Sum::default();
    for &pair in pairs {
        log_likelihood.add(chances(&tables, pair, &mut given));
        for (sum, &chance) in sums.iter_mut().zip(&given).filter(|(_, chance)| **chance > 0.0) {
            sum.add(pair, chance);
        }
    }
    let next = at.iter().zip(sums).map(|(&c, sum)| sum.best(c, pairs.len())).collect();
    (log_likelihood.value(), next)
}

/// How much weight the counts, the rests and the totals of a component have at each size.
#[derive(Clone)]
struct Counts {
    weight: f64,
    above: [Vec<f64>; 3],
}

impl Counts {
    fn new(largest: u32) -> Self {
        let zero = vec![0.0; largest as usize + 1];
        Counts { weight: 0.0, above: [zero.clone(), zero.clone(), zero] }
    }

    fn add(&mut self, (y, n): Pair, chance: f64) {
        self.weight += chance;
        for (sums, at) in self.above.iter_mut().zip([y, n - y, n]) {
            sums[at as usize] += chance;
        }
    }

    /// The component that fits them better: Newton steps in the logarithms of the shapes, or a step that always
    /// gains (T. P. Minka 2000, Estimating a Dirichlet distribution) where the curvature is no hill's.
    fn best(mut self, from: Component, n: usize) -> Component {
        for sums in &mut self.above {
            // From weight at a size to weight above it.
            let mut above = 0.0;
            for sum in sums.iter_mut().rev() {
                (*sum, above) = (above, above + *sum);
            }
        }
        let (mut a, mut b) = (from.a, from.b);
        for _ in 0..4 {
            let [ga, gb, gn] = [(a, 0), (b, 1), (a + b, 2)].map(|(s, i)| slopes(s, &self.above[i]));
            let (ua, ub) = (a * (ga[0] - gn[0]), b * (gb[0] - gn[0]));
            let haa = -(ua - a * a * (ga[1] - gn[1]));
            let hbb = -(ub - b * b * (gb[1] - gn[1]));
            let hab = -(a * b * gn[1]);
            let determinant = haa * hbb - hab * hab;
            let (da, db) = if haa > 0.0 && determinant > 0.0 {
                ((hbb * ua - hab * ub) / determinant, (haa * ub - hab * ua) / determinant)
            } else {
                (libm::log(ga[0] / gn[0]), libm::log(gb[0] / gn[0]))
            };
            let move_by = |shape: f64, d: f64| match d.is_finite() {
                true => bounded(shape * libm::exp(d.clamp(-1.0, 1.0))),
                false => shape,
            };
            (a, b) = (move_by(a, da), move_by(b, db));
        }
        Component { weight: (self.weight / n as f64).max(1e-12), a, b }
    }
}

/// Σ w / (s + k) and Σ w / (s + k)².
fn slopes(shape: f64, above: &[f64]) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for (k, w) in above.iter().enumerate().take_while(|(_, w)| **w > 0.0) {
        let part = 1.0 / (shape + k as f64);
        sums = [sums[0] + w * part, sums[1] + w * part * part];
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{beta_binomial, rng, sample};

    fn drawn(n: u32, laws: &[Component]) -> Vec<Pair> {
        let mut rng = rng::stream(3, "mixture", 0);
        let mut pair = |i: u32| {
            let law = laws[i as usize % laws.len()];
            let total = 100 + i % 900;
            let p = sample::beta(&mut rng, law.a, law.b);
            let y = sample::binomial(&mut rng, u64::from(total), p);
            (u32::try_from(y).unwrap(), total)
        };
        (0..n).map(&mut pair).collect()
    }

    #[test]
    fn laws_that_were_put_in_come_out() {
        let laws = [
            Component { weight: 0.5, a: 20.0, b: 60.0 },
            Component { weight: 0.5, a: 60.0, b: 30.0 },
        ];
        let pairs = drawn(6_000, &laws);
        let mixture = fit(&pairs, 2).unwrap();
        for (got, want) in mixture.components.iter().zip(&laws) {
            assert!((got.weight - 0.5).abs() < 0.02, "{mixture:?}");
            assert!((got.a / want.a - 1.0).abs() < 0.12 && (got.b / want.b - 1.0).abs() < 0.12);
        }
        let [one, three] = [1, 3].map(|l| fit(&pairs, l).unwrap().bic(pairs.len()));
        assert!(mixture.bic(pairs.len()) < one && mixture.bic(pairs.len()) < three);
    }

    #[test]
    fn likelihood_is_that_of_the_law_without_the_binomial_coefficient() {
        let law = Component { weight: 1.0, a: 2.5, b: 7.0 };
        let pairs = [(3, 10), (0, 4), (25, 25), (0, 0)];
        let tables = Tables::new(&[law], 25);
        for (y, n) in pairs {
            let got = super::chances(&tables, (y, n), &mut [0.0]);
            let [k, n] = [y, n].map(u64::from);
            let coefficient: f64 = (0..k).map(|j| ((n - j) as f64 / (j + 1) as f64).ln()).sum();
            assert!((got + coefficient - beta_binomial::pmf(k, n, 2.5, 7.0).ln()).abs() < 1e-9);
        }
    }

    #[test]
    fn no_counts_and_large_totals_have_no_fit() {
        assert_eq!(fit(&[], 1), None);
        assert_eq!(fit(&[(1, LARGEST_TOTAL + 1)], 1), None);
        assert_eq!(fit(&[(2, 1)], 1), None);
        assert!(fit(&[(1, 2)], 3).is_some() && fit(&[(0, 0)], 2).is_some());
    }
}
