//! X160, X161: the kurtosis of shares or turnouts beside that of a normal law.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("kurtosis.md")]
pub const KURTOSIS: &Statistic = &Statistic {
    codes: ["X160", "X161"],
    names: ["eft-kurtosis", "eft-kurtosis-turnout"],
    titles: ["Kurtosis of the shares (EFToolkit)", "Kurtosis of the turnouts (EFToolkit)"],
    doc: include_str!("kurtosis.md"),
    symbol: "Kurt",
    noun: "kurtosis",
    family: Family::Shapes,
    reads: Reads::Kurtosis,
    constant: 3.0,
    rule: "the 95 % interval excludes 3",
    failure: "shares of honest electorates that differ have no reason to be normal",
};
