//! Stations where nearly everybody votes for the leader.

use glassurn_stats::rng::ChaCha8Rng;
use glassurn_stats::sample;

use super::figures::Figures;
use crate::simulate::site::binomial;

/// A share of the absent gets a ballot for the leader and the same share of the other choices' votes
/// becomes the leader's: 1 less a half-normal deviate with standard deviation `1 - strength`.
///
/// P. Klimek, Y. Yegorov, R. Hanel, S. Thurner (2012), *PNAS* 109, 16469-16473, with 0.075 for the
/// standard deviation.
pub(super) fn extreme(before: &Figures, strength: f64, rng: &mut ChaCha8Rng) -> Option<Figures> {
    let absent = before.registered? - before.cast();
    let share = (1.0 - (1.0 - strength) * sample::normal(rng).abs()).clamp(0.0, 1.0);
    let mut after = super::votes::moved(before, share, rng);
    after.votes[before.leader] += binomial(rng, absent, share);
    Some(after)
}

/// The leader's votes grow by the same factor everywhere, as far as there are voters who stayed at home.
pub(super) fn proportional(
    before: &Figures,
    strength: f64,
    rng: &mut ChaCha8Rng,
) -> Option<Figures> {
    let absent = before.registered? - before.cast();
    let mut after = before.clone();
    after.votes[before.leader] += binomial(rng, before.votes[before.leader], strength).min(absent);
    Some(after)
}
