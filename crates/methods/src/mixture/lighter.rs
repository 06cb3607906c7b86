//! Fewer stations that stand for all.

use super::{membership::Membership, station::Station};

/// A station whose chance of being unchanged is above this says little of the classes.
const PLAIN: f64 = 0.99;

/// Every so-manieth station, each standing for its neighbours.
pub(super) fn thinned(stations: &[Station], most: usize) -> Vec<Station> {
    let step = stations.len().div_ceil(most.max(1)).max(1);
    let few = stations.iter().step_by(step);
    let ratio = stations.len() as f64 / few.len().max(1) as f64;
    few.map(|s| s.weighing(s.weight * ratio)).collect()
}

/// At most about so many stations: of those that may be changed and of the others each half as many, in their order.
pub(super) fn lighter(stations: &[Station], of: &[Membership], most: usize) -> Vec<Station> {
    if stations.len() <= most {
        return stations.to_vec();
    }
    let part = |changed: bool| -> Vec<Station> {
        let pairs = stations.iter().zip(of).filter(|(_, m)| (m.chances[0] < PLAIN) == changed);
        pairs.map(|(s, _)| *s).collect()
    };
    let (changed, plain) = (part(true), part(false));
    let room = most.saturating_sub(changed.len()).max(most / 2);
    let mut few = thinned(&changed, most.saturating_sub(room.min(plain.len())));
    few.extend(thinned(&plain, room));
    few
}
