//! The demonstration: an election of a country that does not exist.

use glassurn_model::Returns;

use super::plan::Plan;
use super::tamper::{Tampering, Way, tamper};
use super::{election, table};

/// The clean demonstration: the default plan.
pub fn demo_clean(seed: u64) -> Returns {
    let title = "Demonstration: a simulated election, nothing changed".to_owned();
    election(&Plan { title, seed, ..Plan::default() })
}

/// The demonstration: the same election, changed in two of its twelve regions.
///
/// In the fifth region ballots for the leader are added at two stations in five: of those who did not
/// vote, 45 % are counted as voters. In the ninth region turnout and the leader's share are whole
/// percentages, above the true ones, at half of the stations. The notes say how many votes that changed.
pub fn demo(seed: u64) -> Returns {
    let clean = demo_clean(seed);
    let added = Tampering {
        way: Way::Stuffing,
        share_of_stations: 0.4,
        strength: 0.45,
        units: vec![4],
        seed,
    };
    let rounded = Tampering {
        way: Way::Rounding,
        share_of_stations: 0.5,
        strength: 0.15,
        units: vec![8],
        seed,
    };
    let mut returns = clean;
    for tampering in [added, rounded] {
        returns = tamper(&returns, &tampering).returns;
    }
    returns.title = "Demonstration: a simulated election, changed in two regions".to_owned();
    returns.sources = vec![table::source(seed, returns.stations.len())];
    returns
}
