//! The box at the top: what was read, who leads, what the checks and the screens found, in a few sentences.

use glassurn_model::{CheckOutcome, Severity};
use maud::{Markup, html};

use super::super::chapters::{self, Kind};
use super::super::{CANNOT_SHOW, figures};
use crate::Examination;
use crate::examination::ContestResult;

/// The box.
pub(in super::super) fn body(examination: &Examination) -> Markup {
    html! {
        ul { @for sentence in sentences(examination) { li { (sentence) } } }
        p.limit { (CANNOT_SHOW) }
    }
}

/// The sentences of the summary, three to six.
pub(in super::super) fn sentences(examination: &Examination) -> Vec<String> {
    let mut sentences = vec![read(examination)];
    sentences.extend(examination.results.first().and_then(result));
    sentences.push(checks(examination));
    sentences.extend(examination.results.first().and_then(flagged));
    sentences.extend(screens(examination));
    sentences
}

/// What was read.
pub(in super::super) fn read(examination: &Examination) -> String {
    let returns = &examination.returns;
    let aside = match returns.set_aside.len() {
        0 => "no row was set aside".to_owned(),
        n => format!("{} set aside", figures::some(n, "row was", "rows were")),
    };
    let contests = match returns.contests.len() {
        0 | 1 => String::new(),
        n => format!(" in {} contests", figures::size(n)),
    };
    let from = match &*returns.sources {
        [one] => one.name.clone(),
        many => figures::some(many.len(), "file", "files"),
    };
    let stations = figures::some(returns.stations.len(), "station", "stations");
    format!("Read: {stations}{contests}, from {from}; {aside}.")
}

/// Who leads.
fn result(result: &ContestResult) -> Option<String> {
    let leader = result.leader.as_deref()?;
    let total = result.totals.iter().find(|t| t.field.is_none() && t.name == leader)?;
    let share = total.share.map(|s| format!(" ({})", figures::percent(s))).unwrap_or_default();
    let margin = result.margin.map(|m| format!(", {} ahead of the next", figures::count(m)));
    let turnout = result.turnout.map(|t| format!("; turnout {}", figures::percent(t)));
    Some(format!(
        "{}: {leader} has {} votes{share}{}{}.",
        result.contest,
        figures::count_or_missing(total.total),
        margin.unwrap_or_default(),
        turnout.unwrap_or_default()
    ))
}

/// How many checks flag something.
fn checks(examination: &Examination) -> String {
    let ran = || {
        examination.checks.iter().filter_map(|c| match &c.outcome {
            CheckOutcome::Ran { flags, .. } => Some((c.code, flags.len())),
            CheckOutcome::NotApplicable { .. } => None,
        })
    };
    let flagging = |severity: Severity| {
        ran().filter(|(c, n)| *n > 0 && chapters::severity(c) == severity).count()
    };
    let (impossible, look) = (flagging(Severity::Impossible), flagging(Severity::Look));
    let all = ran().count();
    match (impossible, look) {
        (0, 0) => format!("Of {} none flags anything.", figures::some(all, "check", "checks")),
        _ => format!(
            "Of {}, {} figures that cannot all be right and {} figures worth a look.",
            figures::some(all, "check", "checks"),
            figures::some(impossible, "finds", "find"),
            figures::some(look, "finds", "find")
        ),
    }
}

/// What the stations with impossible figures amount to.
pub(in super::super) fn flagged(result: &ContestResult) -> Option<String> {
    let flagged = &result.flagged;
    if flagged.stations == 0 {
        return None;
    }
    let effect = match flagged.could_change_outcome {
        Some(true) => "enough to change who leads if all of them were for another choice",
        Some(false) => "too few to change who leads, whatever they say",
        None => "whether they could change who leads cannot be computed",
    };
    Some(format!(
        "Figures that cannot all be right stand at {} with {}: {effect}.",
        figures::some(flagged.stations, "station", "stations"),
        if flagged.ballots == 1 {
            "1 ballot".to_owned()
        } else {
            format!("{} ballots", figures::count(flagged.ballots))
        }
    ))
}

/// How many tests were run, and the strongest result.
fn screens(examination: &Examination) -> Vec<String> {
    let tests = chapters::tests(examination);
    if tests == 0 {
        return vec!["No screen gave a p-value.".to_owned()];
    }
    let count = format!(
        "{} run over all screens; each p-value is shown with its adjustment for that number.",
        figures::some(tests, "test was", "tests were")
    );
    let chapters = chapters::chapters(examination);
    let strongest = chapters
        .iter()
        .find(|c| matches!(c.kind(), Kind::StandsOut | Kind::Tested))
        .and_then(|chapter| {
            let tested = chapter.whole?;
            let finding = tested.outcome.finding()?;
            let p = finding.p.map_or_else(
                || "by the screen’s own rule".to_owned(),
                |p| figures::p_sentence(p.value),
            );
            let holm = tested
                .holm
                .map(|h| format!(", Holm-adjusted {}", figures::p(h)))
                .unwrap_or_default();
            let plain = finding.plain.trim_end_matches('.');
            Some(format!(
                "The strongest for all stations: {}: {plain} ({p}{holm}).",
                chapters::title(chapter.code)
            ))
        });
    std::iter::once(count).chain(strongest).collect()
}
