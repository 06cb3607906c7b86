//! `glassurn published`: published estimates beside official figures.

use glassurn_casefile::sampled::{self, PublishedColumns};

use crate::{
    cmd::account, failure::Done, flags::PublishedArgs, input, output::command_line,
    progress::Progress,
};

/// Judges every row of a table of published estimates.
pub(crate) fn run(args: &PublishedArgs) -> Done {
    let progress = Progress::start();
    let table = input::table(&args.file, args.encoding.as_deref(), &progress)?;
    progress.step("comparing");
    let columns = PublishedColumns {
        estimate: args.estimate.clone(),
        low: args.lower.clone(),
        high: args.upper.clone(),
        margin: args.margin.clone(),
        official: args.official.clone(),
        name: args.name.clone(),
        group: args.group.clone(),
    };
    let (rows, notes) = sampled::published(&table, &columns)?;
    let name = input::stem(&args.file);
    let account = sampled::published_account(&rows, &notes, &table, &name, command_line());
    drop(progress);
    account::finish(&account, &format!("{name}-published"), &args.output)
}
