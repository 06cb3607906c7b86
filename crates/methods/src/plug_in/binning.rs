//! Counts sorted into bins.

use super::table::{LARGEST, index};

/// Counts of a total n sorted into bins, by a multiplication where n is small.
pub(super) struct Binning {
    bins: i64,
    n: i64,
    inverse: Option<i64>,
}

impl Binning {
    /// 2ˢʰⁱᶠᵗ / 2n, rounded up, divides every numerator under 2²⁵ exactly for n up to [`LARGEST`].
    const SHIFT: u32 = 40;

    pub(super) fn new(bins: i64, n: i64) -> Self {
        let small = n <= LARGEST && bins <= 1000;
        Binning { bins, n, inverse: small.then(|| (1 << Self::SHIFT) / (2 * n) + 1) }
    }

    #[inline]
    pub(super) fn of(&self, k: i64) -> usize {
        let numerator = 2 * self.bins * k + self.n;
        index(match self.inverse {
            Some(inverse) => (numerator * inverse) >> Self::SHIFT,
            None => numerator / (2 * self.n),
        })
    }
}
