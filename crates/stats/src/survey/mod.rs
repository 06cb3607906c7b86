//! Estimates from samples drawn by a known rule: stratified, clustered, or with probability
//! proportional to size.
//!
//! Everything rests on *scores*: for a ratio R̂ = Ŷ/X̂ the score of a unit is w(y − R̂x)/X̂, and the variance
//! of the estimate is the design variance of the sum of its scores. So shares, margins and their covariances
//! come from one formula ([`Design::covariance`]).
//!
//! - W. G. Cochran (1977). *Sampling Techniques*, 3rd edition. Wiley.
//! - C.-E. Särndal, B. Swensson, J. Wretman (1992). *Model Assisted Survey Sampling*. Springer.

mod collapse;
mod design;
mod joint;
mod pps;
mod ratio;

pub use collapse::{Collapsed, Merge, collapse};
pub use design::{Design, DesignError, Sampled, Single};
pub use joint::{Joint, wald};
pub use pps::{pps_ratio, pps_total};
pub use ratio::{Estimate, ratio, separate_ratio, total};
