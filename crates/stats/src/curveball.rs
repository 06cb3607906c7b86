//! Shuffled directed graphs in which every node sends and receives as many links as before.

use std::collections::BTreeSet;

use crate::{rng::ChaCha8Rng, sample};

/// Trades for each pair of senders, before a graph counts as shuffled.
pub const TRADES: usize = 10;

/// A directed graph as the set of receivers of each sender; no node is a receiver of its own.
pub type Graph = Vec<BTreeSet<usize>>;

/// Shuffles partners: two senders at a time put the receivers that only one of them has, and that are neither
/// of the two, on a heap, and draw as many each as they had. Out- and in-degrees stay, and no node links to
/// itself.
///
/// The chain of trades reaches every graph with the same degrees except that three nodes in a ring keep its
/// direction where no fourth node takes part.
///
/// - G. Strona, D. Nappo, F. Boccacci, S. Fattorini, J. San-Miguel-Ayanz (2014). A fast and unbiased procedure
///   to randomize ecological binary matrices with fixed row and column totals. *Nature Communications* 5, 4114.
/// - C. J. Carstens, A. Berger, G. Strona (2018). A unifying framework for fast randomization of ecological
///   networks with fixed (node) degrees. *MethodsX* 5, 773-780.
pub fn shuffle(graph: &mut Graph, rng: &mut ChaCha8Rng) {
    let senders: Vec<usize> = (0..graph.len()).filter(|s| !graph[*s].is_empty()).collect();
    if senders.len() < 2 {
        return;
    }
    for _ in 0..TRADES * senders.len() {
        let first = pick(rng, senders.len());
        // The second is another one: a step of 1 to n − 1 around the list.
        let second = (first + 1 + pick(rng, senders.len() - 1)) % senders.len();
        trade(graph, senders[first], senders[second], rng);
    }
}

fn pick(rng: &mut ChaCha8Rng, end: usize) -> usize {
    usize::try_from(sample::below(rng, end as u64)).unwrap_or(0)
}

/// One trade between two senders.
fn trade(graph: &mut Graph, a: usize, b: usize, rng: &mut ChaCha8Rng) {
    let only = |x: usize, y: usize| -> Vec<usize> {
        graph[x].difference(&graph[y]).copied().filter(|r| *r != a && *r != b).collect()
    };
    let (of_a, of_b) = (only(a, b), only(b, a));
    let mut heap: Vec<usize> = of_a.iter().chain(&of_b).copied().collect();
    sample::shuffle(rng, &mut heap);
    for receiver in &heap {
        graph[a].remove(receiver);
        graph[b].remove(receiver);
    }
    let (to_a, to_b) = heap.split_at(of_a.len());
    graph[a].extend(to_a);
    graph[b].extend(to_b);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{chi_squared, rng};

    fn graph(links: &[(usize, usize)], nodes: usize) -> Graph {
        let mut graph = vec![BTreeSet::new(); nodes];
        for &(from, to) in links {
            graph[from].insert(to);
        }
        graph
    }

    fn degrees(graph: &Graph) -> (Vec<usize>, Vec<usize>) {
        let received = |n: usize| graph.iter().filter(|to| to.contains(&n)).count();
        (graph.iter().map(BTreeSet::len).collect(), (0..graph.len()).map(received).collect())
    }

    /// Every graph on these nodes with these degrees and no link to itself.
    fn all(of: &Graph) -> Vec<Graph> {
        let n = of.len();
        let pairs: Vec<_> =
            (0..n).flat_map(|i| (0..n).filter(move |j| *j != i).map(move |j| (i, j))).collect();
        let chosen = |bits: u32| -> Vec<(usize, usize)> {
            pairs.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|p| *p.1).collect()
        };
        let graphs = (0..1_u32 << pairs.len()).map(|bits| graph(&chosen(bits), n));
        graphs.filter(|g| degrees(g) == degrees(of)).collect()
    }

    #[test]
    fn every_graph_with_the_same_degrees_is_drawn_equally_often() {
        let start = graph(&[(0, 1), (1, 0), (0, 2), (2, 3), (3, 1)], 4);
        let graphs = all(&start);
        assert!(graphs.len() > 5, "{}", graphs.len());
        let draws = 600 * graphs.len();
        let mut counts: BTreeMap<Graph, f64> = BTreeMap::new();
        for draw in 0..draws {
            let mut g = start.clone();
            shuffle(&mut g, &mut rng::stream(3, "curveball", draw as u64));
            *counts.entry(g).or_default() += 1.0;
        }
        assert_eq!(counts.len(), graphs.len());
        let x2: f64 = counts.values().map(|c| (c - 600.0).powi(2) / 600.0).sum();
        assert!(chi_squared::sf(x2, graphs.len() as f64 - 1.0) > 0.001, "{x2}");
    }

    #[test]
    fn degrees_stay_and_no_node_links_to_itself() {
        let links: Vec<_> =
            (0..12).flat_map(|i| [(i, (i + 1) % 12), (i, (i * i + 5) % 12)]).collect();
        let links: Vec<_> = links.into_iter().filter(|(a, b)| a != b).collect();
        let start = graph(&links, 12);
        for draw in 0..50 {
            let mut g = start.clone();
            shuffle(&mut g, &mut rng::stream(3, "curveball", draw));
            assert_eq!(degrees(&g), degrees(&start));
            assert!(g.iter().enumerate().all(|(i, to)| !to.contains(&i)));
        }
    }

    #[test]
    fn what_cannot_be_shuffled_stays() {
        for links in [&[][..], &[(0, 1)], &[(0, 1), (1, 0)]] {
            let mut g = graph(links, 2);
            shuffle(&mut g, &mut rng::stream(1, "curveball", 0));
            assert_eq!(g, graph(links, 2));
        }
    }
}
