//! Histograms of turnout and share at 0.1 percentage points, with the null of every bin.

use glassurn_model::{Picture, Scope};
use rayon::prelude::*;

use super::{Station, Tally};
use crate::{Slice, plug_in::PlugIn};

/// Bins of a whole: 0.1 percentage points, each centred on a multiple of it.
const BINS: i64 = 1000;

/// Stations added up in one piece, so that sums do not depend on the number of threads.
const PIECE: usize = 4096;

/// Turnout, then share. Only for the whole contest: units have too few stations for bins this fine.
pub(super) fn all(tally: &Tally, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole || !slice.is_shown() {
        return Vec::new();
    }
    let turnout = |s: &Station| [s.ballots.issued, s.ballots.registered];
    let share = |s: &Station| [s.ballots.votes, s.ballots.cast];
    vec![
        Bins::of(&tally.stations, turnout).picture("Stations by turnout", "turnout, %"),
        Bins::of(&tally.stations, share).picture("Stations by share", "share, %"),
    ]
}

/// What each bin holds and what the null puts there.
struct Bins {
    observed: Vec<f64>,
    expected: Vec<f64>,
    variance: Vec<f64>,
}

impl Bins {
    fn of(stations: &[Station], figures: impl Fn(&Station) -> [i64; 2] + Sync) -> Self {
        let piece = |stations: &[Station]| {
            let mut bins = Bins::empty();
            stations.iter().for_each(|s| bins.add(figures(s)));
            bins
        };
        let pieces: Vec<Bins> = stations.par_chunks(PIECE).map(piece).collect();
        pieces.into_iter().fold(Bins::empty(), Bins::plus)
    }

    fn empty() -> Self {
        let zero = (0..=BINS).map(|_| 0.0).collect::<Vec<_>>();
        Bins { observed: zero.clone(), expected: zero.clone(), variance: zero }
    }

    fn add(&mut self, [x, n]: [i64; 2]) {
        let law = PlugIn::new(x, n);
        law.spread(BINS, |bin, p| {
            self.expected[bin] += p;
            self.variance[bin] += p * (1.0 - p);
        });
        if let Some(bin) = self.observed.get_mut(law.bin(BINS)) {
            *bin += 1.0;
        }
    }

    fn plus(mut self, other: Bins) -> Bins {
        let add = |into: &mut Vec<f64>, from: Vec<f64>| {
            into.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        };
        add(&mut self.observed, other.observed);
        add(&mut self.expected, other.expected);
        add(&mut self.variance, other.variance);
        self
    }

    fn picture(self, title: &str, axis: &str) -> Picture {
        let width = 100.0 / BINS as f64;
        Picture::Histogram {
            title: title.to_owned(),
            axis: axis.to_owned(),
            start: -width / 2.0,
            width,
            counts: self.observed,
            expected: self.expected,
            sd: self.variance.into_iter().map(f64::sqrt).collect(),
        }
    }
}
