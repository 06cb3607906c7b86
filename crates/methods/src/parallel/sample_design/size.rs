//! Sample sizes from the residuals of an earlier election.

use std::collections::BTreeMap;

use glassurn_model::Count;
use glassurn_stats::{moments, normal};

/// A station of an earlier election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its stratum.
    pub stratum: String,
    /// Votes for the choice.
    pub votes: Count,
    /// What the share is of: valid votes or ballots cast.
    pub of: Count,
}

/// How exact the estimate must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// Half-width of the interval, as a share (0.005 for half a point).
    pub margin: f64,
    /// Its confidence.
    pub confidence: f64,
}

/// Sample sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// Stations of the frame.
    pub frame: u64,
    /// Stations of the earlier election that were used, and those left out.
    pub used: usize,
    /// Left out: a figure missing, negative, or more votes than the whole.
    pub left_out: usize,
    /// Mean size of a station x̄.
    pub mean_size: f64,
    /// Share of the choice.
    pub share: f64,
    /// Standard deviation S_e of the residuals e = y − R x, votes a station.
    pub spread: f64,
    /// Stations by simple random sampling.
    pub simple: f64,
    /// Stations that the formula for single voters gives, at share ½.
    pub by_voters: f64,
    /// Stations with strata and proportional allocation.
    pub proportional: f64,
    /// Stations with strata and Neyman's allocation.
    pub neyman: f64,
    /// Name, stations in the frame, S_e of every stratum.
    pub strata: Vec<(String, u64, f64)>,
}

impl Sizes {
    /// How many times too few stations the formula for voters gives.
    pub fn factor(&self) -> f64 {
        self.simple / self.by_voters
    }

    /// Variance of the share against that of as many voters drawn singly.
    pub fn design_effect(&self) -> f64 {
        self.spread * self.spread / (self.mean_size * self.share * (1.0 - self.share))
    }
}

/// Sizes for a frame of strata (name, stations).
///
/// A stratum with fewer than two earlier stations takes the spread of all. Refused: fewer than two usable
/// stations, an empty frame, an aim outside (0, 1), residuals that do not vary.
pub fn sizes(past: &[Past], frame: &[(String, u64)], aim: Aim) -> Result<Sizes, String> {
    let inside = |v: f64| v > 0.0 && v < 1.0;
    if !(inside(aim.margin) && inside(aim.confidence)) {
        return Err("margin and confidence must lie between 0 and 1".to_owned());
    }
    let total: u64 = frame.iter().map(|f| f.1).sum();
    let usable: Vec<(&str, f64, f64)> = past.iter().filter_map(usable).collect();
    if usable.len() < 2 || total == 0 {
        return Err("fewer than two usable stations of an earlier election, or an empty frame".to_owned());
    }
    let (y, x) = usable.iter().fold((0.0, 0.0), |(y, x), u| (y + u.1, x + u.2));
    let (share, mean_size) = (y / x, x / usable.len() as f64);
    let residuals: Vec<f64> = usable.iter().map(|u| u.1 - share * u.2).collect();
    let spread = deviation(&residuals);
    if spread <= 0.0 {
        return Err("the shares of the earlier election do not vary at all".to_owned());
    }
    let strata = by_stratum(&usable, &residuals, frame, spread);
    let z = normal::quantile(0.5 + aim.confidence / 2.0);
    let unit = z / (aim.margin * mean_size);
    let n = total as f64;
    let weighted = |power: i32| -> f64 {
        strata.iter().map(|s| s.1 as f64 / n * s.2.powi(power)).sum()
    };
    let corrected = |n0: f64| n0 / (1.0 + n0 / n);
    let (first, second) = (weighted(1), weighted(2));
    let voters = 0.25 / ((aim.margin / z).powi(2) + 0.25 / (n * mean_size));
    Ok(Sizes {
        frame: total,
        used: usable.len(),
        left_out: past.len() - usable.len(),
        mean_size,
        share,
        spread,
        simple: corrected((unit * spread).powi(2)),
        by_voters: voters / mean_size,
        proportional: corrected(unit * unit * second),
        neyman: (unit * first).powi(2) / (1.0 + unit * unit * second / n),
        strata,
    })
}

fn usable(past: &Past) -> Option<(&str, f64, f64)> {
    let (votes, of) = (past.votes?, past.of?);
    (votes >= 0 && of >= votes && of > 0).then_some((past.stratum.as_str(), votes as f64, of as f64))
}

/// Standard deviation with n − 1.
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    libm::sqrt(moments::variance(values) * n / (n - 1.0))
}

/// Name, stations and spread of the frame's strata.
fn by_stratum(
    usable: &[(&str, f64, f64)],
    residuals: &[f64],
    frame: &[(String, u64)],
    spread: f64,
) -> Vec<(String, u64, f64)> {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (station, residual) in usable.iter().zip(residuals) {
        groups.entry(station.0).or_default().push(*residual);
    }
    let own = |name: &str| groups.get(name).filter(|g| g.len() > 1).map(|g| deviation(g));
    frame.iter().map(|(name, n)| (name.clone(), *n, own(name).unwrap_or(spread))).collect()
}

/// Fewest wrong stations that can hide a margin of so many votes, if a station can move twice its mean size.
pub fn wrong_stations(margin: f64, mean_size: f64) -> Option<u64> {
    let k = libm::ceil(margin / (2.0 * mean_size));
    (k.is_finite() && (0.0..1e15).contains(&k)).then(|| format!("{k:.0}").parse().ok()).flatten()
}

/// Probability that `drawn` of `all` stations, drawn at random, miss all of `wrong`: C(N−k, n) / C(N, n).
pub fn detection_miss(all: u64, wrong: u64, drawn: u64) -> f64 {
    if wrong > all || drawn > all - wrong {
        return if wrong > all || drawn > all { f64::NAN } else { 0.0 };
    }
    let log = |i: u64| libm::log1p(-(wrong as f64) / (all - i) as f64);
    libm::exp((0..drawn).map(log).sum())
}
