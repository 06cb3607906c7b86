//! What a screen sees: some stations of one contest, one choice in focus.

use glassurn_model::{
    Contest, Counts, Field, Finding, LeftOut, Outcome, Reason, Returns, Scope, Subject,
};

/// What a screen's answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A report: everything that the screen has to show.
    Report,
    /// To see whether the screen stands out and how many votes it names, on one of many elections: what is only looked
    /// at, and costs something, may be left out.
    Judging,
}

/// Some stations of one contest, with one choice in focus.
#[derive(Debug, Clone)]
pub struct Slice<'a> {
    /// The returns looked at.
    pub returns: &'a Returns,
    /// Index of the contest.
    pub contest: usize,
    /// Index of the choice in focus.
    pub choice: Option<usize>,
    /// Which stations, as a name.
    pub scope: Scope,
    /// Which stations, as indices in file order.
    pub rows: Vec<u32>,
    /// Index of the level whose units are the groups of this slice, if it has one.
    pub groups: Option<usize>,
    /// What the answer is for.
    pub purpose: Purpose,
}

impl<'a> Slice<'a> {
    /// All stations of a contest, grouped by the outermost level.
    pub fn whole(returns: &'a Returns, contest: usize, choice: Option<usize>) -> Self {
        let groups = (!returns.stations.levels.is_empty()).then_some(0);
        let rows = returns.stations.all();
        Slice {
            returns,
            contest,
            choice,
            scope: Scope::Whole,
            rows,
            groups,
            purpose: Purpose::Report,
        }
    }

    /// Whether what is only looked at is wanted.
    pub fn is_shown(&self) -> bool {
        self.purpose == Purpose::Report
    }

    /// The contest.
    pub fn contest(&self) -> &'a Contest {
        &self.returns.contests[self.contest]
    }

    /// The contest of the earlier election that this one is set beside: that of the same name, else the first.
    pub fn earlier(&self) -> Result<&'a Contest, Reason> {
        let none =
            || Reason::WrongSubject("no earlier election is set beside these returns".to_owned());
        let contests = &self.returns.earlier.as_ref().ok_or_else(none)?.contests;
        let same = contests.iter().find(|c| c.name == self.contest().name);
        same.or_else(|| contests.first()).ok_or_else(none)
    }

    /// How many stations are in view.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no station is in view.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Votes for the choice in focus.
    pub fn votes(&self) -> Result<Counts<'_>, Reason> {
        let choice = self.choice.and_then(|c| self.contest().choices.get(c));
        let column = choice.ok_or(Reason::WrongSubject("no choice is in focus".to_owned()))?;
        Ok(Counts::new(column, &self.rows))
    }

    /// A protocol line.
    pub fn field(&self, field: Field) -> Result<Counts<'_>, Reason> {
        Ok(Counts::new(self.contest().field(field)?, &self.rows))
    }

    /// Numerator of turnout: ballots issued where there are, else ballots cast.
    pub fn turnout_numerator(&self) -> Result<Counts<'_>, Reason> {
        Ok(Counts::new(self.contest().turnout_numerator()?, &self.rows))
    }

    /// Denominator of a vote share: ballots cast, else valid votes.
    pub fn share_denominator(&self) -> Result<Counts<'_>, Reason> {
        Ok(Counts::new(self.contest().share_denominator()?, &self.rows))
    }

    /// For each station in view its group; all zero where there is no level.
    pub fn group_of(&self) -> Vec<u32> {
        let level = self.groups.and_then(|g| self.returns.stations.levels.get(g));
        match level {
            Some(level) => self.rows.iter().map(|&r| level.of[r as usize]).collect(),
            None => vec![0; self.rows.len()],
        }
    }

    /// On what this slice looks, for the finding.
    pub fn subject(&self) -> Subject {
        let contest = self.contest();
        let choice = self.choice.and_then(|c| contest.choices.get(c)).map(|c| c.name.clone());
        Subject { contest: contest.name.clone(), choice, scope: self.scope.clone() }
    }

    /// The answer of a screen that cannot run here.
    pub fn refuse(&self, screen: &'static str, reason: Reason) -> Outcome {
        Outcome::NotApplicable { screen, subject: self.subject(), reason }
    }

    /// Turns the result of a screen's computation into its answer.
    pub fn outcome(&self, screen: &'static str, result: Result<Finding, Reason>) -> Outcome {
        match result {
            Ok(finding) => Outcome::Finding(Box::new(finding)),
            Err(reason) => self.refuse(screen, reason),
        }
    }
}

/// Counts what a screen leaves out, by reason.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tray {
    left_out: Vec<LeftOut>,
}

impl Tray {
    /// A tray that already holds something.
    pub(crate) fn with(left_out: Vec<LeftOut>) -> Self {
        Tray { left_out }
    }

    /// Puts one station aside.
    pub(crate) fn put(&mut self, why: Reason) {
        match self.left_out.iter_mut().find(|l| l.why == why) {
            Some(entry) => entry.stations += 1,
            None => self.left_out.push(LeftOut { why, stations: 1 }),
        }
    }

    /// What was put aside, in the order of first appearance.
    pub(crate) fn empty(self) -> Vec<LeftOut> {
        self.left_out
    }
}
