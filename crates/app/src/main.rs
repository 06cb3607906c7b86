//! `glassurn`: can this election result be believed, and what exactly is the evidence?
//!
//! This crate is flags and glue: it parses the command line, calls the library, prints results on
//! standard output and everything else on standard error.

mod clock;
mod cmd;
mod exit_code;
mod failure;
mod flags;
mod input;
mod interrupt;
mod nearest;
mod output;
mod paper;
mod places;
mod progress;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{Cli, Command},
};

fn main() -> ExitCode {
    // Before anything else, so that Ctrl-C never leaves a file half-written.
    interrupt::install();
    let cli = Cli::parse();
    // The panic itself has been printed by then; the exit code says whose fault it is.
    let done = std::panic::catch_unwind(|| run(&cli.command)).unwrap_or_else(|_| Err(bug()));
    match done {
        Ok(exit) => exit.into(),
        // The reader of our output closed it (`| head`): that is not a failure.
        Err(failure) if failure.is_broken_pipe() => Exit::Done.into(),
        Err(failure) => failure.report().into(),
    }
}

/// Runs one command.
fn run(command: &Command) -> Done {
    match command {
        Command::Examine(args) => cmd::examine::run(args),
        Command::Dossier(args) => cmd::dossier::run(args),
        Command::Compare(args) => cmd::compare::run(args),
        Command::Design(args) => cmd::design::run(args),
        Command::Audit(args) => cmd::audit::run(args),
        Command::Reconcile(args) => cmd::reconcile::run(args),
        Command::Quickcount(args) => cmd::quickcount::run(args),
        Command::Observers(args) => cmd::observers::run(args),
        Command::Published(args) => cmd::published::run(args),
        Command::Register(args) => cmd::register::run(args),
        Command::Correct(args) => cmd::correct::run(args),
        Command::Map(args) => cmd::map::run(args),
        Command::Check(args) => cmd::check::run(args),
        Command::BenchMethods(args) => cmd::bench_methods::run(args),
        Command::Screens(args) => cmd::screens::run(args),
        Command::Explain(args) => cmd::explain::run(args),
        Command::Simulate(args) => cmd::simulate::run(args),
        Command::Get(args) => cmd::get::run(args),
        Command::Completions(args) => cmd::completions::run(args),
    }
}

/// What is said when Glassurn itself is at fault.
fn bug() -> Failure {
    let hint = "please report it with the command and, if you may, the file; nothing was written";
    Failure::new(Exit::Bug, "this is a fault of Glassurn", hint)
}
