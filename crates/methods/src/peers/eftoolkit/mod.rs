//! EFToolkit 2.0, function `BasicElectionForensics`: nine statistics of ballots cast and of a choice's votes.
//!
//! Common to all: every row of the returns is used, whatever its size; turnout is ballots cast over registered
//! voters, the share is votes over ballots cast; either is cut at 1, and 0 / 0 is left out.

mod classes;
mod dip;
mod interval;
mod pair;
mod series;

mod correlation;
mod kurtosis;
mod last_digit_mean;
mod second_digit_mean;
mod skewness;
mod slope_less_share;
mod zero_or_five_counts;
mod zero_or_five_percentages;

pub use correlation::CORRELATION;
pub use dip::Dip;
pub use interval::{Interval, Reads, Statistic};
pub use kurtosis::KURTOSIS;
pub use last_digit_mean::LAST_DIGIT_MEAN;
pub use pair::{Pair, Pairs};
pub use second_digit_mean::SECOND_DIGIT_MEAN;
pub use series::Series;
pub use skewness::SKEWNESS;
pub use slope_less_share::SLOPE_LESS_SHARE;
pub use zero_or_five_counts::ZERO_OR_FIVE_COUNTS;
pub use zero_or_five_percentages::ZERO_OR_FIVE_PERCENTAGES;

use super::Peer;

/// The battery.
pub const PEER: Peer = Peer {
    key: "eftoolkit",
    title: "EFToolkit 2.0, basic battery",
    source: "R package EFToolkit 2.0.0 (K. Kalinin, 2025), function BasicElectionForensics",
    procedures: &[
        &SECOND_DIGIT_MEAN.of(Series::Choice),
        &SECOND_DIGIT_MEAN.of(Series::Turnout),
        &LAST_DIGIT_MEAN.of(Series::Choice),
        &LAST_DIGIT_MEAN.of(Series::Turnout),
        &ZERO_OR_FIVE_COUNTS.of(Series::Choice),
        &ZERO_OR_FIVE_COUNTS.of(Series::Turnout),
        &ZERO_OR_FIVE_PERCENTAGES.of(Series::Choice),
        &ZERO_OR_FIVE_PERCENTAGES.of(Series::Turnout),
        &SKEWNESS.of(Series::Choice),
        &SKEWNESS.of(Series::Turnout),
        &KURTOSIS.of(Series::Choice),
        &KURTOSIS.of(Series::Turnout),
        &Dip { series: Series::Choice },
        &Dip { series: Series::Turnout },
        &SLOPE_LESS_SHARE,
        &CORRELATION,
    ],
};
