//! The ridge of the posterior above every size of a class.

use glassurn_stats::{
    cholesky::{self, Matrix},
    quasi_newton::Summit,
};
use libm::{exp, log, sqrt};

use super::{
    climb::climb,
    curvature::differences,
    lighter::lighter,
    membership::Membership,
    parameters::{Form, MEANS, VARIANCES},
    posterior::Posterior,
    station::{Rules, Station},
};

/// Stations that the climbs along the path look at.
const CLIMBED: usize = 4_000;

/// A path ends this far below the highest point.
const DEEP: f64 = 5.0;

/// Odds, in stations, of the points of the path from an empty class up.
const STATIONS: [f64; 13] = [0.02, 0.3, 0.7, 1.2, 2.0, 3.0, 4.5, 6.5, 9.0, 13.0, 20.0, 30.0, 50.0];

/// A class of fewer stations at the top is on the path from an empty class.
const EMPTY: f64 = 1.5;

/// A climb along the path ends where a step promises less.
const GAIN: f64 = 0.05;

/// Whether the room that a class's own levels have changes along the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Hardly: enough stations are in the class.
    Same,
    /// It is measured at each point.
    Own,
}

/// Most points on one side.
const MOST: usize = 18;

/// Odds of a class that is large, as a logit.
const LARGE: f64 = -1.0;

/// The largest odds that a path looks at, as a logit.
const TOP: f64 = 6.0;

/// A point of the ridge.
#[derive(Debug, Clone)]
pub(super) struct Point {
    /// The held odds, as a logit.
    pub(super) logit: f64,
    /// Log posterior density of the odds, the other unknowns integrated out as a normal law.
    pub(super) log_density: f64,
    /// The chance of the class.
    pub(super) chance: f64,
    /// Expected votes added and moved by the class.
    pub(super) votes: [f64; 2],
    /// Their variances given the unknowns.
    pub(super) variances: [f64; 2],
}

/// A class whose size is held.
pub(super) struct Ridge<'a> {
    /// The posterior.
    pub(super) posterior: &'a Posterior<'a>,
    /// The integrals by which the way is found; how high it is, the posterior says.
    pub(super) quick: &'a Rules,
    /// Its top.
    pub(super) top: &'a Summit,
    /// Minus its curvature there.
    pub(super) curvature: &'a Matrix,
    /// Which class: 0 incremental, 1 extreme.
    pub(super) class: usize,
    /// The stations that the path looks at.
    way: Vec<Station>,
}

impl<'a> Ridge<'a> {
    /// Above the sizes of one class.
    pub(super) fn new(
        posterior: &'a Posterior<'a>,
        quick: &'a Rules,
        top: &'a Summit,
        curvature: &'a Matrix,
        class: usize,
    ) -> Self {
        let mut ridge = Ridge { posterior, quick, top, curvature, class, way: Vec::new() };
        ridge.way = ridge.few();
        ridge
    }

    /// Stations that stand for all; those that would be of the class if it were large are among them.
    fn few(&self) -> Vec<Station> {
        if self.posterior.stations.len() <= CLIMBED {
            return self.posterior.stations.to_vec();
        }
        let mut at = self.emptied();
        at[self.class] = LARGE;
        let way = Posterior { rules: self.quick, ..*self.posterior };
        lighter(self.posterior.stations, &way.memberships(&at), CLIMBED)
    }

    /// The points, by the odds: from the top both ways, and from an empty class up where that may be.
    pub(super) fn points(&self) -> Option<Vec<Point>> {
        if !self.may_be_empty() {
            return self.around_top(Room::Same);
        }
        let stations = exp(self.top.at[self.class]) * self.posterior.stations.len() as f64;
        if stations < EMPTY {
            return Some(self.above_nothing(f64::NEG_INFINITY));
        }
        let points = self.around_top(Room::Own)?;
        let highest = points.iter().map(|p| p.log_density).fold(f64::NEG_INFINITY, f64::max);
        Some(higher(points, self.above_nothing(highest)))
    }

    /// Steps of a part of a standard deviation until the ridge has dropped, or the class is empty.
    fn around_top(&self, room: Room) -> Option<Vec<Point>> {
        let column = cholesky::factor(self.curvature)?.inverse_column(self.class);
        let sd = sqrt(column[self.class]);
        let along: Vec<f64> = column.iter().map(|c| c / column[self.class]).collect();
        let step = sd.min(2.0) * if room == Room::Own { 0.7 } else { 0.9 };
        let centre = self.top.at[self.class];
        let mut points = Vec::new();
        let mut highest = f64::NEG_INFINITY;
        for side in [-1.0, 1.0] {
            let mut here = (self.top.at.clone(), self.curvature.clone());
            for i in (if side < 0.0 { 0 } else { 1 })..MOST {
                let logit = centre + side * step * i as f64;
                if logit < self.nothing() || logit > TOP {
                    break;
                }
                let by = logit - here.0[self.class];
                here.0.iter_mut().zip(&along).for_each(|(x, a)| *x += a * by);
                let Some(point) = self.settle(&mut here, logit, room) else { break };
                highest = highest.max(point.log_density);
                let deep = point.log_density < highest - DEEP;
                points.push(point);
                if deep {
                    break;
                }
            }
        }
        points.sort_by(|a, b| a.logit.total_cmp(&b.logit));
        Some(points)
    }

    /// From a class that no station is in upwards.
    fn above_nothing(&self, highest: f64) -> Vec<Point> {
        let n = self.posterior.stations.len() as f64;
        let mut here = (self.emptied(), self.curvature.clone());
        let mut highest = highest;
        let mut points = Vec::new();
        for stations in STATIONS {
            let logit = log(stations / n);
            let Some(point) = self.settle(&mut here, logit, Room::Own) else { continue };
            highest = highest.max(point.log_density);
            let deep = point.log_density < highest - DEEP;
            points.push(point);
            if deep {
                break;
            }
        }
        points
    }

    /// Odds that stand for an empty class.
    pub(super) fn nothing(&self) -> f64 {
        log(0.02 / self.posterior.stations.len() as f64)
    }

    /// The top with the class emptied: its levels are where their priors are highest.
    fn emptied(&self) -> Vec<f64> {
        let mut at = self.top.at.clone();
        at[self.class] = self.nothing();
        for place in own(self.class, self.posterior.form) {
            at[place] = if place < VARIANCES { 0.0 } else { log(0.2) };
        }
        at
    }

    /// Whether an empty class is not out of the question, by a part of the stations.
    fn may_be_empty(&self) -> bool {
        let few = &self.way;
        let thin = Posterior { stations: few, rules: self.quick, ..*self.posterior };
        let Some(empty) = climb(&thin, self.emptied(), None, Some(self.class), 0.1) else {
            return true;
        };
        thin.look(&self.top.at, &[]).value - empty.value < 30.0
    }

    /// Climbs with the odds held, and looks around; the place and the metric go on to the next point.
    fn settle(&self, here: &mut (Vec<f64>, Matrix), logit: f64, room: Room) -> Option<Point> {
        let (at, metric) = here;
        at[self.class] = logit;
        let metric_before = Some(metric.clone());
        let way = Posterior { stations: &self.way, rules: self.quick, ..*self.posterior };
        let summit = climb(&way, at.clone(), metric_before, Some(self.class), GAIN)?;
        (*at, *metric) = (summit.at, summit.metric);
        let here = Posterior { stations: &self.way, ..*self.posterior };
        let memberships = here.memberships(at);
        let volume = match room {
            Room::Own => self.volume(at, &memberships),
            Room::Same => 0.0,
        };
        let [votes, variances] = here.totals(&memberships)[self.class];
        let u = 1.0 / (1.0 + exp(-logit));
        Some(Point {
            logit,
            log_density: here.value(at, &memberships) - log(u * (1.0 - u)) + volume,
            chance: self.posterior.form.parameters(at).chances()[1 + self.class],
            votes,
            variances,
        })
    }

    /// Log of how much room the class's own levels have, up to a constant: only stations that may be of the class count.
    fn volume(&self, at: &[f64], memberships: &[Membership]) -> f64 {
        let places = own(self.class, self.posterior.form);
        let pairs = self.way.iter().zip(memberships);
        let few: Vec<Station> =
            pairs.filter(|(_, m)| m.chances[1 + self.class] > 1e-3).map(|(s, _)| *s).collect();
        let few = Posterior { stations: &few, rules: self.quick, ..*self.posterior };
        let around = differences(&few, at, &places);
        cholesky::factor(&around).map_or(0.0, |f| -f.log_determinant() / 2.0)
    }
}

/// Where a class's own levels stand.
fn own(class: usize, form: Form) -> Vec<usize> {
    let first = 2 + 2 * class;
    let means = [MEANS + first, MEANS + first + 1];
    match form {
        Form::Same => means.to_vec(),
        Form::Varying => means.into_iter().chain(means.map(|m| m + 6)).collect(),
    }
}

/// Both paths as one: at each point the higher.
fn higher(one: Vec<Point>, other: Vec<Point>) -> Vec<Point> {
    let above =
        |p: &Point, path: &[Point]| height(path, p.logit).is_none_or(|h| p.log_density >= h);
    let first: Vec<Point> = one.iter().filter(|p| above(p, &other)).cloned().collect();
    let second: Vec<Point> = other.into_iter().filter(|p| above(p, &one)).collect();
    let mut points: Vec<Point> = first.into_iter().chain(second).collect();
    points.sort_by(|a, b| a.logit.total_cmp(&b.logit));
    points.dedup_by(|a, b| (a.logit - b.logit).abs() < 1e-9);
    points
}

/// A path's height between its points; `None` beyond its ends.
fn height(path: &[Point], logit: f64) -> Option<f64> {
    let pair = path.windows(2).find(|w| w[0].logit <= logit && logit <= w[1].logit)?;
    let share = (logit - pair[0].logit) / (pair[1].logit - pair[0].logit);
    Some(pair[0].log_density + share * (pair[1].log_density - pair[0].log_density))
}
