//! What chance gives: the same numbers of attendances, partners shuffled.

use std::collections::BTreeSet;

use glassurn_model::{P, PKind};
use glassurn_stats::{
    curveball::{Graph, shuffle},
    reciprocity::{Reciprocity, reciprocity},
    rng,
};

use super::{Figures, Settings};

/// The observed graph beside shuffled ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Null {
    /// The observed graph.
    pub observed: Reciprocity,
    /// Mean number of mutual pairs in the shuffled graphs.
    pub mean: f64,
    /// Share of shuffled graphs, with the observed one, that have as many mutual pairs.
    pub p: P,
}

/// Shuffles partners within windows of five years.
pub fn null(f: &Figures, set: Settings) -> Null {
    let links: Vec<_> = f.links.iter().map(|((a, b), n)| (*a, *b, *n as f64)).collect();
    let observed = reciprocity(&links, f.nodes.len());
    let (mut as_many, mut total) = (0_u32, 0);
    for draw in 0..set.draws {
        let mutual = shuffled(f, set.seed, draw);
        as_many += u32::from(mutual >= observed.mutual_pairs);
        total += mutual;
    }
    let draws = set.draws.max(1);
    let value = f64::from(as_many + 1) / f64::from(set.draws + 1);
    let kind = PKind::Simulated { draws: set.draws, seed: set.seed };
    Null { observed, mean: total as f64 / f64::from(draws), p: P { value, kind } }
}

/// Mutual pairs of one draw.
fn shuffled(f: &Figures, seed: u64, draw: u32) -> usize {
    let mut rng = rng::stream(seed, "mutual-endorsement", u64::from(draw));
    let mut links = BTreeSet::new();
    for window in f.windows.values() {
        let mut graph: Graph = vec![BTreeSet::new(); f.nodes.len()];
        for (from, to) in window {
            graph[*from].insert(*to);
        }
        shuffle(&mut graph, &mut rng);
        links.extend(graph.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))));
    }
    links.iter().filter(|(a, b)| a < b && links.contains(&(*b, *a))).count()
}
