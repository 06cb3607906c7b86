//! What the model gives in each cell of turnout and share, by quadrature instead of simulation.
//!
//! A station with a part x added has turnout t + x (1 − t), and its votes are straight in its honest share v:
//! for each node of x and each bin of turnout the bins of the share are differences of one normal law.

use glassurn_stats::normal;

use super::Honest;
use crate::turnout_bins::BINS;

impl Honest {
    /// The part of one kind of stations in each bin of turnout, and of the share.
    pub fn bins_of(&self, kind: Kind, alpha: f64) -> [[f64; BINS]; 2] {
        let cells = cells(self, kind, alpha);
        let by_turnout = |bin: usize| cells.iter().skip(bin).step_by(BINS).sum();
        [std::array::from_fn(by_turnout), by_share(&cells)]
    }
}

/// Nodes of the part that is added.
const NODES: usize = 100;

/// Scale of what is left to the others in the second kind of station.
const LEFT: f64 = 0.075;

/// Turnout bins of less probability are skipped.
const NEGLIGIBLE: f64 = 1e-10;

/// Shares of the stations in each cell, turnout across, share up: row-major, lowest share first.
pub(super) type Cells = Vec<f64>;

/// The three kinds of stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing added.
    Honest,
    /// A part added, |N(0, θ)|.
    Some,
    /// Nearly all, 1 − |N(0, 0.075)|.
    Most,
}

/// A normal law cut to 0 … 1, tabled.
struct Cut {
    table: Vec<f64>,
}

/// Points of the table.
const POINTS: usize = 8_192;

impl Cut {
    fn new(mean: f64, sd: f64) -> Self {
        let at = |x: f64| normal::cdf((x - mean) / sd);
        let (low, width) = (at(0.0), at(1.0) - at(0.0));
        let point = |i| (at(i as f64 / POINTS as f64) - low) / width;
        Cut { table: (0..=POINTS).map(point).collect() }
    }

    /// P(X ≤ x), straight between the points.
    fn cdf(&self, x: f64) -> f64 {
        let place = x.clamp(0.0, 1.0) * POINTS as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let i = (place as usize).min(POINTS - 1);
        self.table[i] + (place - i as f64) * (self.table[i + 1] - self.table[i])
    }
}

/// The cells of one kind of station.
pub(super) fn cells(honest: &Honest, kind: Kind, alpha: f64) -> Cells {
    let turnout = Cut::new(honest.turnout, honest.turnout_sd);
    let share = Cut::new(honest.share, honest.share_sd);
    let mut cells = vec![0.0; BINS * BINS];
    for (x, weight) in nodes(kind, honest.added_sd) {
        let xa = libm::pow(x, alpha);
        // Turnout before the addition, from that after it.
        let before = |after: f64| ((after - x) / (1.0 - x)).clamp(0.0, 1.0);
        for bin in 0..BINS {
            let [low, high] = [bin, bin + 1].map(|b| before(b as f64 / BINS as f64));
            let chance = weight * (turnout.cdf(high) - turnout.cdf(low));
            if chance < NEGLIGIBLE {
                continue;
            }
            let t = f64::midpoint(low, high);
            let after = t + x * (1.0 - t);
            // Votes of v = 0, and what one unit of v adds.
            let (none, unit) = (x * (1.0 - t) + xa * t, t * (1.0 - xa));
            let below = |edge: usize| {
                if edge == BINS {
                    return 1.0;
                }
                share.cdf((edge as f64 / BINS as f64 * after - none) / unit)
            };
            let mut last = 0.0;
            for row in 0..BINS {
                let next = below(row + 1);
                cells[row * BINS + bin] += chance * (next - last);
                last = next;
            }
        }
    }
    cells
}

/// Nodes of the part that is added, with weights that add up to 1.
fn nodes(kind: Kind, added_sd: f64) -> Vec<(f64, f64)> {
    let (start, sd) = match kind {
        Kind::Honest => return vec![(0.0, 1.0)],
        Kind::Some => (0.0, added_sd),
        // Four standard deviations.
        Kind::Most => (1.0 - 4.0 * LEFT, LEFT),
    };
    let node = |i: usize| {
        let x = start + (1.0 - start) * (i as f64 + 0.5) / NODES as f64;
        let distance = if kind == Kind::Most { 1.0 - x } else { x };
        (x, normal::pdf(distance / sd))
    };
    let mut nodes: Vec<(f64, f64)> = (0..NODES).map(node).collect();
    let total: f64 = nodes.iter().map(|n| n.1).sum();
    nodes.iter_mut().for_each(|n| n.1 /= total);
    nodes
}

/// Sums over turnout: the shares of stations in each bin of the share.
pub(super) fn by_share(cells: &[f64]) -> [f64; BINS] {
    std::array::from_fn(|row| cells[row * BINS..(row + 1) * BINS].iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Honest = Honest {
        turnout: 0.5,
        share: 0.4,
        turnout_sd: 0.08,
        share_sd: 0.07,
        added_sd: 0.5,
    };

    #[test]
    fn every_kind_adds_up_to_all_stations() {
        for kind in [Kind::Honest, Kind::Some, Kind::Most] {
            let total: f64 = cells(&AT, kind, 1.5).iter().sum();
            assert!((total - 1.0).abs() < 1e-7, "{kind:?}: {total}");
        }
    }

    #[test]
    fn honest_stations_are_two_independent_normal_laws() {
        let cells = cells(&AT, Kind::Honest, 2.0);
        let [t, v] = [(0.5, 0.08), (0.4, 0.07)].map(|(m, s)| Cut::new(m, s));
        let want = (t.cdf(0.56) - t.cdf(0.55)) * (v.cdf(0.36) - v.cdf(0.35));
        assert!((cells[35 * BINS + 55] - want).abs() < 1e-12);
        assert!((v.cdf(0.4) - 0.5).abs() < 1e-6);
    }
}
