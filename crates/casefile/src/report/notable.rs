//! The stations that checks and screens point at, merged, the most pointed-at first.

use std::collections::BTreeMap;

use glassurn_model::CheckOutcome;

use super::chapters;
use crate::Examination;

/// One station and everything that points at it.
pub(super) struct Notable {
    /// Index of the station.
    pub(super) station: u32,
    /// How many different checks and screens point at it.
    pub(super) pointers: usize,
    /// The code of each check or screen with what it says, in order of code.
    pub(super) why: Vec<(&'static str, String)>,
}

/// Every station that something points at, ranked.
pub(super) fn notable(examination: &Examination) -> Vec<Notable> {
    let mut pointed: BTreeMap<u32, Vec<(&'static str, String)>> = BTreeMap::new();
    for checked in &examination.checks {
        let CheckOutcome::Ran { flags, .. } = &checked.outcome else { continue };
        for flag in flags {
            let Some(station) = flag.station else { continue };
            pointed.entry(station).or_default().push((checked.code, flag.message.clone()));
        }
    }
    for (_, finding) in chapters::findings(examination) {
        for (station, why) in &finding.stations {
            pointed.entry(*station).or_default().push((finding.screen, why.clone()));
        }
    }
    let mut ranked: Vec<Notable> = pointed.into_iter().map(|(s, why)| merged(s, why)).collect();
    ranked.sort_by_key(|n| (std::cmp::Reverse(n.pointers), n.station));
    ranked
}

/// Orders what points at a station and counts the different codes.
fn merged(station: u32, mut why: Vec<(&'static str, String)>) -> Notable {
    why.sort();
    why.dedup();
    let mut codes: Vec<_> = why.iter().map(|w| w.0).collect();
    codes.dedup();
    Notable { station, pointers: codes.len(), why }
}
