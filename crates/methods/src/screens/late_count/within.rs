//! Late stations beside early ones of the same place.
//!
//! One rule for p and for the interval: it is drawn by lot which stations of a centre are late.

use glassurn_model::{Level, P, PKind};
use glassurn_stats::{ols, rng, sample};
use rayon::prelude::*;

use super::parts::{groups, reference, sums};
use crate::{
    arrivals::Arrived,
    inference::{Estimate, Line},
};

/// Draws that share one stream: the same whatever the number of threads.
const CHUNK: u32 = 125;

/// Late stations beside early ones of the same centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// The level whose units are the centres.
    pub level: String,
    /// Centres with early and late stations.
    pub centres: usize,
    /// Early and late stations in them.
    pub stations: [usize; 2],
    /// All votes at the late ones.
    pub late_votes: f64,
    /// Late share less early share of the same centre, each station counting once.
    pub slope: Estimate,
    /// Votes at late stations beyond the early share of their centres.
    pub beyond: f64,
    /// Chance of so many, either way, where it is drawn by lot which stations of a centre are late.
    pub p: P,
    /// The same lots turned round: a part of their votes that all late stations may have more or fewer, from and to,
    /// without the lots calling what is left of the difference rare. It holds zero where p is above 0.05, and only there.
    pub part: Option<[f64; 2]>,
}

impl Within {
    /// The 95 % interval of the votes.
    pub fn interval(&self) -> Option<[f64; 2]> {
        self.part.map(|ends| ends.map(|e| e * self.late_votes))
    }
}

/// The innermost level with enough centres that have early and late stations, and the centre of each station.
pub(super) fn centres<'a>(
    levels: &'a [Level],
    stations: &[Arrived],
    fewest: usize,
) -> Option<(&'a Level, Vec<u32>)> {
    levels.iter().rev().find_map(|level| {
        let of = groups(level, stations)?;
        let sums = sums(stations, &of);
        let mixed = sums.iter().filter(|s| s[0].whole > 0.0 && s[1].whole > 0.0).count();
        (mixed >= fewest.max(2)).then_some((level, of))
    })
}

/// Compares within centres; `None` where shares do not vary there.
pub(super) fn compare(
    level: &Level,
    of: &[u32],
    stations: &[Arrived],
    draws: u32,
    seed: u64,
) -> Option<Within> {
    let sums = sums(stations, of);
    let mixed = |g: u32| sums.get(g as usize).is_some_and(|s| s[0].whole > 0.0 && s[1].whole > 0.0);
    let mut inside: Vec<(u32, &Arrived)> =
        of.iter().copied().zip(stations).filter(|(g, _)| mixed(*g)).collect();
    inside.sort_by_key(|(g, _)| *g);
    let groups: Vec<u32> = inside.iter().map(|(g, _)| *g).collect();
    let late: Vec<f64> = inside.iter().map(|(_, s)| f64::from(u8::from(s.late))).collect();
    let shares: Vec<f64> = inside.iter().map(|(_, s)| s.share()).collect();
    let [x, y] = [&late, &shares].map(|v| ols::demean(v, &groups));
    let both: Vec<_> = sums.iter().filter(|s| s[0].whole > 0.0 && s[1].whole > 0.0).collect();
    let line = Line::fit(&x, &y, Some(&groups), 2, both.len())?;
    let beyond = both.iter().map(|s| s[1].votes - s[1].whole * reference(s)).sum();
    let late_votes = both.iter().map(|s| s[1].whole).sum();
    let lates = inside.iter().filter(|(_, s)| s.late).count();
    let spans = Lots::of(&inside, beyond, late_votes).spans(draws, seed);
    let extreme = spans.iter().filter(|[low, high]| *low <= 0.0 && *high >= 0.0).count();
    let value = (extreme as f64 + 1.0) / (f64::from(draws) + 1.0);
    Some(Within {
        level: level.name.clone(),
        centres: both.len(),
        stations: [inside.len() - lates, lates],
        late_votes,
        slope: line.slope,
        beyond,
        p: P { value, kind: PKind::Simulated { draws, seed } },
        part: part(spans),
    })
}

/// The ends beyond which so few lots are as extreme that p is at most a twentieth.
fn part(spans: Vec<[f64; 2]>) -> Option<[f64; 2]> {
    let [mut low, mut high]: [Vec<f64>; 2] = [0, 1].map(|end| spans.iter().map(|s| s[end]).collect());
    low.sort_by(f64::total_cmp);
    high.sort_by(|a, b| b.total_cmp(a));
    let rank = ((spans.len() + 1) / 20).checked_sub(1)?;
    let ends = [*low.get(rank)?, *high.get(rank)?];
    ends.iter().all(|e| e.is_finite()).then_some(ends)
}

/// What is added up over the stations of one side: votes for the choice, all votes, and all votes at late stations.
type Sums = [f64; 3];

/// One centre of the lots.
struct Centre {
    /// End of its stations.
    end: usize,
    /// How many stations are drawn of it: of few late stations these, of many late ones the early ones.
    drawn: usize,
    /// Whether those drawn are late.
    late: bool,
    sums: Sums,
}

/// The stations of every centre, one after the other.
struct Lots {
    stations: Vec<Sums>,
    centres: Vec<Centre>,
    /// Votes beyond, and all votes at late stations, as they were.
    seen: [f64; 2],
}

impl Lots {
    /// Of stations in the order of their centres.
    fn of(inside: &[(u32, &Arrived)], beyond: f64, late_votes: f64) -> Self {
        let sums = |s: &Arrived| {
            let whole = s.whole as f64;
            [s.votes as f64, whole, if s.late { whole } else { 0.0 }]
        };
        let stations: Vec<Sums> = inside.iter().map(|(_, s)| sums(s)).collect();
        let mut centres = Vec::new();
        let mut start = 0;
        for run in inside.chunk_by(|a, b| a.0 == b.0) {
            let end = start + run.len();
            let lates = run.iter().filter(|(_, s)| s.late).count();
            let drawn = lates.min(run.len() - lates);
            let sums = stations[start..end].iter().fold([0.0; 3], add);
            centres.push(Centre { end, drawn, late: drawn == lates, sums });
            start = end;
        }
        Lots { stations, centres, seen: [beyond, late_votes] }
    }

    /// For each lot the parts of their votes by which late stations may differ so that it is as extreme as what was
    /// seen: nothing else has to be known for p, at zero, or at any other part.
    fn spans(&self, draws: u32, seed: u64) -> Vec<[f64; 2]> {
        let chunk = |number: u32| -> Vec<[f64; 2]> {
            let mut rng = rng::stream(seed, "late within centres", number.into());
            let mut pool = self.stations.clone();
            let draws = CHUNK.min(draws - number * CHUNK);
            (0..draws).map(|_| self.span(self.draw(&mut pool, &mut rng))).collect()
        };
        (0..draws.div_ceil(CHUNK)).into_par_iter().flat_map_iter(chunk).collect()
    }

    /// Where |a − part · c| ≥ |seen − part · late votes|, which holds where nothing is seen any more.
    fn span(&self, [a, c]: [f64; 2]) -> [f64; 2] {
        let [seen, late] = self.seen;
        let end = |above: f64, below: f64| {
            let nothing = above.abs() <= 1e-9 * seen.abs();
            if nothing { 0.0 } else { above / below }
        };
        if c.abs() >= late * (1.0 - 1e-9) {
            return [f64::NEG_INFINITY, f64::INFINITY];
        }
        let (one, other) = (end(seen - a, late - c), end(seen + a, late + c));
        [one.min(other), one.max(other)]
    }

    /// One lot: votes beyond the share of those then early, of the choice and of the late. Drawing on from the order of
    /// the last lot is as good as beginning anew.
    fn draw(&self, pool: &mut [Sums], rng: &mut rng::ChaCha8Rng) -> [f64; 2] {
        let (mut start, mut beyond) = (0, [0.0; 2]);
        for centre in &self.centres {
            let own = &mut pool[start..centre.end];
            let mut drawn = [0.0; 3];
            for i in 0..centre.drawn {
                let left = (own.len() - i) as u64;
                let pick = i + usize::try_from(sample::below(rng, left)).unwrap_or(0);
                own.swap(i, pick);
                drawn = add(drawn, &own[i]);
            }
            let rest: Sums = std::array::from_fn(|k| centre.sums[k] - drawn[k]);
            let (late, early) = if centre.late { (drawn, rest) } else { (rest, drawn) };
            beyond[0] += late[0] - late[1] * early[0] / early[1];
            beyond[1] += late[2] - late[1] * early[2] / early[1];
            start = centre.end;
        }
        beyond
    }
}

fn add(a: Sums, b: &Sums) -> Sums {
    std::array::from_fn(|k| a[k] + b[k])
}
