//! `glassurn correct`: what differs between a published result and the one that replaces it.

use std::path::Path;

use glassurn_casefile::{
    correction::{self, Circumstances},
    report,
};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::CorrectArgs,
    output::Views,
    terminal,
};

/// Reads both results, prints what differs, writes the notice.
pub(crate) fn run(args: &CorrectArgs) -> Done {
    let (before, now) = (bytes(&args.before)?, bytes(&args.now)?);
    let circumstances = Circumstances {
        reason: args.reason.clone(),
        date: args.date.clone(),
        renamed: args.renamed,
    };
    let notice = correction::correct(&before, &now, &circumstances);
    let notice = notice.map_err(|e| Failure::new(Exit::Input, e.problem, e.hint))?;
    let views = Views {
        text: &|| report::correction_text(&notice, terminal::width(), terminal::colour()),
        page: &|| report::correction_html(&notice),
        json: &|| report::correction_json(&notice),
        tables: &|dir| report::correction_tables(&notice, dir),
    };
    views.finish("correction", &args.output, notice.changes_what_is_said())
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|e| {
        let problem = format!("{} cannot be read: {e}", file.display());
        Failure::new(Exit::Input, problem, "give a file that was written with --json")
    })
}
