//! The excess as a curve over the bins that may be clean, with its bands.

use glassurn_model::{LeftOut, Reason};
use glassurn_stats::{interval, rng, sample};
use rayon::prelude::*;

use super::{Bins, Clean, Shpilkin};
use crate::Slice;
use crate::ballots::{self, Ballots, Rules};
use crate::excess::{ByGroup, ends};
use crate::turnout_bins::{self, BINS};

/// Bins around the peak whose other ballots are at least this part of the highest may be clean.
pub(super) const CLEAN: f64 = 0.5;

/// Bins down to this part are drawn.
const SHOWN: f64 = 0.25;

/// The excess that follows from one bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The bin.
    pub bin: usize,
    /// Whether it is one of the clean bins.
    pub clean: bool,
    /// Votes beyond what the bin's ratio gives.
    pub excess: f64,
    /// 95 % of the resamples of stations.
    pub band: [f64; 2],
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Registered voters.
    pub registered: f64,
    /// Votes and other ballots by turnout.
    pub bins: Bins,
    /// The curve, from low to high turnout.
    pub points: Vec<Point>,
    /// By groups, where there are any.
    pub by_group: Option<ByGroup>,
}

/// One station: its bin, votes for the choice, other ballots.
type Placed = (usize, i64, i64);

impl Shpilkin {
    /// The sufficient figures of a slice.
    pub fn curve(&self, slice: &Slice<'_>) -> Result<Curve, Reason> {
        let (stations, left_out) = self.stations(slice)?;
        let placed: Vec<Placed> = stations.iter().filter_map(|s| self.place(s)).collect();
        let bins = sums(placed.iter().copied());
        let clean = self.clean_bins(&bins);
        if clean.is_empty() {
            let used = bins.stations.iter().copied().max().unwrap_or(0);
            return Err(Reason::TooFew { used, needed: self.min_bin_stations });
        }
        let mut shown = bins.around_peak(SHOWN, self.min_bin_stations);
        shown.extend(&clean);
        shown.sort_unstable();
        shown.dedup();
        let bands = self.bands(&placed, &shown);
        let point = |(&bin, band): (&usize, [f64; 2])| Point {
            bin,
            clean: clean.contains(&bin),
            excess: bins.excess(bin),
            band,
        };
        Ok(Curve {
            used: stations.len(),
            left_out,
            registered: stations.iter().map(|s| s.registered as f64).sum(),
            points: shown.iter().zip(bands).map(point).collect(),
            by_group: ballots::groups(slice, &stations).map(|g| self.by_group(&stations, &g)),
            bins,
        })
    }

    fn stations(&self, slice: &Slice<'_>) -> Result<(Vec<Ballots>, Vec<LeftOut>), Reason> {
        let rules = Rules::possible(self.min_registered);
        let (stations, left_out) = match self.clean {
            Clean::AroundPeak => rules.apply(slice)?,
            Clean::Cedar => rules.apply_to(slice, &slice.share_denominator()?)?,
        };
        let used = stations.len();
        if used < self.min_stations {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let [votes, cast]: [i64; 2] =
            [|s: &Ballots| s.votes, |s: &Ballots| s.cast].map(|f| stations.iter().map(f).sum());
        if votes == 0 || votes == cast {
            return Err(Reason::Constant);
        }
        Ok((stations, left_out))
    }

    /// Where a station belongs.
    fn place(&self, s: &Ballots) -> Option<Placed> {
        let bin = match self.clean {
            Clean::AroundPeak => Some(turnout_bins::bin(s.issued, s.registered)),
            Clean::Cedar => turnout_bins::bin_below(s.issued, s.registered),
        };
        bin.map(|bin| (bin, s.votes, s.cast - s.votes))
    }

    fn clean_bins(&self, bins: &Bins) -> Vec<usize> {
        match self.clean {
            Clean::AroundPeak => bins.around_peak(CLEAN, self.min_bin_stations),
            Clean::Cedar => vec![bins.cedar()].into_iter().filter(|&b| bins.others[b] > 0).collect(),
        }
    }

    /// 2.5 and 97.5 % points of the excess over resamples: each station comes in a Poisson number of times.
    fn bands(&self, placed: &[Placed], shown: &[usize]) -> Vec<[f64; 2]> {
        // Sums of whole numbers below 2⁵³ are exact, and need no check for overflow.
        let stations: Vec<(usize, [f64; 2])> =
            placed.iter().map(|&(bin, votes, others)| (bin, [votes as f64, others as f64])).collect();
        let draw = |draw: u32| -> Vec<f64> {
            let mut stream = rng::stream(self.seed, "excess over turnout", u64::from(draw));
            let mut sums = [[0.0; 2]; BINS];
            sample::poisson_ones(&mut stream, stations.len(), |station, times| {
                let (bin, [votes, others]) = stations[station];
                let sum = &mut sums[bin];
                *sum = [sum[0] + times * votes, sum[1] + times * others];
            });
            let total = |part: usize| sums.iter().map(|s| s[part]).sum::<f64>();
            let [votes, others] = [total(0), total(1)];
            shown.iter().map(|&b| votes - sums[b][0] / sums[b][1] * others).collect()
        };
        let drawn: Vec<Vec<f64>> = (0..self.draws.max(1)).into_par_iter().map(draw).collect();
        (0..shown.len()).map(|i| interval::middle_95(drawn.iter().map(|d| d[i]).collect())).collect()
    }

    /// Each group's own curve, added up.
    fn by_group(&self, stations: &[Ballots], groups: &[u32]) -> ByGroup {
        let count = groups.iter().map(|&g| g as usize + 1).max().unwrap_or(0);
        let mut bins = vec![Bins::EMPTY; count];
        for (&group, s) in groups.iter().zip(stations) {
            if let Some((bin, votes, others)) = self.place(s) {
                bins[group as usize].add(bin, votes, others);
            }
        }
        let one = |bins: &Bins| {
            let clean = self.clean_bins(bins);
            Some((bins.stations.iter().sum(), ends(clean.iter().map(|&b| bins.excess(b)))?))
        };
        ByGroup::sum(bins.iter().filter_map(one))
    }
}

fn sums(placed: impl Iterator<Item = Placed>) -> Bins {
    let mut bins = Bins::EMPTY;
    placed.for_each(|(bin, votes, others)| bins.add(bin, votes, others));
    bins
}
