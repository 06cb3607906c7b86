use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Contest, Field, Flag, Reason, Returns, Words,
    check::Tested,
};

#[doc = include_str!("all_zero_station.md")]
#[derive(Debug, Clone, Copy)]
pub struct AllZeroStation;

impl Check for AllZeroStation {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("all_zero_station.md");
        CheckMeta { code: "W105", name: "all-zero-station", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Looks for stations with voters on the list where every ballot and vote is zero.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let registered = support::reported(contest, Field::Registered)?;
    let counted = support::all_reported(contest);
    let counted: Vec<&Column> = counted.filter(|c| is_counted(contest, c)).collect();
    if counted.is_empty() {
        return Err(Reason::ColumnMissing("ballots or votes".to_owned()));
    }
    let names = [registered.name.as_str(), "columns that are zero"];
    let words = Words::new(names, "{0} registered voters, and zero in all {1} columns of ballots and votes");
    let (mut tested, mut flags) = (0, Vec::new());
    for (station, (index, list)) in (0_u32..).zip(registered.values.iter().enumerate()) {
        let Some(list) = list.filter(|&list| list > 0) else { continue };
        let Some(zeros) = zeros(&counted, index) else { continue };
        tested += 1;
        if let Some(zeros) = zeros {
            flags.push(Flag::new(Some(station), &words, [Some(list), support::figure(zeros)]));
        }
    }
    Ok((tested, flags))
}

/// Whether the column counts ballots that voters used, or votes.
fn is_counted(contest: &Contest, column: &Column) -> bool {
    const USED: [Field; 6] =
        [Field::Issued, Field::Found, Field::Cast, Field::Valid, Field::Invalid, Field::Blank];
    let among = |f: &Field| contest.fields.get(f).is_some_and(|c| std::ptr::eq(c, column));
    USED.iter().any(among) || contest.choices.iter().any(|c| std::ptr::eq(c, column))
}

/// How many columns are zero if all that have a count are; `None` when none has one.
fn zeros(columns: &[&Column], station: usize) -> Option<Option<i128>> {
    let mut zeros = 0;
    for value in columns.iter().filter_map(|c| c.values.get(station).copied().flatten()) {
        if value != 0 {
            return Some(None);
        }
        zeros += 1;
    }
    (zeros > 0).then_some(Some(zeros))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn a_station_with_a_list_and_nothing_else_is_flagged() {
        let returns = Builder::new(5)
            .field(Field::Registered, [Some(400), Some(400), Some(0), Some(400), None])
            .field(Field::Received, [400, 400, 400, 400, 400])
            .field(Field::Cast, [Some(0), Some(9), Some(0), None, Some(0)])
            .choice("A", [Some(0), Some(0), Some(0), None, Some(0)])
            .build();
        let expected = "400 registered voters, and zero in all 2 columns of ballots and votes";
        assert_eq!(messages(&AllZeroStation, &returns), [expected]);
        let outcome = AllZeroStation.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn refuses_without_votes() {
        let outcome = AllZeroStation.run(&Builder::new(1).field(Field::Registered, [1]).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
