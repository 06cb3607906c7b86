//! X150, X151: the skewness of shares or turnouts beside that of a normal law.

use super::interval::{Reads, Statistic};
use crate::Family;

#[doc = include_str!("skewness.md")]
pub const SKEWNESS: &Statistic = &Statistic {
    codes: ["X150", "X151"],
    names: ["eft-skewness", "eft-skewness-turnout"],
    titles: ["Skewness of the shares (EFToolkit)", "Skewness of the turnouts (EFToolkit)"],
    doc: include_str!("skewness.md"),
    symbol: "Skew",
    noun: "skewness",
    family: Family::Shapes,
    reads: Reads::Skewness,
    constant: 0.0,
    rule: "the 95 % interval excludes 0",
    failure: "shares of honest electorates that differ have no reason to be symmetric",
};
