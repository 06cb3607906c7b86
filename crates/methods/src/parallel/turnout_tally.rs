//! P190: official ballots cast against the people whom observers saw voting, or who proved that they did.

mod say;

use glassurn_model::{Answer, Count};
use glassurn_stats::{binomial, multiple};

use super::Method;
use super::beside::{Announced, Beside, sum};

#[doc = include_str!("turnout_tally.md")]
pub const METHOD: Method = Method {
    code: "P190",
    name: "turnout-tally",
    title: "Ballots cast against people seen voting",
    doc: include_str!("turnout_tally.md"),
};

/// Thousandths in the whole.
const WHOLE: i64 = 1000;

/// Settings, declared before the stations are looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The least share of a station's voters that its observers saw, in thousandths; `None` where nobody
    /// states it.
    pub seen: Option<i64>,
    /// Shares, in thousandths, under which the stations are counted anew.
    pub shares: [i64; 4],
    /// Largest probability that any station is named though its observers missed voters by chance alone.
    pub alpha: f64,
    /// Voters' reports below this are not shown station by station.
    pub smallest_cell: i64,
}

impl Settings {
    /// The settings used when none are given.
    pub const DEFAULT: Self =
        Settings { seen: None, shares: [WHOLE, 950, 900, 800], alpha: 0.05, smallest_cell: 5 };
}

/// A station: its index, official ballots cast, people counted.
pub type Pair = (usize, i64, i64);

/// What is beyond the tallies if observers saw at least a share of the voters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unseen {
    /// The share, in thousandths.
    pub share: i64,
    /// Stations at which more ballots were cast than the tally then admits.
    pub stations: usize,
    /// Those ballots.
    pub ballots: i64,
    /// Stations that are named when each voter was seen with that probability, after Holm.
    pub named: usize,
    /// Their ballots beyond the tally.
    pub named_ballots: i64,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The stations with both figures.
    pub pairs: Vec<Pair>,
    /// Stations without one of them.
    pub left_out: usize,
    /// Stations with more people counted than ballots cast, largest excess first.
    pub above: Vec<Pair>,
    /// Sum of these excesses.
    pub excess: i64,
    /// Stations with more ballots cast than people counted, largest difference first; empty for reports
    /// that cover a part of each station.
    pub below: Vec<Pair>,
    /// Sum of these differences.
    pub unseen: i64,
    /// The same under shares of voters seen: the stated one first where there is one.
    pub by_share: Vec<Unseen>,
}

/// Compares ballots cast with the tallies, at each station and in each area.
///
/// Refused: no station has both figures, a negative count, a share outside 1 to 1000 thousandths.
pub fn compare(beside: &Beside<'_>, announced: &[Announced], whole: &str, set: Settings) -> Answer {
    let subject = format!("{}, {}", beside.choice, beside.counted_name);
    match figures(beside, set) {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok(figures) => say::answer(subject, beside, &figures, (announced, whole), set),
    }
}

/// The figures, or why there are none.
pub fn figures(beside: &Beside<'_>, set: Settings) -> Result<Figures, &'static str> {
    let shares: Vec<i64> = set.seen.into_iter().chain(set.shares).collect();
    if shares.iter().any(|s| !(1..=WHOLE).contains(s)) {
        return Err("a share of voters seen lies outside 0.001 to 1");
    }
    let pairs: Vec<Pair> = beside.pairs().collect();
    if pairs.is_empty() {
        return Err("no station has both ballots cast and another count of those who voted");
    }
    if pairs.iter().any(|&(_, official, counted)| official < 0 || counted < 0) {
        return Err("a count is negative");
    }
    let of_whole = beside.counted_kind.counts_whole_stations();
    let above = ordered(pairs.iter().filter(|p| p.2 > p.1));
    let below = ordered(pairs.iter().filter(|p| of_whole && p.1 > p.2));
    let too_large = "the sum of the differences exceeds 64 bits";
    let by_share = shares.iter().filter(|_| of_whole).map(|s| unseen(&pairs, *s, set.alpha));
    Ok(Figures {
        left_out: beside.len() - pairs.len(),
        excess: differences(&above).ok_or(too_large)?,
        unseen: differences(&below).ok_or(too_large)?,
        by_share: by_share.collect(),
        pairs,
        above,
        below,
    })
}

/// The largest difference first, then by station.
fn ordered<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = pairs.copied().collect();
    pairs.sort_by_key(|&(s, official, counted)| (std::cmp::Reverse(official.abs_diff(counted)), s));
    pairs
}

/// Sum of the differences between both figures.
fn differences(pairs: &[Pair]) -> Count {
    sum(pairs.iter().map(|&(_, official, counted)| (official - counted).abs()))
}

/// The most people who can have voted where at least a share was seen: ⌊1000 t / share⌋.
fn most(counted: i64, share: i64) -> i64 {
    let most = i128::from(counted) * i128::from(WHOLE) / i128::from(share);
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// Ballots beyond what a tally admits; none at most stations.
fn beyond(&(_, official, counted): &Pair, share: i64) -> i64 {
    (official - most(counted, share)).max(0)
}

/// What remains under one share of voters seen.
fn unseen(pairs: &[Pair], share: i64, alpha: f64) -> Unseen {
    let p: Vec<f64> = pairs.iter().map(|pair| p(pair, share)).collect();
    let adjusted = multiple::holm(&p);
    let named: Vec<&Pair> =
        pairs.iter().zip(adjusted).filter(|(_, p)| *p < alpha).map(|(pair, _)| pair).collect();
    let total = |ballots: &mut dyn Iterator<Item = i64>| ballots.fold(0, i64::saturating_add);
    Unseen {
        share,
        stations: pairs.iter().filter(|pair| beyond(pair, share) > 0).count(),
        ballots: total(&mut pairs.iter().map(|pair| beyond(pair, share))),
        named: named.len(),
        named_ballots: total(&mut named.iter().map(|pair| beyond(pair, share))),
    }
}

/// P(at most so many were seen) when each of the official voters was seen with this probability.
fn p(&(_, official, counted): &Pair, share: i64) -> f64 {
    match (u64::try_from(counted), u64::try_from(official)) {
        (Ok(k), Ok(n)) if k < n => binomial::cdf(k, n, share as f64 / WHOLE as f64),
        _ => 1.0,
    }
}
