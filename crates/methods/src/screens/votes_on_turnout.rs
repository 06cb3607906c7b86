//! S311 votes-on-turnout.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Scope, Unit,
};
use glassurn_stats::ols;

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::{self, Ballots, Rules},
    caveat,
    inference::Estimate,
    phrase, turnout_bins,
};

#[doc = include_str!("votes_on_turnout.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VotesOnTurnout {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest groups for standard errors by groups.
    pub min_groups: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// The line of votes per voter on ballots per voter, beside the share.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The line.
    pub line: ols::Fit,
    /// Votes for the choice over ballots issued, in all stations used.
    pub share: f64,
    /// Slope less share, with its chosen standard error.
    pub difference: Estimate,
    /// Its standard error if stations are independent (HC1).
    pub se_stations: f64,
    /// Its standard error if groups are independent (CR1), where there are at least two.
    pub se_groups: Option<f64>,
    /// Slope of share on turnout less the mean share: the form of the package EFToolkit.
    pub on_share: f64,
}

impl VotesOnTurnout {
    /// Stations of a hundred voters or more; errors by groups from ten groups on.
    pub const DEFAULT: Self =
        VotesOnTurnout { min_registered: 100, min_groups: 10, min_stations: 50 };

    const CODE: &'static str = "S311";

    /// The sufficient figures of a slice.
    pub fn comparison(&self, slice: &Slice<'_>) -> Result<Comparison, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        let x: Vec<f64> = stations.iter().map(Ballots::turnout).collect();
        let rate = |s: &Ballots| s.votes as f64 / s.registered as f64;
        let y: Vec<f64> = stations.iter().map(rate).collect();
        let line = ols::fit(&x, &y, None).ok_or(Reason::Constant)?;
        let total = |f: fn(&Ballots) -> i64| stations.iter().map(|s| f(s) as f64).sum::<f64>();
        let (votes, issued) = (total(|s| s.votes), total(|s| s.issued));
        if votes == 0.0 {
            return Err(Reason::Constant);
        }
        let share = votes / issued;
        let influence = influence(&stations, &x, &y, &line, share, issued);
        let groups = ballots::groups(slice, &stations);
        let (clusters, se_groups) = errors_by_group(&influence, groups.as_deref());
        let n = stations.len() as f64;
        let se_stations = (n / (n - 2.0) * influence.iter().map(|i| i * i).sum::<f64>()).sqrt();
        let value = line.slope - share;
        let by_groups = se_groups.filter(|_| clusters >= self.min_groups.max(2));
        let difference = match by_groups {
            Some(se) => Estimate { value, se, df: clusters as f64 - 1.0 },
            None => Estimate { value, se: se_stations, df: n - 2.0 },
        };
        let on_share = on_share(&stations, &x)?;
        Ok(Comparison {
            stations,
            left_out,
            line,
            share,
            difference,
            se_stations,
            se_groups,
            on_share,
        })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let comparison = self.comparison(slice)?;
        let used = comparison.stations.len();
        let difference = comparison.difference;
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: comparison.measures(),
            p: None,
            effect: Effect {
                name: "votes for the choice per further ballot, less its share".to_owned(),
                value: difference.value,
                unit: Unit::Points,
                interval: Some(difference.interval()),
                stations: None,
                votes: None,
            },
            plain: comparison.plain(),
            pictures: comparison.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: comparison.left_out,
        })
    }
}

impl Screen for VotesOnTurnout {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "votes-on-turnout",
            title: "Votes per further ballot",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("votes_on_turnout.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

/// What each station adds to slope less share, to first order.
fn influence(
    stations: &[Ballots],
    x: &[f64],
    y: &[f64],
    line: &ols::Fit,
    share: f64,
    issued: f64,
) -> Vec<f64> {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let spread: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
    let one = |((s, x), y): ((&Ballots, &f64), &f64)| {
        let residual = y - line.intercept - line.slope * x;
        let of_share = (s.votes as f64 - share * s.issued as f64) / issued;
        (x - mean) * residual / spread - of_share
    };
    stations.iter().zip(x).zip(y).map(one).collect()
}

/// How many groups there are, and the error that independent groups make (CR1).
fn errors_by_group(influence: &[f64], groups: Option<&[u32]>) -> (usize, Option<f64>) {
    let Some(groups) = groups else { return (0, None) };
    let mut sums = std::collections::BTreeMap::new();
    for (&group, i) in groups.iter().zip(influence) {
        *sums.entry(group).or_insert(0.0) += i;
    }
    let (count, n) = (sums.len(), influence.len() as f64);
    let g = count as f64;
    let scale = g / (g - 1.0) * (n - 1.0) / (n - 2.0);
    let squares: f64 = sums.values().map(|s: &f64| s * s).sum();
    (count, (count >= 2).then(|| (scale * squares).sqrt()))
}

/// Slope of share on turnout, less the mean share.
fn on_share(stations: &[Ballots], x: &[f64]) -> Result<f64, Reason> {
    let share: Vec<f64> = stations.iter().map(Ballots::share).collect();
    let slope = ols::fit(x, &share, None).ok_or(Reason::Constant)?.slope;
    Ok(slope - share.iter().sum::<f64>() / share.len() as f64)
}

impl Comparison {
    fn measures(&self) -> Vec<Measure> {
        let measure = |name: &str, symbol, value, null: Option<(f64, f64)>, unit| Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected: null.map(|n| n.0),
            sd: null.map(|n| n.1),
            unit,
        };
        let d = &self.difference;
        let mut measures = vec![
            measure("slope less share", "D", d.value, Some((0.0, d.se)), Unit::Points),
            measure("votes per further ballot (slope)", "b", self.line.slope, None, Unit::None),
            measure("share of ballots issued", "s", self.share, None, Unit::Share),
            measure(
                "intercept",
                "a",
                self.line.intercept,
                Some((0.0, self.line.intercept_se)),
                Unit::None,
            ),
            measure("error of D by stations", "se_HC", self.se_stations, None, Unit::Points),
        ];
        if let Some(se) = self.se_groups {
            measures.push(measure("error of D by groups", "se_CR", se, None, Unit::Points));
        }
        measures.push(measure("p of no difference (asymptotic)", "p", d.p(), None, Unit::None));
        let name = "slope of share on turnout less mean share";
        measures.push(measure(name, "D_share", self.on_share, None, Unit::Points));
        measures
    }

    fn plain(&self) -> String {
        let [low, high] = self.difference.interval().map(|v| points(100.0 * v));
        format!(
            "Where turnout is higher by 100 ballots, the choice has {} votes more, and its share of \
             all ballots is {}: {} points apart (95 % interval {low} to {high}); if support had \
             nothing to do with turnout it would be 0.",
            points(100.0 * self.line.slope),
            phrase::percent(self.share, 1),
            points(100.0 * self.difference.value),
        )
    }

    fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        if slice.scope != Scope::Whole {
            return Vec::new();
        }
        let bins = turnout_bins::sums(&self.stations);
        let (at, rate) = turnout_bins::occupied(&bins, |b| b.votes / b.registered);
        let fitted = at.iter().map(|x| self.line.intercept + self.line.slope * x / 100.0).collect();
        let constant = at.iter().map(|x| self.share * x / 100.0).collect();
        vec![Picture::Lines {
            title: "Votes per registered voter by turnout".to_owned(),
            x: "turnout, %".to_owned(),
            y: "votes per registered voter".to_owned(),
            at,
            series: vec![
                ("votes per voter in each per cent of turnout".to_owned(), rate),
                ("fitted line".to_owned(), fitted),
                ("the share everywhere the same".to_owned(), constant),
            ],
        }]
    }
}

/// A number with one decimal and a proper minus.
fn points(value: f64) -> String {
    format!("{value:.1}").replace('-', "−")
}
