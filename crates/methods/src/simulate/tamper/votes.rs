//! Ballots added and votes moved.

use glassurn_stats::rng::ChaCha8Rng;

use super::figures::Figures;
use crate::simulate::site::binomial;

/// For a share of those who did not vote, a ballot for the leader is added.
pub(super) fn stuffed(before: &Figures, strength: f64, rng: &mut ChaCha8Rng) -> Option<Figures> {
    let absent = before.registered? - before.cast();
    let mut after = before.clone();
    after.votes[before.leader] += binomial(rng, absent, strength);
    Some(after)
}

/// A share of every other choice's votes becomes the leader's.
pub(super) fn moved(before: &Figures, strength: f64, rng: &mut ChaCha8Rng) -> Figures {
    let mut after = before.clone();
    for choice in (0..before.votes.len()).filter(|&c| c != before.leader) {
        let moving = binomial(rng, before.votes[choice], strength);
        after.votes[choice] -= moving;
        after.votes[before.leader] += moving;
    }
    after
}
