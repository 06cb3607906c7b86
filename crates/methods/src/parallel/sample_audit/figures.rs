//! The sufficient figures of an audit.

use std::collections::BTreeMap;

use glassurn_stats::martingale::{Alternative, Bet, Null, run};
use glassurn_stats::{rng, sample};

use super::compare::{self, Compared};
use super::{Settings, Station};

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations of the frame.
    pub stations: usize,
    /// Stations drawn, and those of them with a complete copy.
    pub drawn: usize,
    /// Drawn stations without a complete copy; each is counted at its worst.
    pub without_copy: usize,
    /// Copies equal to the official figures in every choice.
    pub equal: usize,
    /// Copies that differ: name, and the largest overstatement of the leader's margin in votes.
    pub differ: Vec<(String, i64)>,
    /// Stations without complete official figures; each is counted as all for the other side.
    pub without_official: usize,
    /// The announced leader, an index of the choices.
    pub leader: usize,
    /// Number of strata.
    pub strata: usize,
    /// Whether the order of drawing is on record.
    pub ordered: bool,
    /// The leader against every other choice.
    pub pairs: Vec<Pair>,
    /// MACRO's U and product over the same stations, where they can be computed.
    pub macro_batch: Option<(f64, f64)>,
}

/// The leader against one other choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The other choice.
    pub other: usize,
    /// Official margin in votes; a station without figures counts as all for the other.
    pub margin: i64,
    /// Largest overstatement that a station allows, in votes of margin (U).
    pub bound: i64,
    /// Sum of the overstatements in the sample.
    pub overstated: i64,
    /// The p-value by ALPHA without replacement.
    pub p: f64,
    /// Kaplan-Markov on the same values: valid for draws with replacement.
    pub kaplan_markov: Option<f64>,
    /// BRAVO on the votes of the copies: valid for single ballots drawn at random.
    pub bravo: Option<f64>,
}

impl Figures {
    /// The p-value of "the announced leader does not have most votes": the largest over the pairs.
    pub fn p(&self) -> f64 {
        self.pairs.iter().map(|p| p.p).fold(0.0, f64::max)
    }
}

/// Computes them, or says why not.
pub fn figures(choices: &[String], stations: &[Station], set: Settings) -> Result<Figures, String> {
    check(choices, stations, set)?;
    let leader = leader(choices, stations)?;
    let (order, ordered) = in_order(stations, set.seed)?;
    let mut pairs = Vec::new();
    for other in (0..choices.len()).filter(|o| *o != leader) {
        pairs.push(pair(stations, &order, (leader, other), set)?);
    }
    let copies = compare::copies(stations, leader);
    let without_official =
        stations.iter().filter(|s| s.official.iter().any(Option::is_none)).count();
    Ok(Figures {
        stations: stations.len(),
        drawn: order.values().map(Vec::len).sum(),
        without_copy: copies.missing,
        equal: copies.equal,
        differ: copies.differ,
        without_official,
        leader,
        strata: order.len(),
        ordered,
        macro_batch: compare::macro_batch(stations, leader, &pairs),
        pairs,
    })
}

fn check(choices: &[String], stations: &[Station], set: Settings) -> Result<(), String> {
    if choices.len() < 2 {
        return Err("an order needs at least two choices".to_owned());
    }
    if !(set.bet > 0.0 && set.bet <= 1.0 && set.risk > 0.0 && set.risk < 1.0) {
        return Err("the bet and the risk limit must lie between 0 and 1".to_owned());
    }
    if !stations.iter().any(|s| s.drawn.is_some()) {
        return Err("no station of the frame is marked as drawn".to_owned());
    }
    stations.iter().try_for_each(|s| compare::possible(s, choices.len()))
}

/// The choice with most votes in the stations that have figures.
fn leader(choices: &[String], stations: &[Station]) -> Result<usize, String> {
    let total = |c: usize| -> i64 { stations.iter().filter_map(|s| s.official[c]).sum() };
    let totals: Vec<i64> = (0..choices.len()).map(total).collect();
    let most = totals.iter().max().copied().unwrap_or(0);
    let mut first = (0..totals.len()).filter(|c| totals[*c] == most);
    match (first.next(), first.next()) {
        (Some(leader), None) => Ok(leader),
        _ => Err("no single choice has most votes in the official figures".to_owned()),
    }
}

/// The drawn stations of each stratum, in the order of drawing or in a seeded order that owes nothing to
/// the figures.
type Order<'a> = BTreeMap<&'a str, Vec<usize>>;

fn in_order(stations: &[Station], seed: u64) -> Result<(Order<'_>, bool), String> {
    let mut order: Order<'_> = BTreeMap::new();
    for (at, station) in stations.iter().enumerate() {
        let drawn = order.entry(&station.stratum).or_default();
        if station.drawn.is_some() {
            drawn.push(at);
        }
    }
    if let Some((name, _)) = order.iter().find(|(_, drawn)| drawn.is_empty()) {
        return Err(format!("no station was drawn in stratum {name}: join strata by a rule first"));
    }
    let place = |at: &usize| stations[*at].drawn.as_ref().and_then(|d| d.order);
    let ordered = order.values().flatten().all(|at| place(at).is_some());
    for (number, drawn) in (0..).zip(order.values_mut()) {
        if ordered {
            drawn.sort_by_key(place);
            if drawn.windows(2).any(|w| place(&w[0]) == place(&w[1])) {
                return Err("two drawn stations have the same place in the order".to_owned());
            }
        } else {
            let mut rng = rng::stream(seed, "sample-audit order", number);
            sample::shuffle(&mut rng, drawn);
        }
    }
    Ok((order, ordered))
}

/// Tests "the other choice has at least as many votes as the leader".
fn pair(
    stations: &[Station],
    order: &Order<'_>,
    (leader, other): (usize, usize),
    set: Settings,
) -> Result<Pair, String> {
    let all: Vec<Compared> = stations.iter().map(|s| Compared::of(s, leader, other)).collect();
    let margin: i64 = all.iter().map(|c| c.margin).sum();
    let bound = all.iter().map(Compared::most).max().unwrap_or(0);
    let below = all.iter().map(|c| c.cap - c.margin).max().unwrap_or(0);
    let drawn: Vec<usize> = order.values().flatten().copied().collect();
    let overstated = drawn.iter().map(|at| all[*at].error).sum();
    let mut pair = Pair { other, margin, bound, overstated, p: 1.0, kaplan_markov: None, bravo: None };
    // With no announced margin there is nothing to support.
    if margin <= 0 || bound + below <= 0 {
        return Ok(pair);
    }
    let value = |at: usize| (bound - all[at].error) as f64;
    let upper = (bound + below) as f64;
    let mean = bound as f64 - margin as f64 / stations.len() as f64;
    pair.p = if order.len() == 1 {
        let values: Vec<f64> = drawn.iter().map(|at| value(*at)).collect();
        let null = Null { upper, size: Some(stations.len() as u64), mean };
        let course = run(null, Bet::Alpha(Alternative::Toward(set.bet)), &values);
        course.ok_or("a station is outside its bounds")?.p
    } else {
        rounds(stations, order, mean, set.bet, value)
    };
    let with = Null { upper, size: None, mean };
    let values: Vec<f64> = drawn.iter().map(|at| value(*at)).collect();
    pair.kaplan_markov = run(with, Bet::KaplanMarkov(0.0), &values).map(|c| c.p);
    pair.bravo = compare::bravo(stations, leader, other);
    Ok(pair)
}

/// The stratified form: a round takes one batch from every stratum, weighted by the strata's sizes.
///
/// Whatever the strata's means, the mean of a round given the past is at most `left` below: what the null
/// leaves is charged to the stratum that is exhausted fastest.
fn rounds(
    stations: &[Station],
    order: &Order<'_>,
    mean: f64,
    bet: f64,
    value: impl Fn(usize) -> f64,
) -> f64 {
    let total = stations.len() as f64;
    let size = |name: &str| stations.iter().filter(|s| s.stratum == name).count() as f64;
    let strata: Vec<(f64, &Vec<usize>)> = order.iter().map(|(name, d)| (size(name), d)).collect();
    let count = strata.iter().map(|(_, d)| d.len()).min().unwrap_or(0);
    let (mut statistic, mut most) = (1.0_f64, 1.0_f64);
    for round in 0..count {
        let (mut charge, mut seen, mut got) = (1.0_f64, 0.0, 0.0);
        for (size, drawn) in &strata {
            let [from, to] = [round, round + 1].map(|r| r * drawn.len() / count);
            let growth = size / (size - from as f64);
            charge = charge.max(growth);
            seen += growth / total * drawn[..from].iter().map(|at| value(*at)).sum::<f64>();
            let batch: f64 = drawn[from..to].iter().map(|at| value(*at)).sum();
            got += size / total * batch / (to - from) as f64;
        }
        let left = charge * mean - seen;
        // Below zero the null is excluded; at zero nothing may follow but zeros, and nothing is staked.
        let slack = 1e-9 * mean;
        if left < -slack {
            return 0.0;
        } else if left <= slack {
            break;
        }
        statistic *= 1.0 - bet + bet * got / left;
        most = most.max(statistic);
    }
    1.0 / most
}
