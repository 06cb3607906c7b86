//! `glassurn screens`: the list of screens and checks.

use std::fmt::Write as _;

use glassurn_methods::{
    Cost, Focus, Meta, Method, Status, methods, parallel, peers, register, screens,
};
use glassurn_model::checks;
use serde_json::json;

use crate::{exit_code::Exit, failure::Done, flags::ScreensArgs, terminal};

/// Prints the list.
pub(crate) fn run(args: &ScreensArgs) -> Done {
    terminal::print(&if args.json { as_json() } else { as_text() })?;
    Ok(Exit::Done)
}

/// The list as JSON.
fn as_json() -> String {
    let screens: Vec<_> = screens::ALL.iter().map(|s| s.meta()).collect();
    let checks: Vec<_> = checks::ALL.iter().map(|c| c.meta()).collect();
    let list = json!({
        "screens": screens.iter().map(|m| json!({
            "code": m.code, "name": m.name, "title": m.title, "family": m.family.title(),
            "question": m.form().question(), "per_choice": m.focus == Focus::Choice,
            "trial": m.status == Status::Trial, "slow": m.cost != Cost::Quick,
        })).collect::<Vec<_>>(),
        "methods": methods().map(|m| json!({
            "code": m.code, "name": m.name, "title": m.title, "question": m.form().question(),
        })).collect::<Vec<_>>(),
        "published": peers::ALL.iter().map(|peer| json!({
            "key": peer.key, "title": peer.title, "source": peer.source,
            "procedures": peer.procedures.iter().map(|p| json!({
                "code": p.meta().code, "name": p.meta().name, "title": p.meta().title, "rule": p.rule(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "checks": checks.iter().map(|m| json!({
            "code": m.code, "name": m.name, "question": m.form().question(),
        })).collect::<Vec<_>>(),
    });
    format!("{list:#}")
}

/// The list as aligned text.
fn as_text() -> String {
    let screens = screens::ALL.iter().map(|s| s.meta());
    let screens = screens.map(|m| (m.code, m.name, m.form().question(), remark(&m)));
    let checks = checks::ALL.iter().map(|c| c.meta());
    let checks = checks.map(|m| (m.code, m.name, m.form().question(), ""));
    let mut text = String::from("Screens: what the distribution of results shows\n");
    lines(&mut text, screens);
    let line = |m: &Method| (m.code, m.name, m.form().question(), "");
    text.push_str("\nMethods: what independent counts carry\n");
    lines(&mut text, parallel::ALL.iter().map(line));
    text.push_str("\nAnalyses of the register: who watched, claimed, judged and reacted\n");
    lines(&mut text, register::ALL.iter().map(line));
    for peer in peers::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\nProcedures of {} (--as {})", peer.title, peer.key);
        let metas = peer.procedures.iter().map(|p| p.meta());
        lines(&mut text, metas.map(|m| (m.code, m.name, m.form().question(), remark(&m))));
    }
    text.push_str(
        "\nChecks: arithmetic that returns must satisfy (F… impossible, W… to look at)\n",
    );
    lines(&mut text, checks);
    text.push_str("\nMore on each: glassurn explain CODE\n");
    text
}

/// What a reader must know before choosing a screen.
fn remark(meta: &Meta) -> &'static str {
    match (meta.status, meta.cost) {
        (Status::Trial, Cost::Slow) => " (trial, slow)",
        (Status::Trial, Cost::Quick) => " (trial)",
        (Status::Trial, Cost::Minutes) => " (trial, takes minutes)",
        (Status::Stable, Cost::Minutes) => " (takes minutes)",
        (Status::Stable, Cost::Slow) => " (slow)",
        (Status::Stable, Cost::Quick) => "",
    }
}

/// One line each.
fn lines<'a>(text: &mut String, list: impl Iterator<Item = (&'a str, &'a str, &'a str, &'a str)>) {
    for (code, name, question, remark) in list {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {code}  {name:<26} {question}{remark}");
    }
}
