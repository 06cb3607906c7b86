use super::support::{self, compare, excess};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("cast_below_found.md")]
#[derive(Debug, Clone, Copy)]
pub struct CastBelowFound;

impl Check for CastBelowFound {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("cast_below_found.md");
        CheckMeta { code: "F108", name: "cast-below-found", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the ballots cast with those found.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let cast = support::reported(contest, Field::Cast)?;
    let found = support::reported(contest, Field::Found)?;
    support::independent(cast, found)?;
    let template = "{1} ballots found in boxes, {0} ballots cast: {2} more found than cast";
    Ok(compare([cast, found], ["difference"], template, |_, [cast, found]| excess(found - cast)))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn more_found_is_flagged_and_less_is_not() {
        let returns = Builder::new(4)
            .field(Field::Cast, [Some(779), Some(100), None, Some(1)])
            .field(Field::Found, [Some(780), Some(90), Some(9), None])
            .build();
        let expected = "780 ballots found in boxes, 779 ballots cast: 1 more found than cast";
        assert_eq!(messages(&CastBelowFound, &returns), [expected]);
        let outcome = CastBelowFound.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn one_column_under_two_names_is_no_evidence() {
        let builder = Builder::new(1).field(Field::Cast, [1]).field(Field::Found, [1]);
        let returns = builder.source_columns(Field::Found, &["ballots cast"]).build();
        let outcome = CastBelowFound.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
