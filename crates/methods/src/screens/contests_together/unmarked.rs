//! How the ballots without a vote of a station fall between the two contests.

use glassurn_stats::{beta_binomial, binomial, multiple, normal, poisson_binomial};

use super::{Boxes, ContestsTogether, Station};

/// Every station's part of this contest beside that of its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmarked {
    /// Correlation inside a station beyond chance.
    pub correlation: f64,
    /// Two-sided p of each station; 1 where there is no ballot without a vote.
    pub p_of: Vec<f64>,
    /// The same, adjusted for all stations.
    pub adjusted: Vec<f64>,
    /// Each station's distance from its unit, in standard deviations; no number where there is none.
    pub apart: Vec<f64>,
    /// Stations with a p of at most the level.
    pub far: usize,
    /// How many chance gives, and its standard deviation.
    pub expected: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Probability of so many or more.
    pub p: f64,
    /// Ballots by which the far stations differ from their units.
    pub ballots: f64,
}

impl Unmarked {
    /// Stations that are listed after adjustment for all.
    pub fn listed(&self) -> usize {
        self.adjusted.iter().filter(|q| **q <= 0.05).count()
    }
}

/// The law of one station's part: of `all` ballots without a vote, those of this contest.
#[derive(Debug, Clone, Copy)]
struct Law {
    all: u64,
    share: f64,
    correlation: f64,
}

impl Law {
    fn shapes(&self) -> [f64; 2] {
        let weight = 1.0 / self.correlation - 1.0;
        [self.share * weight, (1.0 - self.share) * weight]
    }

    fn is_binomial(&self) -> bool {
        self.correlation < 1e-9
    }

    fn cdf(&self, k: u64) -> f64 {
        let [a, b] = self.shapes();
        match self.is_binomial() {
            true => binomial::cdf(k, self.all, self.share),
            false => beta_binomial::cdf(k, self.all, a, b),
        }
    }

    fn sf(&self, k: u64) -> f64 {
        let [a, b] = self.shapes();
        match self.is_binomial() {
            true => binomial::sf(k, self.all, self.share),
            false => beta_binomial::sf(k, self.all, a, b),
        }
    }

    fn two_sided(&self, k: u64) -> f64 {
        (2.0 * f64::min(self.cdf(k), self.sf(k))).min(1.0)
    }

    /// How often its two-sided p is at most a level: what the steps of the law leave of it.
    fn attained(&self, level: f64) -> f64 {
        // The first count whose lower tail is too large, and the first whose upper tail is small enough.
        let low = first(self.all + 1, |k| 2.0 * self.cdf(k) > level);
        let high = first(self.all + 1, |k| 2.0 * self.sf(k) <= level);
        let below = if low > 0 { self.cdf(low - 1) } else { 0.0 };
        let above = if high <= self.all { self.sf(high) } else { 0.0 };
        (below + above).min(1.0)
    }
}

/// The first number below `end` for which this holds; it holds for all after it.
fn first(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Most rounds of leaving far stations out of the correlation.
const ROUNDS: usize = 20;

/// Judges every station; `None` where one of the contests has no ballot without a vote.
pub fn unmarked(set: &ContestsTogether, boxes: &Boxes) -> Option<Unmarked> {
    let shares = shares(boxes)?;
    let stations = &boxes.stations;
    let judged = |correlation: f64| -> (Vec<Law>, Vec<f64>) {
        let law = |(s, share): (&Station, &f64)| Law {
            all: (s.here + s.other).unsigned_abs(),
            share: *share,
            correlation,
        };
        let laws: Vec<Law> = stations.iter().zip(&shares).map(law).collect();
        let p = laws.iter().zip(stations).map(|(l, s)| l.two_sided(s.here.unsigned_abs())).collect();
        (laws, p)
    };
    let mut correlation = 0.0;
    let (mut laws, mut p_of) = judged(correlation);
    for _ in 0..ROUNDS {
        let far: Vec<bool> = p_of.iter().map(|p| *p <= set.level).collect();
        let next = correlation_of(stations, &shares, &far, set.level);
        if (next - correlation).abs() <= 1e-12 {
            break;
        }
        correlation = next;
        (laws, p_of) = judged(correlation);
    }
    Some(summary(set, stations, &laws, p_of, correlation))
}

fn summary(
    set: &ContestsTogether,
    stations: &[Station],
    laws: &[Law],
    p_of: Vec<f64>,
    correlation: f64,
) -> Unmarked {
    let both = || laws.iter().zip(stations);
    let is_far = |p: f64| p <= set.level;
    let far = p_of.iter().filter(|p| is_far(**p)).count();
    let attained: Vec<f64> = laws.iter().map(|l| l.attained(set.level)).collect();
    let (expected, variance) = poisson_binomial::moments(&attained);
    let less = |(l, s): (&Law, &Station)| s.here as f64 - l.all as f64 * l.share;
    let apart = |(l, s): (&Law, &Station)| {
        let n = l.all as f64;
        let variance = n * l.share * (1.0 - l.share) * (1.0 + (n - 1.0) * correlation);
        less((l, s)) / variance.sqrt()
    };
    let ballots = both().zip(&p_of).filter(|(_, p)| is_far(**p)).map(|(b, _)| less(b).abs()).sum();
    Unmarked {
        correlation,
        adjusted: multiple::benjamini_hochberg(&p_of),
        apart: both().map(apart).collect(),
        far,
        expected,
        sd: variance.sqrt(),
        p: poisson_binomial::sf(&attained, far as u64),
        ballots,
        p_of,
    }
}

/// For each station the part of this contest in the rest of its unit, with the whole as one ballot more.
fn shares(boxes: &Boxes) -> Option<Vec<f64>> {
    let mut sums = vec![[0.0; 2]; boxes.groups];
    let (mut here, mut all) = (0.0, 0.0);
    for s in &boxes.stations {
        let (a, b) = (s.here as f64, s.other as f64);
        sums[s.group][0] += a;
        sums[s.group][1] += a + b;
        (here, all) = (here + a, all + a + b);
    }
    let whole = here / all;
    if !(whole > 0.0 && whole < 1.0) {
        return None;
    }
    let share = |s: &Station| {
        let [a, m] = sums[s.group];
        (a - s.here as f64 + whole) / (m - (s.here + s.other) as f64 + 1.0)
    };
    Some(boxes.stations.iter().map(share).collect())
}

/// Σ (k − mπ)²/κ − mπ(1−π) over Σ m(m−1)π(1−π), not below zero, without the far stations; κ is the part of a
/// normal law's variance that lies inside the level.
fn correlation_of(stations: &[Station], shares: &[f64], far: &[bool], level: f64) -> f64 {
    let end = normal::quantile(1.0 - level / 2.0);
    let inside = 1.0 - 2.0 * end * normal::pdf(end) / (1.0 - level);
    let inside = if far.contains(&true) { inside } else { 1.0 };
    let (mut excess, mut scale) = (0.0, 0.0);
    for ((s, share), _) in stations.iter().zip(shares).zip(far).filter(|(_, far)| !**far) {
        let m = (s.here + s.other) as f64;
        let chance = share * (1.0 - share);
        let apart = s.here as f64 - m * share;
        excess += apart * apart / inside - m * chance;
        scale += m * (m - 1.0) * chance;
    }
    if scale > 0.0 { (excess / scale).clamp(0.0, 0.99) } else { 0.0 }
}
