//! Counts as they come out of bundles.

use glassurn_stats::rng::ChaCha8Rng;
use glassurn_stats::sample;

use super::figures::Figures;

/// Papers in a bundle.
const BUNDLE: i64 = 10;

/// Each count of at least one bundle is, with this probability, given in whole bundles, the nearest number
/// of them: a hasty count, by which nobody gains on average.
pub(super) fn bundled(before: &Figures, strength: f64, rng: &mut ChaCha8Rng) -> Option<Figures> {
    let mut after = before.clone();
    for votes in &mut after.votes {
        if *votes >= BUNDLE && sample::uniform(rng) < strength {
            *votes = (*votes + BUNDLE / 2) / BUNDLE * BUNDLE;
        }
    }
    after.holds().then_some(after)
}

#[cfg(test)]
mod tests {
    use glassurn_stats::rng;

    use super::*;

    #[test]
    fn counts_go_to_the_nearest_bundle_and_small_ones_stay() {
        let before =
            Figures { registered: Some(400), other: 3, votes: vec![104, 57, 9], leader: 0 };
        let after = bundled(&before, 1.0, &mut rng::stream(1, "bundles", 0)).unwrap();
        assert_eq!((after.votes, after.other), (vec![100, 60, 9], 3));
        let full = Figures { registered: Some(173), ..before };
        assert_eq!(
            bundled(&full, 1.0, &mut rng::stream(1, "bundles", 0)).map(|f| f.cast()),
            Some(172)
        );
    }
}
