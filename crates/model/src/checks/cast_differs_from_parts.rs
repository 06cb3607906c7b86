use super::{parts, support};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("cast_differs_from_parts.md")]
#[derive(Debug, Clone, Copy)]
pub struct CastDiffersFromParts;

impl Check for CastDiffersFromParts {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("cast_differs_from_parts.md");
        CheckMeta { code: "F103", name: "cast-differs-from-parts", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the ballots cast with their parts.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    parts::against(support::contest(returns, contest)?, Field::Cast, "ballots cast")
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn both_directions_are_flagged_with_the_sum() {
        let returns = Builder::new(4)
            .field(Field::Cast, [Some(100), Some(100), Some(100), None])
            .field(Field::Valid, [95, 90, 99, 1])
            .field(Field::Invalid, [5, 5, 5, 5])
            .build();
        assert_eq!(
            messages(&CastDiffersFromParts, &returns),
            [
                "100 ballots cast, but 90 valid votes + 5 invalid ballots = 95: difference -5",
                "100 ballots cast, but 99 valid votes + 5 invalid ballots = 104: difference 4",
            ]
        );
        let outcome = CastDiffersFromParts.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 3, .. }));
    }

    #[test]
    fn a_derived_line_is_no_evidence() {
        let returns = Builder::new(1)
            .derived(Field::Cast, [100])
            .field(Field::Valid, [95])
            .field(Field::Invalid, [9])
            .build();
        let outcome = CastDiffersFromParts.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { reason: Reason::WrongSubject(_) }));
    }
}
