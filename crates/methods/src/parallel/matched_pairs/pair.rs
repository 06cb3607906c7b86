//! Who is paired with whom: exact within areas, nearest first, without replacement, without chance.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Station, like};

/// The pairs (observed, unobserved), by area and then by the observed station's place.
///
/// In each area the side with fewer stations chooses. The station farthest from the middle of the other
/// side, hardest to find a like one for, chooses first; each takes the nearest that is left and lies
/// within the caliper in every covariate.
pub(super) fn pairs(
    stations: &[Station],
    usable: &[usize],
    sd: &[f64],
    caliper: f64,
) -> Vec<[usize; 2]> {
    let mut areas: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for &i in usable {
        let side = usize::from(stations[i].observed != Some(true));
        areas.entry(&stations[i].area).or_default()[side].push(i);
    }
    let space = Space { stations, sd };
    let mut pairs = Vec::new();
    for [observed, unobserved] in areas.values() {
        let turned = observed.len() > unobserved.len();
        let (few, many) = if turned { (unobserved, observed) } else { (observed, unobserved) };
        let mut found = space.choose(few, many, caliper);
        if turned {
            found.iter_mut().for_each(|pair| pair.reverse());
        }
        found.sort_unstable();
        pairs.extend(found);
    }
    pairs
}

/// The stations with each covariate measured by its standard deviation.
struct Space<'a> {
    stations: &'a [Station],
    sd: &'a [f64],
}

impl Space<'_> {
    /// A covariate in standard deviations; one that does not vary tells nothing.
    fn at(&self, station: usize, covariate: usize) -> f64 {
        let sd = self.sd[covariate];
        if sd > 0.0 { like(&self.stations[station], covariate) / sd } else { 0.0 }
    }

    /// Squared distance of a station from a point.
    fn distance(&self, station: usize, point: &[f64]) -> f64 {
        let apart = |(c, p): (usize, &f64)| self.at(station, c) - p;
        point.iter().enumerate().map(apart).map(|d| d * d).sum()
    }

    fn point(&self, station: usize) -> Vec<f64> {
        (0..self.sd.len()).map(|c| self.at(station, c)).collect()
    }

    /// Where a side's stations are on average.
    fn middle(&self, side: &[usize]) -> Vec<f64> {
        let mean = |c| side.iter().map(|s| self.at(*s, c)).sum::<f64>() / side.len() as f64;
        (0..self.sd.len()).map(mean).collect()
    }

    /// Nearer first, then by name and place.
    fn nearer(&self, a: (f64, usize), b: (f64, usize)) -> Ordering {
        let name = |i: usize| self.stations[i].name.as_str();
        a.0.total_cmp(&b.0).then_with(|| name(a.1).cmp(name(b.1))).then_with(|| a.1.cmp(&b.1))
    }

    /// For each of the few that finds one, the nearest of the many.
    fn choose(&self, few: &[usize], many: &[usize], caliper: f64) -> Vec<[usize; 2]> {
        if few.is_empty() {
            return Vec::new();
        }
        let middle = self.middle(many);
        let mut order: Vec<(f64, usize)> =
            few.iter().map(|s| (-self.distance(*s, &middle), *s)).collect();
        order.sort_by(|a, b| self.nearer(*a, *b));
        let mut left = many.to_vec();
        let mut pairs = Vec::new();
        for (_, chooser) in order {
            let point = self.point(chooser);
            let fits = |s: usize| {
                point.iter().enumerate().all(|(c, p)| (self.at(s, c) - p).abs() <= caliper)
            };
            let near = left.iter().enumerate().filter(|(_, s)| fits(**s));
            let near = near.map(|(at, s)| (at, (self.distance(*s, &point), *s)));
            let Some((at, (_, found))) = near.min_by(|a, b| self.nearer(a.1, b.1)) else { continue };
            left.swap_remove(at);
            pairs.push([chooser, found]);
        }
        pairs
    }
}
