//! What a screen says of a contest: the finding with its figures, corrections, pictures and stations, or why
//! it does not apply. Pictures of single units are left out.

use glassurn_methods::battery::Tested;
use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, P, Picture, Scope};
use serde::Serialize;

use super::place::At;
use crate::Examination;
use crate::report::chapters;

#[derive(Serialize)]
pub(super) struct Screen<'a> {
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
    measures: &'a [Measure],
    p: Option<P>,
    p_holm: Option<f64>,
    p_bh: Option<f64>,
    stands_out: Option<bool>,
    effect: &'a Effect,
    caveats: &'a [Caveat],
    pictures: &'a [Picture],
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

impl<'a> Screen<'a> {
    pub(super) fn of(examination: &'a Examination, tested: &'a Tested) -> Self {
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
        stands_out: tested.stands_out,
        effect: &finding.effect,
        caveats: &finding.caveats,
        pictures: if whole { &finding.pictures } else { &[] },
        stations: stations
            .map(|(s, why)| Pointed { at: At::station(examination, *s), why })
            .collect(),
    }
}
