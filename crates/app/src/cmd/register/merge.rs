//! `glassurn register merge`: records that are one, and records that only look so.

use std::fmt::Write as _;

use glassurn_casefile::register::{Proposal, Tables};

use super::{act, form};
use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{MergeArgs, RegisterArgs},
    terminal,
};

/// Proposes, merges after a yes, or puts on record that two are not one.
pub(crate) fn run(args: &RegisterArgs, own: &MergeArgs) -> Done {
    let mut store = args.store()?;
    match (own.record.as_deref(), own.into.as_deref(), own.apart_from.as_deref()) {
        (Some(record), Some(into), _) => {
            consent(own, record, into)?;
            let act = act("merge", format!("{record} is {into}"));
            args.write(&mut store, act, |now| now.merging(record, into))?;
        }
        (Some(record), None, Some(other)) => {
            let act = act("merge", format!("{record} is not {other}"));
            args.write(&mut store, act, |now| now.parting(record, other))?;
        }
        _ => propose(&store.tables(&glassurn_casefile::register::At::Now)?, own.json)?,
    }
    Ok(Exit::Done)
}

/// Two records become one only by a person's yes.
fn consent(own: &MergeArgs, record: &str, into: &str) -> Result<(), Failure> {
    let question = format!("{record} becomes another name of {into}. Are they one?");
    if own.yes || (form::can_ask() && form::yes(&question)?) {
        return Ok(());
    }
    let hint = "look at both with `glassurn register show`, then say --yes";
    Err(Failure::new(Exit::Usage, "nothing was merged: nobody said yes", hint))
}

fn propose(tables: &Tables, json: bool) -> Result<(), Failure> {
    let proposals = tables.proposals();
    terminal::print(&if json {
        // Proposals serialise by construction.
        serde_json::to_string_pretty(&proposals).unwrap_or_default()
    } else {
        text(&proposals)
    })?;
    Ok(())
}

fn text(proposals: &[Proposal]) -> String {
    let (apart, open): (Vec<_>, Vec<_>) = proposals.iter().partition(|p| p.apart);
    let mut text = String::from("To decide: these may be one record, or two that look alike\n");
    lines(&mut text, &open);
    text.push_str("\nOn record as two: do not take one for the other\n");
    lines(&mut text, &apart);
    text.push_str("\nOne: glassurn register merge A --into B. Two: glassurn register merge A --apart-from B.\n");
    text
}

fn lines(text: &mut String, proposals: &[&Proposal]) {
    for p in proposals {
        let line = format!("  {}  {}  {}: {}", p.table, p.a, p.b, p.why);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", terminal::plain(&line));
    }
    if proposals.is_empty() {
        text.push_str("  none\n");
    }
}
