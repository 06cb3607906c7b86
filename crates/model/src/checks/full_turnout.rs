use super::support::{self, Verdict, compare};
use crate::{Check, CheckMeta, CheckOutcome, Field, Kind, Reason, Returns, check::Tested};

#[doc = include_str!("full_turnout.md")]
#[derive(Debug, Clone, Copy)]
pub struct FullTurnout;

impl Check for FullTurnout {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("full_turnout.md");
        CheckMeta { code: "W103", name: "full-turnout", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// The smallest list looked at: in a village or a ward of a few dozen, everybody voting is ordinary.
const SMALLEST: i128 = 100;

/// Looks for ordinary stations where exactly everybody on the list voted.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let (registered, voted) = (contest.field(Field::Registered)?, contest.turnout_numerator()?);
    support::independent(registered, voted)?;
    let template = "{1} of {0} registered voters took part: exactly all";
    Ok(compare([registered, voted], [], template, |station, [registered, voted]| {
        match support::kind(returns, station) {
            Kind::Ordinary if registered >= SMALLEST && voted == registered => Verdict::Differs([]),
            Kind::Ordinary if registered >= SMALLEST => Verdict::Fits,
            _ => Verdict::Untested,
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn only_large_ordinary_stations_are_flagged() {
        let returns = Builder::new(5)
            .field(Field::Registered, [Some(342), Some(99), Some(342), None, Some(342)])
            .field(Field::Cast, [342, 99, 342, 5, 341])
            .kind(2, Kind::Special)
            .build();
        let expected = "342 of 342 registered voters took part: exactly all";
        assert_eq!(messages(&FullTurnout, &returns), [expected]);
        let outcome = FullTurnout.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn refuses_without_a_list() {
        let outcome = FullTurnout.run(&Builder::new(1).field(Field::Cast, [1]).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
