//! S630: the share of invalid and blank ballots beside turnout and the margin.

use glassurn_model::{
    Caveat, Effect, Field, Finding, LeftOut, Measure, Outcome, Picture, Reason, Scope, Unit,
};
use glassurn_stats::ols;

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::{Ballots, Rules},
    caveat,
    inference::Line,
    neighbourhood::innermost,
    phrase::percent,
    slice::Tray,
};

#[doc = include_str!("invalid_share.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidShare {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations of a unit that stations are compared within.
    pub min_group: usize,
    /// Fewest units for errors by units.
    pub min_groups: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

const CODE: &str = "S630";

/// Classes of stations that are drawn, as many stations in each.
const CLASSES: usize = 12;

/// Everything the finding is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Level whose units stations are compared within, and how many units.
    pub level: Option<(String, usize)>,
    /// Name of the choice that the margin is over.
    pub other: Option<String>,
    /// Share of invalid and blank ballots, all taken together.
    pub share: f64,
    /// Invalid share on turnout, within units.
    pub turnout: Line,
    /// Invalid share on the margin, within units.
    pub margin: Option<Line>,
    /// Mean deviations of turnout and of the invalid share, class by class.
    pub classes: Vec<[f64; 2]>,
}

/// One station.
struct Station {
    at: Ballots,
    invalid: i64,
    margin: f64,
}

impl InvalidShare {
    /// Stations of a hundred voters or more; errors by units from ten units on.
    pub const DEFAULT: Self =
        InvalidShare { min_registered: 100, min_group: 5, min_groups: 10, min_stations: 50 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (all, mut left_out) = Rules::possible(self.min_registered).apply(slice)?;
        let mut tray = Tray::default();
        let other = rival(slice);
        let stations = self.stations(slice, all, other, &mut tray)?;
        left_out.extend(tray.empty());
        let used = stations.len();
        if used < self.min_stations.max(3) {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let turnout: Vec<f64> = stations.iter().map(|s| s.at.turnout()).collect();
        let margin: Vec<f64> = stations.iter().map(|s| s.margin).collect();
        let invalid: Vec<f64> =
            stations.iter().map(|s| s.invalid as f64 / s.at.cast as f64).collect();
        let ballots: Vec<Ballots> = stations.iter().map(|s| s.at).collect();
        let found = innermost(slice, ballots.iter().map(|s| s.row), self.min_group).ok();
        let units = found.as_ref().map(|(_, of)| of.as_slice());
        let within = |v: &[f64]| units.map_or_else(|| centred(v), |of| ols::demean(v, of));
        let [x, m, y] = [&turnout, &margin, &invalid].map(|v| within(v));
        let count = units.map_or(1, distinct);
        let line = |x: &[f64]| Line::fit(x, &y, units, self.min_groups, count - 1);
        let sum = |of: &dyn Fn(&Station) -> i64| stations.iter().map(|s| of(s) as f64).sum::<f64>();
        Ok(Figures {
            used,
            left_out,
            level: found.as_ref().map(|(level, _)| (level.clone(), count)),
            other: other.map(|o| slice.contest().choices[o].name.clone()),
            share: sum(&|s| s.invalid) / sum(&|s| s.at.cast),
            turnout: line(&x).ok_or(Reason::Constant)?,
            margin: other.and_then(|_| line(&m)),
            classes: classes(&x, &y),
        })
    }

    /// The stations with their invalid ballots and margin.
    fn stations(
        &self,
        slice: &Slice<'_>,
        all: Vec<Ballots>,
        other: Option<usize>,
        tray: &mut Tray,
    ) -> Result<Vec<Station>, Reason> {
        let contest = slice.contest();
        let invalid = contest.field(Field::Invalid)?;
        contest.field(Field::Cast)?;
        let blank = contest.field(Field::Blank).ok();
        let rival = other.and_then(|o| contest.choices.get(o));
        let figure = |c: &glassurn_model::Column, row: u32| c.values.get(row as usize).copied().flatten();
        let one = |at: &Ballots| -> Result<Station, Reason> {
            let own = figure(invalid, at.row).ok_or(Reason::Missing)?;
            let blank = blank.map_or(Some(0), |b| figure(b, at.row)).ok_or(Reason::Missing)?;
            let rival = rival.map_or(Some(0), |r| figure(r, at.row)).ok_or(Reason::Missing)?;
            if own.min(blank).min(rival) < 0 {
                return Err(Reason::Below { what: "ballots", minimum: 0 });
            }
            let invalid = own.saturating_add(blank);
            if invalid.max(rival) > at.cast {
                let maximum = "the ballots cast".to_owned();
                return Err(Reason::Above { what: "invalid ballots or votes", maximum });
            }
            Ok(Station { at: *at, invalid, margin: (at.votes - rival) as f64 / at.cast as f64 })
        };
        let mut stations = Vec::with_capacity(all.len());
        for at in &all {
            match one(at) {
                Ok(station) => stations.push(station),
                Err(why) => tray.put(why),
            }
        }
        if stations.iter().all(|s| s.invalid == 0) && !stations.is_empty() {
            return Err(Reason::Constant);
        }
        Ok(stations)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        let tenth = |v: f64| v / 10.0;
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: figures.measures(),
            p: None,
            effect: Effect {
                name: "share of invalid and blank ballots for ten points of turnout more".to_owned(),
                value: tenth(figures.turnout.slope.value),
                unit: Unit::Points,
                interval: Some(figures.turnout.slope.interval().map(tenth)),
                stations: None,
                votes: None,
            },
            plain: figures.plain(),
            pictures: figures.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Screen for InvalidShare {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "invalid-share",
            title: "Invalid ballots, turnout and margin",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("invalid_share.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

/// The strongest choice beside the one in focus.
fn rival(slice: &Slice<'_>) -> Option<usize> {
    let choices = slice.contest().choices.iter().enumerate();
    let others = choices.filter(|(i, _)| Some(*i) != slice.choice);
    let total = |c: &glassurn_model::Column| {
        c.values.iter().flatten().fold(0_i128, |sum, v| sum + i128::from(*v))
    };
    others.max_by_key(|(i, c)| (total(c), std::cmp::Reverse(*i))).map(|(i, _)| i)
}

/// Values less their mean.
fn centred(values: &[f64]) -> Vec<f64> {
    ols::demean(values, &vec![0; values.len()])
}

/// How many groups there are.
fn distinct(groups: &[u32]) -> usize {
    let mut all = groups.to_vec();
    all.sort_unstable();
    all.dedup();
    all.len().max(1)
}

/// Means of classes of as many stations each, ordered by x.
fn classes(x: &[f64], y: &[f64]) -> Vec<[f64; 2]> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]).then(a.cmp(b)));
    let mean = |part: &[usize], of: &[f64]| part.iter().map(|i| of[*i]).sum::<f64>() / part.len() as f64;
    let size = order.len().div_ceil(CLASSES).max(1);
    order.chunks(size).map(|part| [mean(part, x), mean(part, y)]).collect()
}

impl Figures {
    /// The units that stations are compared within, in words.
    fn within(&self) -> String {
        self.level.as_ref().map_or_else(|| "all stations".to_owned(), |(level, _)| format!("the same {level}"))
    }

    fn measures(&self) -> Vec<Measure> {
        let plain = Measure::plain;
        let mut measures = vec![
            plain("invalid share on turnout, slope within units", "b_t", self.turnout.slope.value, Unit::None)
                .with_sd(Some(self.turnout.slope.se)),
            plain("correlation of invalid share and turnout within units", "r_t", self.turnout.correlation, Unit::None),
        ];
        if let (Some(line), Some(other)) = (&self.margin, &self.other) {
            let name = format!("invalid share on the margin over {other}, slope within units");
            measures.push(Measure::plain(name, "b_m", line.slope.value, Unit::None).with_sd(Some(line.slope.se)));
            let name = "correlation of invalid share and margin within units";
            measures.push(plain(name, "r_m", line.correlation, Unit::None));
        }
        measures.push(plain("share of invalid and blank ballots", "s", self.share, Unit::Share));
        if let Some((_, units)) = &self.level {
            measures.push(plain("units that stations are compared within", "G", *units as f64, Unit::None));
        }
        measures
    }

    fn plain(&self) -> String {
        let tenth = |line: &Line| {
            let points = |v: f64| format!("{:+.2}", 10.0 * v).replace('-', "−");
            let [low, high] = line.slope.interval().map(points);
            format!("it changes by {} points (95 % interval {low} to {high})", points(line.slope.value))
        };
        let margin = self.margin.as_ref().zip(self.other.as_ref()).map(|(line, other)| {
            format!("; where the margin over {other} is ten points higher, {}", tenth(line))
        });
        format!(
            "The share of invalid and blank ballots is {}. Beside the other stations of {}, where turnout is ten \
             points higher, {}{}.",
            percent(self.share, 2),
            self.within(),
            tenth(&self.turnout),
            margin.unwrap_or_default(),
        )
    }

    fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        if slice.scope != Scope::Whole {
            return Vec::new();
        }
        let of = |k: usize| self.classes.iter().map(|c| 100.0 * c[k]).collect::<Vec<f64>>();
        let line = |x: &f64| x * self.turnout.slope.value;
        vec![Picture::Lines {
            title: "Invalid and blank ballots beside turnout, inside units".to_owned(),
            x: format!("turnout less that of {}, points", self.within()),
            y: format!("invalid share less that of {}, points", self.within()),
            at: of(0),
            series: vec![
                ("means of classes of stations".to_owned(), of(1)),
                ("line".to_owned(), of(0).iter().map(line).collect()),
            ],
        }]
    }
}
