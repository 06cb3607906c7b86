//! Runs the screens on every subject asked for and adjusts the p-values for their number.

use glassurn_model::{Outcome, Returns, Scope};
use glassurn_stats::multiple;
use rayon::prelude::*;
use serde::Serialize;

use crate::peers::Published;
use crate::{Cost, Family, Focus, LEVEL, Meta, Screen, Slice, screens};

/// What to run.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Choices in focus, for each contest; empty means the leader.
    pub choices: Vec<Vec<usize>>,
    /// Levels of the hierarchy whose units are looked at one by one.
    pub levels: Vec<usize>,
    /// Stations to leave out (flagged ones), one entry a station; empty leaves out none.
    pub leave_out: Vec<bool>,
    /// Codes of the screens to run; empty means all quick ones.
    pub only: Vec<String>,
    /// Run the slow ones as well, when no codes are given.
    pub models: bool,
}

impl Plan {
    /// Whether this screen is to run.
    pub fn wants(&self, meta: &Meta) -> bool {
        match self.only.is_empty() {
            true => meta.cost <= if self.models { Cost::Slow } else { Cost::Quick },
            false => self.only.iter().any(|code| code == meta.code),
        }
    }
}

/// One answer, with its p-value adjusted for the number of tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tested {
    /// The screen's answer.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Holm-adjusted over the tests of the screen's family.
    pub holm: Option<f64>,
    /// Benjamini-Hochberg-adjusted over the whole battery.
    pub bh: Option<f64>,
    /// Whether the finding stands out by the screen's own rule, and, where that is a p-value, does so after
    /// adjustment over the whole battery; `None` where the screen only describes.
    pub stands_out: Option<bool>,
}

/// Runs every planned screen; the order of the answers does not depend on the number of threads.
pub fn run(returns: &Returns, plan: &Plan) -> Vec<Tested> {
    let slices = slices(returns, plan);
    let jobs: Vec<_> = screens::ALL
        .iter()
        .filter(|s| plan.wants(&s.meta()))
        .flat_map(|&screen| {
            slices.iter().filter(move |s| suits(screen, s)).map(move |s| (screen, s))
        })
        .collect();
    let answers = jobs.par_iter().map(|(screen, slice)| screen.run(slice)).collect();
    let screens: Vec<&dyn Screen> = jobs.iter().map(|(screen, _)| *screen).collect();
    adjust(answers, &screens)
}

/// Runs procedures of other programs on every subject of the plan. Nothing is adjusted, and a procedure stands
/// out where its publisher's rule is met.
pub fn published(
    returns: &Returns,
    plan: &Plan,
    procedures: &[&'static dyn Published],
) -> Vec<Tested> {
    let slices = slices(returns, plan);
    let jobs: Vec<_> = procedures
        .iter()
        .flat_map(|&p| slices.iter().filter(move |s| suits(p, s)).map(move |s| (p, s)))
        .collect();
    let answer = |(procedure, slice): &(&dyn Published, &Slice<'_>)| {
        let outcome = procedure.run(slice);
        let stands_out = outcome.finding().and_then(|f| procedure.met(f));
        Tested { outcome, holm: None, bh: None, stands_out }
    };
    jobs.par_iter().map(answer).collect()
}

/// A contest-wide screen runs on slices without focus, the others on slices with one.
fn suits(screen: &dyn Screen, slice: &Slice<'_>) -> bool {
    match screen.meta().focus {
        Focus::Choice => slice.choice.is_some(),
        Focus::Contest => slice.choice.is_none(),
    }
}

/// Every subject of the plan: whole contests first, then the units of each level.
fn slices<'a>(returns: &'a Returns, plan: &Plan) -> Vec<Slice<'a>> {
    let mut slices = Vec::new();
    for (number, contest) in returns.contests.iter().enumerate() {
        let chosen = plan.choices.get(number).filter(|c| !c.is_empty()).cloned();
        let chosen = chosen.unwrap_or_else(|| contest.leader().into_iter().collect());
        let focuses = std::iter::once(None).chain(chosen.into_iter().map(Some));
        for choice in focuses {
            let mut whole = Slice::whole(returns, number, choice);
            whole.rows.retain(|&r| !plan.leave_out.get(r as usize).copied().unwrap_or(false));
            slices.extend(units(&whole, &plan.levels));
            slices.push(whole);
        }
    }
    slices.sort_by_key(|s| s.scope != Scope::Whole);
    slices
}

/// The slice's stations unit by unit, for each level; groups are the next level down.
fn units<'a>(whole: &Slice<'a>, levels: &[usize]) -> Vec<Slice<'a>> {
    let all = &whole.returns.stations.levels;
    let mut slices = Vec::new();
    for (index, level) in levels.iter().filter_map(|&l| Some((l, all.get(l)?))) {
        let mut rows = vec![Vec::new(); level.units.len()];
        for &row in &whole.rows {
            rows[level.of[row as usize] as usize].push(row);
        }
        for (unit, rows) in level.units.iter().zip(rows) {
            let scope = Scope::Unit { level: level.name.clone(), unit: unit.clone() };
            let groups = (index + 1 < all.len()).then_some(index + 1);
            slices.push(Slice { scope, rows, groups, ..whole.clone() });
        }
    }
    slices
}

/// Adds Holm within each family and Benjamini-Hochberg over everything.
fn adjust(answers: Vec<Outcome>, screens: &[&dyn Screen]) -> Vec<Tested> {
    let families: Vec<Family> = screens.iter().map(|screen| screen.meta().family).collect();
    let p = |i: usize| answers[i].finding().and_then(|f| f.p).map(|p| p.value);
    let tested: Vec<usize> = (0..answers.len()).filter(|&i| p(i).is_some()).collect();
    let mut holm = vec![None; answers.len()];
    let mut bh = vec![None; answers.len()];
    let fill = |into: &mut Vec<Option<f64>>, which: &[usize], method: fn(&[f64]) -> Vec<f64>| {
        let values: Vec<f64> = which.iter().filter_map(|&i| p(i)).collect();
        for (&i, adjusted) in which.iter().zip(method(&values)) {
            into[i] = Some(adjusted);
        }
    };
    let mut distinct = families.clone();
    distinct.sort();
    distinct.dedup();
    for family in distinct {
        let members: Vec<_> = tested.iter().copied().filter(|&i| families[i] == family).collect();
        fill(&mut holm, &members, multiple::holm);
    }
    fill(&mut bh, &tested, multiple::benjamini_hochberg);
    let adjusted = holm.into_iter().zip(bh).zip(screens);
    answers
        .into_iter()
        .zip(adjusted)
        .map(|(outcome, ((holm, bh), screen))| {
            let stands_out = outcome.finding().and_then(|f| screen.stands_out(f));
            let after_all = bh.is_none_or(|p| p <= LEVEL);
            Tested { outcome, holm, bh, stands_out: stands_out.map(|s| s && after_all) }
        })
        .collect()
}
