//! Glassurn's numbers: exact distributions, seeded randomness, multiplicity.
//!
//! Pure functions on slices; no election words, no I/O, no global state. Nothing panics: an argument
//! outside its domain (a probability above 1, a negative degree of freedom) gives `NaN` or `None`.
//!
//! | what | where |
//! |---|---|
//! | exact discrete laws | [`binomial`], [`beta_binomial`], [`poisson`], [`poisson_binomial`] |
//! | approximate law of a weighted sum | [`weighted_bernoulli`] |
//! | continuous laws | [`normal`], [`chi_squared`], [`student`], [`fisher`] |
//! | estimates and intervals | [`interval`], [`bootstrap`], [`moments`], [`least_squares`] |
//! | regression | [`ols`], [`clustered`], [`simplex`] |
//! | regression and tails that outliers do not move | [`robust`] |
//! | tests that may be looked at after every draw | [`martingale`] |
//! | samples drawn by a known rule | [`survey`] |
//! | weights to known totals | [`raking`] |
//! | raters: agreement, leniency | [`agreement`], [`ordinal`] |
//! | directed graphs | [`reciprocity`], [`curveball`] |
//! | what is only bounded | [`imbens_manski`], [`selection`] |
//! | pairs that may be biased | [`signed_rank`] |
//! | figures that are symmetric about zero | [`sign_flip`] |
//! | integrals over a normal variable | [`gauss_hermite`], [`logit_normal`] |
//! | modes and small matrices | [`newton`], [`quasi_newton`], [`golden`], [`cholesky`] |
//! | inner loops: eˣ, ln x, polynomials | [`elementary`], [`chebyshev`] |
//! | many tests, calibration | [`multiple`], [`max_normal`], [`uniformity`] |
//! | more modes than one | [`dip`] |
//! | several electorates in one | [`beta_mixture`] |
//! | randomness | [`rng`], [`sample`], [`alias`] |
//!
//! **Two-sided p-values** have one convention in the whole crate: twice the smaller tail (each tail
//! includes the observed value), clipped at 1.

pub mod agreement;
pub mod alias;
pub mod beta_binomial;
pub mod beta_mixture;
pub mod binomial;
pub mod bootstrap;
pub mod chebyshev;
pub mod chi_squared;
pub mod cholesky;
pub mod clustered;
pub mod curveball;
pub mod density_jump;
pub mod dip;
pub mod discontinuity;
pub mod elementary;
pub mod fisher;
pub mod gauss_hermite;
pub mod golden;
pub mod imbens_manski;
pub mod interval;
pub mod least_squares;
pub mod logit_normal;
pub mod martingale;
pub mod max_normal;
pub mod moments;
pub mod multiple;
pub mod newton;
pub mod normal;
pub mod ols;
pub mod ordinal;
pub mod poisson;
pub mod poisson_binomial;
pub mod quasi_newton;
pub mod raking;
pub mod reciprocity;
pub mod rng;
pub mod robust;
mod saddle;
pub mod sample;
pub mod selection;
pub mod sign_flip;
pub mod signed_rank;
pub mod simplex;
pub mod student;
mod sum;
pub mod survey;
mod symmetric;
pub mod uniformity;
pub mod weighted_bernoulli;

/// Twice the smaller tail, clipped at 1: the one two-sided convention.
fn twice_smaller(lower: f64, upper: f64) -> f64 {
    // Not `min`, which would turn a NaN into a 1.
    let smaller = if lower <= upper { lower } else { upper };
    if smaller > 0.5 { 1.0 } else { 2.0 * smaller }
}
