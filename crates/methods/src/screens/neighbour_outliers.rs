//! S720 neighbour-outliers.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Scope, Unit};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::Rate,
    caveat,
    distances::Drawing,
    neighbours::Rules,
    phrase::{chance, count, number, percent},
};

mod apart;

pub use apart::{Apart, Beside};

#[doc = include_str!("neighbour_outliers.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeighbourOutliers {
    /// How many of the nearest stations are neighbours.
    pub nearest: usize,
    /// Fewest ballots (for turnout: voters) of a station used.
    pub min_whole: i64,
    /// Fewest stations for an answer.
    pub min_sites: usize,
    /// Fewest stations of a class of distance; there are at most ten.
    pub min_class: usize,
    /// Share of false discoveries among the stations listed.
    pub level: f64,
}

const CODE: &str = "S720";

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The share, and the turnout where there is one.
    pub rates: Vec<Apart>,
}

impl NeighbourOutliers {
    /// The eight nearest stations, and one false discovery in twenty.
    pub const DEFAULT: Self = NeighbourOutliers {
        nearest: 8,
        min_whole: 50,
        min_sites: 100,
        min_class: 200,
        level: 0.05,
    };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let share = self.apart(slice, Rate::Share)?;
        let turnout = self.apart(slice, Rate::Turnout).ok();
        Ok(Figures { rates: [share].into_iter().chain(turnout).collect() })
    }

    fn apart(&self, slice: &Slice<'_>, rate: Rate) -> Result<Apart, Reason> {
        let rules = Rules {
            grain: crate::neighbours::Grain::Stations,
            nearest: self.nearest,
            min_whole: self.min_whole,
            min_group: 2,
            min_sites: self.min_sites,
        };
        Apart::of(rate, rules.sites(slice, rate)?, self.min_class).ok_or(Reason::Constant)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let Figures { rates } = self.figures(slice)?;
        let share = &rates[0];
        let outliers = share.outliers(self.level);
        let votes: f64 = outliers.iter().map(|b| b.beyond()).sum();
        let mut caveats = caveat::of(share.sites.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: share.sites.used,
            measures: rates.iter().flat_map(|a| measures(a, self.level)).collect(),
            p: None,
            effect: Effect {
                name: format!("{} apart from their neighbours in share", share.sites.grain.name()),
                value: outliers.len() as f64,
                unit: Unit::Stations,
                interval: None,
                stations: Some(outliers.len() as f64),
                votes: Some(votes),
            },
            plain: plain(&rates, self.level, votes),
            pictures: pictures(&rates, slice),
            stations: listed(&rates, self.level),
            caveats,
            left_out: share.sites.left_out.clone(),
        })
    }
}

impl Screen for NeighbourOutliers {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "neighbour-outliers",
            title: "Stations beside the nearest",
            family: Family::Space,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("neighbour_outliers.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(apart: &Apart, level: f64) -> Vec<Measure> {
    let [k, p, r, b, s, df, n] = match apart.rate {
        Rate::Share => ["m_v", "p_v", "r_v", "b_v", "τ_v", "ν_v", "n_v"],
        Rate::Turnout => ["m_t", "p_t", "r_t", "b_t", "τ_t", "ν_t", "n_t"],
    };
    let plain = |name: &str, symbol, value, unit| {
        Measure::plain(format!("{name}, {}", apart.rate.name()), symbol, value, unit)
    };
    let grain = apart.sites.grain.name();
    let largest = apart.beside.iter().map(|b| b.apart.abs()).fold(0.0, f64::max);
    let middle = &apart.lines[apart.lines.len() / 2];
    vec![
        plain(
            &format!("{grain} apart, false discoveries kept to {}", percent(level, 0)),
            k,
            apart.outliers(level).len() as f64,
            Unit::Stations,
        ),
        plain("smallest p, adjusted for their number", p, apart.smallest(), Unit::None),
        plain("largest distance, in standard deviations", r, largest, Unit::None),
        plain("slope on the neighbours' median", b, middle.slope, Unit::None),
        plain("standard deviation beyond chance, log odds", s, middle.variance.sqrt(), Unit::None),
        plain("degrees of freedom of the tails", df, apart.tails.df, Unit::None),
        plain(grain, n, apart.beside.len() as f64, Unit::Stations),
    ]
}

fn plain(rates: &[Apart], level: f64, votes: f64) -> String {
    let one = |a: &Apart| {
        format!(
            "{} of {} in {} (smallest p, adjusted for their number: {})",
            count(a.outliers(level).len()),
            count(a.beside.len()),
            a.rate.name(),
            chance(a.smallest()),
        )
    };
    let all: Vec<String> = rates.iter().map(one).collect();
    let more = if votes < 0.0 { "fewer" } else { "more" };
    let outliers = rates[0].outliers(level).len();
    let votes = match outliers {
        0 => String::new(),
        _ => format!(
            " Those apart in share have {} votes {more} than their neighbours lead one to expect.",
            number(votes.abs())
        ),
    };
    format!(
        "{} that lie apart from their neighbours by more than such {} do: {}.{votes}",
        rates[0].sites.grain.title(),
        rates[0].sites.grain.name(),
        all.join(" and "),
    )
}

/// Width of a bar, and how far they go.
const BAR: f64 = 0.25;
const BARS: usize = 64;

fn pictures(rates: &[Apart], slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    rates.iter().map(picture).collect()
}

fn picture(apart: &Apart) -> Picture {
    let title = format!("Distance of {} from their neighbours in {}", apart.sites.grain.name(), apart.rate.name());
    let distances: Vec<f64> = apart.beside.iter().map(|b| b.apart).collect();
    let drawing = Drawing { title, width: BAR, bars: BARS };
    drawing.of(&distances, |x| apart.tails.cdf(x))
}

/// The stations that lie farthest apart in either rate.
fn listed(rates: &[Apart], level: f64) -> Vec<(u32, String)> {
    let mut all: Vec<(&Beside, Rate)> = Vec::new();
    for apart in rates {
        all.extend(apart.outliers(level).into_iter().map(|b| (b, apart.rate)));
    }
    all.sort_by(|a, b| a.0.p.total_cmp(&b.0.p).then(a.0.site.row.cmp(&b.0.site.row)));
    let say = |(b, rate): &(&Beside, Rate)| {
        let (own, expected) = (percent(b.site.rate(), 1), percent(b.expected, 1));
        (b.site.row, format!("{} {own}, where its neighbours lead one to expect {expected}", rate.name()))
    };
    all.iter().take(20).map(say).collect()
}
