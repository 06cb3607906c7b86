//! P150: how unequal the chances of being in hand must be for another figure to be right.

mod say;

use glassurn_model::{Answer, Count, LeftOut, Reason};
use glassurn_stats::selection::{self, Selection};

use super::Method;

#[doc = include_str!("selection_factor.md")]
pub const METHOD: Method = Method {
    code: "P150",
    name: "selection-factor",
    title: "Selection factor",
    doc: include_str!("selection_factor.md"),
};

/// The factors that are tabulated where none are given.
pub const GRID: [f64; 9] = [1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct SelectionFactor<'a> {
    /// What was counted, for the reader (`copies of protocols, whole country`).
    pub subject: &'a str,
    /// The choice whose share is in question.
    pub choice: &'a str,
    /// What its share is a share of (`valid votes`).
    pub base: &'a str,
    /// For each station in hand: votes of the choice, and the base.
    pub counts: &'a [(Count, Count)],
    /// A share that somebody states, and who (`the official share`).
    pub stated: Option<(f64, &'a str)>,
    /// Another choice, and its votes at the same stations.
    pub rival: Option<(&'a str, &'a [Count])>,
    /// Factors to tabulate, each at least 1.
    pub grid: &'a [f64],
}

/// What follows from the counts alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Share in hand, all stations weighted alike.
    pub share: f64,
    /// Stations used.
    pub used: usize,
    /// Sums of votes and base over them.
    pub total: [i64; 2],
    /// Stations left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Each factor with the lowest and highest share by stations and by single votes.
    pub grid: Vec<Row>,
    /// Smallest factor between stations that reaches the stated share; inner `None`: no factor does.
    pub to_stated: Option<Option<f64>>,
    /// The same between single votes.
    pub to_stated_odds: Option<f64>,
    /// Smallest factor at which the rival has as many votes; inner `None`: no factor does.
    pub to_rival: Option<Option<f64>>,
}

/// One line of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The factor.
    pub factor: f64,
    /// Where stations have weights in [1, factor].
    pub stations: [f64; 2],
    /// Where the odds of single votes differ by the factor.
    pub votes: [f64; 2],
}

/// The figures, or why there are none.
///
/// A station is left out where a count is missing, or is negative or above its base. Refused: no station
/// left, no vote in the base, a factor below 1, a stated share outside [0, 1], rivals of another length.
pub fn figures(ask: &SelectionFactor<'_>) -> Result<Figures, String> {
    sound(ask)?;
    let Kept { own, margins, total, left_out } = keep(ask);
    let selection = Selection::new(&own).ok_or("no station in hand has a complete count")?;
    let margins = ask.rival.map(|_| Selection::new(&margins));
    let share = selection.ratio();
    let row = |&factor: &f64| {
        let [stations, votes] = [selection.bounds(factor), selection::odds_bounds(share, factor)];
        Some(Row { factor, stations: stations?, votes: votes? })
    };
    Ok(Figures {
        share,
        used: own.len(),
        total: total.ok_or("the sums exceed 64 bits")?,
        left_out,
        grid: ask.grid.iter().filter_map(row).collect(),
        to_stated: ask.stated.map(|(s, _)| selection.factor_to_reach(s)),
        to_stated_odds: ask.stated.and_then(|(s, _)| selection::odds_factor(share, s)),
        to_rival: margins.map(|m| m.and_then(|m| m.factor_to_reach(0.0))),
    })
}

/// What must hold of the question itself.
fn sound(ask: &SelectionFactor<'_>) -> Result<(), String> {
    if ask.grid.iter().any(|f| !(*f >= 1.0 && f.is_finite())) {
        return Err("a factor is below 1".to_owned());
    }
    if ask.stated.is_some_and(|(s, _)| !(0.0..=1.0).contains(&s)) {
        return Err("the stated share is not between 0 and 1".to_owned());
    }
    if ask.rival.is_some_and(|(_, v)| v.len() != ask.counts.len()) {
        return Err("the other choice has figures for other stations".to_owned());
    }
    Ok(())
}

/// The stations that can be used.
struct Kept {
    own: Vec<(i64, i64)>,
    margins: Vec<(i64, i64)>,
    total: Option<[i64; 2]>,
    left_out: Vec<LeftOut>,
}

fn keep(ask: &SelectionFactor<'_>) -> Kept {
    let (mut own, mut margins) = (Vec::new(), Vec::new());
    let (mut missing, mut flagged) = (0, 0);
    for (i, &(votes, base)) in ask.counts.iter().enumerate() {
        let rival = ask.rival.map_or(Some(0), |(_, v)| v.get(i).copied().flatten());
        match (votes, base, rival) {
            (Some(y), Some(x), Some(z)) if y >= 0 && z >= 0 && x >= y && x - y >= z => {
                own.push((y, x));
                margins.push((y - z, x));
            }
            (Some(_), Some(_), Some(_)) => flagged += 1,
            _ => missing += 1,
        }
    }
    let reasons = [(Reason::Missing, missing), (Reason::Flagged, flagged)];
    let left = |(why, stations): (Reason, usize)| (stations > 0).then_some(LeftOut { why, stations });
    let total = own.iter().try_fold([0_i64; 2], |sum, u| {
        Some([sum[0].checked_add(u.0)?, sum[1].checked_add(u.1)?])
    });
    Kept { own, margins, total, left_out: reasons.into_iter().filter_map(left).collect() }
}

/// The answer; refused where [`figures`] has none.
pub fn answer(ask: &SelectionFactor<'_>) -> Answer {
    let subject = format!("{}, {}", ask.choice, ask.subject);
    match figures(ask) {
        Ok(figures) => say::answer(subject, ask, &figures),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}
