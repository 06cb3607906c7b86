//! `glassurn design`: a sample of stations, planned and drawn before the vote.

use glassurn_casefile::design::{self, Settings};
use glassurn_methods::parallel::sample_design::{Aim, Allocation};

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{AllocationArg, DesignArgs},
    input, interrupt,
    output::command_line,
    progress::Progress,
    terminal,
};

/// Draws the sample, writes its files, prints sizes and hashes.
pub(crate) fn run(args: &DesignArgs) -> Done {
    let progress = Progress::start();
    let loaded = input::load(&args.input, &progress)?;
    progress.step("drawing");
    let design = design::make(&loaded.returns, &settings(args), command_line()).map_err(refused)?;
    drop(progress);
    let written = {
        let _writing = interrupt::writing();
        let name = args.to.display().to_string();
        design.write(&args.to).map_err(|e| Failure::output(&name, &e))?
    };
    for file in written {
        terminal::tell(&format!("written: {}", file.display()));
    }
    account::finish(&design.account, &format!("{}-design", loaded.name), &args.output)
}

fn settings(args: &DesignArgs) -> Settings {
    Settings {
        choice: args.choice.clone(),
        aim: Aim { margin: args.margin, confidence: args.confidence },
        strata: args.strata.clone(),
        allocation: match args.allocation {
            AllocationArg::Proportional => Allocation::Proportional,
            AllocationArg::Neyman => Allocation::Neyman,
        },
        stations: args.stations,
        spare: args.replacements,
        seed: args.seed,
    }
}

fn refused(why: String) -> Failure {
    Failure::new(
        Exit::Input,
        why,
        "`glassurn map FILE` shows which columns, levels and choices were recognised",
    )
}
