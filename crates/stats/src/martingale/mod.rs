//! Tests of "the mean of a bounded population is at most t" that may be looked at after every draw.
//!
//! Each is a non-negative supermartingale under the null that starts at 1, so that by Ville's inequality
//! its largest value exceeds 1/α with probability at most α, however the stopping was decided.
//!
//! - P. B. Stark (2023). ALPHA: audit that learns from previously hand-audited ballots. *Annals of Applied
//!   Statistics* 17(1), 641-679.
//! - I. Waudby-Smith, A. Ramdas (2024). Estimating means of bounded random variables by betting. *Journal of
//!   the Royal Statistical Society B* 86(1), 1-27.

pub mod bravo;
pub mod macro_batch;
pub mod minerva;
pub mod posterior;
mod run;
pub mod super_simple;

pub use run::run;

/// "The mean of the population is at most `mean`", values between 0 and `upper`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Null {
    /// Largest possible value.
    pub upper: f64,
    /// Size of the population, for draws without replacement; `None` with replacement.
    pub size: Option<u64>,
    /// The mean under the null.
    pub mean: f64,
}

/// How the statistic grows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bet {
    /// ALPHA with this alternative.
    Alpha(Alternative),
    /// Kaplan-Markov: Π (x + g) / (t + g). With replacement only.
    KaplanMarkov(f64),
    /// Kaplan-Wald: Π ((1 − g) x / t + g). With replacement only.
    KaplanWald(f64),
    /// Kaplan-Kolmogorov: Π (x + g) / (conditional mean + g). Without replacement only.
    KaplanKolmogorov(f64),
    /// A betting martingale with a constant stake: Π (1 + λ (x − conditional mean)).
    Stake(f64),
}

/// What ALPHA bets on: a mean above the null's, decided before the next value is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alternative {
    /// The population's mean is this; without replacement the mean of what is left follows from it.
    Fixed(f64),
    /// A mean of this start and of what was seen, cut off at a gap above the null's conditional mean.
    ShrinkTruncate {
        /// The start η₀.
        start: f64,
        /// Weight of the start, in draws (d).
        weight: f64,
        /// Gap c: the alternative is at least c/√(d + j − 1) above the null.
        gap: f64,
    },
    /// This fraction of the way from the null's conditional mean to `upper`: each value x multiplies the
    /// statistic by 1 − κ + κ x / (conditional mean).
    Toward(f64),
}

/// The statistic's course, as p-values.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The valid p-value: 1 / (the largest value so far), at most 1.
    pub p: f64,
    /// min(1, 1 / statistic) after each draw; not itself a p-value that may be chosen after the fact.
    pub history: Vec<f64>,
}
