//! `glassurn register sheet`, `conflicts`, `dyads`, …: the analyses.

use glassurn_casefile::register::{Analysis, Measure, analyse, read_anchors};
use glassurn_methods::register::mutual_endorsement::Settings;

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{AnalysisArgs, RegisterArgs, RegisterCommand},
    output::command_line,
};

/// Runs an analysis, prints what may be said, writes what was asked for.
pub(super) fn run(args: &RegisterArgs, command: &RegisterCommand) -> Done {
    let Some((name, analysis, own)) = asked(command) else { return Ok(Exit::Done) };
    let register = own.care.of(args.store()?.tables(&own.moment.moment())?).register()?;
    let measure = measure(own)?;
    let account = analyse(&register, &analysis, measure.as_ref(), command_line());
    account::finish(&account, &format!("register-{name}"), &own.output)
}

/// Which analysis a command is, with its name; `None` of a command that is none.
fn asked(command: &RegisterCommand) -> Option<(&'static str, Analysis, &AnalysisArgs)> {
    use RegisterCommand as C;
    Some(match command {
        C::Sheet(own) => ("sheet", Analysis::Sheet(own.election.clone()), &own.analysis),
        C::Conflicts(own) => ("conflicts", Analysis::Conflicts, own),
        C::Dyads(own) => ("dyads", Analysis::Dyads, own),
        C::Endorsement(own) => {
            let settings = Settings { draws: own.draws, seed: own.seed, ..Settings::DEFAULT };
            ("endorsement", Analysis::Endorsement(settings), &own.analysis)
        }
        C::Scorecard(own) => ("scorecard", Analysis::Scorecard, own),
        C::Agreement(own) => ("agreement", Analysis::Agreement, own),
        C::Leniency(own) => ("leniency", Analysis::Leniency, own),
        C::Grade(own) => ("grade", Analysis::Grade(own.record.clone()), &own.analysis),
        C::Timeline(own) => ("timeline", Analysis::Timeline(own.election.clone()), &own.analysis),
        _ => return None,
    })
}

/// The independent measure, where one is given.
fn measure(args: &AnalysisArgs) -> Result<Option<Measure>, Failure> {
    let Some(file) = &args.anchor else { return Ok(None) };
    let (name, bytes) = super::read(file)?;
    Ok(Some(read_anchors(&name, &bytes, &args.anchor_column)?))
}
