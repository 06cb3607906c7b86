//! S280: whether some share, to a tenth of a percentage point, is reported more often than drawing again makes it.

use glassurn_model::{Effect, Finding, LeftOut, Outcome, P, PKind, Reason, Unit};
use glassurn_stats::alias::Alias;
use glassurn_stats::beta_mixture::{self, LARGEST_TOTAL, Mixture, Pair, Tables};
use glassurn_stats::rng;
use rayon::prelude::*;

use crate::entries;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat};

mod law;
mod say;

use law::{Again, BINS, bin};

#[doc = include_str!("../resampled_density.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResampledDensity {
    /// Fewest ballots cast at a station used.
    pub min_cast: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest stations expected in a bin that is looked at.
    pub min_expected: f64,
    /// Most laws in the mixture.
    pub most_laws: usize,
    /// Resamples.
    pub draws: u32,
    /// Seed of the resamples.
    pub seed: u64,
}

/// One bin of the share.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// Stations in it.
    pub observed: f64,
    /// Expected when all are drawn again.
    pub expected: f64,
    /// Variance of that.
    pub variance: f64,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The mixture.
    pub mixture: Mixture,
    /// Every bin.
    pub bins: Vec<Bin>,
    /// The bins that are looked at.
    pub looked_at: Vec<usize>,
    /// The largest deviation among them in each resample, in order of size.
    pub largest: Vec<f64>,
}

impl Bin {
    /// Stations beyond expectation, in standard deviations.
    pub fn z(&self) -> f64 {
        (self.observed - self.expected) / self.variance.sqrt()
    }
}

/// What a piece of the stations adds: the bins, and how many stations each resample has in each bin.
struct Piece {
    bins: Vec<Bin>,
    /// Bin after bin, so that the draws of one station, which fall into few bins, stay near each other in memory.
    drawn: Vec<u32>,
}

/// Places left free after each bin: a whole power of two between bins would put all of them into the same few lines of
/// a processor's cache.
const PAD: usize = 16;

/// Pieces that stations are dealt with in; sums do not depend on the number of threads.
const PIECES: usize = 8;

impl ResampledDensity {
    /// Stations of fifty ballots or more, bins of five or more expected, a thousand resamples.
    pub const DEFAULT: Self = ResampledDensity {
        min_cast: 50,
        min_stations: 1_000,
        min_expected: 5.0,
        most_laws: 4,
        draws: 1_000,
        seed: 1,
    };

    const CODE: &'static str = "S280";

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (entries, mut tray) = entries::entries(slice, self.min_cast)?;
        let narrow = |n: i64| u32::try_from(n).ok().filter(|&n| n <= LARGEST_TOTAL);
        let too_large =
            || Reason::Above { what: "ballots cast", maximum: LARGEST_TOTAL.to_string() };
        let mut pairs: Vec<Pair> = Vec::with_capacity(entries.len());
        for e in &entries {
            match narrow(e.votes).zip(narrow(e.cast)) {
                Some(pair) => pairs.push(pair),
                None => tray.put(too_large()),
            }
        }
        if pairs.len() < self.min_stations {
            return Err(Reason::TooFew { used: pairs.len(), needed: self.min_stations });
        }
        if pairs.iter().all(|p| p.0 == 0) || pairs.iter().all(|p| p.0 == p.1) {
            return Err(Reason::Constant);
        }
        let mixture = self.mixture(&pairs).ok_or(Reason::Constant)?;
        let Piece { bins, drawn } = self.pieces(&pairs, &mixture);
        let fits = |&i: &usize| bins[i].expected >= self.min_expected && bins[i].variance > 0.0;
        let looked_at: Vec<usize> = (1..BINS - 1).filter(fits).collect();
        if looked_at.is_empty() {
            return Err(Reason::Constant);
        }
        let mut largest = vec![f64::NEG_INFINITY; self.draws as usize];
        for &i in &looked_at {
            let (from, sd) = (self.row(i), bins[i].variance.sqrt());
            for (most, &stations) in largest.iter_mut().zip(&drawn[from..]) {
                *most = most.max((f64::from(stations) - bins[i].expected) / sd);
            }
        }
        largest.sort_by(f64::total_cmp);
        Ok(Figures { used: pairs.len(), left_out: tray.empty(), mixture, bins, looked_at, largest })
    }

    /// Where the resamples of a bin begin.
    fn row(&self, bin: usize) -> usize {
        bin * (self.draws as usize + PAD)
    }

    /// As many laws as the criterion of Schwarz allows.
    fn mixture(&self, pairs: &[Pair]) -> Option<Mixture> {
        let mut best: Option<Mixture> = None;
        for laws in 1..=self.most_laws.max(1) {
            let next = beta_mixture::fit(pairs, laws)?;
            if best.as_ref().is_some_and(|b| b.bic(pairs.len()) <= next.bic(pairs.len())) {
                break;
            }
            best = Some(next);
        }
        best
    }

    fn pieces(&self, pairs: &[Pair], mixture: &Mixture) -> Piece {
        let largest = pairs.iter().map(|p| p.1).max().unwrap_or(0);
        let tables = Tables::new(&mixture.components, largest);
        let size = pairs.len().div_ceil(PIECES).max(1);
        let pieces: Vec<Piece> = pairs
            .par_chunks(size)
            .enumerate()
            .map(|(i, chunk)| self.piece(i * size, chunk, mixture, &tables))
            .collect();
        let none = Piece { bins: vec![Bin::default(); BINS], drawn: vec![0; self.row(BINS)] };
        pieces.into_iter().fold(none, Piece::plus)
    }

    fn piece(&self, first: usize, pairs: &[Pair], mixture: &Mixture, tables: &Tables) -> Piece {
        let mut bins = vec![Bin::default(); BINS];
        let mut drawn = vec![0_u32; self.row(BINS)];
        let width = self.row(1);
        let mut again = Again::new(&mixture.components, tables);
        let mut table = Alias::default();
        for (station, &pair) in pairs.iter().enumerate() {
            bins[bin(pair)].observed += 1.0;
            let (start, chances) = again.bins(pair);
            for (bin, p) in bins[start..].iter_mut().zip(chances) {
                bin.expected += p;
                bin.variance += p * (1.0 - p);
            }
            table.make(chances);
            let mut rng = rng::stream(self.seed, "resampled density", (first + station) as u64);
            let rows = &mut drawn[self.row(start)..];
            for draw in 0..self.draws as usize {
                rows[table.draw(&mut rng) * width + draw] += 1;
            }
        }
        Piece { bins, drawn }
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let beyond = figures.beyond();
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: figures.measures(),
            p: Some(P {
                value: figures.p(),
                kind: PKind::Simulated { draws: self.draws, seed: self.seed },
            }),
            effect: Effect {
                name: "stations beyond expectation in the bins beyond the threshold".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: None,
                stations: Some(beyond),
                votes: None,
            },
            plain: figures.plain(),
            pictures: vec![figures.picture()],
            stations: Vec::new(),
            caveats: caveat::of(figures.used, slice.len()),
            left_out: figures.left_out,
        })
    }
}

impl Piece {
    fn plus(mut self, other: Piece) -> Self {
        for (a, b) in self.bins.iter_mut().zip(other.bins) {
            a.observed += b.observed;
            a.expected += b.expected;
            a.variance += b.variance;
        }
        self.drawn.iter_mut().zip(other.drawn).for_each(|(a, b)| *a += b);
        self
    }
}

impl Screen for ResampledDensity {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "resampled-density",
            title: "Shares reported too often",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("../resampled_density.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}
