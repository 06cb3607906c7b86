//! `glassurn observers`: stations that had observers beside stations that had none.

use glassurn_casefile::observers::{self, Counted, Outcome, Settings};

use crate::{
    cmd::account, failure::Done, flags::ObserversArgs, input, output::command_line,
    progress::Progress,
};

/// Compares the stations, prints what may be said, writes what was asked for.
pub(crate) fn run(args: &ObserversArgs) -> Done {
    let progress = Progress::start();
    let (loaded, tables) = input::load_tables(&args.input, &progress)?;
    let list = args.with.as_deref().map(|file| input::table(file, None, &progress)).transpose()?;
    progress.step("comparing");
    let counted = Counted { returns: &loaded.returns, mapping: &loaded.mapping, tables: &tables };
    let account = observers::examine(counted, list.as_ref(), &settings(args), command_line())?;
    drop(progress);
    account::finish(&account, &format!("{}-observers", loaded.name), &args.output)
}

fn settings(args: &ObserversArgs) -> Settings {
    let outcome = if args.turnout { Outcome::Turnout } else { Outcome::Share(args.choice.clone()) };
    Settings {
        outcome,
        observed: args.observed.clone(),
        block: args.block.clone(),
        within: args.within.clone(),
        earlier: args.earlier.clone(),
        near: args.near.clone(),
        device: args.device,
        key: args.key.clone(),
        caliper: args.caliper,
        confidence: args.confidence,
        seed: args.seed,
    }
}
