//! The JSON envelope: the examination for programs, bounded in size, described by
//! `docs/schema/examination-1.json`.

use glassurn_methods::battery::Tested;
use glassurn_model::{
    CheckOutcome, Column, Contest, Finding, Flag, Outcome, Place, Scope, Severity, Tally,
};
use serde::Serialize;

use super::{CANNOT_SHOW, LISTED, chapters, notable};
use crate::examination::{Checked, ContestResult, MappingFrom, Settings};
use crate::{Examination, Mapping};

/// The examination as one versioned JSON envelope, ending in a line end.
///
/// Lists that grow with the file (flags, odd cells, rows set aside, sources) hold at most a hundred entries
/// beside their total, and pictures are given for whole contests alone; the tables have every row.
pub fn json(examination: &Examination) -> String {
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(&Envelope::of(examination));
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}

/// The first of many, with their number.
#[derive(Serialize)]
struct Listed<T> {
    total: usize,
    listed: Vec<T>,
}

impl<T> Listed<T> {
    fn of(all: impl ExactSizeIterator<Item = T>) -> Self {
        Listed { total: all.len(), listed: all.take(LISTED).collect() }
    }
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
            stations: Listed::of(notable.into_iter().map(|n| Station {
                at: At::station(examination, n.station),
                pointers: n.pointers,
                why: n.why.iter().take(10).map(|(code, why)| (*code, why.text())).collect(),
            })),
        }
    }
}

#[derive(Serialize)]
struct Returns<'a> {
    title: &'a str,
    stations: usize,
    levels: Vec<Level<'a>>,
    sources: Listed<&'a glassurn_model::Source>,
    set_aside: Listed<SetAside<'a>>,
    oddities: Listed<Oddity<'a>>,
    notes: &'a [String],
    contests: Vec<ContestView<'a>>,
}

impl<'a> Returns<'a> {
    fn of(examination: &'a Examination) -> Self {
        let returns = &examination.returns;
        let levels = returns.stations.levels.iter();
        Returns {
            title: &returns.title,
            stations: returns.stations.len(),
            levels: levels.map(|l| Level { name: &l.name, units: l.units.len() }).collect(),
            sources: Listed::of(returns.sources.iter()),
            set_aside: Listed::of(returns.set_aside.iter().map(|row| SetAside {
                at: At::place(examination, row.place),
                label: &row.label,
                reason: &row.reason,
            })),
            oddities: Listed::of(returns.oddities.iter().map(|cell| Oddity {
                at: At::place(examination, cell.place),
                column: &cell.column,
                text: &cell.text,
                kind: cell.kind,
            })),
            notes: &returns.notes,
            contests: returns.contests.iter().map(ContestView::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct Level<'a> {
    name: &'a str,
    units: usize,
}

#[derive(Serialize)]
struct SetAside<'a> {
    #[serde(flatten)]
    at: At<'a>,
    label: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Oddity<'a> {
    #[serde(flatten)]
    at: At<'a>,
    column: &'a str,
    text: &'a str,
    kind: glassurn_model::OddityKind,
}

/// A contest's columns; its totals stand under `results`.
#[derive(Serialize)]
struct ContestView<'a> {
    name: &'a str,
    exhaustive: bool,
    fields: &'a std::collections::BTreeMap<glassurn_model::Field, Column>,
    choices: &'a [Column],
    extras: &'a [Column],
    declared: Vec<Declared<'a>>,
}

impl<'a> ContestView<'a> {
    fn of(contest: &'a Contest) -> Self {
        let declared = |tally: &'a Tally| {
            let sum = contest.total(&tally.what);
            let difference = sum.and_then(|s| s.checked_sub(tally.value));
            Declared { tally, sum, difference }
        };
        ContestView {
            name: &contest.name,
            exhaustive: contest.exhaustive,
            fields: &contest.fields,
            choices: &contest.choices,
            extras: &contest.extras,
            declared: contest.declared.iter().map(declared).collect(),
        }
    }
}

#[derive(Serialize)]
struct Declared<'a> {
    #[serde(flatten)]
    tally: &'a Tally,
    sum: Option<i64>,
    difference: Option<i64>,
}

/// A place in the sources, and the station there.
#[derive(Serialize)]
struct At<'a> {
    station: Option<&'a str>,
    source: Option<&'a str>,
    row: Option<u32>,
}

impl<'a> At<'a> {
    fn place(examination: &'a Examination, place: Place) -> Self {
        let source = examination.returns.sources.get(place.source as usize);
        At { station: None, source: source.map(|s| &*s.name), row: Some(place.row) }
    }

    fn station(examination: &'a Examination, station: u32) -> Self {
        let stations = &examination.returns.stations;
        let place = stations.places.get(station as usize);
        let at = place.map(|p| At::place(examination, *p));
        let at = at.unwrap_or(At { station: None, source: None, row: None });
        At { station: stations.ids.get(station as usize).map(String::as_str), ..at }
    }

    fn flag(examination: &'a Examination, station: Option<u32>) -> Self {
        let nowhere = At { station: None, source: None, row: None };
        station.map_or(nowhere, |s| At::station(examination, s))
    }
}

#[derive(Serialize)]
struct Check<'a> {
    code: &'a str,
    question: Option<&'a str>,
    severity: Severity,
    contest: &'a str,
    #[serde(flatten)]
    outcome: Ran<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Ran<'a> {
    Ran { tested: usize, flags: Listed<FlagView<'a>> },
    NotApplicable { why: String },
}

#[derive(Serialize)]
struct FlagView<'a> {
    #[serde(flatten)]
    at: At<'a>,
    message: String,
    values: Vec<(&'a str, Option<i64>)>,
}

impl<'a> Check<'a> {
    fn of(examination: &'a Examination, checked: &'a Checked) -> Self {
        let view = |flag: &'a Flag| FlagView {
            at: At::flag(examination, flag.station),
            message: flag.message(),
            values: flag.values().collect(),
        };
        Check {
            code: checked.code,
            question: chapters::check(checked.code).map(|m| m.form().question()),
            severity: chapters::severity(checked.code),
            contest: &checked.contest,
            outcome: match &checked.outcome {
                CheckOutcome::Ran { tested, flags } => {
                    Ran::Ran { tested: *tested, flags: Listed::of(flags.iter().map(view)) }
                }
                CheckOutcome::NotApplicable { reason } => {
                    Ran::NotApplicable { why: reason.to_string() }
                }
            },
        }
    }
}

#[derive(Serialize)]
struct Screen<'a> {
    code: &'a str,
    title: &'a str,
    family: Option<&'a str>,
    contest: &'a str,
    choice: Option<&'a str>,
    level: Option<&'a str>,
    unit: Option<&'a str>,
    #[serde(flatten)]
    outcome: Answer<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Answer<'a> {
    Finding(Box<FindingView<'a>>),
    NotApplicable { why: String },
}

#[derive(Serialize)]
struct FindingView<'a> {
    plain: &'a str,
    used: usize,
    left_out: Vec<LeftOut>,
    measures: &'a [glassurn_model::Measure],
    p: Option<glassurn_model::P>,
    p_holm: Option<f64>,
    p_bh: Option<f64>,
    effect: &'a glassurn_model::Effect,
    caveats: &'a [glassurn_model::Caveat],
    pictures: &'a [glassurn_model::Picture],
    stations: Vec<Pointed<'a>>,
}

#[derive(Serialize)]
struct LeftOut {
    why: String,
    stations: usize,
}

#[derive(Serialize)]
struct Pointed<'a> {
    #[serde(flatten)]
    at: At<'a>,
    why: &'a str,
}

#[derive(Serialize)]
struct Station<'a> {
    #[serde(flatten)]
    at: At<'a>,
    pointers: usize,
    why: Vec<(&'static str, String)>,
}

impl<'a> Screen<'a> {
    fn of(examination: &'a Examination, tested: &'a Tested) -> Self {
        let (code, subject) = chapters::about(&tested.outcome);
        let unit = chapters::unit(subject);
        Screen {
            code,
            title: chapters::title(code),
            family: chapters::screen(code).map(|m| m.family.title()),
            contest: &subject.contest,
            choice: subject.choice.as_deref(),
            level: unit.map(|u| u.0),
            unit: unit.map(|u| u.1),
            outcome: match &tested.outcome {
                Outcome::Finding(f) => Answer::Finding(Box::new(finding(examination, tested, f))),
                Outcome::NotApplicable { reason, .. } => {
                    Answer::NotApplicable { why: reason.to_string() }
                }
            },
        }
    }
}

/// A finding without the pictures of single units.
fn finding<'a>(
    examination: &'a Examination,
    tested: &Tested,
    finding: &'a Finding,
) -> FindingView<'a> {
    let whole = finding.subject.scope == Scope::Whole;
    let left_out = finding.left_out.iter();
    let stations = finding.stations.iter();
    FindingView {
        plain: &finding.plain,
        used: finding.used,
        left_out: left_out
            .map(|l| LeftOut { why: l.why.to_string(), stations: l.stations })
            .collect(),
        measures: &finding.measures,
        p: finding.p,
        p_holm: tested.holm,
        p_bh: tested.bh,
        effect: &finding.effect,
        caveats: &finding.caveats,
        pictures: if whole { &finding.pictures } else { &[] },
        stations: stations
            .map(|(s, why)| Pointed { at: At::station(examination, *s), why })
            .collect(),
    }
}
