use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Field, Flag, Kind, Reason, Returns, Words,
    check::Tested,
};

#[doc = include_str!("special_above_registered.md")]
#[derive(Debug, Clone, Copy)]
pub struct SpecialAboveRegistered;

impl Check for SpecialAboveRegistered {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("special_above_registered.md");
        CheckMeta { code: "W101", name: "special-above-registered", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Counts the postal, special and foreign stations with more ballots than voters on a list.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let registered = contest.field(Field::Registered)?;
    let voted = contest.field(Field::Cast).or_else(|_| contest.field(Field::Issued))?;
    support::independent(registered, voted)?;
    let mut tested = 0;
    let mut flags = Vec::new();
    for (kind, template) in KINDS {
        let (n, above) = tally(returns, kind, [registered, voted]);
        tested += n;
        if above[0] > 0 {
            let names = ["stations", voted.name.as_str(), registered.name.as_str()];
            let figures = above.map(support::figure);
            flags.push(Flag::new(None, &Words::new(names, template), figures));
        }
    }
    if tested == 0 {
        let why = "no station is known to be postal, special or abroad";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    Ok((tested, flags))
}

/// The kinds that lawfully break the rule, and what is said of them.
const KINDS: [(Kind, &str); 3] = [
    (Kind::Postal, "{0} postal stations: {1} ballots, {2} voters on their own lists"),
    (Kind::Special, "{0} special stations: {1} ballots, {2} voters on their own lists"),
    (Kind::Abroad, "{0} stations abroad: {1} ballots, {2} voters on their own lists"),
];

/// Stations of a kind that have both counts; and how many have more ballots than voters, with both sums.
fn tally(returns: &Returns, kind: Kind, columns: [&Column; 2]) -> (usize, [i128; 3]) {
    let (mut tested, mut above) = (0, [0; 3]);
    for station in 0..returns.stations.len() {
        if support::kind(returns, station) != kind {
            continue;
        }
        let Some([registered, voted]) = support::row(columns, station) else { continue };
        tested += 1;
        if voted > registered {
            let more = [1, i128::from(voted), i128::from(registered)];
            above.iter_mut().zip(more).for_each(|(sum, v)| *sum += v);
        }
    }
    (tested, above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn lawful_exceptions_are_counted_by_kind() {
        let returns = Builder::new(5)
            .field(Field::Registered, [Some(10), Some(0), Some(0), Some(50), None])
            .field(Field::Cast, [20, 300, 200, 40, 7])
            .kind(1, Kind::Postal)
            .kind(2, Kind::Postal)
            .kind(3, Kind::Abroad)
            .kind(4, Kind::Abroad)
            .build();
        let expected = "2 postal stations: 500 ballots, 0 voters on their own lists";
        assert_eq!(messages(&SpecialAboveRegistered, &returns), [expected]);
        let outcome = SpecialAboveRegistered.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 3, .. }));
    }

    #[test]
    fn refuses_where_all_stations_are_ordinary() {
        let returns = Builder::new(1).field(Field::Registered, [1]).field(Field::Cast, [2]).build();
        let outcome = SpecialAboveRegistered.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
