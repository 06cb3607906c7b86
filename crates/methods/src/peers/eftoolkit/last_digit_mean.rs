//! X120, X121: the mean last digit beside that of equally likely digits.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("last_digit_mean.md")]
pub const LAST_DIGIT_MEAN: &Statistic = &Statistic {
    codes: ["X120", "X121"],
    names: ["eft-last-digit-mean", "eft-last-digit-mean-turnout"],
    titles: [
        "Mean last digit of the votes (EFToolkit)",
        "Mean last digit of the ballots (EFToolkit)",
    ],
    doc: include_str!("last_digit_mean.md"),
    symbol: "LastC",
    noun: "mean last digit",
    family: Family::Digits,
    reads: Reads::Counts(last_digit),
    constant: 4.5,
    rule: "the 95 % interval excludes 4.5",
    failure: "a choice with few votes meets it because its counts have one digit",
};

/// The last digit, also of a count with one digit.
fn last_digit(count: u64) -> Option<usize> {
    usize::try_from(count % 10).ok()
}
