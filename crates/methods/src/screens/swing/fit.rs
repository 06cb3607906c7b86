//! The regression of this share on the earlier one, and how far each station lies from it.

use glassurn_model::{LeftOut, Reason};
use glassurn_stats::{binomial, logit_normal::logistic, multiple, normal, robust, student};

use super::Swing as Settings;
use crate::pairs::{Pair, Pairs, Predecessor};
use crate::{Slice, neighbourhood::innermost, slice::Tray};

/// The level at which a station is listed, over all stations.
const LISTED: f64 = 0.05;
/// Where fewer votes and other votes than this are expected, a normal law of the logit is too rough.
const ROUGH: f64 = 50.0;

/// A station beside the swing of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Its figures.
    pub pair: Pair,
    /// Share that the others lead one to expect.
    pub expected: f64,
    /// Residual of the fit without it, in its standard deviations.
    pub studentised: f64,
    /// Standard deviation of its share around the expected one.
    pub sd: f64,
    /// p-value of its own.
    pub p: f64,
    /// The same, adjusted for all stations (Benjamini-Hochberg).
    pub adjusted: f64,
}

impl Station {
    /// Whether it lies further out than so many stations do by chance.
    pub fn is_listed(&self) -> bool {
        self.adjusted <= LISTED
    }

    /// Votes beyond what the swing gives.
    pub fn beyond(&self) -> f64 {
        self.pair.now.votes as f64 - self.expected * self.pair.now.cast as f64
    }
}

/// Every station beside the swing.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The stations.
    pub stations: Vec<Station>,
    /// The earlier choice.
    pub predecessor: Predecessor,
    /// Level of the units with effects of their own, and how many there are.
    pub level: String,
    /// How many units.
    pub groups: usize,
    /// Slopes on the logits of the earlier share and turnout.
    pub slopes: [f64; 2],
    /// Standard deviation between stations beyond chance, on the logit scale.
    pub spread: f64,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
}

impl Swing {
    pub(super) fn of(set: &Settings, slice: &Slice<'_>, pairs: Pairs) -> Result<Swing, Reason> {
        let Pairs { all, predecessor, left_out } = pairs;
        let (level, of) = innermost(slice, all.iter().map(|p| p.now.row), set.min_group)?;
        let mut tray = Tray::with(left_out);
        let (all, group, groups) = large_units(set, all, &of, &mut tray);
        if all.len() < set.min_stations {
            return Err(Reason::TooFew { used: all.len(), needed: set.min_stations });
        }
        let y: Vec<f64> = all.iter().map(|p| logit(p.now.votes, p.now.cast)).collect();
        let before = |p: &Pair| [logit(p.then.votes, p.then.cast), logit(p.then.issued, p.then.registered)];
        let x: Vec<[f64; 2]> = all.iter().map(before).collect();
        let data = robust::Data { y: &y, x: &x, group: &group };
        let fit = robust::fit(data, |i, at, slopes| noise(&all[i], at, slopes)).ok_or(Reason::Constant)?;
        let mut stations: Vec<Station> =
            all.iter().zip(&fit.points).zip(&y).map(|((pair, point), y)| station(pair, point, *y, fit.df)).collect();
        let p: Vec<f64> = stations.iter().map(|s| s.p).collect();
        for (s, q) in stations.iter_mut().zip(multiple::benjamini_hochberg(&p)) {
            s.adjusted = q;
        }
        let spread = fit.tau2.sqrt();
        let left_out = tray.empty();
        Ok(Swing { stations, predecessor, level, groups, slopes: fit.slopes, spread, left_out })
    }

    /// How many stations are listed above and below the swing.
    pub fn listed(&self) -> [usize; 2] {
        let count = |up: bool| {
            self.stations.iter().filter(|s| s.is_listed() && (s.studentised > 0.0) == up).count()
        };
        [count(true), count(false)]
    }

    /// Votes beyond the swing at the listed stations, and their standard deviation.
    pub fn votes_beyond(&self) -> (f64, f64) {
        let listed = self.stations.iter().filter(|s| s.is_listed());
        let (votes, variance) = listed.fold((0.0, 0.0), |(votes, variance), s| {
            let sd = s.sd * s.pair.now.cast as f64;
            (votes + s.beyond(), variance + sd * sd)
        });
        (votes, variance.sqrt())
    }
}

/// The pairs in units of enough stations, with their units numbered anew.
fn large_units(set: &Settings, all: Vec<Pair>, of: &[u32], tray: &mut Tray) -> (Vec<Pair>, Vec<usize>, usize) {
    let units = of.iter().max().map_or(0, |m| *m as usize + 1);
    let mut sizes = vec![0_usize; units];
    of.iter().for_each(|g| sizes[*g as usize] += 1);
    let mut number = vec![None; units];
    let (mut kept, mut group, mut next) = (Vec::with_capacity(all.len()), Vec::new(), 0);
    for (pair, unit) in all.into_iter().zip(of) {
        let unit = *unit as usize;
        if sizes[unit] < set.min_group.max(2) {
            let minimum = i64::try_from(set.min_group).unwrap_or(i64::MAX);
            tray.put(Reason::Below { what: "stations in the unit", minimum });
            continue;
        }
        let of = *number[unit].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        kept.push(pair);
        group.push(of);
    }
    (kept, group, next)
}

/// The logit of a part among a whole, half a vote added on both sides.
fn logit(part: i64, whole: i64) -> f64 {
    libm::log((part as f64 + 0.5) / ((whole - part) as f64 + 0.5))
}

/// p (1 − p), no less than half a vote gives.
fn spread(share: f64, whole: i64) -> f64 {
    let least = 0.5 / (whole as f64 + 1.0);
    let share = share.clamp(least, 1.0 - least);
    share * (1.0 - share)
}

/// Chance in a station's logit: of its own votes, and of those it is predicted from.
fn noise(pair: &Pair, at: f64, slopes: &[f64; 2]) -> f64 {
    let chance = |share: f64, whole: i64| 1.0 / (whole as f64 * spread(share, whole));
    let then = pair.then;
    chance(logistic(at), pair.now.cast)
        + slopes[0] * slopes[0] * chance(then.share(), then.cast)
        + slopes[1] * slopes[1] * chance(then.turnout(), then.registered)
}

fn station(pair: &Pair, point: &robust::Point, y: f64, df: f64) -> Station {
    let at = y - point.apart;
    let expected = logistic(at);
    let cast = pair.now.cast;
    let slope = spread(expected, cast);
    let studentised = point.studentised();
    let mut p = student::two_sided(studentised, df);
    if p < 0.01 && cast as f64 * slope < ROUGH {
        let own = 1.0 / (cast as f64 * slope);
        p = p.max(counted(pair, at, (point.variance - own).max(0.0)));
    }
    let sd = slope * point.variance.sqrt();
    Station { pair: *pair, expected, studentised, sd, p, adjusted: 1.0 }
}

/// Two-sided p of the votes under a binomial law whose logit is normal, by the midpoint rule.
fn counted(pair: &Pair, at: f64, variance: f64) -> f64 {
    const STEP: f64 = 0.1;
    let (votes, cast) = (pair.now.votes.unsigned_abs(), pair.now.cast.unsigned_abs());
    let sd = variance.sqrt();
    let (mut lower, mut upper) = (0.0, 0.0);
    for i in -80..=80 {
        let z = f64::from(i) * STEP;
        let share = logistic(at + sd * z);
        lower += STEP * normal::pdf(z) * binomial::cdf(votes, cast, share);
        upper += STEP * normal::pdf(z) * binomial::sf(votes, cast, share);
    }
    (2.0 * f64::min(lower, upper)).min(1.0)
}
