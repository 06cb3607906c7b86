//! What other programs' procedures say of the same returns, by their own rules, quirks included.

use glassurn_methods::battery::Tested;
use glassurn_methods::peers::{self, Peer};
use glassurn_methods::proving::Standing;
use maud::{Markup, html};

use super::super::{chapters, figures, trust};
use crate::Examination;

pub(super) const TITLE: &str = "As other programs have it";

pub(super) fn body(examination: &Examination) -> Markup {
    html! {
        @if examination.published.is_empty() {
            p { "None was asked for (" code { "--as" } ")." }
        } @else {
            p {
                "Each procedure repeats what its publisher computes and decides, so that published figures can be "
                "checked. A rule that is met is no finding of Glassurn: how often honest elections meet it stands beside it."
            }
        }
        @for peer in peers::ALL {
            @let mine = of(examination, peer);
            @if !mine.is_empty() { (self::peer(peer, &mine)) }
        }
    }
}

/// The answers for all stations to a program's procedures.
pub(in super::super) fn of<'a>(examination: &'a Examination, peer: &Peer) -> Vec<&'a Tested> {
    let codes: Vec<&str> = peer.procedures.iter().map(|p| p.meta().code).collect();
    let mine = |t: &&Tested| {
        let (code, subject) = chapters::about(&t.outcome);
        codes.contains(&code) && chapters::unit(subject).is_none()
    };
    examination.published.iter().filter(mine).collect()
}

/// The title of the procedure with this code, and its rule.
pub(in super::super) fn named(code: &str) -> (&'static str, &'static str) {
    let found = peers::procedures().find(|p| p.meta().code == code);
    found.map_or(("", ""), |p| (p.meta().title, p.rule()))
}

/// Whether its rule is met, in words.
pub(in super::super) fn met(tested: &Tested) -> &'static str {
    match tested.stands_out {
        Some(true) => "met",
        Some(false) => "not met",
        None => "no rule",
    }
}

fn peer(peer: &Peer, answers: &[&Tested]) -> Markup {
    html! {
        h3 { (peer.title) }
        p.small { (peer.source) }
        div.scroll tabindex="0" role="group" aria-label=(peer.title) { table {
            thead { tr {
                th scope="col" { "procedure" } th scope="col" { "of" } th scope="col" { "in words" }
                th scope="col" { "its rule" } th.n scope="col" { "met by honest elections" }
            } }
            tbody { @for tested in answers { (row(tested)) } }
        } }
    }
}

/// How often honest elections meet the rule: easy ones, and the hardest.
fn honest(standing: &Standing) -> String {
    let easy = standing.easy.map(|r| figures::percent(r.share()));
    let worst = standing.hard.first().map(|(_, r)| format!(" to {}", figures::percent(r.share())));
    [easy, worst].map(Option::unwrap_or_default).concat()
}

fn row(tested: &Tested) -> Markup {
    let (code, subject) = chapters::about(&tested.outcome);
    let honest = trust::standing(code).map(|s| honest(&s));
    html! { tr {
        th scope="row" { span.code { (code) } (named(code).0) }
        td { bdi { (subject.choice.as_deref().unwrap_or(&subject.contest)) } }
        td.wide { @match tested.outcome.finding() {
            Some(finding) => { bdi { (finding.plain) } },
            None => { "not applicable: " @if let Some(reason) = chapters::refusal(tested) { bdi { (reason) } } },
        } }
        td { (met(tested)) }
        td.n { (honest.unwrap_or_else(|| "not measured".to_owned())) }
    } }
}
