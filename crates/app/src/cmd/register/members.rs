//! `glassurn register members`: the members of a network as organisations; what may be one is proposed.

use std::collections::HashSet;

use glassurn_casefile::register::{Act, At, Kind, Proposal, Store, read_members};

use super::{act, import};
use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{MembersArgs, RegisterArgs},
    terminal,
};

/// Likely duplicates that are shown.
const SHOWN: usize = 10;

/// Reads the list, records it, and proposes what may be one. Nothing is merged.
pub(crate) fn run(args: &RegisterArgs, own: &MembersArgs) -> Done {
    let mut store = args.store()?;
    let members = read_members(&own.list)?;
    let act = Act {
        files: members.files.clone(),
        ..act("import", format!("members of {}", own.list.display()))
    };
    args.write(&mut store, act, |now| now.importing(&members.tables, own.replace))?;
    terminal::print(&import::counts(&members.tables))?;
    if !members.unplaced.is_empty() {
        let places = terminal::plain(&members.unplaced.join(", "));
        terminal::tell(&format!("no state is named so, the country is left blank: {places}"));
    }
    let sheet = members.tables.sheet(Kind::Organisation);
    let new = sheet.into_iter().flat_map(|s| &s.rows).map(|r| r.id.as_str()).collect();
    propose(&store, &new)?;
    Ok(Exit::Done)
}

/// Says which of the imported may be one with another record.
fn propose(store: &Store, new: &HashSet<&str>) -> Result<(), Failure> {
    let tables = store.tables(&At::Now)?;
    let of_new = |p: &Proposal| !p.apart && (new.contains(&*p.a) || new.contains(&*p.b));
    let found: Vec<Proposal> = tables.proposals().into_iter().filter(of_new).collect();
    for p in found.iter().take(SHOWN) {
        terminal::tell(&terminal::plain(&format!("  {}  {}: {}", p.a, p.b, p.why)));
    }
    let n = terminal::count(found.len(), "pair");
    terminal::tell(&format!(
        "{n} may be one or only look alike; nothing was merged: glassurn register merge --propose"
    ));
    Ok(())
}
