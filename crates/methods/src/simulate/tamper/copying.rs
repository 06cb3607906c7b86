//! Counts taken from another station.

use glassurn_model::Returns;
use glassurn_stats::rng::ChaCha8Rng;
use glassurn_stats::sample;

use super::figures::{Figures, Lines};

/// How many tries to find a station that fits.
const TRIES: usize = 64;

/// Another station of the same innermost unit (or of all, without levels), drawn at random.
pub(super) fn donor(
    returns: &Returns,
    lines: &Lines,
    station: usize,
    rng: &mut ChaCha8Rng,
) -> Option<Figures> {
    let level = returns.stations.levels.last();
    let unit = level.map(|l| l.of[station]);
    let near = |i: usize| level.is_none_or(|l| Some(l.of[i]) == unit);
    // Units lie together in most files: look near the station first.
    let count = returns.stations.len();
    let (start, end) = (station.saturating_sub(TRIES), (station + TRIES).min(count));
    let candidates: Vec<usize> = (start..end).filter(|&i| i != station && near(i)).collect();
    let at = sample::below(rng, candidates.len() as u64);
    lines.read(returns.contests.first()?, *candidates.get(usize::try_from(at).ok()?)?)
}

/// The donor's counts on the station's own list; `None` when there are too few voters for them.
pub(super) fn copied(
    before: &Figures,
    donor: &Figures,
    exact: f64,
    rng: &mut ChaCha8Rng,
) -> Option<Figures> {
    let mut after = Figures { registered: before.registered, ..donor.clone() };
    if sample::uniform(rng) >= exact {
        let from = (0..after.votes.len()).find(|&c| c != after.leader && after.votes[c] > 0)?;
        after.votes[from] -= 1;
        after.votes[after.leader] += 1;
    }
    after.holds().then_some(after)
}
