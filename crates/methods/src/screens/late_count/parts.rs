//! The difference between late and early stations, divided into where they lie and how they differ there.

use glassurn_model::Level;

use crate::{arrivals::Arrived, inference::Estimate};

/// The difference between late and early stations, and its parts at one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The level.
    pub level: String,
    /// Units with stations.
    pub units: usize,
    /// What comes of late stations lying in other units.
    pub composition: Estimate,
    /// What late stations differ by from the early ones of their units.
    pub within: Estimate,
    /// Share of the late votes that lie in units with early stations.
    pub compared: f64,
}

/// Votes for the choice and all votes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) votes: f64,
    pub(super) whole: f64,
}

impl Sum {
    pub(super) fn add(&mut self, s: &Arrived) {
        self.votes += s.votes as f64;
        self.whole += s.whole as f64;
    }

    /// The share, where there are votes.
    pub(super) fn share(&self) -> Option<f64> {
        (self.whole > 0.0).then(|| self.votes / self.whole)
    }
}

/// Early and late sums.
pub(super) type Sides = [Sum; 2];

/// The sums of every group.
pub(super) fn sums(stations: &[Arrived], groups: &[u32]) -> Vec<Sides> {
    let count = groups.iter().map(|g| *g as usize + 1).max().unwrap_or(0);
    let mut sums = vec![Sides::default(); count];
    for (s, g) in stations.iter().zip(groups) {
        sums[*g as usize][usize::from(s.late)].add(s);
    }
    sums
}

/// The group of each station at a level; `None` where the level does not cover them.
pub(super) fn groups(level: &Level, stations: &[Arrived]) -> Option<Vec<u32>> {
    stations.iter().map(|s| level.of.get(s.row as usize).copied()).collect()
}

/// What a late station would have as the early ones of its group did; its own group's late share where no
/// station was early, so that nothing within it is claimed.
pub(super) fn reference(sides: &Sides) -> f64 {
    sides[0].share().or(sides[1].share()).unwrap_or(0.0)
}

/// Late share less early share, with an error by clusters.
pub(super) fn difference(stations: &[Arrived], clusters: &[u32]) -> Estimate {
    let [early, late] = whole(stations);
    let [e, l] = [early, late].map(|s| s.share().unwrap_or(0.0));
    let errors = stations.iter().map(|s| apart(s, [early, late], [e, l]));
    Estimate { value: l - e, ..clustered(errors, clusters) }
}

/// Both sides of all stations.
pub(super) fn whole(stations: &[Arrived]) -> Sides {
    sums(stations, &vec![0; stations.len()]).first().copied().unwrap_or_default()
}

/// How far one station moves the difference.
fn apart(s: &Arrived, sides: Sides, shares: [f64; 2]) -> f64 {
    let side = usize::from(s.late);
    let moved = (s.votes as f64 - s.whole as f64 * shares[side]) / sides[side].whole;
    if s.late { moved } else { -moved }
}

/// The two parts at one level. Errors are those of the infinitesimal jackknife over clusters: what drawing
/// whole clusters again would give.
pub(super) fn parts(level: &Level, stations: &[Arrived], clusters: &[u32]) -> Option<Parts> {
    let of = groups(level, stations)?;
    let groups = sums(stations, &of);
    let sides @ [early, late] = whole(stations);
    let shares = [early.share()?, late.share()?];
    let beyond = |g: &Sides| g[1].votes - g[1].whole * reference(g);
    let within = groups.iter().map(beyond).sum::<f64>() / late.whole;
    let compared: f64 = groups.iter().filter(|g| g[0].whole > 0.0).map(|g| g[1].whole).sum();
    let moves = |s: &Arrived, g: &Sides| {
        let own = s.votes as f64 - s.whole as f64 * reference(g);
        match (s.late, g[0].whole > 0.0) {
            (true, true) => own / late.whole - within * s.whole as f64 / late.whole,
            (true, false) => -within * s.whole as f64 / late.whole,
            (false, _) => -(g[1].whole / late.whole) * own / g[0].whole,
        }
    };
    let each: Vec<f64> =
        stations.iter().zip(&of).map(|(s, g)| moves(s, &groups[*g as usize])).collect();
    let rest = stations.iter().zip(&each).map(|(s, m)| apart(s, sides, shares) - m);
    Some(Parts {
        level: level.name.clone(),
        units: groups.iter().filter(|g| g[0].whole + g[1].whole > 0.0).count(),
        composition: Estimate {
            value: shares[1] - shares[0] - within,
            ..clustered(rest, clusters)
        },
        within: Estimate { value: within, ..clustered(each.iter().copied(), clusters) },
        compared: compared / late.whole,
    })
}

/// The standard error of a sum of moves that are independent between clusters.
fn clustered(moves: impl Iterator<Item = f64>, clusters: &[u32]) -> Estimate {
    let count = clusters.iter().map(|c| *c as usize + 1).max().unwrap_or(0);
    let mut sums: Vec<Option<f64>> = vec![None; count];
    for (m, c) in moves.zip(clusters) {
        *sums[*c as usize].get_or_insert(0.0) += m;
    }
    let sums: Vec<f64> = sums.into_iter().flatten().collect();
    let c = sums.len() as f64;
    let scale = if c > 1.0 { c / (c - 1.0) } else { 0.0 };
    let se = (scale * sums.iter().map(|s| s * s).sum::<f64>()).sqrt();
    Estimate { value: 0.0, se, df: (c - 1.0).max(1.0) }
}
