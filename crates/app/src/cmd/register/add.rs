//! `glassurn register add`: a new record.

use super::{act, form};
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{AddArgs, RegisterArgs},
    terminal,
};

/// Records it, asking on a terminal for what was not given, and prints its name.
pub(crate) fn run(args: &RegisterArgs, own: &AddArgs) -> Done {
    let mut store = args.store()?;
    let mut cells = own.set.clone();
    if form::can_ask() {
        form::fill(own.kind, &mut cells)?;
    }
    let mut name = String::new();
    let act = act("add", format!("new {}", own.kind.title()));
    args.write(&mut store, act, |now| {
        let (id, change) = now.adding(own.kind, cells)?;
        name = id;
        Ok(change)
    })?;
    terminal::print(&terminal::plain(&name))?;
    Ok(Exit::Done)
}
