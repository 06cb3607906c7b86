//! `glassurn compare`: independent counts beside the official figures.

use glassurn_casefile::comparison::{self, Settings, Source};

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{CompareArgs, InputArgs},
    input,
    output::command_line,
    progress::Progress,
};

/// Compares the inputs, prints what may be said, writes what was asked for.
pub(crate) fn run(args: &CompareArgs) -> Done {
    let progress = Progress::start();
    let first = input::load(&args.input, &progress)?;
    let mut sources = vec![Source { returns: first.returns, kind: None }];
    for with in &args.with {
        let returns = input::load_count(&InputArgs::plain(&with.input), &progress)?.returns;
        sources.push(Source { returns, kind: with.kind });
    }
    progress.step("comparing");
    let account = comparison::compare(&sources, &settings(args), command_line());
    drop(progress);
    if account.answers.is_empty() {
        return Err(nothing());
    }
    account::finish(&account, &format!("{}-comparison", first.name), &args.output)
}

fn settings(args: &CompareArgs) -> Settings {
    Settings {
        choices: args.choices.clone(),
        all_choices: args.all_choices,
        announced: args.announced.clone(),
        announced_by: args.announced_by.clone(),
        stations: args.stations,
        seen: args.seen,
        same: args.same.clone(),
    }
}

/// One official count alone has nothing beside it.
fn nothing() -> Failure {
    let problem = "there is nothing to compare the official figures with";
    let hint = "give another count with --with KIND=FILE, or what was announced with --announced NAME=NUMBER";
    Failure::new(Exit::Usage, problem, hint)
}
