//! Stations beside themselves in an earlier election.

use glassurn_model::{Column, Contest, Count, Field, LeftOut, Picture, Reason};

use crate::{
    Slice,
    ballots::{Ballots, Rules},
    slice::Tray,
};

/// A station in both elections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Now.
    pub now: Ballots,
    /// Then.
    pub then: Ballots,
}

/// The earlier choice that the one in focus is set beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Predecessor {
    /// Its name.
    pub name: String,
    /// Whether it has the same name; else it is the one whose share goes closest with the share in focus.
    pub same: bool,
}

/// Which stations are used as pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PairRules {
    /// Fewest registered voters, in both elections.
    pub min_registered: i64,
    /// Largest change of the list, in per cent of the shorter one: beyond it the same number may be given to
    /// another place.
    pub list_change: i64,
}

/// The pairs of a slice, the earlier choice, and what is left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pairs {
    /// The stations.
    pub all: Vec<Pair>,
    /// The earlier choice.
    pub predecessor: Predecessor,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
}

impl PairRules {
    /// The pairs of the choice in focus and its predecessor.
    pub(crate) fn apply(&self, slice: &Slice<'_>) -> Result<Pairs, Reason> {
        let earlier = slice.earlier()?;
        let rules = Rules::possible(self.min_registered);
        let (now, left_out) = rules.apply(slice)?;
        let columns = Columns::of(earlier)?;
        let (column, same) = columns.predecessor(slice, &now)?;
        let mut tray = Tray::with(left_out);
        let mut all = Vec::with_capacity(now.len());
        for now in now {
            match self.pair(rules, now, columns.figures(now.row, column)) {
                Ok(pair) => all.push(pair),
                Err(why) => tray.put(why),
            }
        }
        let predecessor = Predecessor { name: column.name.clone(), same };
        Ok(Pairs { all, predecessor, left_out: tray.empty() })
    }

    fn pair(&self, rules: Rules, now: Ballots, figures: [Count; 4]) -> Result<Pair, Reason> {
        if figures.iter().all(Option::is_none) {
            return Err(Reason::WrongSubject("no partner in the earlier election".to_owned()));
        }
        let then = rules.station(now.row, figures)?;
        self.same_list(now.registered, then.registered)?;
        Ok(Pair { now, then })
    }

    /// Refuses lists that are too different to be of the same place.
    pub(crate) fn same_list(&self, now: i64, then: i64) -> Result<(), Reason> {
        let (short, long) = (i128::from(now.min(then)), i128::from(now.max(then)));
        if long * 100 > short * i128::from(100 + self.list_change) {
            let maximum = format!("{} %", self.list_change);
            return Err(Reason::Above { what: "difference of the two lists of voters", maximum });
        }
        Ok(())
    }
}

/// The columns of the earlier contest.
struct Columns<'a> {
    registered: &'a Column,
    issued: &'a Column,
    cast: &'a Column,
    choices: &'a [Column],
}

impl<'a> Columns<'a> {
    fn of(contest: &'a Contest) -> Result<Self, Reason> {
        Ok(Columns {
            registered: contest.field(Field::Registered)?,
            issued: contest.turnout_numerator()?,
            cast: contest.share_denominator()?,
            choices: &contest.choices,
        })
    }

    fn figures(&self, row: u32, votes: &Column) -> [Count; 4] {
        let at = |c: &Column| c.values.get(row as usize).copied().flatten();
        [at(self.registered), at(self.issued), at(self.cast), at(votes)]
    }

    /// The choice of the same name, else the one whose share goes closest with the share in focus.
    fn predecessor(
        &self,
        slice: &Slice<'_>,
        now: &[Ballots],
    ) -> Result<(&'a Column, bool), Reason> {
        let name = slice.subject().choice.unwrap_or_default();
        if let Some(same) = self.choices.iter().find(|c| alike(&c.name, &name)) {
            return Ok((same, true));
        }
        let mut best: Option<(&Column, f64)> = None;
        for column in self.choices {
            let r = correlation(now.iter().filter_map(|s| {
                let [_, _, cast, votes] = self.figures(s.row, column);
                let cast = cast.filter(|c| *c > 0)?;
                Some([votes? as f64 / cast as f64, s.share()])
            }));
            if best.is_none_or(|(_, most)| r > most) {
                best = Some((column, r));
            }
        }
        let none = "the earlier election has no choices".to_owned();
        best.map(|(column, _)| (column, false)).ok_or(Reason::WrongSubject(none))
    }
}

/// A picture of the shares then and now.
pub(crate) fn shares<'a>(
    title: &str,
    then: String,
    pairs: impl Iterator<Item = &'a Pair>,
) -> Picture {
    const BINS: usize = 50;
    let mut counts = vec![0; BINS * BINS];
    let bin = |b: Ballots| {
        let bin = i128::from(b.votes) * BINS as i128 / i128::from(b.cast.max(1));
        usize::try_from(bin).unwrap_or(0).min(BINS - 1)
    };
    pairs.for_each(|p| counts[bin(p.now) * BINS + bin(p.then)] += 1);
    Picture::Heat {
        title: title.to_owned(),
        x: then,
        y: "share now".to_owned(),
        bins: BINS,
        counts,
    }
}

/// Whether two names are the same but for case and space around them.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Pearson's correlation; −1 where there is none.
fn correlation(points: impl Iterator<Item = [f64; 2]> + Clone) -> f64 {
    let n = points.clone().count() as f64;
    let mean = |k: usize| points.clone().map(|p| p[k]).sum::<f64>() / n;
    let (x, y) = (mean(0), mean(1));
    let [mut xx, mut yy, mut xy] = [0.0; 3];
    for [a, b] in points {
        xx += (a - x) * (a - x);
        yy += (b - y) * (b - y);
        xy += (a - x) * (b - y);
    }
    if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use glassurn_model::testing::Builder;

    use super::*;

    fn election(choices: [(&str, [i64; 3]); 2]) -> Builder {
        let [a, b] = choices;
        Builder::new(3)
            .field(Field::Registered, [1_000, 1_000, 1_000])
            .field(Field::Cast, [500, 500, 500])
            .choice(a.0, a.1)
            .choice(b.0, b.1)
    }

    #[test]
    fn the_predecessor_has_the_name_else_the_pattern() {
        let rules = PairRules { min_registered: 1, list_change: 50 };
        let now = [("Ada", [100, 200, 300]), ("Bob", [300, 200, 100])];
        let named = election(now)
            .earlier(election([("ada ", [9, 5, 1]), ("Eve", [1, 5, 9])]).build())
            .build();
        let other = election(now)
            .earlier(election([("Dan", [9, 5, 1]), ("Eve", [1, 5, 9])]).build())
            .build();
        let of = |returns| rules.apply(&Slice::whole(returns, 0, Some(0))).unwrap().predecessor;
        assert_eq!(of(&named), Predecessor { name: "ada ".to_owned(), same: true });
        assert_eq!(of(&other), Predecessor { name: "Eve".to_owned(), same: false });
    }

    #[test]
    fn a_list_of_another_length_is_another_place() {
        let rules = PairRules { min_registered: 1, list_change: 50 };
        assert!(rules.same_list(1_000, 1_500).is_ok() && rules.same_list(1_500, 1_000).is_ok());
        assert!(rules.same_list(1_000, 1_501).is_err());
    }
}
