//! The questions that will be asked, answered from what the inputs and the methods state, or not at all.

use glassurn_model::{Claim, ClaimClass, CountKind, Verdict};
use maud::{Markup, html};

use super::super::figures;
use super::stations::{NOT_STATED, missing};
use super::{sentence, text};
use crate::Account;
use crate::account::Input;

/// The methods that ask what is missing.
const ABOUT_MISSING: [&str; 2] = ["P240", "P140"];
/// How many lines an answer has.
const LINES: usize = 2;

/// The questions with their answers.
pub(super) type Asked = [(&'static str, Vec<String>); 3];

pub(super) fn asked(account: &Account, headline: &Claim) -> Asked {
    let short = |lines: Vec<String>| lines.into_iter().take(LINES).collect();
    [
        ("Who made the count?", short(who(account))),
        ("Why these stations?", short(why(account))),
        ("Could what is missing change it?", short(change(account, headline))),
    ]
}

pub(super) fn section(asked: &Asked) -> Markup {
    html! {
        section.questions {
            h2 { "What will be asked" }
            dl { @for (question, lines) in asked {
                dt { (question) }
                @for line in lines { dd { (text(line)) } }
            } }
        }
    }
}

/// The counts among the inputs; a frame or a plan is none.
fn counts(account: &Account) -> impl Iterator<Item = (&Input, CountKind)> {
    account.inputs.iter().filter_map(|i| Some((i, i.kind?)))
}

fn or_not_stated(lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() { vec![sentence(NOT_STATED)] } else { lines }
}

fn who(account: &Account) -> Vec<String> {
    let line = |(input, kind): (&Input, CountKind)| {
        let who = input.provenance.publisher.as_deref().unwrap_or(NOT_STATED);
        sentence(&format!("{}: {who}", kind.title()))
    };
    or_not_stated(counts(account).map(line).collect())
}

fn why(account: &Account) -> Vec<String> {
    let planned = account.coverage.as_ref().and_then(|c| c.planned);
    let line = |(input, kind): (&Input, CountKind)| {
        let stated = input.provenance.selection.as_deref().map(sentence);
        let plan = || {
            let n = planned.filter(|_| kind == CountKind::Sample)?;
            Some(format!(
                "{} stations are listed as drawn. That they were drawn at random, and before the count, is assumed and not shown.",
                figures::size(n)
            ))
        };
        stated.or_else(plan)
    };
    let mut lines: Vec<String> = counts(account).filter_map(line).collect();
    lines.dedup();
    or_not_stated(lines)
}

fn change(account: &Account, headline: &Claim) -> Vec<String> {
    let mut lines = Vec::new();
    if (headline.verdict, headline.class) == (Verdict::Impossible, ClaimClass::OfficialFigure) {
        lines.push(
            "Not this sentence: it rests on what is in hand alone, and nothing that is missing can take that away."
                .to_owned(),
        );
    }
    let asking = account.answers.iter().filter(|a| ABOUT_MISSING.contains(&a.method));
    let order = asking.flat_map(|a| &a.claims).filter(|c| c.class == ClaimClass::Order);
    lines.extend(order.map(|c| c.headline.clone()));
    if lines.is_empty() && account.coverage.as_ref().and_then(missing) == Some(0) {
        lines.push("Nothing that was planned is missing.".to_owned());
    }
    if lines.is_empty() {
        lines.push(sentence(&format!("{NOT_STATED}: no method here asks it")));
    }
    lines
}
