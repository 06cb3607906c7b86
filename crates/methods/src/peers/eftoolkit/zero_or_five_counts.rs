//! X130, X131: the share of counts that end in 0 or 5, beside a fifth.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("zero_or_five_counts.md")]
pub const ZERO_OR_FIVE_COUNTS: &Statistic = &Statistic {
    codes: ["X130", "X131"],
    names: ["eft-zero-or-five-counts", "eft-zero-or-five-counts-turnout"],
    titles: ["Votes ending in 0 or 5 (EFToolkit)", "Ballots ending in 0 or 5 (EFToolkit)"],
    doc: include_str!("zero_or_five_counts.md"),
    symbol: "C05s",
    noun: "part that ends in 0 or 5",
    family: Family::Digits,
    reads: Reads::Counts(ends_in_0_or_5),
    constant: 0.2,
    rule: "the 95 % interval excludes 0.2",
    failure: "a choice with few votes meets it because many of its counts are 0",
};

/// Class 1 for a count that ends in 0 or 5, 0 itself included; class 0 for the others.
fn ends_in_0_or_5(count: u64) -> Option<usize> {
    Some(usize::from(count.is_multiple_of(5)))
}
