//! Moran's I with its exact mean and variance when values are exchanged within groups.
//!
//! A. D. Cliff, J. K. Ord (1981). *Spatial Processes: Models and Applications.* Pion. Their moments are those of one
//! group; the groups' own sums are independent of each other, and a sum between two groups, whose values are
//! exchanged separately, is uncorrelated with all others.

use glassurn_stats::normal;

use super::Neighbours;

/// How alike neighbours are, beside what exchange within groups gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moran {
    /// Moran's I of the values less their group's mean.
    pub i: f64,
    /// Its mean when values are exchanged within groups.
    pub expected: f64,
    /// Its standard deviation then.
    pub sd: f64,
}

impl Moran {
    /// I in standard deviations from its mean.
    pub fn z(&self) -> f64 {
        (self.i - self.expected) / self.sd
    }

    /// P(I at least as large), by the normal law.
    pub fn p(&self) -> f64 {
        normal::sf(self.z())
    }
}

/// Moran's I of values less their group's mean. `None` without a link, or where nothing can vary.
pub fn moran(neighbours: &Neighbours, values: &[f64], group: &[u32]) -> Option<Moran> {
    let (n, links) = (values.len(), neighbours.links());
    if links == 0 || n != neighbours.len() || n != group.len() {
        return None;
    }
    let (values, groups) = centred(values, group);
    let square: f64 = values.iter().map(|v| v * v).sum();
    let sum: f64 = (0..n)
        .map(|i| values[i] * neighbours.of(i).iter().map(|j| values[*j as usize]).sum::<f64>())
        .sum();
    let [mean, variance] = exchanged(&edges(neighbours), group, &groups);
    let scale = n as f64 / (links as f64 * square);
    let sd = scale * variance.sqrt();
    let sound = square > 1e-18 * n as f64 && sd.is_finite() && sd > 0.0;
    sound.then_some(Moran { i: scale * sum, expected: scale * mean, sd })
}

/// Size and moments of the values of one group about their mean.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    n: f64,
    mean: f64,
    second: f64,
    fourth: f64,
}

/// The values less their group's mean.
fn centred(values: &[f64], group: &[u32]) -> (Vec<f64>, Vec<Group>) {
    let most = group.iter().max().map_or(0, |g| *g as usize + 1);
    let mut groups = vec![Group::default(); most];
    for (value, g) in values.iter().zip(group) {
        groups[*g as usize].n += 1.0;
        groups[*g as usize].mean += value;
    }
    groups.iter_mut().for_each(|g| g.mean /= g.n.max(1.0));
    let values: Vec<f64> =
        values.iter().zip(group).map(|(v, g)| v - groups[*g as usize].mean).collect();
    for (value, g) in values.iter().zip(group) {
        let g = &mut groups[*g as usize];
        g.second += value * value / g.n;
        g.fourth += value.powi(4) / g.n;
    }
    (values, groups)
}

/// Each pair of neighbours once, with the number of ways it is linked (one or both).
fn edges(neighbours: &Neighbours) -> Vec<([u32; 2], f64)> {
    let pair = |i: u32, j: u32| [i.min(j), i.max(j)];
    let mut pairs: Vec<[u32; 2]> = (0_u32..)
        .zip(&neighbours.lists)
        .flat_map(|(i, list)| list.iter().map(move |j| pair(i, *j)))
        .collect();
    pairs.sort_unstable();
    let mut edges: Vec<([u32; 2], f64)> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match edges.last_mut() {
            Some((last, ways)) if *last == pair => *ways += 1.0,
            _ => edges.push((pair, 1.0)),
        }
    }
    edges
}

/// Mean and variance of Σ over links of the product of both values.
fn exchanged(edges: &[([u32; 2], f64)], group: &[u32], groups: &[Group]) -> [f64; 2] {
    let within = |pair: &[u32; 2]| group[pair[0] as usize] == group[pair[1] as usize];
    let (own, between): (Vec<_>, Vec<_>) = edges.iter().partition(|(pair, _)| within(pair));
    let [mean, variance] = inside(&own, group, groups);
    [mean, variance + across(&between, group, groups)]
}

/// Links of each group with itself.
#[derive(Debug, Clone, Copy, Default)]
struct Web {
    weight: f64,
    first: f64,
    second: f64,
}

/// Mean and variance of the sums inside groups.
fn inside(own: &[([u32; 2], f64)], group: &[u32], groups: &[Group]) -> [f64; 2] {
    let mut webs = vec![Web::default(); groups.len()];
    let mut ways_of = vec![0.0; group.len()];
    for (pair, ways) in own {
        let web = &mut webs[group[pair[0] as usize] as usize];
        web.weight += ways;
        web.first += ways * ways;
        pair.iter().for_each(|i| ways_of[*i as usize] += ways);
    }
    for (ways, g) in ways_of.iter().zip(group) {
        webs[*g as usize].second += ways * ways;
    }
    let moments = webs.iter().zip(groups).map(|(web, g)| web.moments(g));
    moments.fold([0.0, 0.0], |sum, m| [sum[0] + m[0], sum[1] + m[1]])
}

impl Web {
    /// Mean and variance of one group's sum.
    fn moments(&self, group: &Group) -> [f64; 2] {
        let Group { n, second: m2, fourth: m4, .. } = *group;
        if n < 2.0 {
            return [0.0, 0.0];
        }
        let part = |enough: f64, value: f64| if n >= enough { value } else { 0.0 };
        let same = (n * m2 * m2 - m4) / (n - 1.0);
        let one_shared = part(3.0, (2.0 * m4 - n * m2 * m2) / ((n - 1.0) * (n - 2.0)));
        let none_shared =
            part(4.0, (3.0 * n * m2 * m2 - 6.0 * m4) / ((n - 1.0) * (n - 2.0) * (n - 3.0)));
        let mean = -m2 / (n - 1.0) * self.weight;
        let square = self.first * same
            + (self.second - 2.0 * self.first) * one_shared
            + (self.weight * self.weight - self.second + self.first) * none_shared;
        [mean, (square - mean * mean).max(0.0)]
    }
}

/// Variance of the sums between different groups; their mean is 0.
fn across(between: &[([u32; 2], f64)], group: &[u32], groups: &[Group]) -> f64 {
    let of = |g: u32| groups[g as usize];
    let factor = |g: u32, h: u32| {
        let (g, h) = (of(g), of(h));
        if g.n < 2.0 || h.n < 2.0 { 0.0 } else { g.second * h.second / ((g.n - 1.0) * (h.n - 1.0)) }
    };
    let (mut stubs, mut bundles) = (Vec::new(), Vec::new());
    let mut variance = 0.0;
    for (pair, ways) in between {
        let [g, h] = pair.map(|i| group[i as usize]);
        variance += factor(g, h) * of(g).n * of(h).n * ways * ways;
        stubs.extend([([pair[0], h], *ways), ([pair[1], g], *ways)]);
        bundles.push(([g.min(h), g.max(h)], *ways));
    }
    for ([i, h], ways) in added_up(stubs) {
        let g = group[i as usize];
        variance -= factor(g, h) * of(g).n * ways * ways;
    }
    for ([g, h], ways) in added_up(bundles) {
        variance += factor(g, h) * ways * ways;
    }
    variance.max(0.0)
}

/// The numbers of each key added up, in order of the keys.
fn added_up(mut entries: Vec<([u32; 2], f64)>) -> Vec<([u32; 2], f64)> {
    entries.sort_by_key(|e| e.0);
    let mut sums: Vec<([u32; 2], f64)> = Vec::new();
    for (key, ways) in entries {
        match sums.last_mut() {
            Some((last, sum)) if *last == key => *sum += ways,
            _ => sums.push((key, ways)),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every order of some numbers.
    fn orders(items: &[usize]) -> Vec<Vec<usize>> {
        if items.is_empty() {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for (at, first) in items.iter().enumerate() {
            let rest: Vec<usize> = [&items[..at], &items[at + 1..]].concat();
            all.extend(orders(&rest).into_iter().map(|o| [vec![*first], o].concat()));
        }
        all
    }

    #[test]
    fn the_moments_are_those_of_every_exchange() {
        // Two groups of four and five and a pair; links within and between, some one way only.
        let group = [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2];
        let values = [1.0, 4.0, -2.0, 0.5, 3.0, 3.5, -1.0, 0.0, 2.0, 1.0, 7.0];
        let lists = vec![
            vec![1, 2, 4],
            vec![0, 5],
            vec![3, 9],
            vec![2, 8, 4],
            vec![0, 5, 6],
            vec![4, 10],
            vec![7, 1],
            vec![6, 8],
            vec![7, 3],
            vec![10, 2],
            vec![9, 5],
        ];
        let neighbours = Neighbours { lists };
        let found = moran(&neighbours, &values, &group).unwrap();
        let mut all = Vec::new();
        for a in orders(&[0, 1, 2, 3]) {
            for b in orders(&[4, 5, 6, 7, 8]) {
                for c in orders(&[9, 10]) {
                    let order = [a.clone(), b.clone(), c].concat();
                    let values: Vec<f64> = order.iter().map(|i| values[*i]).collect();
                    all.push(moran(&neighbours, &values, &group).unwrap().i);
                }
            }
        }
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let sd = (all.iter().map(|i| (i - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert!((found.expected - mean).abs() < 1e-12, "{} {mean}", found.expected);
        assert!((found.sd - sd).abs() < 1e-12, "{} {sd}", found.sd);
    }

    #[test]
    fn one_group_expects_what_is_known() {
        let places: Vec<(f64, f64)> =
            (0..30).map(|i| (f64::from(i / 6), f64::from(i % 6))).collect();
        let neighbours = Neighbours::nearest_in_plane(&places, 4);
        let values: Vec<f64> = (0..30).map(|i| f64::from(i * i % 7)).collect();
        let found = moran(&neighbours, &values, &[0; 30]).unwrap();
        assert!((found.expected + 1.0 / 29.0).abs() < 1e-14);
        assert!(moran(&neighbours, &[1.0; 30], &[0; 30]).is_none());
        assert!(moran(&Neighbours::default(), &[], &[]).is_none());
    }
}
