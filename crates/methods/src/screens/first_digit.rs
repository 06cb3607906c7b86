//! S121: first digits of counts, which this program does not test, and why.

use glassurn_model::{Outcome, Reason};

use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("first_digit.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstDigit;

impl FirstDigit {
    /// There is nothing to set.
    pub const DEFAULT: Self = FirstDigit;
}

const CODE: &str = "S121";

/// What is answered.
const WHY: &str = "first digits follow from the sizes of stations and the level of support: stations of \
                   like size never follow Benford's law, whatever was counted (see glassurn explain S121)";

impl Screen for FirstDigit {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "first-digit",
            title: "First digits: not tested",
            family: Family::Digits,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("first_digit.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.refuse(CODE, Reason::WrongSubject(WHY.to_owned()))
    }
}
