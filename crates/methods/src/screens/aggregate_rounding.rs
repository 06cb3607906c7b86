//! S510 aggregate-rounding.

use glassurn_model::{
    Column, Effect, Field, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Scope,
    Unit,
};

use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, phrase};

#[doc = include_str!("aggregate_rounding.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AggregateRounding {
    /// Most decimals of a percentage looked at; from none up to this many.
    pub max_decimals: u32,
}

/// Published totals compared with the rounding of percentages.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounding {
    /// Decimals of the percentages.
    pub decimals: u32,
    /// Whole numbers of votes in one step of the percentage.
    pub step: f64,
    /// The totals compared: those above zero.
    pub totals: Vec<Rounded>,
}

/// One total beside the nearest rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounded {
    /// The published total.
    pub votes: i64,
    /// The nearest percentage with so many decimals.
    pub percent: f64,
    /// Votes between the total and that percentage of the whole.
    pub distance: f64,
    /// Whether the total is that percentage of the whole, rounded to a whole vote.
    pub exact: bool,
}

/// Compares published totals with percentages of `total` that have so many `decimals` (at most twelve).
///
/// Totals of zero are passed over: they are the rounding of 0 % always. `None` when fewer than two totals
/// are left, one is negative or more than `total`, or `total` is not positive.
///
/// ```
/// use glassurn_methods::screens::aggregate_rounding::aggregate_rounding;
///
/// let totals = [5_150_092, 4_445_978, 462_704];
/// let rounding = aggregate_rounding(10_058_774, &totals, 1).unwrap();
/// assert!(rounding.all());
/// assert_eq!(rounding.totals[0].percent, 51.2);
/// assert!((rounding.chance() - 9.883e-9).abs() < 1e-12);
/// assert!(!aggregate_rounding(10_058_774, &totals, 0).unwrap().all());
/// ```
pub fn aggregate_rounding(total: i64, counts: &[i64], decimals: u32) -> Option<Rounding> {
    let counts: Vec<i64> = counts.iter().copied().filter(|&c| c != 0).collect();
    let possible = total > 0 && counts.iter().all(|c| (1..=total).contains(c));
    if !possible || counts.len() < 2 || decimals > 12 {
        return None;
    }
    let whole = 100 * 10_i128.pow(decimals);
    let totals = counts.iter().map(|&votes| Rounded::new(votes, total, whole)).collect();
    Some(Rounding { decimals, step: total as f64 / whole as f64, totals })
}

impl Rounded {
    /// `whole` is the number of steps in 100 %.
    fn new(votes: i64, total: i64, whole: i128) -> Self {
        let (scaled, total) = (i128::from(votes) * whole, i128::from(total));
        let nearest = (2 * scaled + total).div_euclid(2 * total);
        let off = (scaled - nearest * total).abs();
        Rounded {
            votes,
            percent: nearest as f64 * 100.0 / whole as f64,
            distance: off as f64 / whole as f64,
            exact: 2 * off <= whole,
        }
    }
}

impl Rounding {
    /// How many totals are a rounded percentage.
    pub fn matched(&self) -> usize {
        self.totals.iter().filter(|t| t.exact).count()
    }

    /// Whether all are.
    pub fn all(&self) -> bool {
        self.matched() == self.totals.len()
    }

    /// Chance that one total is a rounded percentage.
    pub fn single(&self) -> f64 {
        (1.0 / self.step).min(1.0)
    }

    /// Chance that all are; one of them is taken as given by the others.
    pub fn chance(&self) -> f64 {
        self.totals.iter().skip(1).map(|_| self.single()).product()
    }
}

impl AggregateRounding {
    /// Percentages with none, one or two decimals.
    pub const DEFAULT: Self = AggregateRounding { max_decimals: 2 };

    const CODE: &'static str = "S510";

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let totals = Totals::of(slice)?;
        let compared: Vec<Rounding> = (0..=self.max_decimals)
            .filter_map(|m| aggregate_rounding(totals.whole, &totals.choices, m))
            .collect();
        let used = totals.choices.iter().filter(|c| **c != 0).count();
        let headline = headline(&compared).ok_or(Reason::TooFew { used, needed: 2 })?;
        let p = if headline.all() { headline.chance() } else { 1.0 };
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: totals.used,
            left_out: totals.left_out,
            measures: measures(headline, &compared),
            p: Some(P { value: p, kind: PKind::Asymptotic }),
            effect: effect(headline),
            plain: plain(headline, totals.whole, self.max_decimals),
            pictures: vec![bars(headline, &totals.names)],
            stations: Vec::new(),
            caveats: Vec::new(),
        })
    }
}

impl Screen for AggregateRounding {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "aggregate-rounding",
            title: "Rounded totals",
            family: Family::Totals,
            focus: Focus::Contest,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("aggregate_rounding.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

/// Totals of a slice.
struct Totals {
    whole: i64,
    choices: Vec<i64>,
    /// Of the choices above zero.
    names: Vec<String>,
    used: usize,
    left_out: Vec<LeftOut>,
}

impl Totals {
    /// Sums of valid votes (else of ballots cast) and of each choice; declared totals come first.
    fn of(slice: &Slice<'_>) -> Result<Self, Reason> {
        let contest = slice.contest();
        let valid = contest.field(Field::Valid).map(|c| (Field::Valid, c));
        let (field, column) = valid.or_else(|_| Ok((Field::Cast, contest.field(Field::Cast)?)))?;
        let total = |column: &Column, key: &str| {
            declared(slice, key).or_else(|| sum(slice, column)).ok_or(Reason::Missing)
        };
        let whole = total(column, field.key())?;
        let choices: Vec<i64> =
            contest.choices.iter().map(|c| total(c, &c.name)).collect::<Result<_, _>>()?;
        let named = contest.choices.iter().zip(&choices).filter(|(_, votes)| **votes != 0);
        let names = named.map(|(c, _)| c.name.clone()).collect();
        let complete = |&&row: &&u32| {
            let here = |c: &Column| c.values.get(row as usize).is_some_and(|v| v.is_some());
            here(column) && contest.choices.iter().all(here)
        };
        let used = slice.rows.iter().filter(complete).count();
        let lacking = slice.len() - used;
        let left_out = (lacking > 0).then_some(LeftOut { why: Reason::Missing, stations: lacking });
        Ok(Totals { whole, choices, names, used, left_out: left_out.into_iter().collect() })
    }
}

/// A declared total of the whole contest.
fn declared(slice: &Slice<'_>, what: &str) -> Option<i64> {
    let tally = slice.contest().declared_total(what)?;
    (slice.scope == Scope::Whole).then_some(tally.value)
}

/// The sum of the counts in view; `None` when there is none or it leaves `i64`.
fn sum(slice: &Slice<'_>, column: &Column) -> Option<i64> {
    let counts = glassurn_model::Counts::new(column, &slice.rows);
    let mut present = counts.iter().flatten().peekable();
    present.peek()?;
    present.try_fold(0_i64, i64::checked_add)
}

/// The coarsest percentages that explain every total; if none do, those with one decimal, or fewer.
fn headline(compared: &[Rounding]) -> Option<&Rounding> {
    let explained = compared.iter().find(|r| r.all());
    explained.or_else(|| compared.iter().rfind(|r| r.decimals <= 1))
}

/// Symbols of the counts and steps, by decimals.
const SYMBOLS: [(&str, &str); 4] = [("K_0", "c_0"), ("K_1", "c_1"), ("K_2", "c_2"), ("K_3", "c_3")];

fn measures(headline: &Rounding, compared: &[Rounding]) -> Vec<Measure> {
    let others = compared.iter().filter(|r| r.decimals != headline.decimals);
    let pair = |r: &Rounding| {
        let (count, step) =
            SYMBOLS.get(r.decimals as usize).copied().unwrap_or(("K_m", "c_m"));
        let (k, q) = (r.totals.len() as f64, r.single());
        let matched = Measure {
            name: format!("totals that are percentages with {} rounded", decimals(r.decimals)),
            symbol: count,
            value: r.matched() as f64,
            expected: Some(k * q),
            sd: Some((k * q * (1.0 - q)).sqrt()),
            unit: Unit::None,
        };
        let step = Measure {
            name: format!("votes in one step of a percentage with {}", decimals(r.decimals)),
            symbol: step,
            value: r.step,
            expected: None,
            sd: None,
            unit: Unit::Votes,
        };
        [matched, step]
    };
    std::iter::once(headline).chain(others).flat_map(pair).collect()
}

fn effect(headline: &Rounding) -> Effect {
    Effect {
        name: format!("totals that are percentages with {} rounded", decimals(headline.decimals)),
        value: headline.matched() as f64,
        unit: Unit::None,
        interval: None,
        stations: None,
        votes: None,
    }
}

fn decimals(count: u32) -> String {
    match count {
        0 => "no decimals".to_owned(),
        1 => "1 decimal".to_owned(),
        n => format!("{n} decimals"),
    }
}

fn plain(headline: &Rounding, whole: i64, most: u32) -> String {
    let (matched, all) = (headline.matched(), headline.totals.len());
    let whole = phrase::number(whole as f64);
    if headline.all() {
        return format!(
            "All {all} totals are what percentages with {} of {whole} give when rounded to a whole \
             vote; one total does so by itself with a chance of {}, and all together with a chance \
             of at most {:.1e}.",
            decimals(headline.decimals),
            one_in(headline.step),
            headline.chance(),
        );
    }
    format!(
        "{matched} of {all} totals are what a percentage with {} of {whole} gives when rounded to a \
         whole vote; one does so by itself with a chance of {}. Percentages with up to {} do not \
         explain all of them.",
        decimals(headline.decimals),
        one_in(headline.step),
        decimals(most),
    )
}

/// A chance in words.
fn one_in(step: f64) -> String {
    if step <= 1.0 { "1".to_owned() } else { format!("1 in {}", phrase::number(step)) }
}

fn bars(headline: &Rounding, names: &[String]) -> Picture {
    let label = |(name, t): (&String, &Rounded)| format!("{name} ({:.*} %)", headline.decimals as usize, t.percent);
    // Between −c/2 and c/2 a distance is uniform: its size has mean c/4 and standard deviation c/√48.
    let (mean, sd) = (headline.step / 4.0, headline.step / 48.0_f64.sqrt());
    let all = headline.totals.len();
    Picture::Bars {
        title: "Votes between each total and the nearest rounded percentage".to_owned(),
        axis: "choice (nearest percentage)".to_owned(),
        labels: names.iter().zip(&headline.totals).map(label).collect(),
        observed: headline.totals.iter().map(|t| t.distance).collect(),
        expected: vec![mean; all],
        sd: vec![sd; all],
    }
}
