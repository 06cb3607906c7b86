//! The end of every command that finds something: print the text, write page, JSON and tables.

use std::{
    io,
    path::{Path, PathBuf},
};

use glassurn_casefile::report::write_atomically;

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::OutputArgs,
    interrupt, paper, terminal,
};

/// The four views of one result, each made only when it is asked for.
pub(crate) struct Views<'a> {
    pub(crate) text: &'a dyn Fn() -> String,
    pub(crate) page: &'a dyn Fn() -> String,
    pub(crate) json: &'a dyn Fn() -> String,
    pub(crate) tables: &'a dyn Fn(&Path) -> io::Result<Vec<PathBuf>>,
}

impl Views<'_> {
    /// Writes what was asked for and prints the result; `name` is the stem of the page's file name.
    pub(crate) fn finish(&self, name: &str, args: &OutputArgs, found: bool) -> Done {
        args.pdf.as_ref().map(|_| paper::ready()).transpose()?;
        let page = (!args.no_report).then(|| {
            args.report.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-report.html")))
        });
        self.write(page.as_deref(), args)?;
        let to_stdout = args.json.as_deref() == Some(Path::new("-"));
        terminal::print(&if to_stdout { (self.json)() } else { (self.text)() })?;
        if let Some(file) = page {
            terminal::tell(&format!("report: {}", file.display()));
        }
        Ok(if args.exit_code && found { Exit::Found } else { Exit::Done })
    }

    /// Writes page, PDF, JSON and tables, each whole or not at all.
    fn write(&self, page: Option<&Path>, args: &OutputArgs) -> Result<(), Failure> {
        let _writing = interrupt::writing();
        let failed = |path: &Path| {
            let name = path.display().to_string();
            move |e: io::Error| Failure::output(&name, &e)
        };
        if let Some(file) = page {
            write_atomically(file, (self.page)().as_bytes()).map_err(failed(file))?;
        }
        if let Some(file) = &args.pdf {
            let bytes = paper::set(&(self.page)(), "", None)?;
            write_atomically(file, &bytes).map_err(failed(file))?;
        }
        if let Some(file) = args.json.as_deref().filter(|f| *f != Path::new("-")) {
            write_atomically(file, (self.json)().as_bytes()).map_err(failed(file))?;
        }
        if let Some(dir) = &args.csv {
            (self.tables)(dir).map_err(failed(dir))?;
        }
        Ok(())
    }
}

/// The command to type to get this again: the arguments as given, quoted where a shell needs it.
pub(crate) fn command_line() -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,:+@".contains(c);
    let quote = |arg: String| match arg.chars().all(plain) && !arg.is_empty() {
        true => arg,
        false => format!("'{}'", arg.replace('\'', r"'\''")),
    };
    let args = std::env::args_os().skip(1).map(|a| quote(a.to_string_lossy().into_owned()));
    std::iter::once("glassurn".to_owned()).chain(args).collect::<Vec<_>>().join(" ")
}
