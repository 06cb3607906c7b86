use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Count, Field, Flag, Kind, Reason, Returns, Words,
    check::Tested,
};

#[doc = include_str!("none_registered.md")]
#[derive(Debug, Clone, Copy)]
pub struct NoneRegistered;

impl Check for NoneRegistered {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("none_registered.md");
        CheckMeta { code: "W104", name: "none-registered", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Looks for ordinary stations whose list is empty.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let registered = support::reported(contest, Field::Registered)?;
    let voted = contest.turnout_numerator().or_else(|_| contest.share_denominator()).ok();
    let names = voted.map_or("ballots", |c| c.name.as_str());
    let words = Words::new([registered.name.as_str(), names], "{0} registered voters, {1} ballots");
    let alone = Words::new([registered.name.as_str()], "{0} registered voters");
    let (mut tested, mut flags) = (0, Vec::new());
    for (station, (index, list)) in (0_u32..).zip(registered.values.iter().enumerate()) {
        let Some(list) = *list else { continue };
        if support::kind(returns, index) != Kind::Ordinary {
            continue;
        }
        tested += 1;
        if list == 0 {
            let ballots = voted.and_then(|c| c.values.get(index).copied().flatten());
            let words = if ballots.is_some() { &words } else { &alone };
            let figures: Vec<Count> = [Some(0), ballots].into_iter().filter(Option::is_some).collect();
            flags.push(Flag::new(Some(station), words, figures));
        }
    }
    Ok((tested, flags))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn an_empty_list_is_flagged_with_the_ballots_and_a_missing_one_is_not() {
        let returns = Builder::new(5)
            .field(Field::Registered, [Some(0), Some(0), Some(0), None, Some(5)])
            .field(Field::Cast, [Some(523), None, Some(1), Some(1), Some(1)])
            .kind(2, Kind::Postal)
            .build();
        assert_eq!(
            messages(&NoneRegistered, &returns),
            ["0 registered voters, 523 ballots", "0 registered voters"]
        );
        let outcome = NoneRegistered.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 3, .. }));
    }
}
