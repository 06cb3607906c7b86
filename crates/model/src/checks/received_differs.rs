use super::support::{self, Verdict, compare};
use crate::{Check, CheckMeta, CheckOutcome, Field, Reason, Returns, check::Tested};

#[doc = include_str!("received_differs.md")]
#[derive(Debug, Clone, Copy)]
pub struct ReceivedDiffers;

impl Check for ReceivedDiffers {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("received_differs.md");
        CheckMeta { code: "W102", name: "received-differs", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the ballot papers received with those issued and cancelled.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let received = support::reported(contest, Field::Received)?;
    let issued = support::reported(contest, Field::Issued)?;
    let cancelled = support::reported(contest, Field::Cancelled)?;
    support::independent(received, issued)?;
    support::independent(received, cancelled)?;
    let template = "{0} ballots received, but {1} issued + {2} cancelled = {3}: difference {4}";
    let columns = [received, issued, cancelled];
    Ok(compare(columns, ["sum", "difference"], template, |_, [received, issued, cancelled]| {
        let sum = issued + cancelled;
        if sum == received { Verdict::Fits } else { Verdict::Differs([sum, sum - received]) }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn papers_that_do_not_balance_are_flagged() {
        let returns = Builder::new(3)
            .field(Field::Received, [Some(1200), Some(100), None])
            .field(Field::Issued, [779, 60, 1])
            .field(Field::Cancelled, [420, 40, 1])
            .build();
        let expected = "1200 ballots received, but 779 issued + 420 cancelled = 1199: difference -1";
        assert_eq!(messages(&ReceivedDiffers, &returns), [expected]);
        let outcome = ReceivedDiffers.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn refuses_without_one_of_the_lines() {
        let returns = Builder::new(1).field(Field::Received, [1]).field(Field::Issued, [1]).build();
        let reason = Reason::ColumnMissing("unused ballots cancelled".to_owned());
        assert_eq!(ReceivedDiffers.run(&returns, 0), CheckOutcome::NotApplicable { reason });
    }
}
