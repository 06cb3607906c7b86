use super::support::{self, compare, excess};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("choices_above_valid.md")]
#[derive(Debug, Clone, Copy)]
pub struct ChoicesAboveValid;

impl Check for ChoicesAboveValid {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("choices_above_valid.md");
        CheckMeta { code: "F106", name: "choices-above-valid", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the valid votes with the sum of choices that may not be all there were.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    if contest.exhaustive {
        let why = "the choices are all there were: F105 compares them exactly";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    let valid = support::reported(contest, Field::Valid)?;
    let sum = support::sum_of_choices(contest)?;
    let template = "{0} valid votes, but the choices add up to {1}: {2} more";
    Ok(compare([valid, &sum], ["difference"], template, |_, [valid, sum]| excess(sum - valid)))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn more_votes_for_some_choices_than_valid_votes_is_flagged() {
        let returns = Builder::new(3)
            .field(Field::Valid, [10, 10, 10])
            .choice("A", [Some(6), Some(7), None])
            .choice("B", [1, 4, 40])
            .build();
        let expected = "10 valid votes, but the choices add up to 11: 1 more";
        assert_eq!(messages(&ChoicesAboveValid, &returns), [expected]);
        let outcome = ChoicesAboveValid.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn leaves_exhaustive_choices_to_the_exact_check() {
        let returns = Builder::new(1).field(Field::Valid, [1]).choice("A", [2]).exhaustive();
        let outcome = ChoicesAboveValid.run(&returns.build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
