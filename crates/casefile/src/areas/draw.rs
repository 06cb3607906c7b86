//! Centres of areas, and their outlines as they are drawn.

use glassurn_model::Areas;

use super::{Point, Ring};

/// Twice the area of a ring, positive when it runs against the clock.
pub(super) fn doubled(points: &[Point]) -> f64 {
    let first = points.first().copied().unwrap_or_default();
    // About the first corner, so that large coordinates do not eat the digits.
    let about = |p: &Point| [p[0] - first[0], p[1] - first[1]];
    let ends = points.iter().zip(points.iter().cycle().skip(1));
    ends.map(|(a, b)| (about(a), about(b))).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// The centre of gravity, holes taken off; the mean of the corners where there is no area.
pub(super) fn centre(rings: &[Ring]) -> Option<(f64, f64)> {
    let corners: Vec<&Point> = rings.iter().flat_map(|r| &r.points).collect();
    let first = **corners.first()?;
    let mut sums = [0.0; 3];
    for ring in rings {
        let about = |p: &Point| [p[0] - first[0], p[1] - first[1]];
        let turn = doubled(&ring.points).signum() * if ring.hole { -1.0 } else { 1.0 };
        for (a, b) in ring.points.iter().zip(ring.points.iter().cycle().skip(1)) {
            let (a, b) = (about(a), about(b));
            let cross = turn * (a[0] * b[1] - b[0] * a[1]);
            sums[0] += cross;
            sums[1] += cross * (a[0] + b[0]);
            sums[2] += cross * (a[1] + b[1]);
        }
    }
    if sums[0] > 0.0 {
        return Some((first[0] + sums[1] / (3.0 * sums[0]), first[1] + sums[2] / (3.0 * sums[0])));
    }
    let mean = |axis: usize| corners.iter().map(|p| p[axis]).sum::<f64>() / corners.len() as f64;
    Some((mean(0), mean(1)))
}

/// The outlines of all areas on one sheet. Corners are rounded to the sheet's units, the same for neighbours, so that
/// no gap opens between them; what then lies on a straight line is left out.
pub(super) fn outlines(areas: &[Vec<Ring>]) -> Vec<Vec<Vec<[i32; 2]>>> {
    let corners = || areas.iter().flatten().flat_map(|r| &r.points);
    let end = |axis: usize, start: f64, pick: fn(f64, f64) -> f64| {
        corners().map(|p| p[axis]).fold(start, pick)
    };
    let (west, east) = (end(0, f64::INFINITY, f64::min), end(0, f64::NEG_INFINITY, f64::max));
    let (south, north) = (end(1, f64::INFINITY, f64::min), end(1, f64::NEG_INFINITY, f64::max));
    let degrees = west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    let across = if degrees { shortening(f64::midpoint(south, north)) } else { 1.0 };
    let extent = ((east - west) * across).max(north - south).max(f64::MIN_POSITIVE);
    let scale = f64::from(Areas::DRAWN) / extent;
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and the sheet's size")]
    let place = |p: &Point| {
        [((p[0] - west) * across * scale).round() as i32, ((north - p[1]) * scale).round() as i32]
    };
    let ring = |r: &Ring| plain(r.points.iter().map(place));
    areas.iter().map(|a| a.iter().map(ring).filter(|r| r.len() > 2).collect()).collect()
}

/// Corners without repetitions and without those on a straight line.
fn plain(corners: impl Iterator<Item = [i32; 2]>) -> Vec<[i32; 2]> {
    let mut kept: Vec<[i32; 2]> = Vec::new();
    for corner in corners {
        if kept.last() == Some(&corner) {
            continue;
        }
        if let [.., a, b] = kept[..] {
            let [ab, bc] = [[b[0] - a[0], b[1] - a[1]], [corner[0] - b[0], corner[1] - b[1]]];
            if ab[0] * bc[1] == ab[1] * bc[0] {
                kept.pop();
            }
        }
        if kept.last() != Some(&corner) {
            kept.push(corner);
        }
    }
    kept
}

/// The cosine of a latitude in degrees by Bhaskara's formula: within 0.2 %, from the four operations
/// alone, so that a map has the same bytes on every machine.
pub(crate) fn shortening(latitude: f64) -> f64 {
    let square = (latitude / 180.0).powi(2);
    ((1.0 - 4.0 * square) / (1.0 + square)).max(0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitudes_shrink_with_the_cosine_of_the_latitude() {
        for latitude in [0.0_f64, 15.0, 41.0, 55.75, 70.0, 80.0] {
            assert!((shortening(latitude) - latitude.to_radians().cos()).abs() < 0.002);
        }
    }

    #[test]
    fn a_hole_moves_the_centre_away() {
        let square = |x: f64, side: f64, hole| Ring {
            points: vec![[x, 0.0], [x + side, 0.0], [x + side, side], [x, side]],
            hole,
        };
        assert_eq!(centre(&[square(1e6, 4.0, false)]), Some((1e6 + 2.0, 2.0)));
        let (x, _) = centre(&[square(0.0, 4.0, false), square(0.0, 2.0, true)]).unwrap();
        // (16 · 2 − 4 · 1) / 12.
        assert!((x - 28.0 / 12.0).abs() < 1e-12);
        assert_eq!(centre(&[]), None);
    }

    #[test]
    fn drawn_neighbours_share_their_corners_and_straight_lines_are_short() {
        let ring = |x: f64| Ring {
            points: vec![[x, 0.0], [x + 500.0, 0.0], [x + 1e3, 0.0], [x + 1e3, 2e3], [x, 2e3]],
            hole: false,
        };
        let drawn = outlines(&[vec![ring(0.0)], vec![ring(1e3)], Vec::new()]);
        assert_eq!(drawn[0], [[[0, 1000], [500, 1000], [500, 0], [0, 0]]]);
        assert_eq!(drawn[1], [[[500, 1000], [1000, 1000], [1000, 0], [500, 0]]]);
        assert!(drawn[2].is_empty());
    }
}
