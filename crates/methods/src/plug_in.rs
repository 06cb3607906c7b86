//! The plug-in null of one station: its count drawn again from Bin(n, x / n), where n and x are what it
//! reports.
//!
//! Because the rate is x / n itself, the probability of the peak needs no logarithm,
//!
//! ```text
//!     P(x) = f(n) / (f(x) f(n − x)),      f(m) = m! eᵐ / mᵐ = √(2πm) exp(δ(m))
//! ```
//!
//! (C. Loader's saddle-point form with both deviances zero), and every other point follows from two table
//! look-ups of 1 / k! and one power of the odds. Points further from x than [`PlugIn::reach`] have, by
//! Bernstein's inequality, a total probability under 2 × 10⁻¹² and are not visited.

mod binning;
mod table;

use binning::Binning;
use table::{LARGEST, PAD, Scaled, peak_at};

/// Largest odds (either way) served by the tables, so that no power leaves the range of an `f64`.
const LARGEST_ODDS: f64 = 128.0;

/// −ln of half the probability that the points not visited have at most.
const DEPTH: f64 = 28.0;

/// The same for a picture, where a millionth of a station is not seen.
const VISIBLE: f64 = 14.0;

/// A count and the total it is out of, to be drawn again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlugIn {
    n: i64,
    x: i64,
    odds: f64,
    peak: f64,
}

/// Equally spaced targets with a tolerance, both in 1 / 10,000 of the total: `{ step: 100, half: 5 }` are
/// the whole percentages ± 0.05 percentage points. A count on the very edge is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Distance between targets.
    pub step: i64,
    /// Tolerance on either side.
    pub half: i64,
}

/// What a step and a tolerance are fractions of.
pub const SCALE: i64 = 10_000;

impl Windows {
    /// Whether x / n lies in a window, in integers: no rounding decides an edge.
    pub fn hold(self, x: i64, n: i64) -> bool {
        let past = (SCALE * x).rem_euclid(self.step * n);
        past.min(self.step * n - past) <= self.half * n
    }

    /// Most counts of a total n that one window holds.
    fn most(self, n: i64) -> i64 {
        (2 * self.half * n).div_euclid(SCALE) + 1
    }
}

impl PlugIn {
    /// A count `x` out of `n`, with 0 ≤ x ≤ n and 1 ≤ n; figures outside are brought to the nearest.
    pub fn new(x: i64, n: i64) -> Self {
        let n = n.max(1);
        let x = x.clamp(0, n);
        let odds = x as f64 / (n - x) as f64;
        PlugIn { n, x, odds, peak: peak_at(n) / (peak_at(x) * peak_at(n - x)) }
    }

    /// Distance from x beyond which all points together have probability under 2 × 10⁻¹².
    pub fn reach(&self) -> i64 {
        self.reach_to(DEPTH)
    }

    /// Bernstein's bound solved for the distance: P(|X − x| ≥ t) ≤ 2 exp(−depth).
    fn reach_to(&self, depth: f64) -> i64 {
        let (n, x) = (self.n as f64, self.x as f64);
        let variance = x * (n - x) / n;
        let third = depth / 3.0;
        let reach = third + (third * third + 2.0 * depth * variance).sqrt();
        whole(reach.min(n)) + 1
    }

    /// Whether a count drawn again cannot differ.
    fn is_certain(&self) -> bool {
        self.x == 0 || self.x == self.n
    }

    /// Whether the tables serve it, with the entries that a window reaching below zero looks up.
    fn in_table(&self) -> bool {
        self.n <= LARGEST - PAD && self.odds <= LARGEST_ODDS && self.odds >= 1.0 / LARGEST_ODDS
    }

    /// P(X = k).
    pub fn at(&self, k: i64) -> f64 {
        if self.is_certain() {
            return f64::from(u8::from(k == self.x));
        }
        if !(0..=self.n).contains(&k) || (k - self.x).abs() > self.reach() {
            return 0.0;
        }
        if self.in_table() {
            return Scaled::new(self.n, self.x).at(k) * power(self.odds, k - self.x);
        }
        let mut p = self.peak;
        for j in self.x..k {
            p *= self.up(j);
        }
        for j in (k..self.x).rev() {
            p /= self.up(j);
        }
        p
    }

    /// P(X = k + 1) / P(X = k).
    fn up(&self, k: i64) -> f64 {
        (self.n - k) as f64 / (k + 1) as f64 * self.odds
    }

    /// P(X in one of the windows); rounding does not take it beyond 1.
    pub fn within(&self, windows: Windows) -> f64 {
        if self.is_certain() {
            return f64::from(u8::from(windows.hold(self.x, self.n)));
        }
        let reach = self.reach();
        let (low, high) = ((self.x - reach).max(0), (self.x + reach).min(self.n));
        if self.in_table() && windows.most(self.n) <= PAD {
            self.jump(windows, low, high).min(1.0)
        } else {
            let mut sum = 0.0;
            self.walk(low, high, |k, p| {
                if windows.hold(k, self.n) {
                    sum += p
                }
            });
            sum.min(1.0)
        }
    }

    /// Sums the windows between two counts, jumping from window to window.
    fn jump(&self, windows: Windows, low: i64, high: i64) -> f64 {
        let scaled = Scaled::new(self.n, self.x);
        let period = windows.step * self.n;
        // The first window that reaches `low`: one further down may lie beyond the range of an `f64`.
        let j = (SCALE * low - windows.half * self.n + period - 1).div_euclid(period).max(0);
        let mut first = Edge::new(period * j - windows.half * self.n + SCALE - 1);
        let mut end = period * j + windows.half * self.n;
        let (stride, rest) = (period.div_euclid(SCALE), period.rem_euclid(SCALE));
        let long = power(self.odds, stride);
        let powers = [long, long * self.odds];
        let mut power = power(self.odds, first.at - self.x);
        // No branch depends on whether a window is empty: a wrong guess costs more than a wasted term.
        let most = windows.most(self.n);
        let mut sum = 0.0;
        while first.at <= high {
            let mut odds = power;
            for k in first.at..first.at + most {
                let term = scaled.at(k) * odds;
                sum += if SCALE.wrapping_mul(k) <= end { term } else { 0.0 };
                odds *= self.odds;
            }
            power *= powers[usize::from(first.step(stride, rest))];
            end += period;
        }
        sum
    }

    /// Visits the counts from `low` to `high` in order, with their probabilities.
    pub fn walk(&self, low: i64, high: i64, mut visit: impl FnMut(i64, f64)) {
        let mut p = self.at(low);
        for k in low..=high {
            visit(k, p);
            p *= self.up(k);
        }
    }

    /// The bin of x when a whole is cut into so many bins, each centred on a multiple of its width.
    pub fn bin(&self, bins: i64) -> usize {
        Binning::new(bins, self.n).of(self.x)
    }

    /// Visits the bins near x with their probabilities; what is left out is under one in a million.
    pub fn spread(&self, bins: i64, mut visit: impl FnMut(usize, f64)) {
        let binning = Binning::new(bins, self.n);
        if self.is_certain() {
            return visit(binning.of(self.x), 1.0);
        }
        let reach = self.reach_to(VISIBLE);
        let (low, high) = ((self.x - reach).max(0), (self.x + reach).min(self.n));
        let (mut bin, mut sum) = (binning.of(low), 0.0);
        self.walk(low, high, |k, p| {
            let next = binning.of(k);
            if next != bin {
                visit(bin, sum);
                (bin, sum) = (next, 0.0);
            }
            sum += p;
        });
        visit(bin, sum);
    }
}

/// The whole part of a fraction of [`SCALE`], stepped without dividing.
struct Edge {
    at: i64,
    over: i64,
}

impl Edge {
    fn new(numerator: i64) -> Self {
        Edge { at: numerator.div_euclid(SCALE), over: numerator.rem_euclid(SCALE) }
    }

    /// Moves on by a step given as whole part and rest; whether the rests made one more.
    #[inline]
    fn step(&mut self, stride: i64, rest: i64) -> bool {
        let over = self.over + rest;
        let carry = over >= SCALE;
        self.at += stride + i64::from(carry);
        self.over = if carry { over - SCALE } else { over };
        carry
    }
}

/// The whole part of a number known to be small and not negative.
fn whole(x: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most a station's count")]
    let whole = x as i64;
    whole
}

/// A whole power by squaring: the same bits on every platform.
fn power(base: f64, exponent: i64) -> f64 {
    let mut square = if exponent < 0 { 1.0 / base } else { base };
    let mut rest = exponent.unsigned_abs();
    let mut result = 1.0;
    while rest > 0 {
        result *= if rest & 1 == 1 { square } else { 1.0 };
        square *= square;
        rest >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Windows = Windows { step: 100, half: 5 };

    /// The windows near x summed point by point.
    fn walked(law: PlugIn) -> f64 {
        let (low, high) = ((law.x - law.reach()).max(0), (law.x + law.reach()).min(law.n));
        let mut sum = 0.0;
        law.walk(low, high, |k, p| sum += if WHOLE.hold(k, law.n) { p } else { 0.0 });
        sum
    }

    #[test]
    fn every_size_and_rate_gives_a_probability() {
        for n in (1..=LARGEST + 200).step_by(131).chain([7_596, 7_838, 8_114, LARGEST]) {
            for part in 0..=90 {
                let x = n * part / 90;
                let law = PlugIn::new(x, n);
                let p = law.within(WHOLE);
                assert!((0.0..=1.0).contains(&p), "{x} of {n}: {p}");
            }
        }
    }

    #[test]
    fn windows_far_below_a_small_rate_do_no_harm() {
        for (x, n) in
            [(144, 7_596), (152, 6_340), (148, 8_114), (7_450, 7_596), (70, 8_192), (40, 64)]
        {
            let law = PlugIn::new(x, n);
            assert!((law.within(WHOLE) - walked(law)).abs() < 1e-10, "{x} of {n}");
        }
    }
}
