//! A mixture of three classes of stations: votes as they came, some votes added and moved (incremental), most votes
//! added and moved (extreme).
//!
//! It is the published model of `eforensics` (forms `bl` and `qbl`, intercepts alone). With N voters, a abstentions, w
//! votes, x = a/N, and a class's shares of added votes m and moved votes s (both 0 in the first class):
//!
//! ```text
//! a ~ Bin(N, (1 − τ)(1 − m))        1 − p = x + (1 − x/(1 − m)) (1 − ν)(1 − s)        w ~ Bin(N, p)
//! τ, ν logistic;  m, s in 0 to 0.7 (incremental) or 0.7 to 1 (extreme), so that classes cannot change names
//! chances of the classes in proportion to 1, u₂, u₃;  u uniform
//! bl    logits the same at every station, prior N(0, 100)
//! qbl   logits normal over stations: mean prior N(0, 1.0001), variance prior exponential with rate 5
//! ```
//!
//! Each station's class is summed out and its levels are integrated out, so that the posterior of the unknowns is a
//! smooth function with slopes; nothing is simulated. Given m and s the two counts are integrals over one logit each, by an
//! expansion around the mode (or adaptive Gauss-Hermite) inside a grid of adaptive Gauss-Hermite points for m and s. That of
//! the votes depends on m and s through one number alone, and is read off a polynomial. The top is reached with some hundreds of
//! stations first, with six thousand next, and with all in the end.
//!
//! **What differs from the published model.** There m and s are binomial counts out of N; here they are logits with the
//! variance of such a count added, to first order. At stations of 100 to 200 voters, where a class is likely at all, the
//! likelihood differs by less than a quarter (`a_normal_deviation_stands_for_the_latent_count`). A class is impossible
//! where more abstained than it can leave over.
//!
//! **What it cannot show.** Stations that differ more than the law of the levels allows, strategic voting and strong
//! local loyalty are read as additions; the choice of covariates decides the answer.

mod bounds;
mod climb;
mod curvature;
mod fit;
mod interval;
mod lighter;
mod membership;
mod parameters;
mod path;
mod peak;
mod posterior;
mod search;
mod station;
mod votes;

pub use bounds::Bound;
pub use fit::{Effort, Fit, Mode, Unfit};
pub use interval::Estimate;
pub use membership::Membership;
pub use parameters::{BORDER, CLASSES, Class, Form, Level, Parameters};
pub use posterior::Posterior;
pub use station::{Likelihood, Rules, Station};
