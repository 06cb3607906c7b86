//! The columns of the hierarchy.

use super::super::groups::Groups;
use super::super::named;
use super::super::profile::Profile;
use super::super::report::Report;
use super::Candidate;

/// The hierarchy: names that repeat, each nested in the one before.
pub(super) fn levels(
    usable: &[&Candidate],
    station: Option<usize>,
    rows: usize,
    profiles: &[Profile],
    long: bool,
    report: &mut Report,
) -> Vec<usize> {
    let mut texts: Vec<&Candidate> = usable
        .iter()
        .enumerate()
        .filter(|(i, c)| Some(*i) != station && c.text && (!long || c.level > 0.0))
        .map(|(_, c)| *c)
        .collect();
    texts.sort_by_key(|c| (c.groups.count, c.column));
    let mut chain = Chain { steps: Vec::new(), rows };
    for candidate in texts {
        chain.add_text(candidate);
    }
    let codes =
        usable.iter().enumerate().filter(|(i, c)| Some(*i) != station && !c.text && c.level > 0.0);
    let mut codes: Vec<&Candidate> = codes.map(|(_, c)| *c).collect();
    codes.sort_by_key(|c| (c.groups.count, c.column));
    codes.into_iter().for_each(|c| chain.add_code(c));
    for step in &chain.steps {
        let name = profiles[step.column].best(|r| r.starts_with("level."));
        let why =
            name.map_or_else(|| "a name that repeats in unbroken runs".to_owned(), named::words);
        let score = name.map_or(0.5, |m| m.score);
        report.decide(
            "level",
            &[step.column],
            0.6 + 0.35 * score,
            format!("{why}; {} units, each within one unit of the level before", step.groups.count),
        );
    }
    chain.steps.iter().map(|s| s.column).collect()
}

/// Levels found so far, each with the groups of all levels up to it.
struct Chain {
    steps: Vec<Step>,
    rows: usize,
}

/// One level.
struct Step {
    column: usize,
    groups: Groups,
}

impl Chain {
    /// The groups of the innermost level.
    fn inner(&self) -> Groups {
        self.steps.last().map_or_else(|| Groups::one(self.rows), |s| s.groups.clone())
    }

    /// Adds a column of names if it is a level within the last one.
    fn add_text(&mut self, candidate: &Candidate) {
        if candidate.groups.count < 2 || 2 * candidate.groups.count > self.rows {
            return;
        }
        let outer = self.inner();
        let both = outer.and(&candidate.groups);
        let repeats = 2 * both.count <= self.rows;
        let finer = both.count > outer.count;
        let nested = 10 * both.count <= 11 * candidate.groups.count;
        let runs = candidate.groups.changes() <= 3 * candidate.groups.count;
        let named = candidate.level > 0.0 && both.count <= 4 * candidate.groups.count.max(1);
        if repeats && finer && (named || nested && runs) {
            self.steps.push(Step { column: candidate.column, groups: both });
        }
    }

    /// Adds a column of codes unless it says the same as a level that is there.
    fn add_code(&mut self, candidate: &Candidate) {
        if candidate.groups.count < 2 {
            return;
        }
        let mut before = Groups::one(self.rows);
        for at in 0..self.steps.len() {
            let here = &self.steps[at].groups;
            if here.and(&candidate.groups).count == here.count {
                let both = before.and(&candidate.groups);
                let twin = 20 * both.count >= 19 * here.count;
                if !twin && both.count > before.count {
                    self.steps.insert(at, Step { column: candidate.column, groups: both });
                }
                return;
            }
            before = here.clone();
        }
        let both = before.and(&candidate.groups);
        if both.count > before.count && 2 * both.count <= self.rows {
            self.steps.push(Step { column: candidate.column, groups: both });
        }
    }
}
