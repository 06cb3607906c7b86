//! From the ridge above every size of a class to its chance and votes: means and intervals.

use libm::{exp, sqrt};

use super::path::Point;

/// A mean with a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Posterior mean.
    pub mean: f64,
    /// Least and most.
    pub interval: [f64; 2],
}

/// What is known of one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Known {
    /// Its chance.
    pub(super) chance: Estimate,
    /// Mean and variance of the votes added and moved.
    pub(super) votes: [[f64; 2]; 2],
}

/// Parts that each space between two points is cut into.
const PARTS: usize = 16;

/// A small part of the path.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Density of the odds, against the highest.
    density: f64,
    mass: f64,
    chance: f64,
    votes: [f64; 2],
    variances: [f64; 2],
}

/// Integrates along the path. `apart` is the relative variance of votes added and moved that the class's size leaves,
/// `nothing` the odds of an empty class.
pub(super) fn known(points: &[Point], apart: [f64; 2], nothing: f64) -> Option<Known> {
    let cells = cells(points, nothing)?;
    let total: f64 = cells.iter().map(|c| c.mass).sum();
    let mean =
        |of: &dyn Fn(&Cell) -> f64| cells.iter().map(|c| c.mass * of(c)).sum::<f64>() / total;
    let votes = [0, 1].map(|k| {
        let centre = mean(&|c| c.votes[k]);
        let square = mean(&|c| c.votes[k] * c.votes[k] * (1.0 + apart[k]) + c.variances[k]);
        [centre, square - centre * centre]
    });
    let chance = Estimate { mean: mean(&|c| c.chance), interval: shortest(&cells, total) };
    Some(Known { chance, votes })
}

/// Half of the 95 % point of χ² with one degree of freedom, as a ratio of densities.
const NEAR: f64 = 0.1465;

/// The least and the greatest chance among the densest cells that hold 95 %, and among all that are as near to the
/// highest as an interval of likelihoods reaches.
fn shortest(cells: &[Cell], total: f64) -> [f64; 2] {
    let mut order: Vec<&Cell> = cells.iter().collect();
    order.sort_by(|a, b| b.density.total_cmp(&a.density));
    let mut held = 0.0;
    let mut ends = [f64::INFINITY, 0.0];
    for cell in order {
        if held >= 0.95 * total && cell.density < NEAR {
            break;
        }
        ends = [ends[0].min(cell.chance), ends[1].max(cell.chance)];
        held += cell.mass;
    }
    ends
}

/// Cuts the path; below its first point the density of an empty class is level.
fn cells(points: &[Point], nothing: f64) -> Option<Vec<Cell>> {
    let highest = points.iter().map(|p| p.log_density).fold(f64::NEG_INFINITY, f64::max);
    let first = points.first().filter(|_| highest.is_finite())?;
    let mut cells = Vec::new();
    if first.logit < nothing + 1.0 {
        let density = exp(first.log_density - highest);
        let mass = density * odds(first.logit);
        cells.push(Cell { density, mass, chance: 0.0, votes: [0.0; 2], variances: [0.0; 2] });
    }
    for (i, pair) in points.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        let ends = [slope(points, i), slope(points, i + 1)];
        for part in 0..PARTS {
            let share = (part as f64 + 0.5) / PARTS as f64;
            let straight = |x: f64, y: f64| x + share * (y - x);
            let logit = straight(a.logit, b.logit);
            let width = b.logit - a.logit;
            let log = hermite(share, [a.log_density, b.log_density], ends.map(|s| s * width));
            let density = exp(log - highest);
            let u = odds(logit);
            cells.push(Cell {
                density,
                mass: density * u * (1.0 - u) * width / PARTS as f64,
                chance: straight(a.chance, b.chance),
                votes: [0, 1].map(|k| straight(a.votes[k], b.votes[k])),
                variances: [0, 1].map(|k| straight(a.variances[k], b.variances[k])),
            });
        }
    }
    (!cells.is_empty()).then_some(cells)
}

fn odds(logit: f64) -> f64 {
    1.0 / (1.0 + exp(-logit))
}

/// The path's slope at a point, from its neighbours.
fn slope(points: &[Point], i: usize) -> f64 {
    let (a, b) = (&points[i.saturating_sub(1)], &points[(i + 1).min(points.len() - 1)]);
    (b.log_density - a.log_density) / (b.logit - a.logit)
}

/// A cubic between two values with their slopes.
fn hermite(t: f64, [a, b]: [f64; 2], [da, db]: [f64; 2]) -> f64 {
    let (s, t2, s2) = (1.0 - t, t * t, (1.0 - t) * (1.0 - t));
    s2 * (1.0 + 2.0 * t) * a + t2 * (1.0 + 2.0 * s) * b + s2 * t * da - t2 * s * db
}

/// The least shape of the Gamma law: below it the approximation breaks, and the law's upper end is no further off.
const SKEWED: f64 = 0.15;

/// An interval of votes with this mean and variance: that of a Gamma law, by Wilson and Hilferty.
pub(super) fn votes([mean, variance]: [f64; 2], from_none: bool) -> Estimate {
    if mean <= 0.0 {
        return Estimate { mean: 0.0, interval: [0.0; 2] };
    }
    let shape = (mean * mean / variance.max(1e-12)).max(SKEWED);
    let end = |z: f64| {
        let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * sqrt(shape));
        mean * root.max(0.0) * root * root
    };
    let interval = if from_none { [0.0, end(1.645)] } else { [end(-1.96), end(1.96)] };
    Estimate { mean, interval }
}
