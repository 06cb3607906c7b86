//! What the battery reads of the returns.

use glassurn_model::{Count, Counts, Field, Reason};

use crate::{Focus, Slice, slice::Tray};

/// Which columns a statistic is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Votes for the choice in focus, out of ballots cast.
    Choice,
    /// Ballots cast, out of registered voters.
    Turnout,
}

impl Series {
    /// The turnout runs once for the contest.
    pub(super) fn focus(self) -> Focus {
        match self {
            Series::Choice => Focus::Choice,
            Series::Turnout => Focus::Contest,
        }
    }

    /// Its place in a pair of codes, names or titles.
    pub(super) fn pick<T: Copy>(self, [choice, turnout]: [T; 2]) -> T {
        match self {
            Series::Choice => choice,
            Series::Turnout => turnout,
        }
    }

    /// The counts.
    fn counts<'a>(self, slice: &'a Slice<'_>) -> Result<Counts<'a>, Reason> {
        match self {
            Series::Choice => slice.votes(),
            Series::Turnout => slice.share_denominator(),
        }
    }

    /// What the counts are out of.
    fn wholes<'a>(self, slice: &'a Slice<'_>) -> Result<Counts<'a>, Reason> {
        match self {
            Series::Choice => slice.share_denominator(),
            Series::Turnout => slice.field(Field::Registered),
        }
    }

    /// Each row's count, or why it has none.
    pub(super) fn each_count(self, slice: &Slice<'_>) -> Result<Vec<Result<u64, Reason>>, Reason> {
        Ok(self.counts(slice)?.iter().map(count).collect())
    }

    /// Each row's rate between 0 and 1, or why it has none.
    pub(super) fn each_rate(self, slice: &Slice<'_>) -> Result<Vec<Result<f64, Reason>>, Reason> {
        let (parts, wholes) = (self.counts(slice)?, self.wholes(slice)?);
        Ok(parts.iter().zip(wholes.iter()).map(|(part, whole)| rate(part, whole)).collect())
    }

    /// The rates that there are.
    pub(super) fn rates(self, slice: &Slice<'_>) -> Result<(Vec<f64>, Tray), Reason> {
        Ok(kept(self.each_rate(slice)?))
    }
}

/// Turnout and share of the rows that have both.
pub(super) fn turnouts_and_shares(slice: &Slice<'_>) -> Result<([Vec<f64>; 2], Tray), Reason> {
    let [turnouts, shares] = [Series::Turnout, Series::Choice].map(|s| s.each_rate(slice));
    let both = turnouts?.into_iter().zip(shares?).map(|(t, v)| Ok((t?, v?)));
    let (pairs, tray) = kept(both.collect());
    let (turnouts, shares) = pairs.into_iter().unzip();
    Ok(([turnouts, shares], tray))
}

/// What could be read; the rest is counted by reason.
fn kept<T>(rows: Vec<Result<T, Reason>>) -> (Vec<T>, Tray) {
    let mut tray = Tray::default();
    let keep = |row: Result<T, Reason>| row.map_err(|why| tray.put(why)).ok();
    let kept = rows.into_iter().filter_map(keep).collect();
    (kept, tray)
}

fn count(count: Count) -> Result<u64, Reason> {
    let count = count.ok_or(Reason::Missing)?;
    u64::try_from(count).map_err(|_| Reason::Below { what: "count", minimum: 0 })
}

/// Cut at 1; something out of nothing is all of it.
fn rate(part: Count, whole: Count) -> Result<f64, Reason> {
    let (part, whole) = (count(part)? as f64, count(whole)? as f64);
    if part == 0.0 && whole == 0.0 {
        return Err(Reason::Below { what: "what the count is out of", minimum: 1 });
    }
    Ok((part / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_cut_at_one_and_nothing_of_nothing_is_left_out() {
        let of = |part, whole| rate(Some(part), Some(whole));
        assert_eq!([of(1, 4), of(5, 4), of(1, 0)], [Ok(0.25), Ok(1.0), Ok(1.0)]);
        assert!(matches!(of(0, 0), Err(Reason::Below { minimum: 1, .. })));
        assert!(matches!(of(-1, 4), Err(Reason::Below { minimum: 0, .. })));
        assert_eq!(rate(None, Some(1)), Err(Reason::Missing));
    }
}
