//! X190: the correlation of turnout and share.

use glassurn_stats::moments;

use super::pair::{Pair, Pairs};

#[doc = include_str!("correlation.md")]
pub const CORRELATION: Pair = Pair {
    code: "X190",
    name: "eft-correlation",
    title: "Correlation of turnout and share (EFToolkit)",
    doc: include_str!("correlation.md"),
    symbol: "Correlation",
    noun: "correlation of turnout and share",
    of: correlation,
    threshold: 0.4,
    rule: "its size is above 0.4",
    failure: "town and country that differ in both meet it as well",
};

fn correlation(pairs: &Pairs) -> Option<f64> {
    let [t, v] = [&pairs.turnouts, &pairs.shares];
    let (mean_t, mean_v) = (moments::mean(t), moments::mean(v));
    let products: Vec<f64> = t.iter().zip(v).map(|(t, v)| (t - mean_t) * (v - mean_v)).collect();
    let scale = (moments::variance(t) * moments::variance(v)).sqrt();
    (scale > 0.0).then(|| moments::mean(&products) / scale)
}
