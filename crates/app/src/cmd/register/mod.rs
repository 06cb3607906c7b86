//! `glassurn register`: one command, one file.

mod add;
mod analyse;
mod cite;
mod edit;
mod export;
mod form;
mod import;
mod init;
mod judge;
mod log;
mod members;
mod merge;
mod sanctions;
mod search;
mod show;
mod undo;

use std::path::Path;

use glassurn_casefile::register::{Act, At, Author, Change, RegisterError, Store, Tables, Written};

use crate::{
    clock,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{AtArgs, CareArgs, RegisterArgs, RegisterCommand},
    interrupt, terminal,
};

/// Runs one command.
pub(crate) fn run(args: &RegisterArgs) -> Done {
    match &args.command {
        RegisterCommand::Init => init::run(args),
        RegisterCommand::Demo => init::demo(args),
        RegisterCommand::Import(own) => import::run(args, own),
        RegisterCommand::Sanctions(own) => sanctions::run(args, own),
        RegisterCommand::Members(own) => members::run(args, own),
        RegisterCommand::Export(own) => export::run(args, own),
        RegisterCommand::Search(own) => search::run(args, own),
        RegisterCommand::Show(own) => show::run(args, own),
        RegisterCommand::Log(own) => log::run(args, own),
        RegisterCommand::Add(own) => add::run(args, own),
        RegisterCommand::Edit(own) => edit::run(args, own),
        RegisterCommand::Cite(own) => cite::run(args, own),
        RegisterCommand::Judge(own) => judge::run(args, own),
        RegisterCommand::Merge(own) => merge::run(args, own),
        RegisterCommand::Undo(own) => undo::run(args, own),
        analysis => analyse::run(args, analysis),
    }
}

impl RegisterArgs {
    /// The register.
    fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.register)?)
    }

    /// Who records, and now.
    fn author(&self) -> Author {
        let named = |name: &str| std::env::var(name).ok().filter(|n| !n.trim().is_empty());
        let from_machine = || ["GLASSURN_BY", "USER", "USERNAME"].into_iter().find_map(named);
        let by = self.by.clone().or_else(from_machine);
        Author { by: by.unwrap_or_else(|| "not stated".to_owned()), at: clock::now() }
    }

    /// Writes a change as one operation and says so.
    fn write(
        &self,
        store: &mut Store,
        act: Act,
        change: impl FnOnce(&Tables) -> Result<Change, RegisterError>,
    ) -> Result<(), Failure> {
        let _writing = interrupt::writing();
        let written = store.write(&self.author(), &act, change)?;
        tell(written);
        Ok(())
    }
}

/// Says what was written.
fn tell(written: Option<Written>) {
    terminal::tell(&match written {
        Some(Written { operation, statements }) => {
            format!("recorded as operation {operation}: {}", terminal::count(statements, "value"))
        }
        None => "nothing is new: nothing was recorded".to_owned(),
    });
}

/// Name and bytes of a file that is imported.
fn read(file: &Path) -> Result<(String, Vec<u8>), Failure> {
    let bytes = std::fs::read(file).map_err(|e| {
        let problem = format!("{} cannot be read: {e}", file.display());
        Failure::new(Exit::Input, problem, "give a CSV file; check its name and permissions")
    })?;
    Ok((file.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}

/// An act with its words.
fn act(name: &str, description: String) -> Act {
    Act { act: name.to_owned(), description, ..Act::default() }
}

impl CareArgs {
    /// The tables that may be written.
    pub(crate) fn of(&self, tables: Tables) -> Tables {
        if self.with_sensitive { tables } else { tables.without_sensitive() }
    }
}

impl AtArgs {
    /// The moment; now when none is given.
    fn moment(&self) -> At {
        self.at.clone().unwrap_or_default()
    }
}
