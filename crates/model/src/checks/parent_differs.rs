use super::support;
use crate::{
    Check, CheckMeta, CheckOutcome, Column, Flag, ParentRow, Reason, Returns, check::Tested,
};

#[doc = include_str!("parent_differs.md")]
#[derive(Debug, Clone, Copy)]
pub struct ParentDiffers;

impl Check for ParentDiffers {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("parent_differs.md");
        CheckMeta { code: "F301", name: "parent-differs", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Compares what totals rows state with the sums over the stations they cover.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let columns = support::contest(returns, contest)?;
    let mut parents = returns.parents.iter().filter(|p| p.contest == contest).peekable();
    if parents.peek().is_none() {
        return Err(Reason::WrongSubject("the source has no totals rows".to_owned()));
    }
    let (mut tested, mut flags) = (0, Vec::new());
    for parent in parents {
        for (what, stated) in &parent.counts {
            let sum = columns.column(what).and_then(|c| sum(c, &parent.stations));
            let (Some(stated), Some(sum)) = (*stated, sum) else { continue };
            tested += 1;
            if i128::from(stated) != sum {
                flags.push(flag(parent, what, stated, sum));
            }
        }
    }
    Ok((tested, flags))
}

/// The sum over the stations, if they all have a count: with one missing it is not the whole.
fn sum(column: &Column, stations: &[u32]) -> Option<i128> {
    let count = |&station: &u32| column.values.get(station as usize).copied().flatten();
    stations.iter().map(count).try_fold(0, |sum, value| Some(sum + i128::from(value?)))
}

/// A totals row beside the sum of its stations.
fn flag(parent: &ParentRow, what: &str, stated: i64, sum: i128) -> Flag {
    let message = format!(
        "row {} (`{}`), {what}: {stated} stated, the {} stations below add up to {sum}: difference {}",
        parent.place.row,
        parent.label,
        parent.stations.len(),
        sum - i128::from(stated),
    );
    let values = vec![
        (what.to_owned(), Some(stated)),
        ("sum of the stations".to_owned(), support::figure(sum)),
    ];
    Flag::told(None, values, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, testing::{Builder, messages}};

    #[test]
    fn a_total_that_is_not_the_sum_is_flagged() {
        let returns = Builder::new(3)
            .field(Field::Valid, [10, 20, 30])
            .choice("A", [1, 2, 3])
            .parent("District 1", &[0, 1], [("valid", 30), ("A", 4)])
            .build();
        assert_eq!(
            messages(&ParentDiffers, &returns),
            ["row 5 (`District 1`), A: 4 stated, the 2 stations below add up to 3: difference -1"]
        );
        let outcome = ParentDiffers.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn a_station_without_a_count_leaves_its_total_untested() {
        let returns = Builder::new(2)
            .choice("A", [Some(1), None])
            .parent("all", &[0, 1], [("A", Some(5)), ("unknown", Some(1)), ("A", None)])
            .build();
        let none = CheckOutcome::Ran { tested: 0, flags: vec![] };
        assert_eq!(ParentDiffers.run(&returns, 0), none);
    }

    #[test]
    fn refuses_without_totals_rows() {
        let outcome = ParentDiffers.run(&Builder::new(1).choice("A", [1]).build(), 0);
        assert!(matches!(outcome, CheckOutcome::NotApplicable { .. }));
    }
}
