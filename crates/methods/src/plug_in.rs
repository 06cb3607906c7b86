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

use std::sync::LazyLock;

/// Largest k of the tables; for n beyond it, less the width of a window, the recurrence walks every point.
const LARGEST: i64 = 8_192;

/// Largest odds (either way) served by the tables, so that no power leaves the range of an `f64`.
const LARGEST_ODDS: f64 = 128.0;

/// −ln of half the probability that the points not visited have at most.
const DEPTH: f64 = 28.0;

/// The same for a picture, where a millionth of a station is not seen.
const VISIBLE: f64 = 14.0;

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Entries before 1 / 0! that are zero, as 1 / k! is for negative k; no window is wider.
const PAD: i64 = 64;

/// What the law of every n up to [`LARGEST`] is made of.
struct Table {
    /// 1 / k! for k from −[`PAD`], as mantissa and binary exponent in its place among the bits.
    inverse_factorial: Vec<(f64, u64)>,
    /// f(k).
    peak: Vec<f64>,
    /// f(k) times the mantissa of 1 / k!.
    scale: Vec<f64>,
}

impl Table {
    fn new() -> Self {
        let mut inverse_factorial = vec![(0.0, 0); index(PAD)];
        inverse_factorial.push((1.0, 0));
        let (mut high, mut low, mut exponent) = (1.0_f64, 0.0_f64, 0_u64);
        for k in 1..=LARGEST {
            // k! in twice the working precision, so that every entry is good to the last bit.
            let k = k as f64;
            let product = high * k;
            let error = high.mul_add(k, -product) + low * k;
            high = product + error;
            low = error - (high - product);
            while high >= 2.0 {
                (high, low, exponent) = (high / 2.0, low / 2.0, exponent + 1);
            }
            inverse_factorial.push((1.0 / high, (exponent << 52).wrapping_neg()));
        }
        let peak: Vec<f64> = (0..=LARGEST).map(peak_factor).collect();
        let own = &inverse_factorial[index(PAD)..];
        let scale = peak.iter().zip(own).map(|(f, (a, _))| f * a).collect();
        Table { inverse_factorial, peak, scale }
    }
}

/// f(m) = m! eᵐ / mᵐ, and 1 for m = 0.
fn peak_factor(m: i64) -> f64 {
    let x = m as f64;
    if m < 16 {
        return (1..=m).map(|k| k as f64 / x * std::f64::consts::E).product();
    }
    let s = 1.0 / (x * x);
    let delta = (1.0 / 12.0
        - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * (1.0 / 1188.0)))))
        / x;
    (std::f64::consts::TAU * x).sqrt() * libm::exp(delta)
}

/// f(m) from the table, or computed beyond it.
fn peak_at(m: i64) -> f64 {
    usize::try_from(m)
        .ok()
        .and_then(|m| TABLE.peak.get(m))
        .copied()
        .unwrap_or_else(|| peak_factor(m))
}

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
            return self.scaled().at(k) * power(self.odds, k - self.x);
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
        let scaled = self.scaled();
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

    /// The part of the probability that is no power of the odds: peak · x! (n − x)! / (k! (n − k)!).
    fn scaled(&self) -> Scaled {
        let (x, rest) = (index(self.x), index(self.n - self.x));
        let at = |k: i64| TABLE.inverse_factorial[index(k + PAD)].1;
        let exponent = (1023_u64 << 52).wrapping_sub(at(self.x)).wrapping_sub(at(self.n - self.x));
        Scaled {
            table: &TABLE.inverse_factorial,
            n: self.n,
            mantissa: TABLE.peak[index(self.n)] / (TABLE.scale[x] * TABLE.scale[rest]),
            exponent,
        }
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

/// See [`PlugIn::scaled`].
struct Scaled {
    table: &'static [(f64, u64)],
    n: i64,
    mantissa: f64,
    exponent: u64,
}

impl Scaled {
    /// Its value at k, for k from −[`PAD`] to n + [`PAD`].
    #[inline]
    fn at(&self, k: i64) -> f64 {
        let ((a, i), (b, j)) = (self.table[index(k + PAD)], self.table[index(self.n - k + PAD)]);
        // In range for every n, odds and k that the tables serve.
        let power_of_two = f64::from_bits(self.exponent.wrapping_add(i).wrapping_add(j));
        self.mantissa * (a * b) * power_of_two
    }
}

/// Counts of a total n sorted into bins, by a multiplication where n is small.
struct Binning {
    bins: i64,
    n: i64,
    inverse: Option<i64>,
}

impl Binning {
    /// 2ˢʰⁱᶠᵗ / 2n, rounded up, divides every numerator under 2²⁵ exactly for n up to [`LARGEST`].
    const SHIFT: u32 = 40;

    fn new(bins: i64, n: i64) -> Self {
        let small = n <= LARGEST && bins <= 1000;
        Binning { bins, n, inverse: small.then(|| (1 << Self::SHIFT) / (2 * n) + 1) }
    }

    #[inline]
    fn of(&self, k: i64) -> usize {
        let numerator = 2 * self.bins * k + self.n;
        index(match self.inverse {
            Some(inverse) => (numerator * inverse) >> Self::SHIFT,
            None => numerator / (2 * self.n),
        })
    }
}

/// An index that is known not to be negative.
#[inline]
fn index(k: i64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "tables and bins are far shorter")]
    let index = k.unsigned_abs() as usize;
    index
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
