//! `glassurn register export`: the register as a folder of tables, or in a form that other programs read.

use std::path::Path;

use glassurn_casefile::{
    register::{Exchange, Publisher, Tables, exchange, write_folder},
    report::write_atomically,
};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::register::{ExportArgs, RegisterArgs},
    interrupt, terminal,
};

/// Writes what was on record at a moment; each file appears whole or not at all.
pub(crate) fn run(args: &RegisterArgs, own: &ExportArgs) -> Done {
    let tables = own.care.of(args.store()?.tables(&own.moment.moment())?);
    match own.form {
        Some(form) => {
            let publisher = Publisher { name: args.by.clone(), url: own.url.clone() };
            one_file(&tables, form, &publisher, &own.out)?;
        }
        None => folder(&tables, &own.out)?,
    }
    if tables.withheld > 0 {
        let left_out = terminal::count(tables.withheld, "record");
        terminal::tell(&format!("left out as sensitive: {left_out}; --with-sensitive keeps all"));
    }
    Ok(Exit::Done)
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let name = path.display().to_string();
    move |e| Failure::output(&name, &e)
}

fn folder(tables: &Tables, folder: &Path) -> Result<(), Failure> {
    let _writing = interrupt::writing();
    for name in write_folder(tables, folder).map_err(failed(folder))? {
        terminal::tell(&format!("wrote {}", folder.join(name).display()));
    }
    Ok(())
}

fn one_file(
    tables: &Tables,
    form: Exchange,
    publisher: &Publisher,
    file: &Path,
) -> Result<(), Failure> {
    let exchanged = exchange(&tables.register()?, form, publisher);
    let _writing = interrupt::writing();
    if file == Path::new("-") {
        terminal::print(&exchanged.text)?;
    } else {
        write_atomically(file, exchanged.text.as_bytes()).map_err(failed(file))?;
        terminal::tell(&format!("wrote {} ({})", file.display(), exchanged.written));
    }
    for what in exchanged.left_out {
        terminal::tell(&terminal::plain(&format!("left out: {what}")));
    }
    Ok(())
}
