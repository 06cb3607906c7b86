//! A register as a folder of tables, or as one workbook with a sheet for each.

use std::{collections::HashSet, fs, io, path::Path};

use super::{Kind, Record, RegisterError, Sheet, Tables};
use crate::{
    RawTable, catalogue,
    formats::{self, Note, ReadOptions},
    report::write_atomically,
};

/// What a folder or workbook holds.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The tables.
    pub tables: Tables,
    /// What was passed over, and why.
    pub notes: Vec<Note>,
    /// The files that were read, with their SHA-256.
    pub files: Vec<(String, String)>,
}

/// Extensions of files that may hold a table.
const EXTENSIONS: [&str; 6] = ["csv", "tsv", "xlsx", "xls", "ods", "json"];

/// Reads every table of a folder, or every sheet of a workbook. Nothing is passed over in silence.
pub fn read_folder(path: &Path) -> Result<Folder, RegisterError> {
    let mut folder = Folder::default();
    if !path.is_dir() {
        folder.read(path)?;
        return folder.finish(path);
    }
    let mut files = list(path)?;
    files.sort();
    for name in files {
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
        if EXTENSIONS.contains(&&*extension) {
            folder.read(&path.join(&name))?;
        } else {
            folder.notes.push(Note { file: name, what: "passed over: it is no table".to_owned() });
        }
    }
    folder.finish(path)
}

fn list(path: &Path) -> Result<Vec<String>, RegisterError> {
    let unreadable = |e: io::Error| {
        let place = path.display().to_string();
        RegisterError::at(
            place,
            format!("it cannot be listed: {e}"),
            "check its name and permissions",
        )
    };
    let entries = fs::read_dir(path).map_err(unreadable)?;
    let names = entries.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()));
    Ok(names.filter(|n| !n.starts_with('.')).collect())
}

impl Folder {
    /// Reads one file.
    fn read(&mut self, path: &Path) -> Result<(), RegisterError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(path).map_err(|e| {
            RegisterError::at(
                &name,
                format!("it cannot be read: {e}"),
                "check its name and permissions",
            )
        })?;
        self.read_bytes(&name, bytes)
    }

    /// Reads the bytes of one file.
    pub fn read_bytes(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), RegisterError> {
        let delimiter = is_text(name).then(|| delimiter(&bytes));
        let options = ReadOptions { delimiter, ..ReadOptions::default() };
        let reading = formats::read_bytes(name, bytes, &options)?;
        self.notes.extend(reading.notes);
        for table in &reading.tables {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            // A workbook's only sheet may be called anything.
            let titled = table
                .source
                .table
                .as_deref()
                .filter(|t| reading.tables.len() > 1 || Kind::named(t).is_some());
            let sheet = sheet(titled.filter(|_| !is_text(name)).unwrap_or(stem), name, table)?;
            if self.tables.sheet(sheet.kind).is_some() {
                let problem = format!("{} is there twice", sheet.kind.table());
                return Err(RegisterError::at(name, problem, "keep one table of each name"));
            }
            let kind = sheet.kind;
            *self.tables.sheet_mut(kind) = sheet;
        }
        let hash = reading.tables.first().map(|t| t.source.sha256.clone());
        self.files.push((name.to_owned(), hash.unwrap_or_default()));
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<Folder, RegisterError> {
        if self.tables.sheets.is_empty() {
            let hint = format!("a register has {}", tables());
            let place = path.display().to_string();
            return Err(RegisterError::at(place, "there is no table of a register in it", hint));
        }
        Ok(self)
    }
}

/// The names of all tables.
fn tables() -> String {
    Kind::ALL.map(|k| format!("{}.csv", k.table())).join(", ")
}

fn is_text(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".tsv"].iter().any(|e| name.ends_with(e))
}

/// The delimiter of the first line: lists inside cells make a guess over the whole file unsafe.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|b| **b == d).count();
    let more = |d: u8| count(d) > count(b',');
    [b'\t', b';'].into_iter().find(|d| more(*d)).unwrap_or(b',')
}

/// A table of a known kind, row by row.
fn sheet(name: &str, file: &str, table: &RawTable) -> Result<Sheet, RegisterError> {
    let kind = Kind::named(name).ok_or_else(|| {
        let hint = format!("a register has {}; rename it or move it away", tables());
        RegisterError::at(file, format!("no table of a register is called `{name}`"), hint)
    })?;
    let columns: Vec<String> = table.row(0).map(str::to_owned).collect();
    let id = columns.iter().position(|c| c == kind.id_column()).ok_or_else(|| {
        let problem = format!("it has no column {}", kind.id_column());
        RegisterError::at(file, problem, "its first row must name the columns")
    })?;
    if let Some(twice) = columns.iter().enumerate().find(|(i, c)| columns[..*i].contains(c)) {
        let problem = format!("two columns are named `{}`", twice.1);
        return Err(RegisterError::at(file, problem, "give every column a name of its own"));
    }
    let mut sheet = Sheet::new(kind, columns);
    let mut seen = HashSet::new();
    let blank = |row: usize| table.row(row).all(|c| c.trim().is_empty());
    for row in (1..table.len()).filter(|r| !blank(*r)) {
        let record = record(table, row, sheet.columns.len(), id, file)?;
        if !seen.insert(record.id.clone()) {
            let place =
                format!("{}, column {}, value `{}`", record.place, kind.id_column(), record.id);
            return Err(RegisterError::at(
                place,
                "another row has the same name",
                "give each row a name of its own",
            ));
        }
        sheet.rows.push(record);
    }
    Ok(sheet)
}

/// One row.
fn record(
    table: &RawTable,
    row: usize,
    width: usize,
    id: usize,
    file: &str,
) -> Result<Record, RegisterError> {
    let place = format!("{file}, row {}", table.number(row));
    let mut cells: Vec<String> = table.row(row).map(str::to_owned).collect();
    if cells.len() > width {
        let problem = format!("it has {} cells, and there are {width} columns", cells.len());
        let hint = "a cell with a comma in it must stand in quotes";
        return Err(RegisterError::at(place, problem, hint));
    }
    cells.resize(width, String::new());
    let name = cells.get(id).map(|c| c.trim().to_owned()).unwrap_or_default();
    if name.is_empty() {
        let problem = "the record has no name";
        return Err(RegisterError::at(place, problem, "write one in the first column, as in M001"));
    }
    Ok(Record { id: name, cells, place })
}

/// SHA-256 of a file that is kept as a copy of a source.
pub fn fingerprint(path: &Path) -> Result<String, RegisterError> {
    let place = path.display().to_string();
    let unreadable = |e: io::Error| {
        RegisterError::at(
            place,
            format!("it cannot be read: {e}"),
            "check its name and permissions",
        )
    };
    let (sha256, _) = fs::File::open(path).and_then(catalogue::digest).map_err(unreadable)?;
    Ok(sha256)
}

/// Writes every table that has records as a CSV file; each appears whole or not at all.
pub fn write_folder(tables: &Tables, path: &Path) -> io::Result<Vec<String>> {
    fs::create_dir_all(path)?;
    let mut written = Vec::new();
    for sheet in tables.sheets.iter().filter(|s| !s.rows.is_empty()) {
        let name = format!("{}.csv", sheet.kind.table());
        write_atomically(&path.join(&name), &to_csv(sheet)?)?;
        written.push(name);
    }
    Ok(written)
}

/// The bytes of a table; every cell stands as it was written.
pub(super) fn to_csv(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&sheet.columns)?;
    for row in &sheet.rows {
        writer.write_record(&row.cells)?;
    }
    writer.into_inner().map_err(|e| io::Error::other(e.to_string()))
}
