//! The folder of a dossier: plain files that anybody can check without Glassurn.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::Serialize;
use thiserror::Error;

use super::{Dossier, Press, ro_crate};
use crate::{formats::sha256, report};

/// Why a folder was not written.
#[derive(Debug, Error)]
pub enum FolderError {
    /// Something stands where it should stand.
    #[error("{} is there already", .0.display())]
    Occupied(PathBuf),
    /// The disk refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file of the folder.
pub(super) struct File {
    /// Its path in the folder, with `/`.
    pub(super) path: String,
    /// How many bytes it has.
    pub(super) bytes: usize,
    /// Its SHA-256, in hexadecimal.
    pub(super) sha256: String,
}

/// How a stranger checks the folder.
const READ_ME: &str = "\
This folder is a dossier on one election.

index.html   the report; press.html is its short form. Any browser opens them; they load nothing.
dossier.pdf  the report on paper, and press.pdf its short form, where the build could make them.
claims.jsonld its claims as schema.org claim reviews; a grade says how well one can be checked, not if it is so.
dossier.json the same for programs; records/, returns-*/ and counts/ hold every table as CSV.
SHA256SUMS   the fingerprint of every file.

To check that no file was changed since it was made:

    sha256sum --check SHA256SUMS

To check a statement, follow its sources in index.html, or look for their names (S012) in
records/sources.csv, where their addresses stand. To check a figure, take the files whose SHA-256 the
report names and give Glassurn the command that stands at the report's end: it writes the same bytes.

ro-crate-metadata.json describes the folder for archives (RO-Crate 1.1).
";

/// Writes the folder whole or not at all; answers its files. `date` is the day of publication, where it
/// is to be stated; `beside` are files that were made elsewhere, by name.
pub fn write_dossier(
    dossier: &Dossier,
    folder: &Path,
    date: Option<&str>,
    beside: &[(&str, Vec<u8>)],
) -> Result<Vec<String>, FolderError> {
    let occupied = || FolderError::Occupied(folder.to_owned());
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().map_or(Ok(()), |_| Err(occupied()))?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(_) => return Err(occupied()),
    }
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let draft = tempfile::Builder::new().prefix(".glassurn-").suffix(".part").tempdir_in(parent)?;
    fill(dossier, draft.path())?;
    for (name, bytes) in beside {
        fs::write(draft.path().join(name), bytes)?;
    }
    let mut files = listed(draft.path())?;
    fs::write(
        draft.path().join("ro-crate-metadata.json"),
        ro_crate::metadata(dossier, &files, date),
    )?;
    files = listed(draft.path())?;
    fs::write(draft.path().join("SHA256SUMS"), sums(&files)?)?;
    publish(draft, folder)?;
    Ok(files.into_iter().map(|f| f.path).chain(["SHA256SUMS".to_owned()]).collect())
}

/// Puts the finished draft where it belongs, readable as the user's settings allow.
fn publish(draft: tempfile::TempDir, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        fs::remove_dir(folder)?;
    }
    let draft = draft.keep();
    let done = open_to_others(&draft).and_then(|()| fs::rename(&draft, folder));
    if done.is_err() {
        fs::remove_dir_all(&draft)?;
    }
    done
}

/// A temporary folder is its owner's alone; a dossier is made to be given away.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes everything but the lists of files.
fn fill(dossier: &Dossier, folder: &Path) -> io::Result<()> {
    let put = |name: &str, text: String| fs::write(folder.join(name), text);
    put("README.txt", READ_ME.to_owned())?;
    put("index.html", report::dossier_html(dossier))?;
    put("press.html", report::press_html(dossier))?;
    put("dossier.json", json(dossier))?;
    put("claims.jsonld", dossier.reviews.clone())?;
    report::account_tables(&dossier.records, &folder.join("records"))?;
    fs::write(folder.join("records/sources.csv"), report::source_table(&dossier.sources)?)?;
    for (number, examination) in dossier.returns.iter().enumerate() {
        let name = format!("returns-{}", number + 1);
        put(&format!("{name}.html"), report::html(examination))?;
        put(&format!("{name}.json"), report::json(examination))?;
        report::tables(examination, &folder.join(name))?;
    }
    if let Some(counts) = &dossier.counts {
        put("counts.html", report::account_html(counts))?;
        put("counts.json", report::account_json(counts))?;
        report::account_tables(counts, &folder.join("counts"))?;
    }
    Ok(())
}

/// The dossier for programs.
fn json(dossier: &Dossier) -> String {
    #[derive(Serialize)]
    struct Envelope<'a> {
        envelope: u32,
        program: &'a str,
        election: &'a glassurn_model::register::Election,
        press: &'a Press,
        unknown: &'a [String],
        sources: &'a [glassurn_model::register::Source],
        records: &'a crate::Account,
    }
    let envelope = Envelope {
        envelope: 1,
        program: dossier.program(),
        election: &dossier.election,
        press: &dossier.press,
        unknown: &dossier.unknown,
        sources: &dossier.sources,
        records: &dossier.records,
    };
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(&envelope);
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}

/// Every file below a folder, by path.
fn listed(folder: &Path) -> io::Result<Vec<File>> {
    let (mut files, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(folder.join(&below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.file_type()?.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = fs::read(entry.path())?;
            let sha256 = sha256(&bytes);
            files.push(File { path, bytes: bytes.len(), sha256 });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// As `sha256sum` writes and checks it.
fn sums(files: &[File]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for file in files {
        writeln!(out, "{}  {}", file.sha256, file.path)?;
    }
    Ok(out)
}
