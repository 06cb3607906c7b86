//! The answers of the screens put in reading order: one chapter for each screen, contest and choice,
//! strongest first. What stands out is read before the rest, and before all what a screen says that no honest
//! election was found to mislead.

use std::cmp::Ordering;

use glassurn_methods::battery::Tested;
use glassurn_methods::{Meta, screens};
use glassurn_model::{
    CheckMeta, Finding, Outcome, Place, Reason, Scope, Severity, Subject, checks,
};

use super::{figures, trust};
use crate::Examination;

/// Everything one screen says of one contest and choice.
pub(super) struct Chapter<'a> {
    /// The screen's code.
    pub(super) code: &'static str,
    /// The contest.
    pub(super) contest: &'a str,
    /// The choice in focus.
    pub(super) choice: Option<&'a str>,
    /// The answer for all stations.
    pub(super) whole: Option<&'a Tested>,
    /// The answers unit by unit, strongest first, refusals last.
    pub(super) units: Vec<&'a Tested>,
}

/// What kind of chapter it is; they are read in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Stands out for all stations, by the screen's own rule.
    StandsOut,
    /// With a p-value for all stations.
    Tested,
    /// With a finding but no p-value for all stations.
    Descriptive,
    /// With findings for units alone.
    UnitsOnly,
    /// Without any finding.
    Refused,
}

impl Chapter<'_> {
    /// What kind of chapter it is.
    pub(super) fn kind(&self) -> Kind {
        match self.whole.and_then(|t| t.outcome.finding()) {
            Some(_) if self.whole.is_some_and(|t| t.stands_out == Some(true)) => Kind::StandsOut,
            Some(finding) if finding.p.is_some() => Kind::Tested,
            Some(_) => Kind::Descriptive,
            None if self.units.iter().any(|t| t.outcome.finding().is_some()) => Kind::UnitsOnly,
            None => Kind::Refused,
        }
    }
}

/// The chapters in reading order.
pub(super) fn chapters(examination: &Examination) -> Vec<Chapter<'_>> {
    let mut chapters: Vec<Chapter<'_>> = Vec::new();
    for tested in &examination.screens {
        let (code, subject) = about(&tested.outcome);
        let choice = subject.choice.as_deref();
        let same =
            |c: &Chapter<'_>| (c.code, c.contest, c.choice) == (code, &*subject.contest, choice);
        let at = chapters.iter().position(same).unwrap_or_else(|| {
            let contest = &subject.contest;
            chapters.push(Chapter { code, contest, choice, whole: None, units: Vec::new() });
            chapters.len() - 1
        });
        match subject.scope {
            Scope::Whole => chapters[at].whole = Some(tested),
            Scope::Unit { .. } => chapters[at].units.push(tested),
        }
    }
    for chapter in &mut chapters {
        chapter.units.sort_by(|a, b| stronger(a, b));
    }
    chapters.sort_by(|a, b| {
        let whole = || match (a.whole, b.whole) {
            (Some(a), Some(b)) => stronger(a, b),
            _ => Ordering::Equal,
        };
        let misled = |c: &Chapter<'_>| c.kind() == Kind::StandsOut && !quiet(c.code);
        let by_kind = a.kind().cmp(&b.kind()).then(misled(a).cmp(&misled(b)));
        by_kind.then_with(whole).then(a.code.cmp(b.code))
    });
    chapters
}

/// Whether the screen keeps quiet in every honest election on which it was measured.
fn quiet(code: &str) -> bool {
    trust::standing(code).is_some_and(|s| s.quiet())
}

/// The stronger answer first: by p adjusted over the battery, then p, then the size of the effect.
fn stronger(a: &Tested, b: &Tested) -> Ordering {
    let key = |t: &Tested| {
        let finding = t.outcome.finding();
        let p = finding.and_then(|f| f.p).map(|p| p.value);
        let last = f64::INFINITY;
        (finding.is_none(), t.bh.unwrap_or(last), p.unwrap_or(last))
    };
    let size = |t: &Tested| {
        let effect = t.outcome.finding().map(|f| &f.effect);
        effect.map_or(0.0, |e| e.votes.or(e.stations).unwrap_or(e.value).abs())
    };
    let ((no_a, bh_a, p_a), (no_b, bh_b, p_b)) = (key(a), key(b));
    let by_p = no_a.cmp(&no_b).then(bh_a.total_cmp(&bh_b)).then(p_a.total_cmp(&p_b));
    by_p.then_with(|| size(b).total_cmp(&size(a)))
}

/// The screen and the subject of an answer.
pub(super) fn about(outcome: &Outcome) -> (&'static str, &Subject) {
    match outcome {
        Outcome::Finding(f) => (f.screen, &f.subject),
        Outcome::NotApplicable { screen, subject, .. } => (screen, subject),
    }
}

/// Why an answer is no finding.
pub(super) fn refusal(tested: &Tested) -> Option<&Reason> {
    match &tested.outcome {
        Outcome::NotApplicable { reason, .. } => Some(reason),
        Outcome::Finding(_) => None,
    }
}

/// Every finding with a p-value: how many tests were run.
pub(super) fn tests(examination: &Examination) -> usize {
    findings(examination).filter(|(_, f)| f.p.is_some()).count()
}

/// Every finding with the answer it belongs to.
pub(super) fn findings(examination: &Examination) -> impl Iterator<Item = (&Tested, &Finding)> {
    examination.screens.iter().filter_map(|t| Some((t, t.outcome.finding()?)))
}

/// What is fixed about the screen with this code.
pub(super) fn screen(code: &str) -> Option<Meta> {
    screens::ALL.iter().map(|s| s.meta()).find(|m| m.code == code)
}

/// What is fixed about the check with this code.
pub(super) fn check(code: &str) -> Option<CheckMeta> {
    checks::ALL.iter().map(|c| c.meta()).find(|m| m.code == code)
}

/// How serious the flags of the check with this code are.
pub(super) fn severity(code: &str) -> Severity {
    if code.starts_with('F') { Severity::Impossible } else { Severity::Look }
}

/// The name of a station and its place in the sources; what concerns no station says so.
pub(super) fn station(examination: &Examination, station: Option<u32>) -> (String, String) {
    let stations = &examination.returns.stations;
    let Some(index) = station.map(|s| s as usize) else {
        return ("the whole file or a column".to_owned(), String::new());
    };
    let name = stations.ids.get(index).cloned().unwrap_or_else(|| format!("station {index}"));
    let place = stations.places.get(index).map(|p| place(examination, *p)).unwrap_or_default();
    (name, place)
}

/// A place in the sources, in words.
pub(super) fn place(examination: &Examination, place: Place) -> String {
    let sources = &examination.returns.sources;
    let row = figures::count(i64::from(place.row));
    match sources.get(place.source as usize) {
        Some(source) if sources.len() > 1 => format!("{}, row {row}", source.name),
        _ => format!("row {row}"),
    }
}

/// The screen's title, or its code.
pub(super) fn title(code: &'static str) -> &'static str {
    screen(code).map_or(code, |m| m.title)
}

/// The unit's name, when the subject is one.
pub(super) fn unit(subject: &Subject) -> Option<(&str, &str)> {
    match &subject.scope {
        Scope::Whole => None,
        Scope::Unit { level, unit } => Some((level, unit)),
    }
}
