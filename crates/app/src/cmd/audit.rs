//! `glassurn audit`: official figures beside copies of the protocols of drawn stations.

use std::path::Path;

use glassurn_casefile::audit::{self, Settings};
use glassurn_methods::parallel::sample_audit;

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{AuditArgs, InputArgs},
    input,
    output::command_line,
    progress::Progress,
};

/// Audits, prints what may be said, writes what was asked for.
pub(crate) fn run(args: &AuditArgs) -> Done {
    let progress = Progress::start();
    let official = input::load(&args.input, &progress)?;
    let copies = input::load_count(&InputArgs::plain(&args.copies), &progress)?.returns;
    let sample = args.sample.as_deref().map(sample).transpose()?;
    progress.step("auditing");
    let settings = settings(args);
    let account =
        audit::examine(&official.returns, &copies, sample.as_deref(), &settings, command_line());
    let account = account.map_err(refused)?;
    drop(progress);
    account::finish(&account, &format!("{}-audit", official.name), &args.output)
}

/// The list of drawn stations.
fn sample(file: &Path) -> Result<Vec<(String, i64)>, Failure> {
    let failed = |why: String| {
        let problem =
            format!("the list of drawn stations {} cannot be read: {why}", file.display());
        Failure::new(Exit::Input, problem, "it needs the columns stratum, order and station")
    };
    let bytes = std::fs::read(file).map_err(|e| failed(e.to_string()))?;
    audit::read_sample(&bytes).map_err(failed)
}

fn settings(args: &AuditArgs) -> Settings {
    Settings {
        method: sample_audit::Settings { risk: args.risk, bet: args.bet, seed: args.seed },
        strata: args.strata.clone(),
        cap: args.cap,
    }
}

fn refused(why: String) -> Failure {
    Failure::new(
        Exit::Input,
        why,
        "`glassurn map FILE` shows which columns, levels and choices were recognised",
    )
}
