//! The nearest of many points in space: a k-d tree.
//!
//! J. L. Bentley (1975). Multidimensional binary search trees used for associative searching. *Communications of
//! the ACM* 18, 509-517.

/// A place in space.
pub(super) type Point = [f64; 3];

/// So many points are searched one by one.
const LEAF: usize = 8;

/// Points arranged for searching. The middle of each stretch parts it along its widest side.
pub(super) struct Tree<'a> {
    points: &'a [Point],
    order: Vec<u32>,
    axes: Vec<u8>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(points: &'a [Point]) -> Self {
        let order: Vec<u32> = (0..).take(points.len()).collect();
        let mut tree = Tree { points, axes: vec![0; order.len()], order };
        tree.part(0, points.len());
        tree
    }

    /// Arranges one stretch, then both its halves.
    fn part(&mut self, from: usize, to: usize) {
        if to - from <= LEAF {
            return;
        }
        let points = self.points;
        let widest = widest(self.order[from..to].iter().map(|i| points[*i as usize]));
        let half = (to - from) / 2;
        let at = |i: u32| points[i as usize][widest];
        self.order[from..to]
            .select_nth_unstable_by(half, |a, b| at(*a).total_cmp(&at(*b)).then(a.cmp(b)));
        self.axes[from + half] = u8::try_from(widest).unwrap_or(0);
        self.part(from, from + half);
        self.part(from + half + 1, to);
    }

    /// The `k` points nearest to point number `of`, itself left out: nearest first, and of equally near ones the
    /// earlier first.
    pub(super) fn nearest(&self, of: u32, k: usize) -> Vec<u32> {
        let mut best = Best { of, k, found: Vec::with_capacity(k + 1) };
        if k > 0 {
            self.search(0, self.order.len(), &mut best);
        }
        best.found.into_iter().map(|(_, i)| i).collect()
    }

    fn search(&self, from: usize, to: usize, best: &mut Best) {
        let here = self.points[best.of as usize];
        if to - from <= LEAF {
            self.order[from..to]
                .iter()
                .for_each(|i| best.offer(here, self.points[*i as usize], *i));
            return;
        }
        let middle = from + (to - from) / 2;
        let (i, axis) = (self.order[middle], self.axes[middle] as usize);
        let beyond = here[axis] - self.points[i as usize][axis];
        let (near, far) = ((from, middle), (middle + 1, to));
        let (near, far) = if beyond <= 0.0 { (near, far) } else { (far, near) };
        self.search(near.0, near.1, best);
        best.offer(here, self.points[i as usize], i);
        if best.wants(beyond * beyond) {
            self.search(far.0, far.1, best);
        }
    }
}

/// The axis along which points lie farthest apart.
fn widest(points: impl Iterator<Item = Point>) -> usize {
    let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
    for point in points {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(point) {
            *low = low.min(x);
            *high = high.max(x);
        }
    }
    let width = |axis: usize| high[axis] - low[axis];
    (1..3).fold(0, |best, axis| if width(axis) > width(best) { axis } else { best })
}

/// The nearest points found so far.
struct Best {
    of: u32,
    k: usize,
    found: Vec<(f64, u32)>,
}

impl Best {
    /// Whether a point at this squared distance could be among them; an equally far one could, being earlier.
    fn wants(&self, square: f64) -> bool {
        self.found.len() < self.k || self.found.last().is_none_or(|(worst, _)| square <= *worst)
    }

    fn offer(&mut self, here: Point, there: Point, i: u32) {
        let square = (0..3).map(|axis| (here[axis] - there[axis]).powi(2)).sum::<f64>();
        if i == self.of || !self.wants(square) {
            return;
        }
        let before = |other: &(f64, u32)| other.0.total_cmp(&square).then(other.1.cmp(&i)).is_lt();
        self.found.insert(self.found.partition_point(before), (square, i));
        self.found.truncate(self.k);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glassurn_stats::{rng, sample};

    #[test]
    fn finds_what_looking_at_all_points_finds() {
        let mut rng = rng::stream(1, "tree", 0);
        // A coarse grid, so that many points are equally far and some are the same.
        let mut coordinate = || (sample::uniform(&mut rng) * 12.0).floor();
        let points: Vec<Point> = (0..700).map(|_| [coordinate(), coordinate(), 0.0]).collect();
        let tree = Tree::of(&points);
        for of in (0..700_u32).step_by(7) {
            let here = points[of as usize];
            let far = |i: u32| {
                let there = points[i as usize];
                (here[0] - there[0]).powi(2) + (here[1] - there[1]).powi(2)
            };
            let mut all: Vec<u32> = (0..700).filter(|i| *i != of).collect();
            all.sort_by(|a, b| far(*a).total_cmp(&far(*b)).then(a.cmp(b)));
            assert_eq!(tree.nearest(of, 9), all[..9], "point {of}");
        }
    }

    #[test]
    fn few_points_are_all_there_are() {
        assert_eq!(Tree::of(&[[0.0; 3]; 3]).nearest(1, 8), [0, 2]);
        assert!(Tree::of(&[[0.0; 3]]).nearest(0, 8).is_empty());
        assert!(Tree::of(&[[0.0; 3]; 3]).nearest(1, 0).is_empty());
    }
}
