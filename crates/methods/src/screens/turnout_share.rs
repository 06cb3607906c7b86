//! S310 turnout-share.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Scope, Unit,
};
use glassurn_stats::ols;

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::{self, Ballots, Rules},
    caveat,
    inference::Line,
    phrase, turnout_bins,
};

#[doc = include_str!("turnout_share.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnoutShare {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest groups for standard errors by groups.
    pub min_groups: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// The lines of share on turnout.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// How many groups there are; none without a level.
    pub groups: usize,
    /// Over all stations, whatever their group.
    pub overall: Line,
    /// Within groups: each station less the mean of its group.
    pub within: Option<Line>,
    /// Between groups: the means of groups.
    pub between: Option<Line>,
}

impl TurnoutShare {
    /// Stations of a hundred voters or more; errors by groups from ten groups on.
    pub const DEFAULT: Self =
        TurnoutShare { min_registered: 100, min_groups: 10, min_stations: 50 };

    const CODE: &'static str = "S310";

    /// The sufficient figures of a slice.
    pub fn association(&self, slice: &Slice<'_>) -> Result<Association, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        let x: Vec<f64> = stations.iter().map(Ballots::turnout).collect();
        let y: Vec<f64> = stations.iter().map(Ballots::share).collect();
        if y.iter().all(|v| *v == y[0]) {
            return Err(Reason::Constant);
        }
        let groups = ballots::groups(slice, &stations);
        let of = groups.as_deref();
        let overall = Line::fit(&x, &y, of, self.min_groups, 0).ok_or(Reason::Constant)?;
        let parts = of.map(|of| Parts::of(&x, &y, of));
        let within = parts.as_ref().and_then(|p| p.within(of?, self.min_groups));
        let between = parts.as_ref().and_then(|p| Line::fit(&p.means[0], &p.means[1], None, 0, 0));
        let groups = parts.map_or(0, |p| p.means[0].len());
        Ok(Association { stations, left_out, groups, overall, within, between })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let association = self.association(slice)?;
        let used = association.stations.len();
        let line = association.headline();
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: association.measures(),
            p: None,
            effect: Effect {
                name: association.effect_name().to_owned(),
                value: line.slope.value,
                unit: Unit::None,
                interval: Some(line.slope.interval()),
                stations: None,
                votes: None,
            },
            plain: association.plain(),
            pictures: association.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: association.left_out,
        })
    }
}

impl Screen for TurnoutShare {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "turnout-share",
            title: "Turnout and share",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("turnout_share.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

/// Turnout and share split into group means and what is left of them.
struct Parts {
    means: [Vec<f64>; 2],
    rests: [Vec<f64>; 2],
}

impl Parts {
    fn of(x: &[f64], y: &[f64], groups: &[u32]) -> Self {
        let rests = [ols::demean(x, groups), ols::demean(y, groups)];
        // One station of each group tells its mean: value less rest.
        let mut first: Vec<(u32, usize)> = groups.iter().copied().zip(0..).collect();
        first.sort_unstable();
        first.dedup_by_key(|f| f.0);
        let mean = |values: &[f64], rests: &[f64]| {
            first.iter().map(|&(_, i)| values[i] - rests[i]).collect::<Vec<_>>()
        };
        Parts { means: [mean(x, &rests[0]), mean(y, &rests[1])], rests }
    }

    /// The line within groups; none with fewer than two groups.
    fn within(&self, groups: &[u32], min_groups: usize) -> Option<Line> {
        let count = self.means[0].len();
        let [x, y] = &self.rests;
        (count >= 2).then(|| Line::fit(x, y, Some(groups), min_groups, count - 1))?
    }
}

impl Association {
    /// The line within groups where there is one, else the line over all stations.
    pub fn headline(&self) -> &Line {
        self.within.as_ref().unwrap_or(&self.overall)
    }

    fn measures(&self) -> Vec<Measure> {
        let measure = |name: &str, symbol, value, sd: Option<f64>| Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected: sd.map(|_| 0.0),
            sd,
            unit: Unit::None,
        };
        let slope = |name: &str, symbol, line: &Line| {
            measure(name, symbol, line.slope.value, Some(line.slope.se))
        };
        let mut measures = Vec::new();
        if let Some(line) = &self.within {
            measures.push(slope("slope within groups", "b_w", line));
            measures.push(measure("correlation within groups", "r_w", line.correlation, None));
        }
        let line = &self.overall;
        measures.push(slope("slope over all stations", "b", line));
        measures.push(measure("intercept over all stations", "a", line.intercept, None));
        measures.push(measure("correlation over all stations", "r", line.correlation, None));
        if let Some(line) = &self.between {
            measures.push(slope("slope between groups", "b_b", line));
            measures.push(measure("correlation between groups", "r_b", line.correlation, None));
        }
        let p = self.headline().slope.p();
        measures.push(measure("p of no association (asymptotic)", "p", p, None));
        if self.groups > 0 {
            measures.push(measure("groups", "G", self.groups as f64, None));
        }
        measures
    }

    fn effect_name(&self) -> &'static str {
        match self.within {
            Some(_) => "points of share per point of turnout, within groups",
            None => "points of share per point of turnout",
        }
    }

    fn plain(&self) -> String {
        let line = self.headline();
        let [low, high] = line.slope.interval().map(|v| signed(10.0 * v));
        let place = match self.within {
            Some(_) => format!("Within the {} groups", phrase::count(self.groups)),
            None => "Over all stations".to_owned(),
        };
        let mut text = format!(
            "{place} a turnout higher by 10 points goes with a share higher by {} points (95 % \
             interval {low} to {high}); no association gives 0.",
            signed(10.0 * line.slope.value),
        );
        if self.within.is_some() {
            let overall = signed(10.0 * self.overall.slope.value);
            text.push_str(&format!(" Without regard to groups it is {overall}."));
        }
        text
    }

    fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        if slice.scope != Scope::Whole {
            return Vec::new();
        }
        let bins = turnout_bins::sums(&self.stations);
        let (at, share) = turnout_bins::occupied(&bins, |b| b.votes / b.cast);
        let line = |at: &f64| self.overall.intercept + self.overall.slope.value * at / 100.0;
        let fitted = at.iter().map(line).collect();
        vec![Picture::Lines {
            title: "Share by turnout".to_owned(),
            x: "turnout, %".to_owned(),
            y: "share of ballots cast".to_owned(),
            at,
            series: vec![
                ("share in each per cent of turnout".to_owned(), share),
                ("line over all stations".to_owned(), fitted),
            ],
        }]
    }
}

/// A number with one decimal and a proper minus.
fn signed(value: f64) -> String {
    format!("{value:.1}").replace('-', "−")
}
