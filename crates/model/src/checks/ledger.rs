//! All lines of a protocol at one station, and whether they fit one another.

use super::support;
use crate::{
    Column, Contest, Count,
    Field::{self, Blank, Cancelled, Cast, Found, Invalid, Issued, Received, Registered, Valid},
    Reason,
};

/// Two columns that may have been exchanged: numbers of protocol lines (in the order of
/// [`Field::ALL`]), then of choices.
pub(super) type Pair = (usize, usize);

/// How many protocol lines there are.
const LINES: usize = Field::ALL.len();

/// The reported columns of a contest, as a protocol.
pub(super) struct Ledger<'a> {
    lines: [Option<&'a Column>; LINES],
    choices: Vec<&'a Column>,
    sum: Option<Column>,
    exhaustive: bool,
}

/// The figures of one station.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    line: [Count; LINES],
    sum: Count,
}

impl Lines {
    /// A line's figure.
    fn get(&self, field: Field) -> Count {
        self.line[field as usize]
    }

    /// How far a whole is from the sum of its parts, with blank ballots apart or not, whichever fits.
    fn gap(&self, whole: Count, parts: [Count; 2]) -> Option<i64> {
        let gap = whole?.checked_sub(parts[0]?)?.checked_sub(parts[1]?)?;
        let apart = gap.checked_sub(self.get(Blank).unwrap_or(0))?;
        Some(gap.checked_abs()?.min(apart.checked_abs()?))
    }
}

/// How far the papers received are from those issued and cancelled.
fn papers(lines: &Lines) -> Option<i64> {
    let issued = lines.get(Received)?.checked_sub(lines.get(Issued)?)?;
    issued.checked_sub(lines.get(Cancelled)?)?.checked_abs()
}

impl<'a> Ledger<'a> {
    /// The protocol of a contest, or why it has no identity to test.
    pub(super) fn new(contest: &'a Contest) -> Result<Self, Reason> {
        let line = |field| support::reported(contest, field).ok();
        let ledger = Ledger {
            lines: Field::ALL.map(line),
            choices: contest.choices.iter().collect(),
            sum: support::sum_of_choices(contest).ok(),
            exhaustive: contest.exhaustive,
        };
        if ledger.has_identity() {
            return Ok(ledger);
        }
        let why = "no reported column is the sum of others, so nothing shows an exchange";
        Err(Reason::WrongSubject(why.to_owned()))
    }

    /// Whether the columns of at least one identity are there.
    fn has_identity(&self) -> bool {
        let has = |field: Field| self.lines[field as usize].is_some();
        let sum = self.exhaustive && self.sum.is_some();
        let parts = has(Invalid) && (has(Valid) || sum);
        (parts && (has(Cast) || has(Found)))
            || (sum && has(Valid))
            || (has(Received) && has(Issued) && has(Cancelled))
    }

    /// The figures of a station.
    pub(super) fn lines(&self, station: usize) -> Lines {
        let at = |column: &Column| column.values.get(station).copied().flatten();
        Lines { line: self.lines.map(|c| c.and_then(at)), sum: self.sum.as_ref().and_then(at) }
    }

    /// How far the identity that fits worst is off; `None` when none can be tested.
    pub(super) fn off(&self, lines: &Lines) -> Option<i64> {
        let votes = lines.sum.filter(|_| self.exhaustive);
        let valid = lines.get(Valid).or(votes);
        let parts = [valid, lines.get(Invalid)];
        let gaps = [
            lines.gap(lines.get(Cast), parts),
            lines.gap(lines.get(Found), parts),
            lines.gap(lines.get(Valid), [votes, Some(0)]),
            papers(lines),
        ];
        gaps.into_iter().flatten().max()
    }

    /// Whether no line exceeds another that contains it.
    fn in_order(&self, lines: &Lines, ordinary: bool) -> bool {
        let list = if ordinary { lines.get(Registered) } else { None };
        let pairs = [
            (lines.get(Cast), list),
            (lines.get(Issued), list),
            (lines.get(Found), lines.get(Issued)),
            (lines.get(Issued), lines.get(Received)),
            (lines.get(Valid), lines.get(Cast)),
            (lines.get(Invalid), lines.get(Cast)),
            (lines.sum, lines.get(Valid)),
        ];
        pairs.into_iter().all(|(part, whole)| part.zip(whole).is_none_or(|(p, w)| p <= w))
    }

    /// Every pair of protocol lines, and of a choice with a line that counts ballots after voting.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let present = |i: &usize| self.lines[*i].is_some();
        let lines: Vec<usize> = (0..LINES).filter(present).collect();
        let among = lines.iter().flat_map(|&a| lines.iter().map(move |&b| (a, b)));
        let choices = LINES..LINES + self.choices.len();
        let counted = [Valid, Invalid, Blank].map(|f| f as usize).into_iter().filter(present);
        let with_choices = counted.flat_map(|a| choices.clone().map(move |b| (a, b)));
        among.filter(|(a, b)| a < b).chain(with_choices).collect()
    }

    /// Whether everything fits once a pair is exchanged.
    pub(super) fn cures(
        &self,
        lines: &Lines,
        station: usize,
        (a, b): Pair,
        ordinary: bool,
    ) -> bool {
        let mut exchanged = *lines;
        if b < LINES {
            exchanged.line.swap(a, b);
        } else {
            let vote = self.value(b, station);
            let others = lines.sum.zip(vote).and_then(|(sum, vote)| sum.checked_sub(vote));
            exchanged.sum = others.zip(lines.line[a]).and_then(|(sum, line)| sum.checked_add(line));
            exchanged.line[a] = vote;
        }
        self.off(&exchanged) == Some(0) && self.in_order(&exchanged, ordinary)
    }

    /// A column's name: a line's title, a choice's name.
    pub(super) fn name(&self, number: usize) -> String {
        match Field::ALL.get(number) {
            Some(field) => field.title().to_owned(),
            None => self.choices.get(number - LINES).map_or(String::new(), |c| c.name.clone()),
        }
    }

    /// A column's count at a station.
    pub(super) fn value(&self, number: usize, station: usize) -> Count {
        let column = match self.lines.get(number) {
            Some(line) => *line,
            None => self.choices.get(number - LINES).copied(),
        };
        column?.values.get(station).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, clean};

    #[test]
    fn clean_protocols_fit_with_blank_ballots_apart() {
        let returns = clean(50, 9);
        let ledger = Ledger::new(&returns.contests[0]).unwrap();
        for station in 0..50 {
            let lines = ledger.lines(station);
            assert_eq!(ledger.off(&lines), Some(0));
            assert!(ledger.in_order(&lines, true));
        }
        assert_eq!(ledger.pairs().len(), 9 * 8 / 2 + 3 * 3);
    }

    #[test]
    fn a_missing_line_leaves_its_identities_untested() {
        let returns = Builder::new(2)
            .field(Cast, [Some(10), None])
            .field(Valid, [Some(8), Some(8)])
            .field(Invalid, [Some(1), Some(1)])
            .build();
        let ledger = Ledger::new(&returns.contests[0]).unwrap();
        let off = |station| ledger.off(&ledger.lines(station));
        assert_eq!((off(0), off(1)), (Some(1), None));
    }
}
