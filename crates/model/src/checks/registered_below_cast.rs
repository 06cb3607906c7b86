use super::support::{self, Verdict, compare, excess};
use crate::{Check, CheckMeta, CheckOutcome, Field, Kind, Reason, Returns, check::Tested};

#[doc = include_str!("registered_below_cast.md")]
#[derive(Debug, Clone, Copy)]
pub struct RegisteredBelowCast;

impl Check for RegisteredBelowCast {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("registered_below_cast.md");
        CheckMeta { code: "F101", name: "registered-below-cast", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the list with the ballots cast at ordinary stations that have a list.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let (registered, cast) = (contest.field(Field::Registered)?, contest.field(Field::Cast)?);
    support::independent(registered, cast)?;
    let template = "{1} ballots cast, {0} registered voters: {2} more cast than registered";
    Ok(compare([registered, cast], ["difference"], template, |station, [registered, cast]| {
        if registered == 0 || support::kind(returns, station) != Kind::Ordinary {
            return Verdict::Untested;
        }
        excess(cast - registered)
    }))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn more_cast_than_registered_is_flagged_with_the_figures() {
        let returns = Builder::new(4)
            .field(Field::Registered, [Some(100), Some(100), None, Some(100)])
            .field(Field::Cast, [Some(104), Some(100), Some(9), None])
            .build();
        let expected = "104 ballots cast, 100 registered voters: 4 more cast than registered";
        assert_eq!(messages(&RegisteredBelowCast, &returns), [expected]);
        let CheckOutcome::Ran { tested, flags } = RegisteredBelowCast.run(&returns, 0) else { panic!() };
        assert_eq!((tested, flags[0].station), (2, Some(0)));
    }

    #[test]
    fn stations_without_an_own_list_are_not_tested() {
        let returns = Builder::new(5)
            .field(Field::Registered, [10, 10, 10, 0, 10])
            .field(Field::Cast, [20, 20, 20, 20, 5])
            .kind(0, Kind::Postal)
            .kind(1, Kind::Special)
            .kind(2, Kind::Abroad)
            .build();
        assert_eq!(RegisteredBelowCast.run(&returns, 0), CheckOutcome::Ran { tested: 1, flags: vec![] });
    }

    #[test]
    fn refuses_without_a_list_or_when_one_column_is_made_from_the_other() {
        let no_list = Builder::new(1).field(Field::Cast, [1]).build();
        let reason = Reason::ColumnMissing("registered voters".to_owned());
        assert_eq!(RegisteredBelowCast.run(&no_list, 0), CheckOutcome::NotApplicable { reason });

        let mut made = Builder::new(1).field(Field::Cast, [1]).derived(Field::Registered, [0]);
        made = made.source_columns(Field::Registered, &["ballots cast", "abstained"]);
        let outcome = RegisteredBelowCast.run(&made.build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { reason: Reason::WrongSubject(_) }));
    }
}
