//! `glassurn register edit`: new values of a record.

use super::act;
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{EditArgs, RegisterArgs},
};

/// Records the values; a blank one withdraws what is on record.
pub(crate) fn run(args: &RegisterArgs, own: &EditArgs) -> Done {
    let mut store = args.store()?;
    let fields: Vec<&str> = own.set.iter().map(|(c, _)| &**c).collect();
    let act = act("edit", format!("{}: {}", own.record, fields.join(", ")));
    args.write(&mut store, act, |now| now.editing(&own.record, own.set.clone()))?;
    Ok(Exit::Done)
}
