//! Last or second digits of counts, and how often each is to be expected at stations of these sizes.
//!
//! The null draws a station's level from its group's law given the station's own count, and then the
//! count: beta-binomial. The chance of each digit is a finite sum over that law.

use std::ops::Range;

use glassurn_model::{Caveat, LeftOut, Reason};
use glassurn_stats::beta_binomial;

mod summary;

use crate::Slice;
use crate::entries::{Entry, entries};
use crate::local_law::{LocalLaw, fit};

/// From this variance of the redrawn count on, last digits are uniform to 2e-7 and need no sum: at 100,000
/// stations that is a fiftieth of one count. The k-th Fourier coefficient of the last digit of Bin(n, p) is
/// (1 − p + p e^{iθ})ⁿ with θ = 2πk/10, whose modulus is at most exp(−n p (1 − p) (1 − cos 36°)); a level
/// that varies with variance s² multiplies it by about exp(−n² s² θ²/2), and ½ (36°)² > 1 − cos 36°, so that
/// it is the total variance v that counts: exp(−0.191 v) = 5e-9 at 100. Where the level's law is as skewed
/// as it gets (a count of 50 and nothing else known) it is |1 + 1 − e^{iθ}|⁻⁵⁰ = 7e-7. A digit's chance differs
/// from 1/10 by a tenth of the sum of nine such coefficients.
const UNIFORM_FROM: f64 = 100.0;

/// Terms below this share of the largest are left out of a sum.
const NEGLIGIBLE: f64 = 1e-12;

/// Which digit of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digit {
    /// The last.
    Last,
    /// The second from the left; only counts of two digits or more have one.
    Second,
}

impl Digit {
    /// The digit of a count.
    pub(crate) fn of(self, count: i64) -> usize {
        self.run(count).0
    }

    /// The digit of a count, and the counts around it that share it.
    fn run(self, count: i64) -> (usize, Range<i64>) {
        let mut unit = 1;
        while self == Digit::Second && count / unit >= 100 {
            unit *= 10;
        }
        let head = count / unit;
        (last_digit(head), head * unit..(head + 1) * unit)
    }
}

/// What the digit screens count and expect; all their figures follow from this.
#[derive(Debug, Clone)]
pub(crate) struct Digits {
    /// The stations used.
    pub(crate) stations: Vec<Entry>,
    /// What was left out.
    pub(crate) left_out: Vec<LeftOut>,
    /// How many counts end in each digit.
    pub(crate) observed: [f64; 10],
    /// How many are to be expected among so many counts.
    pub(crate) expected: [f64; 10],
    /// Covariance of the ten differences under the null.
    pub(crate) covariance: [[f64; 10]; 10],
    /// Stations used whose digits are not uniform under the null.
    pub(crate) uneven: usize,
}

impl Digits {
    /// Counts the last digits of the counts from `min_count` upward.
    ///
    /// A cut favours the digits just above it wherever counts get rarer upward, so the null has the cut too:
    /// every station adds its chance of a count that is above it *and* ends in each digit, also one that
    /// reports less.
    pub(crate) fn of(slice: &Slice<'_>, min_count: i64, needed: usize) -> Result<Self, Reason> {
        Digits::at(slice, Digit::Last, min_count, needed)
    }

    /// As [`of`](Self::of), of some digit.
    pub(crate) fn at(
        slice: &Slice<'_>,
        digit: Digit,
        min_count: i64,
        needed: usize,
    ) -> Result<Self, Reason> {
        let (all, mut tray) = entries(slice, 1)?;
        let laws = fit(&all);
        let mut digits = Digits::empty(all.len());
        let mut uniform = 0.0;
        for e in all {
            match chances(&e, &laws[e.group as usize], digit, min_count) {
                Chances::Uniform => uniform += 1.0,
                Chances::None => {}
                Chances::Each(chances) => {
                    digits.uneven += usize::from(e.votes >= min_count);
                    digits.expect(&chances, 1.0);
                }
            }
            if e.votes < min_count {
                tray.put(Reason::Below { what: "votes", minimum: min_count });
                continue;
            }
            digits.observed[digit.of(e.votes)] += 1.0;
            digits.stations.push(e);
        }
        digits.expect(&[0.1; 10], uniform);
        digits.left_out = tray.empty();
        digits.worth_it(needed).map(Digits::given_their_number)
    }

    fn empty(capacity: usize) -> Self {
        Digits {
            stations: Vec::with_capacity(capacity),
            left_out: Vec::new(),
            observed: [0.0; 10],
            expected: [0.0; 10],
            covariance: [[0.0; 10]; 10],
            uneven: 0,
        }
    }

    /// Adds stations with these chances to what is expected.
    fn expect(&mut self, chances: &[f64; 10], stations: f64) {
        for (d, &p) in chances.iter().enumerate() {
            self.expected[d] += stations * p;
            self.covariance[d][d] += stations * p;
            for (c, &q) in chances.iter().enumerate() {
                self.covariance[d][c] -= stations * p * q;
            }
        }
    }

    /// Compares digits given how many counts there are: the expected digits are brought to their number,
    /// and of the covariance C remains A C Aᵀ with A = 1 − e 1ᵀ, e the expected shares.
    fn given_their_number(mut self) -> Self {
        let total: f64 = self.expected.iter().sum();
        let share = self.expected.map(|e| e / total);
        let c = self.covariance;
        let rows = c.map(|row| row.iter().sum::<f64>());
        let all: f64 = rows.iter().sum();
        for i in 0..10 {
            for j in 0..10 {
                self.covariance[i][j] =
                    c[i][j] - share[i] * rows[j] - share[j] * rows[i] + share[i] * share[j] * all;
            }
        }
        self.expected = share.map(|s| s * self.n());
        self
    }

    /// Refuses too few counts and counts that are all the same.
    fn worth_it(self, needed: usize) -> Result<Self, Reason> {
        let used = self.stations.len();
        if used < needed.max(1) {
            return Err(Reason::TooFew { used, needed });
        }
        if self.stations.iter().all(|e| e.votes == self.stations[0].votes) {
            return Err(Reason::Constant);
        }
        Ok(self)
    }

    /// How many stations are used.
    pub(crate) fn n(&self) -> f64 {
        self.stations.len() as f64
    }

    /// Mean count of the stations used.
    pub(crate) fn mean_count(&self) -> f64 {
        self.stations.iter().map(|e| e.votes as f64).sum::<f64>() / self.n()
    }

    /// Quadratic form of the differences in the inverse covariance (one digit is redundant).
    pub(crate) fn unevenness(&self) -> Result<f64, Reason> {
        quadratic_form(&self.covariance, |d| self.observed[d] - self.expected[d])
            .ok_or(Reason::Constant)
    }

    /// How many counts end in 0 or 5.
    pub(crate) fn zeros_and_fives(&self) -> usize {
        self.stations.iter().filter(|e| e.votes % 5 == 0).count()
    }

    /// What a reader must know about these counts.
    pub(crate) fn caveats(&self) -> Vec<Caveat> {
        let left_out: usize = self.left_out.iter().map(|l| l.stations).sum();
        let used = self.stations.len();
        let raised = [
            (left_out * 3 > used, Caveat::ManyLeftOut),
            (self.uneven * 2 > used, Caveat::SmallStations),
            (used >= VERY_MANY, Caveat::VeryManyStations),
        ];
        raised.into_iter().filter(|r| r.0).map(|r| r.1).collect()
    }
}

/// From so many stations on, half a percentage point in the share of 0 or 5 gives p below 0.001.
pub(crate) const VERY_MANY: usize = 60_000;

/// The last digit of a count.
pub(crate) fn last_digit(count: i64) -> usize {
    usize::try_from(count.rem_euclid(10)).unwrap_or(0)
}

/// A station's chances of a count from the cut upward that ends in each digit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Chances {
    /// Its count is always above the cut and all digits have chance 1/10.
    Uniform,
    /// Its count is never above the cut.
    None,
    /// They are these.
    Each([f64; 10]),
}

/// Beyond so many standard deviations a count is out of reach.
const FAR: f64 = 8.0;

fn chances(e: &Entry, law: &LocalLaw, digit: Digit, min_count: i64) -> Chances {
    let law = law.knowing(e);
    let (n, weight, level) = (e.cast as f64, law.a + law.b, law.mean());
    let variance = n * level * (1.0 - level) * (weight + n) / (weight + 1.0);
    let above = n * level - min_count as f64;
    if above < -FAR * variance.sqrt() {
        return Chances::None;
    }
    let certain = digit == Digit::Last && variance >= UNIFORM_FROM;
    if certain && (min_count <= 0 || above > FAR * variance.sqrt()) {
        return Chances::Uniform;
    }
    Chances::Each(beta_binomial_digits(e.cast, &law, digit, min_count))
}

/// The chance of each digit of a beta-binomial count from `min_count` upward, summed outward from its middle.
fn beta_binomial_digits(cast: i64, law: &LocalLaw, digit: Digit, min_count: i64) -> [f64; 10] {
    let (n, LocalLaw { a, b }) = (cast as f64, *law);
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and the ballots cast")]
    let middle = ((n * law.mean()) as i64).clamp(0, cast);
    let peak = beta_binomial::pmf(middle.unsigned_abs(), cast.unsigned_abs(), a, b);
    let mut sums = Sums::new(digit, min_count);
    sums.put(middle, peak);
    let mut put = |count, p| sums.put(count, p);
    walk(peak, middle, cast, |k| (n - k) * (a + k) / ((k + 1.0) * (b + n - k - 1.0)), &mut put);
    // Downward it is the count of the other ballots that rises, with the shapes exchanged.
    let (others, most) = (cast - middle, cast - min_count.max(0));
    let mut put = |count, p| sums.put(cast - count, p);
    walk(peak, others, most, |k| (n - k) * (b + k) / ((k + 1.0) * (a + n - k - 1.0)), &mut put);
    sums.all()
}

/// Steps taken together, so that no division waits for the one before it.
const BLOCK: usize = 8;

/// From a count with this chance upward until the chance is negligible; `ratio` is what one step multiplies it by.
#[inline]
fn walk(
    peak: f64,
    from: i64,
    last: i64,
    ratio: impl Fn(f64) -> f64,
    put: &mut impl FnMut(i64, f64),
) {
    let (mut count, mut p, least) = (from, peak, NEGLIGIBLE * peak);
    while count < last && p > least {
        let start = count as f64;
        let mut ratios = [0.0; BLOCK];
        ratios.iter_mut().zip(STEPS).for_each(|(r, step)| *r = ratio(start + step));
        let steps = usize::try_from(last - count).unwrap_or(BLOCK).min(BLOCK);
        for ratio in &ratios[..steps] {
            p *= ratio;
            count += 1;
            put(count, p);
        }
    }
}

const STEPS: [f64; BLOCK] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

/// Chances added up by digit; the sum of the digit at hand is not among the others, since neighbouring counts often
/// share it.
struct Sums {
    digit: Digit,
    min_count: i64,
    others: [f64; 10],
    at: usize,
    same: Range<i64>,
    sum: f64,
}

impl Sums {
    fn new(digit: Digit, min_count: i64) -> Self {
        Sums { digit, min_count, others: [0.0; 10], at: 0, same: 0..0, sum: 0.0 }
    }

    #[inline]
    fn put(&mut self, count: i64, p: f64) {
        if count < self.min_count {
            return;
        }
        if !self.same.contains(&count) {
            self.others[self.at] = self.sum;
            (self.at, self.same) = self.digit.run(count);
            self.sum = self.others[self.at];
        }
        self.sum += p;
    }

    fn all(mut self) -> [f64; 10] {
        self.others[self.at] = self.sum;
        self.others
    }
}

/// zᵀ C⁻¹ z over the first nine digits by Cholesky's decomposition; `None` when C is singular.
fn quadratic_form(c: &[[f64; 10]; 10], z: impl Fn(usize) -> f64) -> Option<f64> {
    let mut l = [[0.0; 9]; 9];
    let mut form = 0.0;
    let mut y = [0.0; 9];
    for i in 0..9 {
        for j in 0..=i {
            let rest = c[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            if i == j && rest <= 1e-9 * c[i][i] {
                return None;
            }
            l[i][j] = if i == j { rest.sqrt() } else { rest / l[j][j] };
        }
        y[i] = (z(i) - (0..i).map(|k| l[i][k] * y[k]).sum::<f64>()) / l[i][i];
        form += y[i] * y[i];
    }
    Some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_uniform_from_the_limit_on() {
        // Each count is the smallest of its kind that needs no sum.
        for cast in [150, 300, 1_000, 100_000] {
            for weight in [0.0, 10.0, 100.0, 1e6] {
                let law = |votes: i64| {
                    let level = votes as f64 / cast as f64;
                    LocalLaw { a: level * weight, b: (1.0 - level) * weight }
                };
                let entry = |votes| Entry { row: 0, group: 0, votes, cast };
                let free =
                    |v: &i64| chances(&entry(*v), &law(*v), Digit::Last, 0) == Chances::Uniform;
                let Some(votes) = (1..cast / 2).find(free) else { continue };
                let law = law(votes).knowing(&entry(votes));
                for p in beta_binomial_digits(cast, &law, Digit::Last, 0) {
                    assert!((p - 0.1).abs() < 2e-7, "{votes} of {cast}, weight {weight}: {p}");
                }
            }
        }
    }

    #[test]
    fn digits_of_a_small_count_are_its_probabilities() {
        // n = 3, a = b = 1: 0, 1, 2, 3 are equally likely.
        let flat = LocalLaw { a: 1.0, b: 1.0 };
        for cut in 0..4 {
            for (d, p) in (0..).zip(beta_binomial_digits(3, &flat, Digit::Last, cut)) {
                let want = if (cut..4).contains(&d) { 0.25 } else { 0.0 };
                assert!((p - want).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn second_digits_are_those_from_the_left() {
        let counts = [10, 19, 100, 154, 1_739, 98_765];
        assert_eq!(counts.map(|c| Digit::Second.of(c)), [0, 9, 0, 5, 7, 8]);
        // n = 19, a = b = 1: of 10 to 19 each has one chance in twenty.
        let flat = LocalLaw { a: 1.0, b: 1.0 };
        let chances = beta_binomial_digits(19, &flat, Digit::Second, 10);
        assert!(chances.iter().all(|p| (p - 0.05).abs() < 1e-12));
    }

    #[test]
    fn uniform_digits_give_the_classical_statistic() {
        // Covariance n (δ/10 − 1/100): the form is Σ z² / (n/10).
        let mut c = [[-2.0; 10]; 10];
        (0..10).for_each(|d| c[d][d] += 20.0);
        let z = [2.0, -2.0, 0.0, -1.0, 1.0, 3.0, -3.0, 0.0, -4.0, 4.0];
        assert!((quadratic_form(&c, |d| z[d]).unwrap() - 3.0).abs() < 1e-12);
        assert_eq!(quadratic_form(&[[1.0; 10]; 10], |d| z[d]), None);
    }
}
