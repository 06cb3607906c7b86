//! The members of the Global Network of Domestic Election Monitors: organisations, their countries, and the
//! regional networks that they belong to.

mod front_matter;
mod tables;

use std::{fs, io, path::Path};

use super::{Columns, RegisterError, delimited};
use crate::{
    formats::{Limits, sha256},
    register::Tables,
};
use front_matter::front_matter;
use tables::made;

/// Files that a folder of members may have.
const MOST_FILES: usize = 10_000;

/// One organisation as the list has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Member {
    stem: String,
    name: String,
    acronym: String,
    country: String,
    is_member: String,
    networks: String,
    website: String,
    place: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// Files that were read, with their SHA-256.
    pub files: Vec<(String, String)>,
    /// As tables of the register: a source, organisations and networks.
    pub tables: Tables,
    /// Countries that are no state's name: kept in the note, as they were written.
    pub unplaced: Vec<String>,
}

const COLUMNS: [&str; 7] =
    ["file", "name", "acronym", "country", "is_member", "regional_network", "website"];

/// Reads the table of members, or the folder of their files. Refused, with every fault.
pub fn read_members(path: &Path) -> Result<Members, RegisterError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.is_dir() {
        let files = folder(path)?;
        return Members::from_files(&name, files);
    }
    let bytes = fs::read(path).map_err(|e| unreadable(&path.display().to_string(), &e))?;
    Members::from_csv(&name, bytes)
}

fn unreadable(place: &str, error: &io::Error) -> RegisterError {
    RegisterError::at(
        place,
        format!("it cannot be read: {error}"),
        "check its name and permissions",
    )
}

/// Name and bytes of each file of members, by name.
fn folder(path: &Path) -> Result<Vec<(String, Vec<u8>)>, RegisterError> {
    let place = path.display().to_string();
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|e| unreadable(&place, &e))? {
        let entry = entry.map_err(|e| unreadable(&place, &e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".md") {
            continue;
        }
        let refused = |problem: &str, hint: &str| Err(RegisterError::at(&name, problem, hint));
        let about = entry.metadata().map_err(|e| unreadable(&name, &e))?;
        match () {
            () if !about.is_file() => return refused("it is no plain file", "move it away"),
            () if about.len() > Limits::default().cell as u64 => {
                return refused(
                    "it is longer than a member's file",
                    "look at it, and move it away",
                );
            }
            () if files.len() == MOST_FILES => {
                return refused(
                    "there are more files than members",
                    "give the members' folder alone",
                );
            }
            () => {}
        }
        let bytes = fs::read(entry.path()).map_err(|e| unreadable(&name, &e))?;
        files.push((name, bytes));
    }
    files.sort();
    Ok(files)
}

impl Members {
    /// From the table of members.
    pub fn from_csv(name: &str, bytes: Vec<u8>) -> Result<Members, RegisterError> {
        let (table, sha256) = delimited(name, bytes)?;
        let columns = Columns::find(name, &table, &COLUMNS)?;
        let mut faults = columns.unwritable();
        let mut members = Vec::new();
        for row in columns.rows() {
            let own = |column: &str| columns.cell(row, column).to_owned();
            let blank = ["file", "name"].into_iter().find(|c| columns.cell(row, c).is_empty());
            faults.extend(
                blank.map(|c| columns.fault(row, c, "it is blank", "write what the list says")),
            );
            members.push(Member {
                stem: own("file").trim_end_matches(".md").to_owned(),
                name: own("name"),
                acronym: own("acronym"),
                country: own("country"),
                is_member: own("is_member"),
                networks: own("regional_network"),
                website: own("website"),
                place: format!("{name}, row {}", table.number(row)),
            });
        }
        RegisterError::of(faults)?;
        made(name, vec![(name.to_owned(), sha256)], &members)
    }

    /// From the files of a folder: each begins with `---`, lines of `key: value`, and `---`.
    pub fn from_files(
        folder: &str,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Members, RegisterError> {
        let (mut faults, mut members, mut read) = (Vec::new(), Vec::new(), Vec::new());
        for (name, bytes) in files {
            read.push((name.clone(), sha256(&bytes)));
            match front_matter(&name, &bytes) {
                Ok(member) => members.push(member),
                Err(fault) => faults.push(fault),
            }
        }
        RegisterError::of(faults)?;
        made(folder, read, &members)
    }
}
