//! Stations added up by turnout.

use crate::ballots::Ballots;

/// Bins of one per cent of turnout; 100 % belongs to the last.
pub(crate) const BINS: usize = 100;

/// Sums of the stations in one bin.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Bin {
    /// Registered voters.
    pub(crate) registered: f64,
    /// Ballots cast.
    pub(crate) cast: f64,
    /// Votes for the choice.
    pub(crate) votes: f64,
}

/// The bin of a part of a whole, both positive, by whole numbers.
pub(crate) fn bin(part: i64, whole: i64) -> usize {
    usize::try_from(part * 100 / whole).unwrap_or(0).min(BINS - 1)
}

/// As [`bin`], with a whole per cent in the bin below it; `None` for no turnout and for more than all.
pub(crate) fn bin_below(part: i64, whole: i64) -> Option<usize> {
    let bin = usize::try_from((part * 100 - 1).div_euclid(whole)).ok()?;
    (bin < BINS).then_some(bin)
}

/// The middle of a bin, in per cent.
pub(crate) fn middle(bin: usize) -> f64 {
    bin as f64 + 0.5
}

/// All bins.
pub(crate) fn sums(stations: &[Ballots]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for station in stations {
        let bin = &mut bins[bin(station.issued, station.registered)];
        bin.registered += station.registered as f64;
        bin.cast += station.cast as f64;
        bin.votes += station.votes as f64;
    }
    bins
}

/// Stations in each cell of turnout and share: row-major, lowest share first.
pub(crate) fn cells(stations: &[Ballots]) -> Vec<u32> {
    let mut counts = vec![0_u32; BINS * BINS];
    for s in stations {
        counts[bin(s.votes, s.cast) * BINS + bin(s.issued, s.registered)] += 1;
    }
    counts
}

/// The bins that hold a station: their middles and what is made of them.
pub(crate) fn occupied(bins: &[Bin], value: impl Fn(&Bin) -> f64) -> (Vec<f64>, Vec<f64>) {
    let held = bins.iter().enumerate().filter(|(_, b)| b.registered > 0.0);
    held.map(|(at, bin)| (middle(at), value(bin))).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_turnout_is_in_the_last_bin() {
        assert_eq!([bin(100, 100), bin(99, 100), bin(0, 7), bin(1, 3)], [99, 99, 0, 33]);
        let below =
            [(100, 100), (99, 100), (0, 7), (1, 3), (101, 100)].map(|(p, w)| bin_below(p, w));
        assert_eq!(below, [Some(99), Some(98), None, Some(33), None]);
    }
}
