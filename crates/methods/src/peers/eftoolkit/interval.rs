//! Statistics whose bootstrap interval must not exclude a constant.

use glassurn_model::{
    Caveat, Effect, Finding, IntervalRow, LeftOut, Measure, Outcome, Picture, Reason, Unit,
};
use glassurn_stats::{bootstrap, moments, rng};
use rayon::prelude::*;

use super::classes::Classes;
use super::series::Series;
use crate::peers::{Published, figure, verb};
use crate::slice::Tray;
use crate::{Cost, Family, Meta, Screen, Slice, Status, caveat, phrase};

/// What a statistic is made of.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// The mean class of the counts; `None` leaves a count out.
    Counts(fn(u64) -> Option<usize>),
    /// The mean class of the rates.
    Rates(fn(f64) -> usize),
    /// The skewness of the rates.
    Skewness,
    /// The kurtosis of the rates.
    Kurtosis,
}

/// One statistic of the battery; pairs are for the choice and for the turnout.
#[derive(Debug, Clone, Copy)]
pub struct Statistic {
    /// Codes.
    pub codes: [&'static str; 2],
    /// Names.
    pub names: [&'static str; 2],
    /// Titles.
    pub titles: [&'static str; 2],
    /// Documentation form.
    pub doc: &'static str,
    /// What the program calls it.
    pub symbol: &'static str,
    /// What it is, in a sentence.
    pub noun: &'static str,
    /// Its family.
    pub family: Family,
    /// What it is made of.
    pub reads: Reads,
    /// What the interval must not exclude.
    pub constant: f64,
    /// The rule in words.
    pub rule: &'static str,
    /// What is known to meet the rule, in a sentence.
    pub failure: &'static str,
}

/// A statistic with its interval, of one series.
#[derive(Debug, Clone, Copy)]
pub struct Interval {
    /// Which statistic.
    pub statistic: &'static Statistic,
    /// Of what.
    pub series: Series,
    /// Resamples of rows.
    pub draws: u32,
    /// Seed of the resamples.
    pub seed: u64,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Rows used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The statistic.
    pub value: f64,
    /// Its basic bootstrap interval.
    pub interval: [f64; 2],
}

impl Statistic {
    /// With the published number of resamples.
    pub const fn of(&'static self, series: Series) -> Interval {
        Interval { statistic: self, series, draws: 1_000, seed: 1 }
    }
}

/// What the resamples are made of.
enum Rows {
    Classes(Classes),
    Moment(fn([f64; 2]) -> f64, Vec<f64>),
}

impl Rows {
    fn of(reads: Reads, series: Series, slice: &Slice<'_>) -> Result<(Self, Tray), Reason> {
        let mut tray = Tray::default();
        let rows = match reads {
            Reads::Counts(class) => {
                let small = Reason::Below { what: "count", minimum: 10 };
                let of = |count| class(count).ok_or(small.clone());
                let counts = series.each_count(slice)?.into_iter().map(|c| c.and_then(of));
                Rows::Classes(Classes::of(counts.map(|c| c.map_err(|why| tray.put(why)).ok())))
            }
            Reads::Rates(class) => {
                let rates = series.each_rate(slice)?.into_iter().map(|r| r.map(class));
                Rows::Classes(Classes::of(rates.map(|c| c.map_err(|why| tray.put(why)).ok())))
            }
            Reads::Skewness | Reads::Kurtosis => {
                let (rates, left) = series.rates(slice)?;
                tray = left;
                let pick = if matches!(reads, Reads::Skewness) {
                    |s: [f64; 2]| s[0]
                } else {
                    |s: [f64; 2]| s[1]
                };
                Rows::Moment(pick, rates)
            }
        };
        Ok((rows, tray))
    }

    fn used(&self) -> usize {
        match self {
            Rows::Classes(classes) => usize::try_from(classes.used()).unwrap_or(usize::MAX),
            Rows::Moment(_, rates) => rates.len(),
        }
    }

    fn value(&self) -> f64 {
        match self {
            Rows::Classes(classes) => classes.mean(),
            Rows::Moment(pick, rates) => pick([moments::skewness(rates), moments::kurtosis(rates)]),
        }
    }

    /// The statistic of so many resamples.
    fn draws(&self, draws: u32, stream: impl Fn(u32) -> rng::ChaCha8Rng + Sync) -> Vec<f64> {
        let draws = (0..draws).into_par_iter();
        match self {
            Rows::Classes(classes) => {
                draws.map(|draw| classes.again(&mut stream(draw)).mean()).collect()
            }
            Rows::Moment(pick, rates) => {
                let (deviations, n) = (bootstrap::centred(rates), rates.len() as f64);
                let one = |draw| {
                    let sums = bootstrap::power_sums(&mut stream(draw), &deviations);
                    pick(bootstrap::shape(sums, n))
                };
                draws.map(one).collect()
            }
        }
    }
}

impl Interval {
    fn code(&self) -> &'static str {
        self.series.pick(self.statistic.codes)
    }

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (rows, tray) = Rows::of(self.statistic.reads, self.series, slice)?;
        let used = rows.used();
        if used < 2 {
            return Err(Reason::TooFew { used, needed: 2 });
        }
        let value = rows.value();
        let stream = |draw: u32| rng::stream(self.seed, self.code(), u64::from(draw));
        let interval = bootstrap::basic_95(value, rows.draws(self.draws, stream));
        let interval = interval.ok_or(Reason::Constant)?;
        Ok(Figures { used, left_out: tray.empty(), value, interval })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let Statistic { symbol, noun, constant, .. } = *self.statistic;
        let [low, high] = figures.interval;
        let m = |name: &str, symbol, value| Measure::plain(name, symbol, value, Unit::None);
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.push(Caveat::PublishedRule);
        Ok(Finding {
            screen: self.code(),
            subject: slice.subject(),
            used: figures.used,
            measures: vec![
                m(noun, symbol, figures.value),
                m("lower end of its published interval", "lo", low),
                m("upper end of its published interval", "hi", high),
                m("published constant", "c", constant),
            ],
            p: None,
            effect: Effect {
                name: format!("{noun} less {constant}"),
                value: figures.value - constant,
                unit: Unit::None,
                interval: Some([low - constant, high - constant]),
                stations: None,
                votes: None,
            },
            plain: self.plain(&figures),
            pictures: vec![self.picture(&figures)],
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }

    fn excludes(&self, [low, high]: [f64; 2]) -> bool {
        low > self.statistic.constant || high < self.statistic.constant
    }

    fn plain(&self, f: &Figures) -> String {
        let Statistic { noun, rule, failure, .. } = self.statistic;
        let of = match (self.statistic.reads, self.series) {
            (Reads::Counts(_), Series::Choice) => "counts of votes",
            (Reads::Counts(_), Series::Turnout) => "counts of ballots",
            (_, Series::Choice) => "shares",
            (_, Series::Turnout) => "turnouts",
        };
        format!(
            "The {noun} of {} {of} is {} (interval {} to {}); the published rule ({rule}) {}, and {failure}.",
            phrase::count(f.used),
            figure(f.value),
            figure(f.interval[0]),
            figure(f.interval[1]),
            verb(self.excludes(f.interval)),
        )
    }

    fn picture(&self, f: &Figures) -> Picture {
        Picture::Intervals {
            title: format!("The {} and its published constant", self.statistic.noun),
            axis: self.statistic.noun.to_owned(),
            unit: Unit::None,
            rows: vec![IntervalRow {
                label: self.statistic.symbol.to_owned(),
                estimate: Some(f.value),
                low: f.interval[0],
                high: f.interval[1],
                mark: Some(self.statistic.constant),
            }],
        }
    }
}

impl Screen for Interval {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code(),
            name: self.series.pick(self.statistic.names),
            title: self.series.pick(self.statistic.titles),
            family: self.statistic.family,
            focus: self.series.focus(),
            status: Status::Trial,
            cost: Cost::Quick,
            doc: self.statistic.doc,
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(self.code(), self.find(slice))
    }
}

impl Published for Interval {
    fn met(&self, finding: &Finding) -> Option<bool> {
        let end = |symbol| finding.measure(symbol).map(|m| m.value);
        Some(self.excludes([end("lo")?, end("hi")?]))
    }

    fn rule(&self) -> &'static str {
        self.statistic.rule
    }
}
