//! P120: stations where more votes are in hand than the station's own official figure admits.

mod say;

use glassurn_model::{Answer, Count};
use glassurn_stats::{binomial, multiple};

use super::beside::Beside;
use super::Method;

#[doc = include_str!("station_excess.md")]
pub const METHOD: Method = Method {
    code: "P120",
    name: "station-excess",
    title: "Votes in hand against the station's own protocol",
    doc: include_str!("station_excess.md"),
};

/// Settings, declared before the stations are looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Largest probability that any honest station is named, over all stations.
    pub alpha: f64,
    /// Rates of wrong reports under which the stations are counted anew, besides none.
    pub false_rates: [f64; 3],
    /// Reported counts below this are not shown station by station: a few voters could be known by them.
    pub smallest_cell: i64,
}

impl Settings {
    /// The settings used when none are given.
    pub const DEFAULT: Self =
        Settings { alpha: 0.05, false_rates: [0.05, 0.1, 0.2], smallest_cell: 5 };
}

/// A count at each station that may go with the excess (observers present, reports of violations).
#[derive(Debug, Clone, Copy)]
pub struct Companion<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its values.
    pub values: &'a [Count],
}

/// The figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The stations that have both figures.
    pub stations: Vec<usize>,
    /// How many they are.
    pub compared: usize,
    /// Stations without one of them.
    pub left_out: usize,
    /// The stations with an excess: station, official, counted; largest excess first.
    pub beyond: Vec<(usize, i64, i64)>,
    /// Sum of the excesses.
    pub excess: i64,
    /// For each rate of wrong reports: stations that stay beyond it after Holm, and their excess.
    pub at_rate: Vec<(f64, usize, i64)>,
}

/// Compares station by station.
///
/// `required` leaves out stations that lack another figure (ballots cast), which some tallies ask for.
/// Refused: no station has both figures, a negative count.
pub fn compare(
    beside: &Beside<'_>,
    companions: &[Companion<'_>],
    required: Option<&[Count]>,
    settings: Settings,
) -> Answer {
    let subject = format!("{}, {}", beside.choice, beside.counted_name);
    match figures(beside, None, settings) {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok(figures) => {
            let narrow = required.and_then(|r| self::figures(beside, Some(r), settings).ok());
            say::answer(subject, beside, &figures, narrow.as_ref(), companions, settings)
        }
    }
}

/// The figures, over all stations or over those that have the required figure too.
pub fn figures(
    beside: &Beside<'_>,
    required: Option<&[Count]>,
    settings: Settings,
) -> Result<Figures, &'static str> {
    let has = |s: usize| required.is_none_or(|r| r.get(s).is_some_and(Option::is_some));
    let pairs: Vec<_> = beside.pairs().filter(|p| has(p.0)).collect();
    if pairs.is_empty() {
        return Err("no station has both an official figure and another count of this choice");
    }
    if pairs.iter().any(|&(_, official, counted)| official < 0 || counted < 0) {
        return Err("a count is negative");
    }
    let mut beyond: Vec<_> = pairs.iter().copied().filter(|p| p.2 > p.1).collect();
    beyond.sort_by_key(|&(s, official, counted)| (std::cmp::Reverse(counted - official), s));
    let excess = excess_of(&beyond).ok_or("the sum of the excesses exceeds 64 bits")?;
    let at_rate = settings.false_rates.iter().map(|&q| at_rate(&pairs, q, settings.alpha));
    Ok(Figures {
        stations: pairs.iter().map(|p| p.0).collect(),
        compared: pairs.len(),
        left_out: beside.len() - pairs.len(),
        excess,
        at_rate: at_rate.collect(),
        beyond,
    })
}

/// Sum of the excesses.
fn excess_of(beyond: &[(usize, i64, i64)]) -> Count {
    super::beside::sum(beyond.iter().map(|&(_, official, counted)| counted - official))
}

/// Stations that more reports name than would if a share `q` of all reports were wrong, after Holm over
/// every station compared.
fn at_rate(pairs: &[(usize, i64, i64)], q: f64, alpha: f64) -> (f64, usize, i64) {
    let p: Vec<f64> = pairs.iter().map(|&(_, official, counted)| p(official, counted, q)).collect();
    let adjusted = multiple::holm(&p);
    let kept: Vec<_> =
        pairs.iter().zip(adjusted).filter(|(_, p)| *p < alpha).map(|(pair, _)| *pair).collect();
    (q, kept.len(), excess_of(&kept).unwrap_or(i64::MAX))
}

/// P(at most `official` of `counted` reports are right) when each is right with probability 1 − q.
fn p(official: i64, counted: i64, q: f64) -> f64 {
    match (u64::try_from(official), u64::try_from(counted)) {
        (Ok(k), Ok(n)) if k < n => binomial::cdf(k, n, 1.0 - q),
        _ => 1.0,
    }
}
