//! The likelihood of a station's votes, by how large a part of the others is left.
//!
//! It is an integral over one logit, and the outer integrals want it at dozens of places. It is smooth in the place, so it
//! is integrated at few and read off a polynomial between them.

use glassurn_stats::{
    chebyshev::{Curves, Points},
    elementary::{exp, log},
    logit_normal::{Integral, Kernel, Law},
};
use libm::sqrt;

use super::station::{Inner, Station};

/// Places at which the integral is done.
const KNOWN: usize = 9;

/// Fewer places than this are done one by one; and more than this where points were asked for, by which exactness is wanted.
const MANY: usize = 16;
const EXACT: usize = 100;

/// A polynomial over a longer way, in the logarithm of the place, is not trusted.
const LONG: f64 = 3.0;

/// Standard deviations of the count below where the counts lie: from there the logarithm is taken, and from there on the
/// polynomial is trusted.
const BELOW: f64 = 4.0;
const LEAST: f64 = 0.5;

/// The integrals of one station and class.
pub(super) struct Votes<'a> {
    station: &'a Station,
    law: Law,
    inner: &'a Inner,
    read: Option<Read>,
}

/// Polynomials in x, where log(scale − shift) = middle + half x.
struct Read {
    shift: f64,
    least: f64,
    middle: f64,
    half: f64,
    curves: Curves<KNOWN, 4>,
}

impl<'a> Votes<'a> {
    /// For the places that will be asked for.
    pub(super) fn over(
        station: &'a Station,
        law: Law,
        inner: &'a Inner,
        points: &Points<KNOWN>,
        scales: impl Iterator<Item = f64>,
    ) -> Self {
        let mut votes = Votes { station, law, inner, read: None };
        votes.read = votes.through(points, scales);
        votes
    }

    fn through(&self, points: &Points<KNOWN>, scales: impl Iterator<Item = f64>) -> Option<Read> {
        let others = self.station.others();
        let below =
            |sds: f64| others * (1.0 - sds / sqrt(others * self.station.registered)).max(0.0);
        let (shift, least) = (below(BELOW), below(LEAST));
        let (mut low, mut high, mut count) = (f64::INFINITY, 0.0_f64, 0);
        for scale in scales.filter(|&s| s > least) {
            (low, high, count) = (low.min(scale), high.max(scale), count + 1);
        }
        let exact = matches!(self.inner, Inner::Points(_)) && count > EXACT;
        if count < MANY || exact {
            return None;
        }
        let ends = [log(low - shift), log(high - shift)];
        let (middle, half) = ((ends[0] + ends[1]) / 2.0, (ends[1] - ends[0]).max(1e-6) / 2.0);
        if 2.0 * half > LONG {
            return None;
        }
        let mut near = None;
        let known = points.at.map(|x| {
            let (integral, mode) = self.integrate(shift + exp(middle + half * x), near);
            near = Some(mode);
            [integral.log, integral.along_mean, integral.along_variance, integral.complement]
        });
        known.iter().flatten().all(|v| v.is_finite()).then(|| Read {
            shift,
            least: low.min(high),
            middle,
            half,
            curves: points.through(&known),
        })
    }

    fn integrate(&self, scale: f64, near: Option<f64>) -> (Integral, f64) {
        let kernel: Kernel = self.station.withholding(scale);
        self.inner.integrate(&kernel, self.law, near)
    }

    /// The integral at one place.
    pub(super) fn at(&self, scale: f64) -> Integral {
        match &self.read {
            Some(read) if scale >= read.least => read.at(scale),
            _ => self.integrate(scale, None).0,
        }
    }
}

impl Read {
    fn at(&self, scale: f64) -> Integral {
        let x = (log(scale - self.shift) - self.middle) / self.half;
        let [log, along_mean, along_variance, complement] = self.curves.at(x);
        Integral { log, along_mean, along_variance, complement }
    }
}

/// The points of the polynomials.
pub(super) type Known = Points<KNOWN>;
