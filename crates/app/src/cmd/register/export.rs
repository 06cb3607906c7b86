//! `glassurn register export`: the register as a folder of tables.

use glassurn_casefile::register::write_folder;

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{ExportArgs, RegisterArgs},
    interrupt, terminal,
};

/// Writes the tables of a moment; each file appears whole or not at all.
pub(crate) fn run(args: &RegisterArgs, own: &ExportArgs) -> Done {
    let tables = own.care.of(args.store()?.tables(&own.moment.moment())?);
    let _writing = interrupt::writing();
    let failed = |e| Failure::output(&own.folder.display().to_string(), &e);
    for name in write_folder(&tables, &own.folder).map_err(failed)? {
        terminal::tell(&format!("wrote {}", own.folder.join(name).display()));
    }
    if tables.withheld > 0 {
        let left_out = terminal::count(tables.withheld, "record");
        terminal::tell(&format!("left out as sensitive: {left_out}; --with-sensitive keeps all"));
    }
    Ok(Exit::Done)
}
