//! The counts of one station, taken out of the columns and put back.

use glassurn_model::{Contest, Count, Field};

/// One station's counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figures {
    /// Voters on the list, if the contest has the line.
    pub(super) registered: Option<i64>,
    /// Ballots that are no vote for a choice (invalid, and whatever else the choices leave out).
    pub(super) other: i64,
    /// Votes of the choices.
    pub(super) votes: Vec<i64>,
    /// Which choice gains.
    pub(super) leader: usize,
}

impl Figures {
    /// Ballots cast.
    pub(super) fn cast(&self) -> i64 {
        self.other + self.votes.iter().sum::<i64>()
    }

    /// Whether such a protocol can be: nothing negative, no more ballots than voters.
    pub(super) fn holds(&self) -> bool {
        let counts = self.votes.iter().chain([&self.other]);
        counts.into_iter().all(|&v| v >= 0) && self.registered.is_none_or(|r| self.cast() <= r)
    }

    /// The larger of all gains and all losses: the fewest votes that must have been added or moved.
    pub(super) fn distance(&self, after: &Figures) -> i64 {
        let changes: Vec<i64> = self.votes.iter().zip(&after.votes).map(|(b, a)| a - b).collect();
        let gains: i64 = changes.iter().filter(|&&c| c > 0).sum();
        let losses: i64 = changes.iter().filter(|&&c| c < 0).sum();
        gains.max(-losses)
    }
}

/// Which columns a contest has.
pub(super) struct Lines {
    leader: usize,
}

impl Lines {
    /// `None` for a contest without choices.
    pub(super) fn of(contest: &Contest) -> Option<Self> {
        Some(Lines { leader: contest.leader()? })
    }

    /// A station's counts; `None` when one is missing or they do not fit together.
    pub(super) fn read(&self, contest: &Contest, station: usize) -> Option<Figures> {
        let field = |f: Field| -> Option<Count> {
            Some(contest.fields.get(&f)?.values.get(station).copied().flatten())
        };
        let votes: Option<Vec<i64>> =
            contest.choices.iter().map(|c| c.values.get(station).copied().flatten()).collect();
        let votes = votes?;
        let sum: i64 = votes.iter().sum();
        let base = match (field(Field::Cast), field(Field::Valid)) {
            (Some(cast), _) => cast?,
            (None, Some(valid)) => valid?,
            (None, None) => sum,
        };
        let registered = match field(Field::Registered) {
            Some(registered) => Some(registered?),
            None => None,
        };
        let figures = Figures { registered, other: base - sum, votes, leader: self.leader };
        figures.holds().then_some(figures)
    }

    /// Writes the counts back; the lines that count the same ballots move with them.
    pub(super) fn write(
        &self,
        contest: &mut Contest,
        station: usize,
        before: &Figures,
        after: &Figures,
    ) {
        for (column, votes) in contest.choices.iter_mut().zip(&after.votes) {
            set(&mut column.values, station, |_| *votes);
        }
        let ballots = after.cast() - before.cast();
        let other = after.other - before.other;
        for (field, column) in &mut contest.fields {
            let by = match field {
                Field::Cast | Field::Issued | Field::Found => ballots,
                Field::Valid => ballots - other,
                Field::Invalid => other,
                Field::Cancelled => -ballots,
                Field::Registered | Field::Received | Field::Blank => 0,
            };
            // Where papers went missing, there may be more of them issued than names on the list.
            let most = after.registered.filter(|_| *field == Field::Issued).unwrap_or(i64::MAX);
            set(&mut column.values, station, |old| (old + by).min(most.max(old)));
        }
    }
}

/// Changes a value that is there.
fn set(values: &mut [Count], station: usize, new: impl Fn(i64) -> i64) {
    if let Some(Some(value)) = values.get_mut(station) {
        *value = new(*value);
    }
}
