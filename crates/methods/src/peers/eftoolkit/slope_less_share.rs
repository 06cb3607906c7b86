//! X180: the slope of the share on turnout, less the mean share.

use glassurn_stats::{moments, ols};

use super::pair::{Pair, Pairs};

#[doc = include_str!("slope_less_share.md")]
pub const SLOPE_LESS_SHARE: Pair = Pair {
    code: "X180",
    name: "eft-slope-less-share",
    title: "Slope of the share on turnout, less the mean share (EFToolkit)",
    doc: include_str!("slope_less_share.md"),
    symbol: "Sobyanin",
    noun: "slope of the share on turnout less the mean share",
    of: slope_less_share,
    threshold: 1.645,
    rule: "its size is above 1.645",
    failure: "the threshold is a normal point, while the figure has no standard error and hardly ever comes near it",
};

fn slope_less_share(pairs: &Pairs) -> Option<f64> {
    let line = ols::fit(&pairs.turnouts, &pairs.shares, None)?;
    Some(line.slope - moments::mean(&pairs.shares))
}
