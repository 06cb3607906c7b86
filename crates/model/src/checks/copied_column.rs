use std::collections::BTreeSet;

use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Contest, Field, Flag, Reason, Returns, check::Tested,
};

#[doc = include_str!("copied_column.md")]
#[derive(Debug, Clone, Copy)]
pub struct CopiedColumn;

impl Check for CopiedColumn {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("copied_column.md");
        CheckMeta { code: "W202", name: "copied-column", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Fewest stations where both columns have a non-zero count.
const FEWEST: usize = 20;
/// Fewest different counts among them: two columns of a few small counts agree by accident.
const DISTINCT: usize = 10;

/// Looks for columns that repeat another, or an exact multiple of it.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let columns: Vec<&Column> = support::all_reported(contest).collect();
    if columns.len() < 2 {
        return Err(Reason::ColumnMissing("counts to compare with".to_owned()));
    }
    let (mut tested, mut flags) = (0, Vec::new());
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[i + 1..] {
            if support::independent(a, b).is_err() {
                continue;
            }
            tested += 1;
            flags.extend(relation(a, b).or_else(|| relation(b, a)).filter(|r| !lawful(contest, r)).map(flag));
        }
    }
    Ok((tested, flags))
}

/// A column that is so many times another at so many stations.
struct Relation<'a> {
    multiple: &'a Column,
    of: &'a Column,
    factor: i64,
    stations: usize,
}

/// Whether one column is the same whole multiple of the other wherever both have a count.
fn relation<'a>(multiple: &'a Column, of: &'a Column) -> Option<Relation<'a>> {
    let both = multiple.values.iter().zip(&of.values).filter_map(|(&a, &b)| Some((a?, b?)));
    let (first, unit) = both.clone().find(|&(_, b)| b != 0)?;
    let factor = first.checked_div(unit).filter(|&k| k >= 1)?;
    let (mut stations, mut seen) = (0, BTreeSet::new());
    for (a, b) in both {
        if b.checked_mul(factor) != Some(a) {
            return None;
        }
        stations += usize::from(b != 0);
        if b != 0 && seen.len() < DISTINCT {
            seen.insert(b);
        }
    }
    let enough = stations >= FEWEST && seen.len() >= DISTINCT;
    enough.then_some(Relation { multiple, of, factor, stations })
}

/// Whether the columns may well be equal: lines of the protocol that count the same ballots, and the
/// valid votes where only one choice stood.
fn lawful(contest: &Contest, relation: &Relation<'_>) -> bool {
    const SAME: [Field; 6] = [
        Field::Registered,
        Field::Received,
        Field::Issued,
        Field::Found,
        Field::Cast,
        Field::Valid,
    ];
    let line = |column: &Column| {
        let among = |f: &Field| contest.fields.get(f).is_some_and(|c| std::ptr::eq(c, column));
        let only = contest.choices.len() == 1 && std::ptr::eq(&contest.choices[0], column);
        only || SAME.iter().any(among)
    };
    relation.factor == 1 && line(relation.multiple) && line(relation.of)
}

/// The two columns with their factor.
fn flag(relation: Relation<'_>) -> Flag {
    let (name, other) = (relation.multiple.label(), relation.of.label());
    let n = relation.stations;
    let message = match relation.factor {
        1 => format!("{name} equals {other} at all {n} stations where they are not zero"),
        k => format!("{name} is exactly {k} times {other} at all {n} stations where they are not zero"),
    };
    let values = vec![
        ("factor".to_owned(), Some(relation.factor)),
        ("stations".to_owned(), i64::try_from(n).ok()),
    ];
    Flag::told(None, values, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, clean, messages};

    fn counts(times: i64) -> Vec<i64> {
        (0..30).map(|i| times * (i * 7 % 29)).collect()
    }

    #[test]
    fn a_copy_and_a_multiple_are_flagged() {
        let returns = Builder::new(30)
            .choice("A", counts(1))
            .choice("B", counts(3))
            .choice("C", (0..30).map(|i| i * i))
            .extra("D", counts(1))
            .build();
        assert_eq!(
            messages(&CopiedColumn, &returns),
            [
                "B is exactly 3 times A at all 28 stations where they are not zero",
                "A equals D at all 28 stations where they are not zero",
                "B is exactly 3 times D at all 28 stations where they are not zero",
            ]
        );
    }

    #[test]
    fn one_station_that_differs_is_enough_to_be_silent() {
        let mut other = counts(1);
        other[29] += 1;
        let returns = Builder::new(30).choice("A", counts(1)).choice("B", other).build();
        assert_eq!(CopiedColumn.run(&returns, 0), CheckOutcome::Ran { tested: 1, flags: vec![] });
    }

    #[test]
    fn lines_that_count_the_same_ballots_may_be_equal() {
        assert!(messages(&CopiedColumn, &clean(500, 1)).is_empty());
        let one = Builder::new(30).field(Field::Valid, counts(1)).choice("A", counts(1)).build();
        assert!(messages(&CopiedColumn, &one).is_empty());
    }

    #[test]
    fn few_counts_prove_nothing() {
        let small = |_: i64| (0..30).map(|i| i % 3);
        let returns = Builder::new(30).choice("A", small(1)).choice("B", small(2)).build();
        assert!(messages(&CopiedColumn, &returns).is_empty());
        let outcome = CopiedColumn.run(&Builder::new(30).choice("A", counts(1)).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
