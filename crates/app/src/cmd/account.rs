//! The end of every command that makes an account.

use glassurn_casefile::{Account, report};

use crate::{failure::Done, flags::OutputArgs, output::Views, terminal};

/// Prints the account and writes what was asked for; `name` is the stem of the page's file name.
pub(crate) fn finish(account: &Account, name: &str, args: &OutputArgs) -> Done {
    let views = Views {
        text: &|| report::account_text(account, terminal::width(), terminal::colour()),
        page: &|| report::account_html(account),
        json: &|| report::account_json(account),
        tables: &|dir| report::account_tables(account, dir),
    };
    views.finish(name, args, account.finds_something())
}
