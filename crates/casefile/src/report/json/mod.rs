//! The JSON envelope: the examination for programs, bounded in size, described by
//! `docs/schema/examination-1.json`. Each module holds one part of it: the data as read ([`returns`]), the
//! checks ([`checks`]), the screens ([`screens`]); what all parts share is a bounded list ([`listed`]) and a
//! place ([`place`]).

mod checks;
mod listed;
mod place;
mod returns;
mod screens;

use glassurn_methods::calibration::FalseAlarms;
use serde::Serialize;

use super::{CANNOT_SHOW, chapters, notable};
use crate::examination::{ContestResult, MappingFrom, Settings};
use crate::{Examination, Mapping};
use checks::Check;
use listed::Listed;
use place::At;
use returns::Returns;
use screens::Screen;

/// The examination as one versioned JSON envelope, ending in a line end.
///
/// Lists that grow with the file (flags, odd cells, rows set aside, sources) hold at most a hundred entries
/// beside their total, and pictures are given for whole contests alone; the tables have every row.
pub fn json(examination: &Examination) -> String {
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(&Envelope::of(examination));
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}

#[derive(Serialize)]
struct Envelope<'a> {
    envelope: u32,
    program: &'a str,
    command: &'a str,
    cannot_show: &'a str,
    settings: &'a Settings,
    mapping_from: &'a MappingFrom,
    mapping: &'a Mapping,
    returns: Returns<'a>,
    results: &'a [ContestResult],
    checks: Vec<Check<'a>>,
    tests: usize,
    screens: Vec<Screen<'a>>,
    published: Vec<Screen<'a>>,
    calibration: &'a [FalseAlarms],
    stations: Listed<Station<'a>>,
}

impl<'a> Envelope<'a> {
    fn of(examination: &'a Examination) -> Self {
        let notable = notable::notable(examination);
        Envelope {
            envelope: examination.envelope,
            program: &examination.program,
            command: &examination.command,
            cannot_show: CANNOT_SHOW,
            settings: &examination.settings,
            mapping_from: &examination.mapping_from,
            mapping: &examination.mapping,
            returns: Returns::of(examination),
            results: &examination.results,
            checks: examination.checks.iter().map(|c| Check::of(examination, c)).collect(),
            tests: chapters::tests(examination),
            screens: examination.screens.iter().map(|t| Screen::of(examination, t)).collect(),
            published: examination.published.iter().map(|t| Screen::of(examination, t)).collect(),
            calibration: &examination.calibration,
            stations: Listed::of(notable.into_iter().map(|n| Station {
                at: At::station(examination, n.station),
                pointers: n.pointers,
                why: n.why.iter().take(10).map(|(code, why)| (*code, why.text())).collect(),
            })),
        }
    }
}

#[derive(Serialize)]
struct Station<'a> {
    #[serde(flatten)]
    at: At<'a>,
    pointers: usize,
    why: Vec<(&'static str, String)>,
}
