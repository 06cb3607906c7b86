use super::support::{self, compare, excess};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("issued_below_found.md")]
#[derive(Debug, Clone, Copy)]
pub struct IssuedBelowFound;

impl Check for IssuedBelowFound {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("issued_below_found.md");
        CheckMeta { code: "F107", name: "issued-below-found", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the ballots issued with those found.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let issued = support::reported(contest, Field::Issued)?;
    let found = support::reported(contest, Field::Found)?;
    support::independent(issued, found)?;
    let template = "{1} ballots found in boxes, {0} ballots issued: {2} more found than issued";
    Ok(compare([issued, found], ["difference"], template, |_, [issued, found]| excess(found - issued)))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn more_found_is_flagged_and_less_is_not() {
        let returns = Builder::new(4)
            .field(Field::Issued, [Some(779), Some(100), None, Some(1)])
            .field(Field::Found, [Some(780), Some(90), Some(9), None])
            .build();
        let expected = "780 ballots found in boxes, 779 ballots issued: 1 more found than issued";
        assert_eq!(messages(&IssuedBelowFound, &returns), [expected]);
        let outcome = IssuedBelowFound.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn one_column_under_two_names_is_no_evidence() {
        let builder = Builder::new(1).field(Field::Issued, [1]).field(Field::Found, [1]);
        let returns = builder.source_columns(Field::Found, &["ballots issued"]).build();
        let outcome = IssuedBelowFound.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
