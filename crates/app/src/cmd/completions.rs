//! `glassurn completions`: a shell's completions on standard output.

use clap::CommandFactory;

use crate::{
    exit_code::Exit,
    failure::Done,
    flags::{Cli, CompletionsArgs},
    terminal,
};

/// Prints them.
pub(crate) fn run(args: &CompletionsArgs) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "glassurn", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
