//! `glassurn check`: the integrity checks alone.

use std::fmt::Write as _;

use glassurn_casefile::examination::{self, Checked};
use glassurn_model::{CheckOutcome, Flag, Returns};

use super::examine::impossible;
use crate::{
    exit_code::Exit, failure::Done, flags::CheckArgs, input, progress::Progress, terminal,
};

/// Runs the checks and prints what they say.
pub(crate) fn run(args: &CheckArgs) -> Done {
    let progress = Progress::start();
    let loaded = input::load(&args.input, &progress)?;
    progress.step("checking");
    let checked = examination::check(&loaded.returns);
    drop(progress);
    terminal::print(&if args.json {
        // Checked values serialise by construction.
        serde_json::to_string_pretty(&checked).unwrap_or_default()
    } else {
        text(&loaded.returns, &checked, args.show)
    })?;
    Ok(if args.exit_code && checked.iter().any(impossible) { Exit::Found } else { Exit::Done })
}

/// The outcomes as text.
fn text(returns: &Returns, checked: &[Checked], show: usize) -> String {
    let mut text = format!("{}: {} stations\n", returns.title, returns.stations.len());
    for entry in checked {
        let of = if returns.contests.len() > 1 {
            format!(" · {}", entry.contest)
        } else {
            String::new()
        };
        let _ = match &entry.outcome {
            CheckOutcome::NotApplicable { reason } => {
                writeln!(text, "{}{of}  not applicable: {reason}", entry.code)
            }
            CheckOutcome::Ran { tested, flags } => {
                let _ = writeln!(
                    text,
                    "{}{of}  {} flagged of {tested} tested",
                    entry.code,
                    flags.len()
                );
                flags
                    .iter()
                    .take(show)
                    .try_for_each(|f| writeln!(text, "      {}", line(returns, f)))
            }
        };
    }
    text.push_str("A flag is arithmetic, not a cause. More on each: glassurn explain CODE\n");
    text
}

/// One flag, with the row an editor shows.
fn line(returns: &Returns, flag: &Flag) -> String {
    let place = flag.station.and_then(|s| returns.stations.places.get(s as usize));
    let row = place.map(|p| format!("row {}: ", p.row)).unwrap_or_default();
    let text = format!("{row}{}", flag.message());
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
