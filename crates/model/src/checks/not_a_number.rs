use super::{oddities, support};
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Reason, Returns, check::Tested};

#[doc = include_str!("not_a_number.md")]
#[derive(Debug, Clone, Copy)]
pub struct NotANumber;

impl Check for NotANumber {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("not_a_number.md");
        CheckMeta { code: "F111", name: "not-a-number", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Reports the cells that reading could not take as counts for this reason.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    support::contest(returns, contest)?;
    let odd = oddities::of(returns, contest).filter(|o| o.kind == OddityKind::NotANumber);
    Ok((oddities::cells(returns, contest), oddities::flags(returns, odd, "is not a number; read as missing")))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn the_cell_is_flagged_with_its_text_and_column() {
        let returns = Builder::new(2)
            .choice("A", [Some(1), None])
            .oddity(Some(1), "A", "n.a.", OddityKind::NotANumber)
            .oddity(Some(1), "A", "other", OddityKind::NotWhole)
            .build();
        assert_eq!(messages(&NotANumber, &returns), ["A: `n.a.` is not a number; read as missing"]);
        let CheckOutcome::Ran { tested, flags } = NotANumber.run(&returns, 0) else { panic!() };
        assert_eq!((tested, flags[0].station), (2, Some(1)));
    }
}
