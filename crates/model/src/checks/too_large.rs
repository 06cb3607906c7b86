use super::oddities;
use crate::{Check, CheckMeta, CheckOutcome, OddityKind, Returns};

#[doc = include_str!("too_large.md")]
#[derive(Debug, Clone, Copy)]
pub struct TooLarge;

impl Check for TooLarge {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("too_large.md");
        CheckMeta { code: "F113", name: "too-large", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        oddities::test(returns, contest, OddityKind::TooLarge, "is too large for a count").into()
    }
}
