//! Where the levels of a station lie in a class with additions, roughly: the centre of the outer integrals.

use glassurn_stats::{
    elementary::log,
    logit_normal::{Law, logistic},
};

use super::{
    parameters::Class,
    station::{Station, spread},
};

/// Centre and spread of the logits of added and moved votes given the counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    /// Added votes.
    pub(super) added: f64,
    /// Their spread.
    pub(super) added_sd: f64,
    moved: f64,
    slope: f64,
    /// Spread of moved votes where added ones are known.
    pub(super) moved_sd: f64,
}

/// Gauss-Newton steps.
const STEPS: usize = 12;

/// The logits of the chances of the two counts, and their slopes along the four logits. A count is nearer to normal on that
/// scale where it is small.
struct Linear {
    logits: [f64; 2],
    slopes: [[f64; 4]; 2],
}

impl Peak {
    /// Steps of Gauss and Newton for four normal logits seen through two counts; `None` where more abstained than
    /// the class can leave.
    pub(super) fn find(station: &Station, class: &Class, laws: &[Law; 4]) -> Option<Self> {
        let room = (1.0 - station.abstention() - class.base) / class.span;
        if room <= 0.0 {
            return None;
        }
        let most = if room < 1.0 { log(0.98 * room / (1.0 - 0.98 * room)) } else { f64::INFINITY };
        let seen = observed(station).map(logit);
        let mut z = laws.map(|l| l.mean);
        z[2] = z[2].min(most);
        let mut gains = [[0.0; 4]; 2];
        let mut slopes = [[0.0; 4]; 2];
        for _ in 0..STEPS {
            let at = linear(station, class, &z);
            slopes = at.slopes;
            gains = gain(station, laws, &slopes);
            let off = |i: usize| {
                let before: f64 = (0..4).map(|j| at.slopes[i][j] * (z[j] - laws[j].mean)).sum();
                seen[i] - at.logits[i] + before
            };
            let off = [off(0), off(1)];
            let mut largest: f64 = 0.0;
            for j in 0..4 {
                let next = laws[j].mean + gains[0][j] * off[0] + gains[1][j] * off[1];
                let step = (next - z[j]).clamp(-1.5, 1.5);
                z[j] += step;
                largest = largest.max(step.abs());
            }
            z[2] = z[2].min(most);
            if largest < 0.01 {
                break;
            }
        }
        Some(Self::around(&z, laws, &gains, &slopes))
    }

    /// With the covariances V − G J V of the linear problem at the peak.
    fn around(
        z: &[f64; 4],
        laws: &[Law; 4],
        gains: &[[f64; 4]; 2],
        slopes: &[[f64; 4]; 2],
    ) -> Self {
        let covariance = |i: usize, j: usize| {
            let own = if i == j { laws[i].variance } else { 0.0 };
            let seen: f64 = (0..2).map(|o| gains[o][i] * slopes[o][j]).sum();
            own - seen * laws[j].variance
        };
        let least = |j: usize| 1e-6 * laws[j].variance;
        let added = covariance(2, 2).max(least(2));
        let both = covariance(3, 2);
        let moved = (covariance(3, 3) - both * both / added).max(least(3));
        Peak {
            added: z[2],
            added_sd: spread(added),
            moved: z[3],
            slope: both / added,
            moved_sd: spread(moved),
        }
    }

    /// The centre of moved votes where added ones are known.
    pub(super) fn moved_at(&self, added: f64) -> f64 {
        self.moved + self.slope * (added - self.added)
    }
}

/// The shares counted, drawn in from 0 and 1.
fn observed(station: &Station) -> [f64; 2] {
    [station.abstained, station.registered - station.votes]
        .map(|count| (count + 0.5) / (station.registered + 1.0))
}

fn logit(p: f64) -> f64 {
    log(p / (1.0 - p))
}

/// The chances of the counts with these logits, and how it moves with them.
fn linear(station: &Station, class: &Class, z: &[f64; 4]) -> Linear {
    let [away, others] = [logistic(-z[0]), logistic(-z[1])];
    let part = |x: f64| (logistic(x), class.span * logistic(x) * logistic(-x));
    let ((m, dm), (s, ds)) = (part(z[2]), part(z[3]));
    let (left, kept) = (1.0 - class.base - class.span * m, 1.0 - class.base - class.span * s);
    let x = station.abstention();
    let honest = (1.0 - x / left).max(1e-3);
    let chances = [left * away, x + honest * kept * others].map(|p| p.clamp(1e-9, 1.0 - 1e-9));
    let [a, b] = chances.map(|p| 1.0 / (p * (1.0 - p)));
    Linear {
        logits: chances.map(logit),
        slopes: [
            [-a * left * away * (1.0 - away), 0.0, -a * dm * away, 0.0],
            [
                0.0,
                -b * honest * kept * others * (1.0 - others),
                -b * x * dm / (left * left) * kept * others,
                -b * honest * ds * others,
            ],
        ],
    }
}

/// V Jᵀ (J V Jᵀ + R)⁻¹, one row for each count.
fn gain(station: &Station, laws: &[Law; 4], slopes: &[[f64; 4]; 2]) -> [[f64; 4]; 2] {
    let product = |a: usize, b: usize| -> f64 {
        (0..4).map(|j| slopes[a][j] * laws[j].variance * slopes[b][j]).sum()
    };
    let noise = observed(station).map(|r| 1.0 / (r * (1.0 - r) * station.registered));
    let (aa, bb, ab) = (product(0, 0) + noise[0], product(1, 1) + noise[1], product(0, 1));
    let determinant = aa * bb - ab * ab;
    let row = |a: f64, b: f64| {
        std::array::from_fn(|j| {
            laws[j].variance * (slopes[0][j] * a + slopes[1][j] * b) / determinant
        })
    };
    [row(bb, -ab), row(-ab, aa)]
}
