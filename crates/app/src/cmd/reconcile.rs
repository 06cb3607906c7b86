//! `glassurn reconcile`: several transcriptions of the same sheets.

use std::io;
use std::path::Path;

use glassurn_casefile::{
    reconcile::{self, Names, Reconciliation, Settings},
    report::{consensus_table, undecided_table, write_atomically},
};

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::ReconcileArgs,
    input, interrupt,
    output::command_line,
    progress::Progress,
};

/// Reconciles the files, prints what may be said, writes what was asked for.
pub(crate) fn run(args: &ReconcileArgs) -> Done {
    let progress = Progress::start();
    let tables = args
        .files
        .iter()
        .map(|f| input::table(f, None, &progress))
        .collect::<Result<Vec<_>, _>>()?;
    let settings = settings(args, &progress)?;
    progress.step("reconciling");
    let done = reconcile::reconcile(&tables, &settings, command_line())?;
    drop(progress);
    if let Some(why) = done.account.answers.iter().find_map(|a| a.refused.as_deref()) {
        return Err(Failure::new(Exit::Input, why, "`glassurn explain P310` says what is needed"));
    }
    write(args.consensus.as_deref(), &done, consensus_table)?;
    write(args.undecided.as_deref(), &done, undecided_table)?;
    account::finish(&done.account, "reconciliation", &args.output)
}

fn settings(args: &ReconcileArgs, progress: &Progress) -> Result<Settings, Failure> {
    let names = |names: &[String]| names.iter().map(|n| Names::parse(n)).collect();
    let decisions = match &args.adjudicated {
        Some(file) => reconcile::decisions(&input::table(file, None, progress)?)?,
        None => Vec::new(),
    };
    Ok(Settings {
        key: names(&args.key),
        compare: names(&args.compare),
        same: args.same.clone(),
        agree: args.agree,
        decisions,
    })
}

/// Writes a table whole, where it was asked for.
fn write(
    path: Option<&Path>,
    done: &Reconciliation,
    bytes: fn(&Reconciliation) -> io::Result<Vec<u8>>,
) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    let _writing = interrupt::writing();
    let name = path.display().to_string();
    let written = bytes(done).and_then(|bytes| write_atomically(path, &bytes));
    written.map_err(|e| Failure::output(&name, &e))
}
