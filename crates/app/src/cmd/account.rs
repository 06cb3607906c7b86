//! The end of every command that makes an account.

use std::path::Path;

use glassurn_casefile::{
    Account,
    report::{self, write_atomically},
};

use crate::{
    failure::{Done, Failure},
    flags::AccountArgs,
    interrupt,
    output::Views,
    terminal,
};

/// Prints the account and writes what was asked for; `name` is the stem of the page's file name.
pub(crate) fn finish(account: &Account, name: &str, args: &AccountArgs) -> Done {
    if let Some(file) = &args.card {
        card(account, file)?;
    }
    let views = Views {
        text: &|| report::account_text(account, terminal::width(), terminal::colour()),
        page: &|| report::account_html(account),
        json: &|| report::account_json(account),
        tables: &|dir| report::account_tables(account, dir),
    };
    views.finish(name, &args.output, account.finds_something())
}

/// Writes the summary of one page.
fn card(account: &Account, file: &Path) -> Result<(), Failure> {
    let _writing = interrupt::writing();
    let written = write_atomically(file, report::account_card(account).as_bytes());
    written.map_err(|e| Failure::output(&file.display().to_string(), &e))
}
