use super::oddities;
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Returns};

#[doc = include_str!("not_a_number.md")]
#[derive(Debug, Clone, Copy)]
pub struct NotANumber;

impl Check for NotANumber {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("not_a_number.md");
        CheckMeta { code: "F111", name: "not-a-number", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        oddities::test(returns, contest, OddityKind::NotANumber, "is not a number").into()
    }
}
