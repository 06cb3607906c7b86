//! One pass over the draws.

use super::{Alternative, Bet, Course, Null};
use crate::sum::Sum;

/// What is known before a draw.
struct Before {
    /// Number of the draw, from 1.
    number: f64,
    /// Sum of the values seen.
    seen: f64,
    /// Mean of what is left under the null.
    mean: f64,
}

/// Runs a test over the values in the order in which they were drawn.
///
/// `None` when the null or the bet is outside its domain, a value is outside [0, upper], there are more
/// values than the population has, or the bet does not fit the way of drawing.
///
/// Where the values seen already exceed what the null allows in total, the statistic is infinite (p = 0);
/// where they already reach it and nothing may follow but zeros, it is set back to 1; where the null
/// holds whatever follows, it is 0.
pub fn run(null: Null, bet: Bet, values: &[f64]) -> Option<Course> {
    if !null.fits(values) || !bet.fits(&null) {
        return None;
    }
    let (mut seen, mut product, mut most) = (Sum::default(), 1.0_f64, 1.0_f64);
    let mut history = Vec::with_capacity(values.len());
    for (at, &x) in values.iter().enumerate() {
        let before = Before {
            number: (at + 1) as f64,
            seen: seen.value(),
            mean: null.left(at as f64, seen.value()),
        };
        seen.add(x);
        product = step(&null, bet, &before, x, product);
        if null.exceeded(seen.value()) {
            product = f64::INFINITY;
        }
        most = most.max(product);
        history.push((1.0 / product).min(1.0));
    }
    Some(Course { p: (1.0 / most).min(1.0), history })
}

/// The statistic after one more value.
fn step(null: &Null, bet: Bet, before: &Before, x: f64, product: f64) -> f64 {
    let slack = 1e-12 * null.upper;
    if product.is_infinite() || before.mean < -slack {
        f64::INFINITY
    } else if before.mean <= slack {
        1.0
    } else if before.mean >= null.upper - slack {
        0.0
    } else {
        product * factor(null, bet, before, x).max(0.0)
    }
}

/// By what one value multiplies the statistic; its mean under the null is at most 1.
fn factor(null: &Null, bet: Bet, before: &Before, x: f64) -> f64 {
    let (u, mean) = (null.upper, before.mean);
    match bet {
        Bet::Alpha(alternative) => {
            let eta = alternative.of(null, before);
            (x * eta / mean + (u - x) * (u - eta) / (u - mean)) / u
        }
        Bet::KaplanMarkov(g) => (x + g) / (null.mean + g),
        Bet::KaplanWald(g) => (1.0 - g) * x / null.mean + g,
        Bet::KaplanKolmogorov(g) => (x + g) / (mean + g),
        Bet::Stake(stake) => 1.0 + stake * (x - mean),
    }
}

impl Alternative {
    /// The alternative for the next value, between the null's conditional mean and the upper bound.
    fn of(self, null: &Null, before: &Before) -> f64 {
        let highest = null.upper * (1.0 - f64::EPSILON);
        let aimed = match self {
            Alternative::Fixed(eta) => {
                Null { mean: eta, ..*null }.left(before.number - 1.0, before.seen)
            }
            Alternative::ShrinkTruncate { start, weight, gap } => {
                let draws = weight + before.number - 1.0;
                let mixed = (weight * start + before.seen) / draws;
                mixed.max(before.mean + gap / libm::sqrt(draws))
            }
            Alternative::Toward(fraction) => before.mean + fraction * (null.upper - before.mean),
        };
        aimed.max(before.mean).min(highest)
    }
}

impl Null {
    /// Mean of what is left after `drawn` values with this sum, if the population's mean is `mean`.
    fn left(&self, drawn: f64, seen: f64) -> f64 {
        self.size.map_or(self.mean, |n| (n as f64 * self.mean - seen) / (n as f64 - drawn))
    }

    /// Whether the values seen exceed what the null allows in total.
    fn exceeded(&self, seen: f64) -> bool {
        self.size.is_some_and(|n| seen > n as f64 * self.mean * (1.0 + 1e-12) + 1e-12 * self.upper)
    }

    /// Whether the null and the values are in their domain.
    fn fits(&self, values: &[f64]) -> bool {
        self.upper.is_finite()
            && self.upper > 0.0
            && (0.0..self.upper).contains(&self.mean)
            && self.size.is_none_or(|n| n >= values.len() as u64)
            && values.iter().all(|x| (0.0..=self.upper).contains(x))
    }
}

impl Bet {
    /// Whether the bet is in its domain and made for this way of drawing.
    fn fits(self, null: &Null) -> bool {
        let (with, without) = (null.size.is_none(), null.size.is_some());
        match self {
            Bet::Alpha(alternative) => alternative.fits(null),
            Bet::KaplanMarkov(g) => with && g >= 0.0 && null.mean + g > 0.0,
            Bet::KaplanWald(g) => with && (0.0..=1.0).contains(&g) && null.mean > 0.0,
            Bet::KaplanKolmogorov(g) => without && g >= 0.0,
            // The largest stake for which no value makes the statistic negative, whatever was drawn.
            Bet::Stake(stake) => {
                let safe = if with { null.mean } else { null.upper };
                stake >= 0.0 && stake * safe <= 1.0
            }
        }
    }
}

impl Alternative {
    fn fits(self, null: &Null) -> bool {
        match self {
            Alternative::Fixed(eta) => (null.mean..=null.upper).contains(&eta),
            Alternative::ShrinkTruncate { start, weight, gap } => {
                (0.0..=null.upper).contains(&start)
                    && weight >= 1.0
                    && gap >= 0.0
                    && gap.is_finite()
            }
            Alternative::Toward(fraction) => (0.0..=1.0).contains(&fraction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha(values: &[f64]) -> Vec<f64> {
        let null = Null { upper: 1.0, size: Some(7), mean: 3.0 / 7.0 };
        run(null, Bet::Alpha(Alternative::Fixed(0.5)), values).unwrap().history
    }

    #[test]
    fn four_of_seven_exceed_three_and_three_do_not() {
        // After 1 0 1 1 the null's three are reached: one more excludes it, none more is what it says.
        assert_eq!(alpha(&[1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]).last(), Some(&0.0));
        assert_eq!(alpha(&[1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0]).last(), Some(&1.0));
    }

    #[test]
    fn five_ones_halve_five_times() {
        let null = Null { upper: 1.0, size: None, mean: 0.5 };
        assert_eq!(run(null, Bet::KaplanMarkov(0.0), &[1.0; 5]).unwrap().p, 1.0 / 32.0);
    }

    #[test]
    fn toward_one_is_the_product_of_ratios() {
        let null = Null { upper: 4.0, size: None, mean: 1.0 };
        let course = run(null, Bet::Alpha(Alternative::Toward(1.0)), &[2.0, 2.0]).unwrap();
        assert!((course.p - 0.25).abs() < 1e-12);
    }

    #[test]
    fn what_is_out_of_its_domain_is_refused() {
        let null = Null { upper: 1.0, size: Some(2), mean: 0.5 };
        let bet = Bet::Alpha(Alternative::Toward(0.5));
        assert_eq!(run(null, bet, &[0.1; 3]), None);
        assert_eq!(run(null, bet, &[1.1]), None);
        assert_eq!(run(null, bet, &[f64::NAN]), None);
        assert_eq!(run(Null { mean: 1.0, ..null }, bet, &[0.1]), None);
        assert_eq!(run(null, Bet::KaplanMarkov(0.0), &[0.1]), None);
        assert_eq!(run(null, Bet::Stake(1.5), &[0.1]), None);
        assert_eq!(run(null, bet, &[]).unwrap().p, 1.0);
    }
}
