//! How far each station lies from what its neighbours lead one to expect.

use glassurn_stats::{
    logit_normal::logistic,
    multiple,
    robust::{self, Line, Tails},
};
use rayon::prelude::*;

use crate::{
    ballots::Rate,
    neighbours::{Site, Sites},
};

/// Most classes of distance.
const CLASSES: usize = 10;

/// A station beside its neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// The station.
    pub site: Site,
    /// The rate that the neighbours lead one to expect.
    pub expected: f64,
    /// Distance of the log odds from it, in standard deviations.
    pub apart: f64,
    /// P(a distance at least as large), two-sided.
    pub p: f64,
    /// The same after adjustment over the stations (Benjamini and Hochberg).
    pub adjusted: f64,
}

impl Beside {
    /// Votes (or ballots) beyond the expected ones.
    pub fn beyond(&self) -> f64 {
        self.site.part as f64 - self.site.whole as f64 * self.expected
    }
}

/// All stations beside their neighbours, in one rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// The rate.
    pub rate: Rate,
    /// The stations and their neighbours.
    pub sites: Sites,
    /// Each station that has a neighbour.
    pub beside: Vec<Beside>,
    /// The line of each class, the nearest neighbours first.
    pub lines: Vec<Line>,
    /// The law of the distances.
    pub tails: Tails,
}

impl Apart {
    /// Fits a line in each class of distance to the neighbours, and one law of distances from it.
    pub(super) fn of(rate: Rate, sites: Sites, min_class: usize) -> Option<Self> {
        let own: Vec<f64> = sites.all.iter().map(Site::log_odds).collect();
        let medians = sites.neighbours.medians(&own);
        let classes = classes(&sites, &medians, min_class);
        let fitted: Vec<Option<Line>> = classes
            .par_iter()
            .map(|class| {
                let of = |f: &dyn Fn(usize) -> f64| class.iter().map(|i| f(*i)).collect::<Vec<f64>>();
                let middle = of(&|i| medians[i].unwrap_or(0.0));
                robust::line(&middle, &of(&|i| own[i]), &of(&|i| sites.all[i].chance()))
            })
            .collect();
        let lines: Vec<Line> = fitted.into_iter().collect::<Option<_>>()?;
        let mut beside = Vec::with_capacity(own.len());
        for (class, line) in classes.iter().zip(&lines) {
            for (&i, &apart) in class.iter().zip(&line.residuals) {
                let middle = medians[i].unwrap_or(0.0);
                let expected = logistic(line.intercept + line.slope * middle);
                beside.push(Beside { site: sites.all[i], expected, apart, p: 1.0, adjusted: 1.0 });
            }
        }
        beside.sort_by_key(|b| b.site.row);
        let distances: Vec<f64> = beside.iter().map(|b| b.apart).collect();
        let tails = robust::tails(&distances)?;
        beside.par_iter_mut().for_each(|b| b.p = tails.two_sided(b.apart));
        let p: Vec<f64> = beside.iter().map(|b| b.p).collect();
        for (b, adjusted) in beside.iter_mut().zip(multiple::benjamini_hochberg(&p)) {
            b.adjusted = adjusted;
        }
        Some(Apart { rate, sites, beside, lines, tails })
    }

    /// The stations that stand out at this share of false discoveries.
    pub fn outliers(&self, level: f64) -> Vec<&Beside> {
        self.beside.iter().filter(|b| b.adjusted <= level).collect()
    }

    /// The smallest adjusted p: Simes' test that no station lies apart.
    pub fn smallest(&self) -> f64 {
        self.beside.iter().map(|b| b.adjusted).fold(1.0, f64::min)
    }
}

/// The stations with neighbours, parted by the distance of the farthest of these: where neighbours live far away
/// they say less. Equal distances are never parted.
fn classes(sites: &Sites, medians: &[Option<f64>], min_class: usize) -> Vec<Vec<usize>> {
    let with: Vec<usize> = (0..medians.len()).filter(|i| medians[*i].is_some()).collect();
    let reach = sites.reaches();
    let mut sorted: Vec<f64> = with.iter().map(|i| reach[*i]).collect();
    sorted.sort_by(f64::total_cmp);
    let parts = (with.len() / min_class.max(1)).clamp(1, CLASSES);
    let mut cuts: Vec<f64> = (1..parts).map(|k| sorted[k * sorted.len() / parts]).collect();
    cuts.dedup();
    let mut classes = vec![Vec::new(); cuts.len() + 1];
    for i in with {
        classes[cuts.partition_point(|c| *c < reach[i])].push(i);
    }
    classes.retain(|c| !c.is_empty());
    merged(classes, min_class)
}

/// Classes that are too small go with the one before.
fn merged(classes: Vec<Vec<usize>>, min_class: usize) -> Vec<Vec<usize>> {
    let mut merged: Vec<Vec<usize>> = Vec::new();
    for class in classes {
        match merged.last_mut() {
            Some(last) if last.len() < min_class || class.len() < min_class => last.extend(class),
            _ => merged.push(class),
        }
    }
    merged
}
