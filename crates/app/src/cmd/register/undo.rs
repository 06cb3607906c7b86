//! `glassurn register undo`: an operation is taken back by a new one.

use super::tell;
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{RegisterArgs, UndoArgs},
    interrupt,
};

/// Undoes the operation.
pub(crate) fn run(args: &RegisterArgs, own: &UndoArgs) -> Done {
    let mut store = args.store()?;
    let _writing = interrupt::writing();
    tell(Some(store.undo(own.operation, &args.author())?));
    Ok(Exit::Done)
}
