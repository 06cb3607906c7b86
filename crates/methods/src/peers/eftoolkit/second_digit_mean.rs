//! X110, X111: the mean second digit beside that of Benford's law.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("second_digit_mean.md")]
pub const SECOND_DIGIT_MEAN: &Statistic = &Statistic {
    codes: ["X110", "X111"],
    names: ["eft-second-digit-mean", "eft-second-digit-mean-turnout"],
    titles: [
        "Mean second digit of the votes (EFToolkit)",
        "Mean second digit of the ballots (EFToolkit)",
    ],
    doc: include_str!("second_digit_mean.md"),
    symbol: "2BL",
    noun: "mean second digit",
    family: Family::Digits,
    reads: Reads::Counts(second_digit),
    constant: 4.187,
    rule: "the 95 % interval excludes 4.187",
    failure: "the sizes of honest stations alone often meet it",
};

/// The second digit from the left; a count below 10 has none.
fn second_digit(mut count: u64) -> Option<usize> {
    if count < 10 {
        return None;
    }
    while count >= 100 {
        count /= 10;
    }
    usize::try_from(count % 10).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_from_the_left() {
        let digits = [9, 10, 37, 305, 99_999, u64::MAX].map(second_digit);
        assert_eq!(digits, [None, Some(0), Some(7), Some(0), Some(9), Some(8)]);
    }
}
