//! `glassurn register log`: what was done, by whom and when.

use glassurn_casefile::register::Operation;

use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{LogArgs, RegisterArgs},
    terminal,
};

/// Prints every operation, in order.
pub(crate) fn run(args: &RegisterArgs, own: &LogArgs) -> Done {
    let log = args.store()?.log()?;
    terminal::print(&if own.json {
        // Operations serialise by construction.
        serde_json::to_string_pretty(&log).unwrap_or_default()
    } else {
        log.iter().map(line).collect::<String>()
    })?;
    Ok(Exit::Done)
}

fn line(o: &Operation) -> String {
    let values = terminal::count(usize::try_from(o.statements).unwrap_or(0), "value");
    let (by, what) = (terminal::plain(&o.by), terminal::plain(&o.description));
    format!("{:>5}  {}  {by}  {:<6}  {what}  ({values})\n", o.id, o.at, o.act)
}
