use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Flag, Reason, Returns, Tally, check::Tested,
};

#[doc = include_str!("declared_differs.md")]
#[derive(Debug, Clone, Copy)]
pub struct DeclaredDiffers;

impl Check for DeclaredDiffers {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("declared_differs.md");
        CheckMeta { code: "F302", name: "declared-differs", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares the totals that a named source declares with the sums of the file.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let declared = || contest.declared.iter().filter(|t| t.is_of_all_stations());
    if declared().next().is_none() {
        return Err(Reason::WrongSubject("no source's totals are given to compare with".to_owned()));
    }
    let pairs = declared().filter_map(|t| Some((t, contest.column(&t.what)?)));
    let compared: Vec<_> = pairs.filter_map(|(t, c)| compare(t, c)).collect();
    Ok((compared.len(), compared.into_iter().flatten().collect()))
}

/// Compares one declared total; nothing when it cannot be compared, `Some(None)` when it fits.
///
/// Where stations lack a count the file's sum may fall short of the total, but not exceed it.
fn compare(tally: &Tally, column: &Column) -> Option<Option<Flag>> {
    let present = column.values.iter().flatten();
    let sum: i128 = present.clone().map(|&v| i128::from(v)).sum();
    let (missing, difference) = (column.missing(), sum - i128::from(tally.value));
    if present.count() == 0 || (missing > 0 && difference < 0) {
        return None;
    }
    Some((difference != 0).then(|| flag(tally, column, sum, missing)))
}

/// The declared total beside the file's.
fn flag(tally: &Tally, column: &Column, sum: i128, missing: usize) -> Flag {
    let lacking = match missing {
        0 => String::new(),
        n => format!(" although {n} lack a value"),
    };
    let message = format!(
        "{}: {} declares {}, the stations add up to {sum}{lacking}: difference {}",
        column.label(),
        tally.source,
        tally.value,
        sum - i128::from(tally.value),
    );
    let declared = (format!("declared by {}", tally.source), Some(tally.value));
    let values = vec![declared, (column.name.clone(), support::figure(sum))];
    Flag::told(None, values, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, testing::{Builder, messages}};

    #[test]
    fn a_declared_total_that_differs_is_flagged_with_its_source() {
        let returns = Builder::new(2)
            .field(Field::Registered, [100, 200])
            .choice("A", [10, 20])
            .declared("A", 26, "portal, 20 March")
            .declared("A", 30, "resolution 152")
            .declared("registered", 300, "resolution 152")
            .declared("nobody", 1, "resolution 152")
            .build();
        assert_eq!(
            messages(&DeclaredDiffers, &returns),
            ["A: portal, 20 March declares 26, the stations add up to 30: difference 4"]
        );
        let outcome = DeclaredDiffers.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 3, .. }));
    }

    #[test]
    fn a_sum_with_missing_stations_may_fall_short_but_not_exceed() {
        let with = |declared| {
            let returns = Builder::new(2).choice("A", [Some(10), None]).declared("A", declared, "x");
            DeclaredDiffers.run(&returns.build(), 0)
        };
        assert_eq!(with(12), CheckOutcome::Ran { tested: 0, flags: vec![] });
        assert_eq!(with(10), CheckOutcome::Ran { tested: 1, flags: vec![] });
        let CheckOutcome::Ran { flags, .. } = with(9) else { panic!() };
        assert_eq!(
            flags[0].message(),
            "A: x declares 9, the stations add up to 10 although 1 lack a value: difference 1"
        );
    }

    #[test]
    fn what_was_announced_for_the_whole_is_not_compared_with_a_part() {
        let part = Builder::new(1).choice("A", [1]).announced("A", 5, "bulletin");
        let outcome = DeclaredDiffers.run(&part.clone().build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
        let outcome = DeclaredDiffers.run(&part.declared("A", 2, "x").build(), 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 1, flags } if flags.len() == 1));
    }

    #[test]
    fn refuses_without_a_declared_total() {
        let outcome = DeclaredDiffers.run(&Builder::new(1).choice("A", [1]).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
