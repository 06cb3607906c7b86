//! The scan over cut-offs: how far small stations lie from their neighbours at each, and what chance gives.

use glassurn_stats::{max_normal, student};

use super::{Neighbour, Neighbours, SmallStations};

/// Small stations at one cut-off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// The smallest so many per cent of stations are small.
    pub percent: usize,
    /// The largest list that is small.
    pub largest: i64,
    /// Small stations that have larger neighbours.
    pub small: usize,
    /// How far they lie from their neighbourhoods on average.
    pub apart: f64,
    /// The standard deviation of that where size has nothing to do with it.
    pub sd: f64,
}

impl Cut {
    /// In standard deviations.
    pub fn z(&self) -> f64 {
        self.apart / self.sd
    }
}

/// All cut-offs, and the one at which small stations lie farthest up.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The cut-offs with enough small stations, each with others than the one before.
    pub cuts: Vec<Cut>,
    /// Which one is farthest up.
    pub best: usize,
    /// P(any so far up) where size has nothing to do with it.
    pub p: f64,
}

/// Sums of one neighbourhood at each cut-off.
struct Sums {
    small: Vec<usize>,
    apart: Vec<f64>,
    square: Vec<f64>,
    all: usize,
    whole: f64,
}

impl Scan {
    /// Scans; `None` where no cut-off has enough small stations beside larger ones.
    pub fn of(set: &SmallStations, neighbours: &Neighbours) -> Option<Scan> {
        let groups = sums(neighbours);
        let cuts = cuts(set, neighbours, &groups);
        let best = (0..cuts.len()).max_by(|a, b| cuts[*a].z().total_cmp(&cuts[*b].z()).then(b.cmp(a)))?;
        let n = cuts.len();
        let pairs = (0..n).flat_map(|a| (0..n).map(move |b| (a, b)));
        let correlation: Vec<f64> = pairs
            .map(|(a, b)| {
                let (a, b) = (&cuts[a], &cuts[b]);
                let scale = (a.sd * a.small as f64) * (b.sd * b.small as f64);
                covariance(&groups, a.percent - 1, b.percent - 1) / scale
            })
            .collect();
        let p = max_normal::upper_tail(&correlation, n, cuts[best].z(), set.draws, set.seed);
        Some(Scan { cuts, best, p })
    }

    /// The cut-off at which small stations lie farthest up.
    pub fn at(&self) -> &Cut {
        &self.cuts[self.best]
    }
}

/// What each neighbourhood adds up to, from its smallest stations on.
fn sums(neighbours: &Neighbours) -> Vec<Sums> {
    let width = neighbours.largest.len();
    let empty = || Sums {
        small: vec![0; width],
        apart: vec![0.0; width],
        square: vec![0.0; width],
        all: 0,
        whole: 0.0,
    };
    let mut groups: Vec<Sums> = (0..neighbours.groups).map(|_| empty()).collect();
    for n in &neighbours.all {
        let group = &mut groups[n.group];
        group.all += 1;
        group.whole += n.apart * n.apart;
        for cut in n.from..width {
            group.small[cut] += 1;
            group.apart[cut] += n.apart;
            group.square[cut] += n.apart * n.apart;
        }
    }
    groups
}

fn cuts(set: &SmallStations, neighbours: &Neighbours, groups: &[Sums]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for (cut, &largest) in neighbours.largest.iter().enumerate() {
        let beside = groups.iter().filter(|g| g.small[cut] < g.all);
        let (small, apart) =
            beside.fold((0, 0.0), |(n, sum), g| (n + g.small[cut], sum + g.apart[cut]));
        let variance = covariance(groups, cut, cut);
        let new = cuts.last().is_none_or(|before| before.small != small);
        if small >= set.min_small.max(1) && new && variance > 0.0 {
            let n = small as f64;
            let (apart, sd) = (apart / n, variance.sqrt() / n);
            cuts.push(Cut { percent: cut + 1, largest, small, apart, sd });
        }
    }
    cuts
}

/// Covariance of the sums over small stations at two cut-offs, the first the smaller: stations keep their own
/// spread, which is wider where few vote.
fn covariance(groups: &[Sums], a: usize, b: usize) -> f64 {
    let (a, b) = (a.min(b), a.max(b));
    let one = |g: &Sums| {
        let n = g.all as f64;
        let (share_a, share_b) = (g.small[a] as f64 / n, g.small[b] as f64 / n);
        let sum = g.square[a] - share_b * g.square[a] - share_a * g.square[b] + share_a * share_b * g.whole;
        sum * n / (n - 1.0)
    };
    groups.iter().map(one).sum()
}

/// Votes for the choice at small stations beyond what their larger neighbours lead one to expect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beyond {
    /// How many.
    pub votes: f64,
    /// Their 95 % interval, neighbourhoods being independent.
    pub interval: [f64; 2],
}

/// Each small station's votes less its list times the larger neighbours' votes per voter.
pub fn beyond(neighbours: &Neighbours, cut: &Cut) -> Beyond {
    let mut larger = vec![(0.0, 0.0); neighbours.groups];
    let is_small = |n: &&Neighbour| n.at.registered <= cut.largest;
    for n in neighbours.all.iter().filter(|n| !is_small(n)) {
        larger[n.group].0 += n.at.votes as f64;
        larger[n.group].1 += n.at.registered as f64;
    }
    let mut differences = vec![0.0; neighbours.groups];
    for n in neighbours.all.iter().filter(is_small).filter(|n| larger[n.group].1 > 0.0) {
        let (votes, voters) = larger[n.group];
        differences[n.group] += n.at.votes as f64 - n.at.registered as f64 * votes / voters;
    }
    let c = differences.len() as f64;
    let votes: f64 = differences.iter().sum();
    let spread: f64 = differences.iter().map(|d| (d - votes / c).powi(2)).sum();
    let se = (c / (c - 1.0) * spread).sqrt();
    let half = student::quantile(0.975, c - 1.0) * se;
    Beyond { votes, interval: [votes - half, votes + half] }
}
