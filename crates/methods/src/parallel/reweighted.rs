//! P160: what is in hand, weighted to a composition that is known.

mod say;

use glassurn_model::{Answer, Count, LeftOut, Reason};
use glassurn_stats::raking::{self, RakeError, effective_size, rake};

use super::Method;

#[doc = include_str!("reweighted.md")]
pub const METHOD: Method = Method {
    code: "P160",
    name: "reweighted",
    title: "Weighted to a known composition",
    doc: include_str!("reweighted.md"),
};

/// One station, or one place with several.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Votes of each choice.
    pub votes: Vec<Count>,
    /// What shares are shares of; the sum of the choices where that is all there is.
    pub base: Count,
    /// How much of the control totals it stands for itself: stations counted, or its base.
    pub size: Count,
    /// Its group in each margin.
    pub groups: Vec<usize>,
}

/// Known totals of the groups of one division.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// What divides (`province`).
    pub name: String,
    /// Name and known total of each group, in the unit of the sizes.
    pub groups: Vec<(String, i64)>,
}

/// When weighting promises more than the counts can carry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Smallest effective share of the units.
    pub effective: f64,
    /// Largest weight in smallest weights.
    pub ratio: f64,
}

impl Limits {
    /// The limits used when none are given.
    pub const DEFAULT: Self = Limits { effective: 0.25, ratio: 50.0 };
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Reweighted<'a> {
    /// What was counted, for the reader.
    pub subject: &'a str,
    /// What shares are shares of (`votes for the three pairs`).
    pub base: &'a str,
    /// What the control totals count (`stations`).
    pub control: &'a str,
    /// The choices.
    pub choices: &'a [String],
    /// What is in hand.
    pub units: &'a [Unit],
    /// One margin (post-stratification) or several (raking).
    pub margins: &'a [Margin],
    /// When to refuse.
    pub limits: Limits,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Share of each choice, all units weighted alike.
    pub plain: Vec<f64>,
    /// Share of each choice, weighted.
    pub weighted: Vec<f64>,
    /// Units used.
    pub used: usize,
    /// Their base, summed.
    pub total: i64,
    /// Units left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Effective number of units.
    pub effective: f64,
    /// Largest over smallest weight.
    pub ratio: f64,
    /// Rounds of raking.
    pub rounds: usize,
    /// For each margin and group: sum of sizes in hand.
    pub in_hand: Vec<Vec<f64>>,
}

/// The figures, or why there are none.
///
/// A unit is left out where a count is missing, or where votes are negative or above the base, or its size
/// is not above zero. Refused: no unit left, a group with a total and nothing in hand, margins that
/// contradict each other or do not converge, weights beyond the limits.
pub fn figures(ask: &Reweighted<'_>) -> Result<Figures, String> {
    let (units, left_out) = keep(ask)?;
    let sizes: Vec<f64> = units.iter().map(|u| u.size.unwrap_or(0) as f64).collect();
    let groups = |m: usize| units.iter().map(|u| u.groups[m]).collect::<Vec<_>>();
    let groups: Vec<_> = (0..ask.margins.len()).map(groups).collect();
    let totals = |m: &Margin| m.groups.iter().map(|g| g.1 as f64).collect::<Vec<_>>();
    let totals: Vec<_> = ask.margins.iter().map(totals).collect();
    let pairs = groups.iter().zip(&totals);
    let margins: Vec<_> = pairs.map(|(group, totals)| raking::Margin { group, totals }).collect();
    let raked = rake(&sizes, &margins).map_err(|e| why(ask, e))?;
    let (least, most) = raked.weights.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), &w| (a.min(w), b.max(w)));
    let effective = effective_size(&raked.weights).ok_or("no unit has a weight")?;
    within(ask, effective / units.len() as f64, most / least)?;
    let ones = vec![1.0; units.len()];
    let total = units.iter().try_fold(0_i64, |s, u| s.checked_add(u.base?));
    Ok(Figures {
        plain: shares(ask, &units, &ones).ok_or("no votes in hand")?,
        weighted: shares(ask, &units, &raked.weights).ok_or("no votes in hand")?,
        used: units.len(),
        total: total.ok_or("the sums exceed 64 bits")?,
        left_out,
        effective,
        ratio: most / least,
        rounds: raked.rounds,
        in_hand: margins.iter().map(|m| in_hand(m, &sizes)).collect(),
    })
}

/// The units that can be used.
fn keep<'a>(ask: &Reweighted<'a>) -> Result<(Vec<&'a Unit>, Vec<LeftOut>), String> {
    let (mut units, mut missing, mut flagged) = (Vec::new(), 0, 0);
    for unit in ask.units {
        if unit.votes.len() != ask.choices.len() || unit.groups.len() != ask.margins.len() {
            return Err("a unit has other choices or margins than were named".to_owned());
        }
        let votes: Option<Vec<i64>> = unit.votes.iter().copied().collect();
        match (votes, unit.base, unit.size) {
            (Some(votes), Some(base), Some(size)) => {
                let sum = votes.iter().try_fold(0_i64, |s, v| s.checked_add(*v));
                let sound = votes.iter().all(|v| *v >= 0) && sum.is_some_and(|s| s <= base);
                if sound && size > 0 { units.push(unit) } else { flagged += 1 }
            }
            _ => missing += 1,
        }
    }
    if units.is_empty() || ask.choices.is_empty() || ask.margins.is_empty() {
        return Err("there is no complete unit, no choice, or no margin".to_owned());
    }
    let reasons = [(Reason::Missing, missing), (Reason::Flagged, flagged)];
    let left = |(why, stations): (Reason, usize)| (stations > 0).then_some(LeftOut { why, stations });
    Ok((units, reasons.into_iter().filter_map(left).collect()))
}

/// The choices' shares under these weights.
fn shares(ask: &Reweighted<'_>, units: &[&Unit], weights: &[f64]) -> Option<Vec<f64>> {
    let sum = |of: &dyn Fn(&Unit) -> Count| -> f64 {
        units.iter().zip(weights).map(|(u, w)| w * of(u).unwrap_or(0) as f64).sum()
    };
    let base = sum(&|u| u.base);
    let share = |c: usize| sum(&|u| u.votes.get(c).copied().flatten()) / base;
    (base > 0.0).then(|| (0..ask.choices.len()).map(share).collect())
}

fn in_hand(margin: &raking::Margin<'_>, sizes: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; margin.totals.len()];
    margin.group.iter().zip(sizes).for_each(|(&g, s)| sums[g] += s);
    sums
}

/// Refuses weights that promise too much.
fn within(ask: &Reweighted<'_>, effective: f64, ratio: f64) -> Result<(), String> {
    if effective < ask.limits.effective {
        return Err(format!(
            "the weights leave {:.1} % of the units effective, fewer than the {:.1} % declared as the limit",
            100.0 * effective,
            100.0 * ask.limits.effective
        ));
    }
    if ratio > ask.limits.ratio {
        return Err(format!(
            "the largest weight is {ratio:.1} times the smallest, more than the {:.1} declared as the limit",
            ask.limits.ratio
        ));
    }
    Ok(())
}

/// A failure of raking in words.
fn why(ask: &Reweighted<'_>, error: RakeError) -> String {
    let name = |m: usize, g: usize| {
        let margin = ask.margins.get(m);
        let group = margin.and_then(|m| m.groups.get(g)).map_or("", |g| &g.0);
        format!("{} {group}", margin.map_or("", |m| &m.name))
    };
    match error {
        RakeError::Unsound => "a control total is negative, or a unit is in no group".to_owned(),
        RakeError::Empty(m, g) => {
            format!("nothing is in hand of {}: no weighting can stand for it", name(m, g))
        }
        RakeError::Zero(m, g) => format!("{} is in hand but has a control total of zero", name(m, g)),
        RakeError::Totals(m) => {
            let name = ask.margins.get(m).map_or("", |m| &m.name);
            format!("the control totals by {name} have another sum than the first ones")
        }
        RakeError::Apart(off) => format!(
            "the margins do not converge: after {} rounds some total is off by {:.2} %",
            raking::ROUNDS,
            100.0 * off
        ),
    }
}

/// The answer; refused where [`figures`] has none.
pub fn answer(ask: &Reweighted<'_>) -> Answer {
    match figures(ask) {
        Ok(figures) => say::answer(ask, &figures),
        Err(why) => Answer::refused(METHOD.code, ask.subject, why),
    }
}
