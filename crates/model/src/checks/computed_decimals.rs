use super::{oddities, support};
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Reason, Returns, check::Tested};

#[doc = include_str!("computed_decimals.md")]
#[derive(Debug, Clone, Copy)]
pub struct ComputedDecimals;

impl Check for ComputedDecimals {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("computed_decimals.md");
        CheckMeta { code: "W108", name: "computed-decimals", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Decimals that a clerk may write; more come from a calculation.
const WRITTEN: usize = 2;

/// Looks for numbers in place of counts that have more decimals than anybody writes.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    support::contest(returns, contest)?;
    let odd = oddities::of(returns, contest)
        .filter(|o| o.kind == OddityKind::NotWhole && decimals(&o.text) > WRITTEN);
    let words = "has more decimals than a count or a rounded share: the outcome of a calculation";
    Ok((oddities::cells(returns, contest), oddities::flags(returns, odd, words)))
}

/// How many digits follow the last point or comma.
fn decimals(text: &str) -> usize {
    let fraction = text.rsplit_once(['.', ',']).map_or("", |(_, fraction)| fraction);
    fraction.chars().take_while(|c| c.is_numeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, messages};

    #[test]
    fn many_decimals_are_flagged_and_few_are_left_to_the_other_check() {
        let returns = Builder::new(2)
            .choice("A", [None, None])
            .oddity(Some(0), "A", "12.333333", OddityKind::NotWhole)
            .oddity(Some(1), "A", "12,5", OddityKind::NotWhole)
            .oddity(Some(1), "A", "x.33333", OddityKind::NotANumber)
            .build();
        let found = messages(&ComputedDecimals, &returns);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("A: `12.333333` has more decimals"), "{}", found[0]);
    }

    #[test]
    fn decimals_are_counted_after_the_last_separator() {
        assert_eq!(["1.234,5", "7", "0.1666 %", ".25"].map(decimals), [1, 0, 4, 2]);
    }
}
