//! Which stations, or which areas, lie beside which.
//!
//! Neighbours are a list for each place; a list holds each neighbour once and never the place itself. There are no
//! weights: a neighbour counts as one.

mod moran;
mod pooled;
mod sites;
mod tree;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use moran::{Moran, moran};
pub use pooled::level_out;
pub use sites::{Grain, Rules, Site, Sites};
use tree::{Point, Tree};

/// The neighbours of each of some places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Neighbours {
    lists: Vec<Vec<u32>>,
}

impl Neighbours {
    /// The `k` nearest of each place along the surface of the globe, given as latitude and longitude in degrees.
    ///
    /// Of equally near places the earlier comes first; of those at one and the same point the ones nearest in
    /// order come first, so that a building with a hundred stations has no centre.
    pub fn nearest(places: &[(f64, f64)], k: usize) -> Self {
        // The chord is the longer the longer the arc is.
        let points: Vec<Point> = places.iter().map(|p| on_the_globe(*p)).collect();
        Neighbours { lists: nearest(&points, k) }
    }

    /// The `k` nearest of each place of a plane.
    pub fn nearest_in_plane(places: &[(f64, f64)], k: usize) -> Self {
        let points: Vec<Point> = places.iter().map(|p| [p.0, p.1, 0.0]).collect();
        Neighbours { lists: nearest(&points, k) }
    }

    /// The areas that touch each of some areas; `used` are their numbers in the list of all, and the answer counts
    /// by their place among these. Touching is mutual, whatever the list says.
    pub fn touching(all: &[Vec<u32>], used: &[u32]) -> Self {
        let place: BTreeMap<u32, u32> = used.iter().copied().zip(0..).collect();
        let mut lists = vec![Vec::new(); used.len()];
        for (area, here) in &place {
            for other in all.get(*area as usize).into_iter().flatten() {
                if let Some(there) = place.get(other).filter(|there| *there != here) {
                    lists[*here as usize].push(*there);
                    lists[*there as usize].push(*here);
                }
            }
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        Neighbours { lists }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The neighbours of one place.
    pub fn of(&self, place: usize) -> &[u32] {
        self.lists.get(place).map_or(&[], Vec::as_slice)
    }

    /// How far the farthest neighbour of each place lies along the surface of the globe: the square of the chord, to
    /// be compared.
    fn reaches(&self, places: &[(f64, f64)]) -> Vec<f64> {
        let points: Vec<Point> = places.iter().map(|p| on_the_globe(*p)).collect();
        let square = |here: &Point, j: &u32| {
            let there = points[*j as usize];
            (0..3).map(|axis| (here[axis] - there[axis]).powi(2)).sum::<f64>()
        };
        let reach = |(list, here): (&Vec<u32>, &Point)| {
            list.iter().map(|j| square(here, j)).fold(0.0, f64::max)
        };
        self.lists.iter().zip(&points).map(reach).collect()
    }

    /// All neighbours of all places.
    pub fn links(&self) -> usize {
        self.lists.iter().map(Vec::len).sum()
    }

    /// The median of a value over the neighbours of each place; `None` where there is no neighbour.
    pub fn medians(&self, values: &[f64]) -> Vec<Option<f64>> {
        let median = |list: &Vec<u32>| {
            let mut near: Vec<f64> = list.iter().map(|j| values[*j as usize]).collect();
            near.sort_by(f64::total_cmp);
            let upper = *near.get(near.len() / 2)?;
            Some(if near.len() % 2 == 1 {
                upper
            } else {
                f64::midpoint(near[near.len() / 2 - 1], upper)
            })
        };
        self.lists.iter().map(median).collect()
    }
}

/// A point of the unit sphere.
fn on_the_globe((latitude, longitude): (f64, f64)) -> Point {
    let (north, east) = (latitude.to_radians(), longitude.to_radians());
    let round = libm::cos(north);
    [round * libm::cos(east), round * libm::sin(east), libm::sin(north)]
}

/// The `k` nearest of each point. Points that coincide are searched once.
fn nearest(points: &[Point], k: usize) -> Vec<Vec<u32>> {
    let mut at: BTreeMap<[u64; 3], u32> = BTreeMap::new();
    let (mut distinct, mut members): (Vec<Point>, Vec<Vec<u32>>) = Default::default();
    let mut spot_of = Vec::with_capacity(points.len());
    for (i, point) in (0..).zip(points) {
        let next = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
        let spot = *at.entry(point.map(|x| (x + 0.0).to_bits())).or_insert(next);
        if spot == next {
            distinct.push(*point);
            members.push(Vec::new());
        }
        members[spot as usize].push(i);
        spot_of.push(spot);
    }
    let tree = Tree::of(&distinct);
    let around: Vec<Vec<u32>> = (0..u32::try_from(distinct.len()).unwrap_or(u32::MAX))
        .into_par_iter()
        .map(|s| if members[s as usize].len() > k { Vec::new() } else { tree.nearest(s, k) })
        .collect();
    let list = |(i, spot): (u32, &u32)| {
        let own = [*spot];
        let spots = own.iter().chain(&around[*spot as usize]);
        let mut list = Vec::with_capacity(k);
        for spot in spots {
            if list.len() >= k {
                break;
            }
            nearest_in_order(&members[*spot as usize], i, k - list.len(), &mut list);
        }
        list
    };
    (0..).zip(&spot_of).map(list).collect()
}

/// Adds up to `most` of these ascending numbers: those that differ least from `of`, the lower of two first.
fn nearest_in_order(members: &[u32], of: u32, most: usize, list: &mut Vec<u32>) {
    let mut above = members.partition_point(|m| *m < of);
    let mut below = above;
    if members.get(above) == Some(&of) {
        above += 1;
    }
    for _ in 0..most {
        let down = below.checked_sub(1).map(|b| members[b]);
        let up = members.get(above).copied();
        match (down, up) {
            (Some(down), up) if up.is_none_or(|up| of - down <= up - of) => {
                list.push(down);
                below -= 1;
            }
            (_, Some(up)) => {
                list.push(up);
                above += 1;
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_globe_is_round() {
        // On the 80th parallel ten degrees of longitude are nearer than two of latitude; across the date line too.
        let places = [(80.0, 179.0), (80.0, -171.0), (78.0, 179.0), (80.0, 150.0)];
        assert_eq!(Neighbours::nearest(&places, 1).of(0), [1]);
        assert_eq!(Neighbours::nearest(&places, 9).of(3), [0, 2, 1]);
    }

    #[test]
    fn stations_of_one_building_are_neighbours_in_their_order() {
        let places: Vec<(f64, f64)> =
            (0..10).map(|i| (if i < 6 { 1.0 } else { 2.0 }, 3.0)).collect();
        let neighbours = Neighbours::nearest(&places, 3);
        assert_eq!(neighbours.of(0), [1, 2, 3]);
        assert_eq!(neighbours.of(3), [2, 4, 1]);
        assert_eq!(neighbours.of(8), [7, 9, 6]);
        // With more wanted than the building has, the other building's nearest in order follow.
        assert_eq!(Neighbours::nearest(&places, 6).of(9), [8, 7, 6, 5, 4, 3]);
    }

    #[test]
    fn touching_is_mutual_and_counts_by_place() {
        let all = vec![vec![1, 2, 0], vec![], vec![3], vec![9], vec![2, 2]];
        let neighbours = Neighbours::touching(&all, &[0, 2, 3, 4]);
        assert_eq!(
            [0, 1, 2, 3].map(|i| neighbours.of(i).to_vec()),
            [vec![1], vec![0, 2, 3], vec![1], vec![1]]
        );
        assert_eq!((neighbours.len(), neighbours.links()), (4, 6));
    }

    #[test]
    fn a_place_alone_has_no_median() {
        let neighbours = Neighbours::touching(
            &[vec![1, 2, 3], vec![], vec![], vec![2], vec![]],
            &[0, 1, 2, 3, 4],
        );
        let medians = neighbours.medians(&[1.0, 2.0, 4.0, 9.0, 7.0]);
        assert_eq!(medians, [Some(4.0), Some(1.0), Some(5.0), Some(2.5), None]);
    }
}
