//! P520: observed stations paired with like unobserved ones, and how much hidden bias would explain the
//! difference.

mod pair;
mod say;

use glassurn_model::{Answer, Unit};
use glassurn_stats::moments::{mean, variance};
use glassurn_stats::signed_rank::SignedRank;

use super::Method;

#[doc = include_str!("matched_pairs.md")]
pub const METHOD: Method = Method {
    code: "P520",
    name: "matched-pairs",
    title: "Observed stations paired with like unobserved ones",
    doc: include_str!("matched_pairs.md"),
};

/// One station.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// What is compared.
    pub outcome: Option<f64>,
    /// Whether an observer was there.
    pub observed: Option<bool>,
    /// Only stations of the same area are paired; one name for all where there is none.
    pub area: String,
    /// What a pair should be alike in, in the order of the names given beside the stations.
    pub like: Vec<Option<f64>>,
    /// What tells it from others where they are equally alike.
    pub name: String,
}

/// The size of a station as a covariate: doubling a small one is as much as doubling a large one.
pub fn log_size(count: i64) -> Option<f64> {
    (count > 0).then(|| libm::log(count as f64))
}

/// How to pair, and what to test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The farthest that the two of a pair may lie apart in any one covariate, in its standard deviations.
    pub caliper: f64,
    /// Level at which the sensitivity is read.
    pub alpha: f64,
    /// Unit of the outcome, for words.
    pub unit: Unit,
}

impl Settings {
    /// Half a standard deviation, 5 %, an outcome without unit.
    pub const DEFAULT: Self = Settings { caliper: 0.5, alpha: 0.05, unit: Unit::None };
}

/// Values of Γ that the table shows.
pub const GRID: [f64; 10] = [1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0];

/// How alike observed and unobserved stations are in one covariate.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// The covariate.
    pub name: String,
    /// Means of the observed and the unobserved, before pairing and of the pairs.
    pub before: [f64; 2],
    /// The same of the pairs.
    pub after: [f64; 2],
    /// The standard deviation that both are measured by.
    pub sd: f64,
}

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Observed and unobserved stations that could be paired.
    pub usable: [usize; 2],
    /// Stations left out because a figure is missing.
    pub missing: usize,
    /// Indices of the observed and the unobserved station of each pair.
    pub pairs: Vec<[usize; 2]>,
    /// Observed minus unobserved, pair by pair.
    pub differences: Vec<f64>,
    /// Their mean.
    pub mean: f64,
    /// Their median.
    pub median: f64,
    /// How alike the two groups are.
    pub balance: Vec<Balance>,
    /// The ranks; `None` where every difference is zero.
    pub ranked: Option<SignedRank>,
    /// The Γ up to which the two-sided p stays at or below the level; `None` where it never is.
    pub crossing: Option<f64>,
}

/// Pairs the stations and tests the differences.
///
/// Refused: nothing to be alike in, fewer than five pairs, a caliper or level outside its range.
pub fn compare(subject: &str, stations: &[Station], names: &[&str], set: Settings) -> Answer {
    match figures(stations, names, set) {
        Ok(figures) => say::answer(subject, &figures, names, set),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}

/// Fewer pairs can say nothing at 5 %: of four equal signs two sides have p = 1/8.
const FEWEST: usize = 5;

/// Computes the figures, or says why not.
pub fn figures(stations: &[Station], names: &[&str], set: Settings) -> Result<Figures, String> {
    if !(set.caliper > 0.0 && set.alpha > 0.0 && set.alpha < 1.0) {
        return Err("the caliper must be above 0, the level between 0 and 1".to_owned());
    }
    let one_area = stations.windows(2).all(|w| w[0].area == w[1].area);
    if names.is_empty() && one_area {
        return Err("there is nothing that a pair should be alike in: no area, size or earlier figure"
            .to_owned());
    }
    let usable: Vec<usize> = (0..stations.len()).filter(|i| is_usable(&stations[*i], names)).collect();
    let sd = deviations(stations, &usable, names.len());
    let pairs = pair::pairs(stations, &usable, &sd, set.caliper);
    if pairs.len() < FEWEST {
        return Err(format!("only {} pairs of like stations, {FEWEST} needed", pairs.len()));
    }
    let outcome = |i: usize| stations[i].outcome.unwrap_or(f64::NAN);
    let differences: Vec<f64> = pairs.iter().map(|[a, b]| outcome(*a) - outcome(*b)).collect();
    let ranked = SignedRank::of(&differences);
    let arm = |arm: bool| usable.iter().filter(|i| stations[**i].observed == Some(arm)).count();
    Ok(Figures {
        usable: [arm(true), arm(false)],
        missing: stations.len() - usable.len(),
        mean: mean(&differences),
        median: median(&differences),
        balance: balance(stations, &usable, &pairs, names, &sd),
        crossing: ranked.as_ref().and_then(|r| r.crossing(set.alpha)),
        pairs,
        differences,
        ranked,
    })
}

fn is_usable(station: &Station, names: &[&str]) -> bool {
    let like = |at: usize| station.like.get(at).copied().flatten().is_some_and(f64::is_finite);
    station.observed.is_some()
        && station.outcome.is_some_and(f64::is_finite)
        && (0..names.len()).all(like)
}

/// The value of a covariate at a usable station.
fn like(station: &Station, at: usize) -> f64 {
    station.like.get(at).copied().flatten().unwrap_or(f64::NAN)
}

/// The standard deviation of each covariate over the usable stations.
fn deviations(stations: &[Station], usable: &[usize], covariates: usize) -> Vec<f64> {
    let of = |at: usize| {
        let values: Vec<f64> = usable.iter().map(|i| like(&stations[*i], at)).collect();
        libm::sqrt(variance(&values))
    };
    (0..covariates).map(of).collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = ((sorted.len() - 1) / 2, sorted.len() / 2);
    f64::midpoint(sorted[low], sorted[high])
}

fn balance(
    stations: &[Station],
    usable: &[usize],
    pairs: &[[usize; 2]],
    names: &[&str],
    sd: &[f64],
) -> Vec<Balance> {
    let of = |(at, (name, sd)): (usize, (&&str, &f64))| {
        let mean = |rows: &mut dyn Iterator<Item = usize>| {
            mean(&rows.map(|i| like(&stations[i], at)).collect::<Vec<_>>())
        };
        let arm = |arm: bool| usable.iter().copied().filter(move |i| stations[*i].observed == Some(arm));
        Balance {
            name: (*name).to_owned(),
            before: [mean(&mut arm(true)), mean(&mut arm(false))],
            after: [0, 1].map(|side| mean(&mut pairs.iter().map(|p| p[side]))),
            sd: *sd,
        }
    };
    names.iter().zip(sd).enumerate().map(of).collect()
}
