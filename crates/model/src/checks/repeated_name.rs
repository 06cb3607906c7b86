use super::{alike, support};
use crate::{Check, CheckMeta, CheckOutcome, Flag, Reason, Returns, check::Tested};

#[doc = include_str!("repeated_name.md")]
#[derive(Debug, Clone, Copy)]
pub struct RepeatedName;

impl Check for RepeatedName {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("repeated_name.md");
        CheckMeta { code: "F201", name: "repeated-name", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Groups stations by name; names belong to the file, so the first contest answers for all.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    support::contest(returns, contest)?;
    if contest > 0 {
        let why = "the names of stations are tested once, with the first contest";
        return Err(Reason::WrongSubject(why.to_owned()));
    }
    let ids = &returns.stations.ids;
    let hashed = (0_u32..).zip(ids).map(|(station, id)| (alike::hash(id), station)).collect();
    let groups = alike::groups(hashed, |a, b| ids[a as usize].cmp(&ids[b as usize]));
    let mut flags: Vec<Flag> = groups.iter().flat_map(|group| flags(returns, group)).collect();
    flags.sort_by_key(|f| f.station);
    Ok((ids.len(), flags))
}

/// One flag for each station of a group that shares a name.
fn flags(returns: &Returns, group: &[u32]) -> Vec<Flag> {
    let places = alike::places(returns, group);
    let flag = |&station: &u32| {
        let others = alike::other_rows(returns, &places, station);
        let name = returns.stations.ids.get(station as usize).map_or("", String::as_str);
        let message = format!("`{name}` is also the name of the station in {others}");
        Flag::told(Some(station), Vec::new(), message)
    };
    group.iter().map(flag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn every_bearer_of_a_name_is_flagged_with_the_other_rows() {
        let returns = Builder::new(4).choice("A", [1, 2, 3, 4]).ids(["x", "y", "x", "z"]).build();
        assert_eq!(
            messages(&RepeatedName, &returns),
            [
                "`x` is also the name of the station in row 4",
                "`x` is also the name of the station in row 2",
            ]
        );
    }

    #[test]
    fn names_are_tested_once_for_all_contests() {
        let returns = Builder::new(2).choice("A", [1, 2]).contest("second").choice("B", [1, 2]);
        let outcome = RepeatedName.run(&returns.build(), 1);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
