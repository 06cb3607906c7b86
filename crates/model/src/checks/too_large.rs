use super::{oddities, support};
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Reason, Returns, check::Tested};

#[doc = include_str!("too_large.md")]
#[derive(Debug, Clone, Copy)]
pub struct TooLarge;

impl Check for TooLarge {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("too_large.md");
        CheckMeta { code: "F113", name: "too-large", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Reports the cells that reading could not take as counts for this reason.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    support::contest(returns, contest)?;
    let odd = oddities::of(returns, contest).filter(|o| o.kind == OddityKind::TooLarge);
    Ok((oddities::cells(returns, contest), oddities::flags(returns, odd, "is too large for a count; read as missing")))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn the_cell_is_flagged_with_its_text_and_column() {
        let returns = Builder::new(2)
            .choice("A", [Some(1), None])
            .oddity(Some(1), "A", "99999999999999999999", OddityKind::TooLarge)
            .oddity(Some(1), "A", "other", OddityKind::NotWhole)
            .build();
        assert_eq!(messages(&TooLarge, &returns), ["A: `99999999999999999999` is too large for a count; read as missing"]);
        let CheckOutcome::Ran { tested, flags } = TooLarge.run(&returns, 0) else { panic!() };
        assert_eq!((tested, flags[0].station), (2, Some(1)));
    }
}
