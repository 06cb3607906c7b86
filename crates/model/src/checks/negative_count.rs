use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Flag, Reason, Returns, Words, check::Tested,
};

#[doc = include_str!("negative_count.md")]
#[derive(Debug, Clone, Copy)]
pub struct NegativeCount;

impl Check for NegativeCount {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("negative_count.md");
        CheckMeta { code: "F110", name: "negative-count", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Looks for counts below zero in every reported column.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let mut columns = support::all_reported(contest).peekable();
    columns.peek().ok_or_else(|| Reason::ColumnMissing("counts".to_owned()))?;
    let (mut tested, mut flags) = (0, Vec::new());
    for column in columns {
        let (counts, negative) = below_zero(column);
        tested += counts;
        flags.extend(negative);
    }
    flags.sort_by_key(|f| f.station);
    Ok((tested, flags))
}

/// How many counts a column has, and one flag for each that is negative.
fn below_zero(column: &Column) -> Tested {
    let words = Words::new([column.name.as_str()], "{n0}: {0} is below zero");
    let (mut tested, mut flags) = (0, Vec::new());
    for (station, value) in (0_u32..).zip(&column.values) {
        tested += usize::from(value.is_some());
        if value.is_some_and(|v| v < 0) {
            flags.push(Flag::new(Some(station), &words, [*value]));
        }
    }
    (tested, flags)
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::{Field, testing::{Builder, messages}};

    #[test]
    fn every_negative_count_is_flagged_in_station_order() {
        let returns = Builder::new(3)
            .field(Field::Invalid, [0, 0, -1])
            .choice("A", [Some(5), Some(-3), None])
            .extra("spoilt", [-2, 0, 0])
            .derived(Field::Valid, [-9, -9, -9])
            .build();
        assert_eq!(
            messages(&NegativeCount, &returns),
            ["spoilt: -2 is below zero", "A: -3 is below zero", "invalid ballots: -1 is below zero"]
        );
        let outcome = NegativeCount.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 8, .. }));
    }

    #[test]
    fn refuses_a_contest_without_columns() {
        let outcome = NegativeCount.run(&Builder::new(3).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
