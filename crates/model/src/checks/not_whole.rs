use super::oddities;
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Returns};

#[doc = include_str!("not_whole.md")]
#[derive(Debug, Clone, Copy)]
pub struct NotWhole;

impl Check for NotWhole {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("not_whole.md");
        CheckMeta { code: "F112", name: "not-whole", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        oddities::test(returns, contest, OddityKind::NotWhole, "is not a whole number").into()
    }
}
