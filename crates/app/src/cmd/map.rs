//! `glassurn map`: the mapping as a file that a person corrects and `--mapping` replays.

use glassurn_casefile::report;

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::MapArgs,
    input, interrupt,
    progress::Progress,
    terminal,
};

/// Recognises (or looks up) the mapping and writes it.
pub(crate) fn run(args: &MapArgs) -> Done {
    let progress = Progress::start();
    let mapping = input::mapping_of(&args.input, &progress)?;
    drop(progress);
    let text = mapping.to_toml()?;
    match &args.to {
        None => terminal::print(&text)?,
        Some(file) => {
            let _writing = interrupt::writing();
            report::write_atomically(file, text.as_bytes())
                .map_err(|e| Failure::output(&file.display().to_string(), &e))?;
        }
    }
    Ok(Exit::Done)
}
