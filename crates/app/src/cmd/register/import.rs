//! `glassurn register import`: a folder of tables into the register.

use glassurn_casefile::register::{Act, Tables, read_folder};

use super::act;
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{ImportArgs, RegisterArgs},
    terminal,
};

/// Reads the folder, records what is new, and says what was read and passed over.
pub(crate) fn run(args: &RegisterArgs, own: &ImportArgs) -> Done {
    let mut store = args.store()?;
    let folder = read_folder(&own.folder)?;
    for note in &folder.notes {
        terminal::tell(&terminal::plain(&format!("{}: {}", note.file, note.what)));
    }
    let description = format!("import of {}", own.folder.display());
    let act = Act { files: folder.files.clone(), ..act("import", description) };
    args.write(&mut store, act, |now| now.importing(&folder.tables, own.replace))?;
    terminal::print(&counts(&folder.tables))?;
    for line in sourceless(&folder.tables) {
        terminal::tell(&line);
    }
    Ok(Exit::Done)
}

/// How many records of each kind there are.
pub(super) fn counts(tables: &Tables) -> String {
    let line = |s: &glassurn_casefile::register::Sheet| {
        format!("  {:>5}  {}", s.rows.len(), s.kind.table().replace('_', " "))
    };
    tables.sheets.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Facts that name no source: they are kept, and told.
fn sourceless(tables: &Tables) -> Vec<String> {
    let mut lines = Vec::new();
    for sheet in &tables.sheets {
        let Some(column) = sheet.kind.source_column() else { continue };
        let rests = |r: &&glassurn_casefile::register::Record| {
            [column, "source_url"].iter().any(|c| !sheet.cell(r, c).trim().is_empty())
        };
        let ids: Vec<&str> = sheet.rows.iter().filter(|r| !rests(r)).map(|r| &*r.id).collect();
        if !ids.is_empty() {
            let shown = terminal::plain(&ids.join(", "));
            let what = sheet.kind.table().replace('_', " ");
            lines.push(format!(
                "no source is named in {what}: {shown}; add one before you use them"
            ));
        }
    }
    lines
}
