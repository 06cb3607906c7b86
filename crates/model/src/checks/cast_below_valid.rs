use super::support::{self, compare, excess};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("cast_below_valid.md")]
#[derive(Debug, Clone, Copy)]
pub struct CastBelowValid;

impl Check for CastBelowValid {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("cast_below_valid.md");
        CheckMeta { code: "F109", name: "cast-below-valid", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares ballots cast with valid votes where invalid ballots are not reported.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let cast = support::reported(contest, Field::Cast)?;
    let valid = support::reported(contest, Field::Valid)?;
    support::independent(cast, valid)?;
    if support::reported(contest, Field::Invalid).is_ok() {
        let why = "invalid ballots are reported: F103 compares the parts exactly";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    let template = "{1} valid votes, {0} ballots cast: {2} more valid than cast";
    Ok(compare([cast, valid], ["difference"], template, |_, [cast, valid]| excess(valid - cast)))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn more_valid_than_cast_is_flagged() {
        let builder = Builder::new(3)
            .field(Field::Cast, [Some(10), Some(10), None])
            .field(Field::Valid, [11, 9, 9]);
        let expected = "11 valid votes, 10 ballots cast: 1 more valid than cast";
        assert_eq!(messages(&CastBelowValid, &builder.clone().build()), [expected]);

        let with_invalid = builder.field(Field::Invalid, [0, 0, 0]).build();
        let outcome = CastBelowValid.run(&with_invalid, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
