//! Which areas touch: a corner of one lies on the outline of the other (queen contiguity), within a millionth of the
//! map's extent.

use super::{Point, Ring};

/// Most comparisons of a corner with a side.
const MOST_WORK: u64 = 2_000_000_000;

/// The map's extent over the tolerance.
const FINE: f64 = 1e6;

/// An area's corners and sides inside its box.
struct Outline<'a> {
    rings: &'a [Ring],
    low: Point,
    high: Point,
}

/// For each area the areas that touch it, ascending.
pub(super) fn touching(areas: &[&[Ring]]) -> Result<Vec<Vec<u32>>, String> {
    let outlines: Vec<Outline<'_>> = areas.iter().map(|rings| Outline::of(rings)).collect();
    let extent = Outline::around(&outlines);
    let near = extent / FINE;
    let mut order: Vec<usize> =
        (0..outlines.len()).filter(|i| outlines[*i].low[0].is_finite()).collect();
    order.sort_by(|a, b| outlines[*a].low[0].total_cmp(&outlines[*b].low[0]).then(a.cmp(b)));
    let mut touching = vec![Vec::new(); outlines.len()];
    let mut work = 0_u64;
    for (at, &a) in order.iter().enumerate() {
        for &b in &order[at + 1..] {
            work += 1;
            if outlines[b].low[0] > outlines[a].high[0] + near {
                break;
            }
            let gap = outlines[a].apart(&outlines[b], near)
                || !(outlines[a].meets(&outlines[b], near, &mut work)
                    || outlines[b].meets(&outlines[a], near, &mut work));
            if work > MOST_WORK {
                return Err("the areas are too entangled to compare: simplify the map".to_owned());
            }
            if !gap {
                let number = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
                touching[a].push(number(b));
                touching[b].push(number(a));
            }
        }
    }
    touching.iter_mut().for_each(|list| list.sort_unstable());
    Ok(touching)
}

impl<'a> Outline<'a> {
    fn of(rings: &'a [Ring]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in rings.iter().flat_map(|r| &r.points) {
            for ((low, high), x) in low.iter_mut().zip(&mut high).zip(point) {
                *low = low.min(*x);
                *high = high.max(*x);
            }
        }
        Outline { rings, low, high }
    }

    /// Width or height of all, whichever is more.
    fn around(all: &[Outline<'_>]) -> f64 {
        let side = |axis: usize| {
            let low = all.iter().map(|o| o.low[axis]).fold(f64::INFINITY, f64::min);
            all.iter().map(|o| o.high[axis]).fold(f64::NEG_INFINITY, f64::max) - low
        };
        side(0).max(side(1)).max(0.0)
    }

    /// Whether the boxes lie apart.
    fn apart(&self, other: &Outline<'_>, near: f64) -> bool {
        (0..2).any(|axis| {
            self.low[axis] > other.high[axis] + near || other.low[axis] > self.high[axis] + near
        })
    }

    /// Whether a corner of this area lies on a side of the other.
    fn meets(&self, other: &Outline<'_>, near: f64, work: &mut u64) -> bool {
        let inside = |p: &&Point| {
            (0..2).all(|x| p[x] >= other.low[x] - near && p[x] <= other.high[x] + near)
        };
        let mut corners: Vec<Point> =
            self.rings.iter().flat_map(|r| &r.points).filter(inside).copied().collect();
        if corners.is_empty() {
            return false;
        }
        corners.sort_by(|a, b| a[0].total_cmp(&b[0]));
        other.rings.iter().any(|ring| {
            let ends = ring.points.iter().zip(ring.points.iter().cycle().skip(1));
            ends.into_iter().any(|(a, b)| {
                let from = corners.partition_point(|c| c[0] < a[0].min(b[0]) - near);
                let to = corners.partition_point(|c| c[0] <= a[0].max(b[0]) + near);
                *work += 1 + (to - from) as u64;
                corners[from..to].iter().any(|c| distance(*c, *a, *b) <= near)
            })
        })
    }
}

/// The distance of a point from a side.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (along, off) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let length = along[0] * along[0] + along[1] * along[1];
    let part = if length > 0.0 {
        ((off[0] * along[0] + off[1] * along[1]) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let rest = [off[0] - part * along[0], off[1] - part * along[1]];
    (rest[0] * rest[0] + rest[1] * rest[1]).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Ring> {
        let points = vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
        vec![Ring { points, hole: false }]
    }

    #[test]
    fn sides_corners_and_middles_of_sides_touch_and_gaps_do_not() {
        let areas = [
            square(0.0, 0.0, 2.0),
            square(2.0, 0.0, 2.0),   // beside it
            square(4.0, 2.0, 1.0),   // at a corner of the second
            square(0.5, 2.0, 1.0),   // on the middle of the first one's side
            square(2.001, 2.1, 1.0), // a gap
            Vec::new(),
        ];
        let areas: Vec<&[Ring]> = areas.iter().map(Vec::as_slice).collect();
        let found = touching(&areas).unwrap();
        assert_eq!(found, [vec![1, 3], vec![0, 2], vec![1], vec![0], vec![], vec![]]);
        assert_eq!(touching(&[]).unwrap(), Vec::<Vec<u32>>::new());
    }
}
