//! Several files that say what the same sheets say: from tables to a reconciliation and its account.

mod columns;
mod entry;

use glassurn_methods::parallel::transcriptions::{
    self, Alias, Decision, Entry, Question, Reconciled, apply,
};

use crate::account::{Account, Input};
use crate::mapping::MappingError;
use crate::{RawTable, privacy};

pub use columns::Names;
pub use entry::decisions;

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Columns that name a sheet; without any, equal rows are matched.
    pub key: Vec<Names>,
    /// Columns to compare; those that all files have, by name, when empty.
    pub compare: Vec<Names>,
    /// Names that are the same.
    pub same: Vec<(String, String)>,
    /// How many entries must agree.
    pub agree: Option<usize>,
    /// What somebody decided.
    pub decisions: Vec<Decision>,
}

/// A reconciliation, and what its tables need.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// What may be said.
    pub account: Account,
    /// What was found; `None` where the method refused.
    pub found: Option<Reconciled>,
    /// Names of the key columns.
    pub key: Vec<String>,
    /// Names of the compared columns.
    pub columns: Vec<String>,
    /// Names of the entries.
    pub entries: Vec<String>,
}

/// Reads each table as one entry of the same sheets and reconciles them.
///
/// Refused: a table with a column of telephone numbers or e-mail addresses, a column that a table lacks,
/// no column in common.
pub fn reconcile(
    tables: &[RawTable],
    settings: &Settings,
    command: String,
) -> Result<Reconciliation, MappingError> {
    tables.iter().try_for_each(privacy::refuse)?;
    let compare = columns::compared(tables, settings)?;
    let mut entries = Vec::new();
    let mut inputs = Vec::new();
    for table in tables {
        let name = free_name(&entries, &table.source.name);
        let (lines, notes) = entry::lines(table, &settings.key, &compare)?;
        inputs.push(Input {
            name: name.clone(),
            kind: None,
            stations: None,
            sources: vec![table.source.clone()],
            notes,
            ..Input::default()
        });
        entries.push(Entry { name, lines });
    }
    let aliases = apply(&mut entries, &settings.same);
    let columns = columns::titles(&compare);
    let (account, found) = account(&entries, &columns, &aliases, settings, inputs, command);
    let entries = entries.into_iter().map(|e| e.name).collect();
    Ok(Reconciliation { account, found, key: columns::titles(&settings.key), columns, entries })
}

/// The file's name, with a number where another entry has it.
fn free_name(entries: &[Entry], name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let numbered = |n: usize| if n == 1 { last.to_owned() } else { format!("{last} ({n})") };
    let free = |name: &String| entries.iter().all(|e| e.name != *name);
    (1..=entries.len() + 1).map(numbered).find(free).unwrap_or_else(|| last.to_owned())
}

fn account(
    entries: &[Entry],
    columns: &[String],
    aliases: &[Alias],
    settings: &Settings,
    inputs: Vec<Input>,
    command: String,
) -> (Account, Option<Reconciled>) {
    let ask = Question {
        columns,
        entries,
        agree: settings.agree,
        decisions: &settings.decisions,
        aliases,
    };
    let (answer, found) = transcriptions::answer(&ask);
    let title = entries.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut account = Account::new("Reconciliation of transcriptions", title, command);
    account.inputs = inputs;
    account.answers = vec![answer];
    let key = columns::titles(&settings.key).join(", ");
    let key = if key.is_empty() { "none: equal rows are matched".to_owned() } else { key };
    account.settings = vec![("key".to_owned(), key), ("compared".to_owned(), columns.join(", "))];
    (account, found)
}
