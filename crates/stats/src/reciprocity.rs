//! How far the links of a directed graph go both ways.

use std::collections::BTreeMap;

use crate::sum;

/// Links between nodes numbered from 0; links from a node to itself are not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Reciprocity {
    /// Directed links L.
    pub links: usize,
    /// Pairs of nodes with links both ways.
    pub mutual_pairs: usize,
    /// r: share of links that are returned; `None` without a link.
    pub share: Option<f64>,
    /// ρ = (r − a) / (1 − a), a = L / (N (N − 1)): 0 when no more are returned than chance gives; `None`
    /// without a link, or when every possible link is there.
    ///
    /// D. Garlaschelli, M. I. Loffredo (2004). Patterns of Link Reciprocity in Directed Networks. *Physical
    /// Review Letters* 93, 268701.
    pub corrected: Option<f64>,
    /// Σ min(w_ij, w_ji) / Σ w_ij; `None` without weight.
    ///
    /// T. Squartini, F. Picciolo, F. Ruzzenenti, D. Garlaschelli (2013). Reciprocity of weighted networks.
    /// *Scientific Reports* 3, 2729.
    pub weighted: Option<f64>,
}

/// The reciprocity of links (from, to, weight) among `nodes` nodes; weights of the same link add up, and a
/// link with no weight above zero is none.
pub fn reciprocity(links: &[(usize, usize, f64)], nodes: usize) -> Reciprocity {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for &(from, to, weight) in links {
        if from != to && weight > 0.0 {
            *weights.entry((from, to)).or_default() += weight;
        }
    }
    let back = |&(from, to): &(usize, usize)| weights.get(&(to, from));
    let mutual = weights.keys().filter(|link| back(link).is_some()).count();
    let n = nodes as f64;
    let density = weights.len() as f64 / (n * (n - 1.0));
    let share = (!weights.is_empty()).then(|| mutual as f64 / weights.len() as f64);
    let returned = weights.iter().filter_map(|(link, w)| back(link).map(|b| w.min(*b)));
    let total = sum::total(weights.values().copied());
    Reciprocity {
        links: weights.len(),
        mutual_pairs: mutual / 2,
        share,
        corrected: share.filter(|_| density < 1.0).map(|r| (r - density) / (1.0 - density)),
        weighted: (total > 0.0).then(|| sum::total(returned) / total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // 0 ⇄ 1, 0 → 2: two of three returned; a = 3/6.
        let got = reciprocity(&[(0, 1, 2.0), (1, 0, 1.0), (0, 2, 3.0), (2, 2, 9.0)], 3);
        assert_eq!((got.links, got.mutual_pairs), (3, 1));
        assert!((got.share.unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert!((got.corrected.unwrap() - 1.0 / 3.0).abs() < 1e-15);
        assert!((got.weighted.unwrap() - 2.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn edges() {
        let none = reciprocity(&[(0, 0, 1.0), (0, 1, 0.0)], 2);
        assert_eq!((none.share, none.corrected, none.weighted), (None, None, None));
        let full = reciprocity(&[(0, 1, 1.0), (1, 0, 1.0)], 2);
        assert_eq!((full.share, full.corrected), (Some(1.0), None));
        // Twice the same link is one link with the sum of the weights.
        let twice = reciprocity(&[(0, 1, 1.0), (0, 1, 1.0), (1, 0, 2.0)], 3);
        assert_eq!((twice.links, twice.weighted), (2, Some(1.0)));
    }
}
