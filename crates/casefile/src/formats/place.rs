//! Opens files and folders, and says which names never hold a table.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use glassurn_model::Source;
use sha2::{Digest, Sha256};

use super::session::gather;
use super::{Item, ReadError, ReadOptions, Reading, Session};

/// Reads a file or folder.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<Reading, ReadError> {
    let kind = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if kind.is_dir() {
        return folder(path, options);
    }
    let mut item = Item::outer(path.display().to_string(), Vec::new());
    item.data = load(path, &item, options.limits.unpacked, options)?;
    let mut session = Session::new(options, item.data.len() as u64);
    session.outer = fingerprint(&name_of(path), &item.data);
    item.prints = vec![session.outer.sha256.clone()];
    super::read_item(item, &mut session)?;
    session.finish(&path.display().to_string())
}

/// Reads every file under a folder; its fingerprint is that of the sorted list of theirs.
fn folder(path: &Path, options: &ReadOptions) -> Result<Reading, ReadError> {
    let place = path.display().to_string();
    let mut files = Vec::new();
    walk(path, options.limits.members, 0, &mut files)?;
    files.sort();
    let size = |file: &PathBuf| fs::metadata(file).map_or(0, |m| m.len());
    let mut session = Session::new(options, files.iter().map(size).sum());
    let mut prints = String::new();
    let mut total = 0_u64;
    for file in files {
        let member = file.strip_prefix(path).unwrap_or(&file).display().to_string();
        let outer = Item::outer(place.clone(), Vec::new());
        let item = outer.within("folder", Some(&member), Vec::new());
        session.count_member(&item)?;
        let left = options.limits.unpacked.saturating_sub(total);
        match load(&file, &item, left, options) {
            Ok(data) => {
                total += data.len() as u64;
                let print = sha256(&data);
                prints += &format!("{print}  {member}\n");
                session.member(Item { data, prints: vec![print], ..item })?;
            }
            Err(error) => session.note(item.place(), format!("not read: {}", error.problem)),
        }
    }
    let sha256 = sha256(prints.as_bytes());
    session.outer = Source { name: name_of(path), bytes: total, sha256, ..Source::default() };
    session.finish(&place)
}

/// Lists the regular files under a folder; links to folders are not followed.
fn walk(
    folder: &Path,
    most: usize,
    depth: usize,
    files: &mut Vec<PathBuf>,
) -> Result<(), ReadError> {
    let deep = "folders inside folders go deeper than 64 levels";
    if depth > 64 {
        return Err(ReadError::new(folder, deep, "give the folder that holds the files"));
    }
    for entry in fs::read_dir(folder).map_err(|e| unreadable(folder, &e))? {
        let entry = entry.map_err(|e| unreadable(folder, &e))?;
        let kind = entry.file_type().map_err(|e| unreadable(&entry.path(), &e))?;
        if kind.is_dir() {
            walk(&entry.path(), most, depth + 1, files)?;
        } else {
            files.push(entry.path());
        }
        if files.len() > most {
            let problem = format!("more than {most} members in one archive or folder");
            return Err(ReadError::new(folder, problem, "give a part of it"));
        }
    }
    Ok(())
}

/// The bytes of a regular file; anything else could block or never end.
fn load(path: &Path, item: &Item, most: u64, options: &ReadOptions) -> Result<Vec<u8>, ReadError> {
    let kind = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if !kind.is_file() {
        let problem = "it is not a regular file (a pipe, socket or device)";
        return Err(ReadError::new(path, problem, "save the data to a file, then give that"));
    }
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let data = gather(item, kind.len(), file, most, &options.limits)?;
    data.ok_or_else(|| {
        let problem = format!("it is larger than {} MiB", most >> 20);
        ReadError::new(path, problem, "give a part of it")
    })
}

/// The error of a file that the system does not let us read.
fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "check the spelling, and the folder you are in",
        io::ErrorKind::PermissionDenied => "ask its owner for permission to read it",
        _ => "check that the disk can be read",
    };
    ReadError::new(path, format!("it cannot be opened: {error}"), hint)
}

/// What identifies an outer file.
pub(super) fn fingerprint(name: &str, bytes: &[u8]) -> Source {
    let size = bytes.len() as u64;
    Source { name: name.to_owned(), bytes: size, sha256: sha256(bytes), ..Source::default() }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The last part of a path.
fn name_of(path: &Path) -> String {
    let path = if path.file_name().is_some() { path.to_owned() } else { full(path) };
    path.file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// The whole path, where it can be had.
fn full(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Why a member of a container can hold no table, by its name alone.
pub(super) fn never_a_table(item: &Item) -> Option<&'static str> {
    let extension = item.extension();
    let (_, why) = NEVER.iter().find(|(extensions, _)| extensions.contains(&extension.as_str()))?;
    Some(why)
}

/// Extensions of files that stand beside tables.
const NEVER: &[(&[&str], &str)] = &[
    (
        &["shp", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qmd", "gpkg"],
        "shapes or their companions",
    ),
    (&["png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp", "svg", "ico"], "an image"),
    (&["pdf", "doc", "docx", "odt", "rtf", "ppt", "pptx", "md", "rst", "tex"], "a document"),
    (&["html", "htm", "xml", "css"], "a page or markup"),
    (
        &["rda", "rds", "rdata", "rd", "r", "py", "js", "sh", "sql", "do", "dta", "sav"],
        "made for another program",
    ),
    (&["mp3", "mp4", "mov", "avi", "wav"], "sound or film"),
    (&["exe", "dll", "so", "bin", "db", "sqlite", "ds_store"], "not a table file"),
];
