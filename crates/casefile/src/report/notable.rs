//! The stations that checks and screens point at, merged, the most pointed-at first.

use std::collections::BTreeMap;

use glassurn_model::{CheckOutcome, Flag};

use super::chapters;
use crate::Examination;

/// One station and everything that points at it.
pub(super) struct Notable<'a> {
    /// Index of the station.
    pub(super) station: u32,
    /// How many different checks and screens point at it.
    pub(super) pointers: usize,
    /// The code of each check or screen with what it says, in order of code.
    pub(super) why: Vec<(&'static str, Why<'a>)>,
}

/// What a check or a screen says of a station; a flag's words are put together only when they are shown.
#[derive(Clone, Copy)]
pub(super) enum Why<'a> {
    /// A check's flag.
    Flag(&'a Flag),
    /// A screen's remark.
    Remark(&'a str),
}

impl Why<'_> {
    /// In words.
    pub(super) fn text(self) -> String {
        match self {
            Why::Flag(flag) => flag.message(),
            Why::Remark(remark) => remark.to_owned(),
        }
    }
}

/// Every station that something points at, ranked.
pub(super) fn notable(examination: &Examination) -> Vec<Notable<'_>> {
    let mut pointed: BTreeMap<u32, Vec<(&'static str, Why<'_>)>> = BTreeMap::new();
    for checked in &examination.checks {
        let CheckOutcome::Ran { flags, .. } = &checked.outcome else { continue };
        for flag in flags {
            let Some(station) = flag.station else { continue };
            pointed.entry(station).or_default().push((checked.code, Why::Flag(flag)));
        }
    }
    for (_, finding) in chapters::findings(examination) {
        for (station, remark) in &finding.stations {
            pointed.entry(*station).or_default().push((finding.screen, Why::Remark(remark)));
        }
    }
    let mut ranked: Vec<_> = pointed.into_iter().map(|(s, why)| merged(s, why)).collect();
    ranked.sort_by_key(|n| (std::cmp::Reverse(n.pointers), n.station));
    ranked
}

/// Orders what points at a station and counts the different codes.
fn merged<'a>(station: u32, mut why: Vec<(&'static str, Why<'a>)>) -> Notable<'a> {
    why.sort_by_key(|w| w.0);
    Notable { station, pointers: why.chunk_by(|a, b| a.0 == b.0).count(), why }
}

/// The codes that point at a station, each once.
pub(super) fn codes(notable: &Notable<'_>) -> Vec<&'static str> {
    notable.why.chunk_by(|a, b| a.0 == b.0).map(|same| same[0].0).collect()
}
