//! Pairs of observed and unobserved stations where nothing was drawn by lot.

use glassurn_methods::parallel::matched_pairs::{self, Settings, Station, log_size};
use glassurn_methods::parallel::observed_unobserved;
use glassurn_model::{Answer, Column, Stations, Unit};

/// Settings of pairs of shares.
pub(super) const SETTINGS: Settings = Settings { unit: Unit::Share, ..Settings::DEFAULT };

/// Pairs stations that are alike in area, size and earlier figure, as far as these are known.
///
/// A covariate that no station has is not asked for.
pub(super) fn answer(
    subject: &str,
    all: &[observed_unobserved::Station],
    stations: &Stations,
    sizes: Option<&Column>,
    set: Settings,
) -> Answer {
    let size = |i: usize| sizes.and_then(|c| c.values.get(i).copied().flatten()).and_then(log_size);
    let mut names = Vec::new();
    names.extend(sizes.map(|_| "size (logarithm of registered voters)"));
    let earlier = all.iter().any(|s| s.covariate.is_some());
    names.extend(earlier.then_some("the earlier figure"));
    let one = |(i, s): (usize, &observed_unobserved::Station)| Station {
        outcome: s.outcome,
        observed: s.observed,
        area: s.block.clone(),
        like: sizes.map(|_| size(i)).into_iter().chain(earlier.then_some(s.covariate)).collect(),
        name: stations.ids.get(i).cloned().unwrap_or_default(),
    };
    let paired: Vec<Station> = all.iter().enumerate().map(one).collect();
    matched_pairs::compare(subject, &paired, &names, set)
}
