//! X140, X141: the share of percentages that end in 0 or 5, beside a fifth.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("zero_or_five_percentages.md")]
pub const ZERO_OR_FIVE_PERCENTAGES: &Statistic = &Statistic {
    codes: ["X140", "X141"],
    names: ["eft-zero-or-five-percentages", "eft-zero-or-five-percentages-turnout"],
    titles: [
        "Shares ending in 0 or 5 per cent (EFToolkit)",
        "Turnouts ending in 0 or 5 per cent (EFToolkit)",
    ],
    doc: include_str!("zero_or_five_percentages.md"),
    symbol: "P05s",
    noun: "part at a percentage that ends in 0 or 5",
    family: Family::Rounding,
    reads: Reads::Rates(ends_in_0_or_5),
    constant: 0.2,
    rule: "the 95 % interval excludes 0.2",
    failure: "small stations, and shares near 0 or 1, meet it because fractions heap there",
};

/// Class 1 for a rate whose percentage, rounded half to even, ends in 0 or 5; class 0 for the others.
fn ends_in_0_or_5(rate: f64) -> usize {
    usize::from((100.0 * rate).round_ties_even() % 5.0 == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_percentage() {
        // 12.5 % is 12, 62.5 % is 62; 0 and 100 % count.
        let classes = [0.0, 0.125, 0.625, 0.449, 0.551, 1.0].map(ends_in_0_or_5);
        assert_eq!(classes, [1, 0, 0, 1, 1, 1]);
    }
}
