use super::support::{self, compare, differ};
use crate::{Check, CheckMeta, CheckOutcome, Column, Field, Reason, Returns, check::Tested};

#[doc = include_str!("choices_differ_from_valid.md")]
#[derive(Debug, Clone, Copy)]
pub struct ChoicesDifferFromValid;

impl Check for ChoicesDifferFromValid {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("choices_differ_from_valid.md");
        CheckMeta { code: "F105", name: "choices-differ-from-valid", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the valid votes with the sum of choices that are known to be all there were.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    if !contest.exhaustive {
        let why = "the choices in the file are not all there were, so they need not add up";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    let valid = support::reported(contest, Field::Valid)?;
    let sum = support::sum_of_choices(contest)?;
    match support::reported(contest, Field::Blank) {
        Ok(blank) if counts_as_valid([valid, &sum, blank]) => Ok(with_blank(valid, &sum, blank)),
        _ => Ok(plain(valid, &sum)),
    }
}

/// Whether more stations fit with blank ballots among the valid votes.
fn counts_as_valid(columns: [&Column; 3]) -> bool {
    let [valid, sum, _] = columns;
    let without = support::misfits([valid, sum], |[valid, sum]| valid != sum);
    without > 0 && support::misfits(columns, |[v, s, b]| v != s + b) < without
}

/// Valid votes are votes for a choice.
fn plain(valid: &Column, sum: &Column) -> Tested {
    let template = "{0} valid votes, but the choices add up to {1}: difference {2}";
    compare([valid, sum], ["difference"], template, |_, [valid, sum]| differ(sum - valid))
}

/// Valid votes are votes for a choice and blank ballots, as some laws have it.
fn with_blank(valid: &Column, sum: &Column, blank: &Column) -> Tested {
    let template =
        "{0} valid votes, but the choices add up to {1} and blank ballots to {2}: difference {3}";
    compare([valid, sum, blank], ["difference"], template, |_, [valid, sum, blank]| {
        differ(sum + blank - valid)
    })
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    fn two(valid: [i64; 3]) -> Builder {
        Builder::new(3)
            .field(Field::Valid, valid)
            .choice("A", [Some(6), Some(7), Some(1)])
            .choice("B", [Some(4), Some(4), None])
    }

    #[test]
    fn a_sum_that_differs_is_flagged_and_a_missing_choice_is_not_zero() {
        let returns = two([10, 10, 10]).exhaustive().build();
        let expected = "10 valid votes, but the choices add up to 11: difference 1";
        assert_eq!(messages(&ChoicesDifferFromValid, &returns), [expected]);
        let outcome = ChoicesDifferFromValid.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn choices_that_are_not_all_need_not_add_up() {
        let outcome = ChoicesDifferFromValid.run(&two([99, 99, 99]).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { reason: Reason::WrongSubject(_) }));
    }

    #[test]
    fn blank_ballots_count_as_valid_where_that_fits_better() {
        let returns = two([13, 13, 13]).field(Field::Blank, [3, 3, 3]).exhaustive().build();
        let expected =
            "13 valid votes, but the choices add up to 11 and blank ballots to 3: difference 1";
        assert_eq!(messages(&ChoicesDifferFromValid, &returns), [expected]);
    }

    #[test]
    fn valid_votes_made_from_the_choices_prove_nothing() {
        let returns = Builder::new(1).derived(Field::Valid, [1]).choice("A", [1]).exhaustive();
        let outcome = ChoicesDifferFromValid.run(&returns.build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { reason: Reason::WrongSubject(_) }));
    }
}
