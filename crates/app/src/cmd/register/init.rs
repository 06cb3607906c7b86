//! `glassurn register init` and `demo`: a new register.

use glassurn_casefile::register::{self, Store};

use super::{act, import};
use crate::{exit_code::Exit, failure::Done, flags::register::RegisterArgs, terminal};

/// Makes an empty register.
pub(crate) fn run(args: &RegisterArgs) -> Done {
    Store::create(&args.register)?;
    terminal::tell(&format!("made {}", args.register.display()));
    Ok(Exit::Done)
}

/// What a reader of the demonstration must know.
const WARNING: &str = "\
Compiled by hand from excerpts of public pages; verdicts were chosen by availability. Records marked
`check_first` rest on general knowledge, which is no evidence. Records that it lacks are not thereby absent.";

/// Makes a register with the shipped tables in it.
pub(crate) fn demo(args: &RegisterArgs) -> Done {
    let folder = register::seed()?;
    let mut store = Store::create(&args.register)?;
    let act = act("import", "the shipped register of Belarus and Myanmar".to_owned());
    args.write(&mut store, act, |now| now.importing(&folder.tables, false))?;
    terminal::print(&format!("{}\n{WARNING}", import::counts(&folder.tables)))?;
    Ok(Exit::Done)
}
