use super::support;
use crate::{Check, CheckMeta, CheckOutcome, Column, Flag, Reason, Returns, check::Tested};

#[doc = include_str!("zero_column.md")]
#[derive(Debug, Clone, Copy)]
pub struct ZeroColumn;

impl Check for ZeroColumn {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("zero_column.md");
        CheckMeta { code: "W106", name: "zero-column", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// The fewest counts that say something: a column of a few zeros may well be a true one.
const FEWEST: usize = 20;

/// Looks for columns in which every count is zero.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let columns: Vec<_> = support::all_reported(contest).filter(|c| enough(c)).collect();
    if columns.is_empty() {
        let used = support::all_reported(contest).map(|c| c.values.len() - c.missing()).max();
        return Err(Reason::TooFew { used: used.unwrap_or(0), needed: FEWEST });
    }
    let zero = columns.iter().filter(|c| c.values.iter().flatten().all(|&v| v == 0));
    Ok((columns.len(), zero.map(|c| flag(c)).collect()))
}

/// Whether the column has enough counts.
fn enough(column: &Column) -> bool {
    column.values.iter().flatten().take(FEWEST).count() == FEWEST
}

/// A column that is zero throughout.
fn flag(column: &Column) -> Flag {
    let counts = column.values.len() - column.missing();
    let message = format!("{}: all {counts} counts are zero", column.label());
    Flag::told(None, vec![(column.name.clone(), Some(0))], message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn a_column_of_zeros_is_flagged_and_a_missing_one_is_not() {
        let returns = Builder::new(20)
            .choice("A", [0; 20])
            .choice("B", (0..20).map(|i| i64::from(i == 7)))
            .extra("monitored", [None; 20])
            .build();
        assert_eq!(messages(&ZeroColumn, &returns), ["A: all 20 counts are zero"]);
        let outcome = ZeroColumn.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn refuses_a_few_counts() {
        let outcome = ZeroColumn.run(&Builder::new(19).choice("A", [0; 19]).build(), 0);
        let reason = Reason::TooFew { used: 19, needed: 20 };
        assert_eq!(outcome, CheckOutcome::NotApplicable { reason });
    }
}
