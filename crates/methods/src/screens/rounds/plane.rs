//! The plane through the two rounds.

use glassurn_model::{Column, LeftOut, Reason};
use glassurn_stats::clustered;

use super::Rounds as Settings;
use crate::inference::Estimate;
use crate::neighbourhood::outermost;
use crate::pairs::{Pair, Pairs, alike};
use crate::{Slice, slice::Tray};

/// What the slope may change with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Ballots contested now, out of ballots cast: a further column called `contested`.
    Contested,
    /// Ballots of the first round for choices that do not stand now.
    SetFree,
}

impl Kind {
    /// As a reader sees it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Contested => "share of contested ballots",
            Kind::SetFree => "share of votes set free",
        }
    }
}

/// A station in both rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// Its figures.
    pub pair: Pair,
    /// What the slope may change with.
    pub moderator: f64,
    /// Its share now less what the plane gives.
    pub apart: f64,
}

/// The plane: share = a + β (v − v̄) + κ (k − k̄) + δ (v − v̄)(k − k̄).
#[derive(Debug, Clone, PartialEq)]
pub struct Rounds {
    /// The stations.
    pub stations: Vec<Round>,
    /// What the slope may change with.
    pub kind: Kind,
    /// Means of the first round's share and of what the slope may change with.
    pub means: [f64; 2],
    /// Value at the means.
    pub centre: f64,
    /// β.
    pub slope: Estimate,
    /// κ.
    pub moderator: Estimate,
    /// δ.
    pub change: Estimate,
    /// Share of the variance that the plane takes up.
    pub r_squared: f64,
    /// Units by which the errors are grouped.
    pub groups: usize,
    /// Low and high values of what the slope may change with: the fifth and the ninety-fifth of a hundred.
    pub range: [f64; 2],
    /// What was left out.
    pub left_out: Vec<LeftOut>,
}

impl Rounds {
    pub(super) fn of(set: &Settings, slice: &Slice<'_>, pairs: Pairs) -> Result<Rounds, Reason> {
        if !pairs.predecessor.same {
            let why = "the choice did not stand in the earlier election under this name";
            return Err(Reason::WrongSubject(why.to_owned()));
        }
        let (kind, columns) = moderator(slice)?;
        let mut tray = Tray::with(pairs.left_out);
        let mut kept: Vec<(Pair, f64)> = Vec::with_capacity(pairs.all.len());
        for pair in pairs.all {
            match share(kind, &columns, &pair) {
                Some(k) => kept.push((pair, k)),
                None => tray.put(Reason::Missing),
            }
        }
        if kept.len() < set.min_stations {
            return Err(Reason::TooFew { used: kept.len(), needed: set.min_stations });
        }
        let groups = outermost(slice, kept.iter().map(|p| p.0.now.row), set.min_groups)?;
        let mean = |of: &dyn Fn(&(Pair, f64)) -> f64| kept.iter().map(of).sum::<f64>() / kept.len() as f64;
        let means = [mean(&|p| p.0.then.share()), mean(&|p| p.1)];
        let row = |(pair, k): &(Pair, f64)| {
            let (v, k) = (pair.then.share() - means[0], k - means[1]);
            [v, k, v * k]
        };
        let x: Vec<[f64; 3]> = kept.iter().map(row).collect();
        let y: Vec<f64> = kept.iter().map(|p| p.0.now.share()).collect();
        let fit = clustered::fit(&x, &y, &groups).ok_or(Reason::Constant)?;
        let b = |k: usize| Estimate { value: fit.coefficients[k], se: fit.se[k], df: fit.df[k] };
        let at = |x: &[f64; 3]| {
            fit.coefficients[0] + x.iter().zip(&fit.coefficients[1..]).map(|(x, b)| x * b).sum::<f64>()
        };
        let rounds = kept.iter().zip(&x).zip(&y);
        let stations =
            rounds.map(|((p, x), y)| Round { pair: p.0, moderator: p.1, apart: y - at(x) }).collect();
        Ok(Rounds {
            stations,
            kind,
            means,
            centre: fit.coefficients[0],
            slope: b(1),
            moderator: b(2),
            change: b(3),
            r_squared: fit.r_squared,
            groups: fit.groups,
            range: range(kept.iter().map(|p| p.1).collect()),
            left_out: tray.empty(),
        })
    }

    /// What the plane gives.
    pub fn at(&self, share: f64, moderator: f64) -> f64 {
        let (v, k) = (share - self.means[0], moderator - self.means[1]);
        self.centre + self.slope.value * v + self.moderator.value * k + self.change.value * v * k
    }
}

/// What the slope may change with, and its columns: the contested ballots, else the earlier votes for choices
/// that do not stand now.
fn moderator<'a>(slice: &Slice<'a>) -> Result<(Kind, Vec<&'a Column>), Reason> {
    let contest = slice.contest();
    if let Some(contested) = contest.extras.iter().find(|c| alike(&c.name, "contested")) {
        return Ok((Kind::Contested, vec![contested]));
    }
    let stands = |c: &&Column| contest.choices.iter().any(|now| alike(&now.name, &c.name));
    let free: Vec<&Column> = slice.earlier()?.choices.iter().filter(|c| !stands(c)).collect();
    if free.is_empty() {
        let why = "every choice of the earlier election stands again, and no ballots are marked as contested";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    Ok((Kind::SetFree, free))
}

fn share(kind: Kind, columns: &[&Column], pair: &Pair) -> Option<f64> {
    let mut votes = columns.iter().map(|c| c.values.get(pair.now.row as usize).copied().flatten());
    let votes = votes.try_fold(0_i64, |sum, v| sum.checked_add(v?))?;
    let whole = if kind == Kind::Contested { pair.now.cast } else { pair.then.cast };
    (0..=whole).contains(&votes).then(|| votes as f64 / whole as f64)
}

/// The fifth and the ninety-fifth of a hundred.
fn range(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_by(f64::total_cmp);
    let at = |part: usize| values.get(values.len() * part / 100).copied().unwrap_or(0.0);
    [at(5), at(95)]
}
