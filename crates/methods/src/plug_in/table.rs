//! What the law of every n up to [`LARGEST`] is made of, computed once.

use std::sync::LazyLock;

/// Largest k of the tables; for n beyond it, less the width of a window, the recurrence walks every point.
pub(super) const LARGEST: i64 = 8_192;

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Entries before 1 / 0! that are zero, as 1 / k! is for negative k; no window is wider.
pub(super) const PAD: i64 = 64;

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
pub(super) fn peak_at(m: i64) -> f64 {
    usize::try_from(m)
        .ok()
        .and_then(|m| TABLE.peak.get(m))
        .copied()
        .unwrap_or_else(|| peak_factor(m))
}

/// The part of the probability that is no power of the odds: peak · x! (n − x)! / (k! (n − k)!).
pub(super) struct Scaled {
    table: &'static [(f64, u64)],
    n: i64,
    mantissa: f64,
    exponent: u64,
}

impl Scaled {
    /// That of a count `x` out of `n`.
    pub(super) fn new(n: i64, count: i64) -> Self {
        let (x, rest) = (index(count), index(n - count));
        let at = |k: i64| TABLE.inverse_factorial[index(k + PAD)].1;
        let exponent = (1023_u64 << 52).wrapping_sub(at(count)).wrapping_sub(at(n - count));
        Scaled {
            table: &TABLE.inverse_factorial,
            n,
            mantissa: TABLE.peak[index(n)] / (TABLE.scale[x] * TABLE.scale[rest]),
            exponent,
        }
    }

    /// Its value at k, for k from −[`PAD`] to n + [`PAD`].
    #[inline]
    pub(super) fn at(&self, k: i64) -> f64 {
        let ((a, i), (b, j)) = (self.table[index(k + PAD)], self.table[index(self.n - k + PAD)]);
        // In range for every n, odds and k that the tables serve.
        let power_of_two = f64::from_bits(self.exponent.wrapping_add(i).wrapping_add(j));
        self.mantissa * (a * b) * power_of_two
    }
}

/// An index that is known not to be negative.
#[inline]
pub(super) fn index(k: i64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "tables and bins are far shorter")]
    let index = k.unsigned_abs() as usize;
    index
}
