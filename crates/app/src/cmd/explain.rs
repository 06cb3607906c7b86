//! `glassurn explain`: the documentation of one screen or check.

use glassurn_methods::{methods, peers, screens};
use glassurn_model::checks;

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::ExplainArgs,
    nearest, terminal,
};

/// A documented thing: its code, its name, its text.
type Entry = (&'static str, &'static str, &'static str);

/// Prints the documentation, or the nearest codes and names.
pub(crate) fn run(args: &ExplainArgs) -> Done {
    let wanted = args.code.to_lowercase();
    let entries = entries();
    let found = entries.iter().find(|e| e.0.to_lowercase() == wanted || e.1 == wanted);
    let (code, name, text) = found.ok_or_else(|| unknown(&args.code, &entries))?;
    terminal::print(&format!("{code} {name}\n\n{text}"))?;
    Ok(Exit::Done)
}

/// Every screen, method and check.
fn entries() -> Vec<Entry> {
    let procedures = peers::procedures().map(|p| p.meta());
    let screens =
        screens::ALL.iter().map(|s| s.meta()).chain(procedures).map(|m| (m.code, m.name, m.doc));
    let methods = methods().map(|m| (m.code, m.name, m.doc));
    let screens = screens.chain(methods);
    screens.chain(checks::ALL.iter().map(|c| c.meta()).map(|m| (m.code, m.name, m.doc))).collect()
}

/// Names the three nearest.
fn unknown(wanted: &str, entries: &[Entry]) -> Failure {
    let names = entries.iter().flat_map(|e| [e.0, e.1]);
    let problem = format!("there is no screen or check `{wanted}`");
    Failure::new(Exit::Usage, problem, "`glassurn screens` lists them")
        .with_candidates(nearest::nearest(wanted, names))
}
