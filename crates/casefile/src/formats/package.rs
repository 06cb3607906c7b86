//! The parts of a spreadsheet file that is a zip archive.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use ::zip::ZipArchive;

use super::{Item, ReadError, Session, zip};

/// An opened file.
pub(super) struct Package<'d> {
    item: &'d Item,
    archive: ZipArchive<Cursor<&'d [u8]>>,
    /// Number of each part by its name in lower case.
    parts: HashMap<String, usize>,
}

/// Sheets of one file that are read.
pub(super) const SHEETS: usize = 1_000;

impl<'d> Package<'d> {
    /// Opens an item.
    pub(super) fn open(item: &'d Item, session: &Session<'_>) -> Result<Self, ReadError> {
        let archive = zip::open(item, session.limits())?;
        let name = |i| Some((part_name(&archive.name_for_index(i)?.ok()?), i));
        let parts = (0..archive.len()).filter_map(name).collect();
        Ok(Package { item, archive, parts })
    }

    /// A part as text; `None` when there is no such part.
    pub(super) fn part(
        &mut self,
        name: &str,
        session: &mut Session<'_>,
    ) -> Result<Option<String>, ReadError> {
        let Some(&index) = self.parts.get(&part_name(name)) else { return Ok(None) };
        let damaged = |what: String| {
            self.item.error(
                format!("its part `{name}` is damaged: {what}"),
                "download the file again, or open it in a spreadsheet and save it anew",
            )
        };
        let entry = self.archive.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let data = session.unpack(self.item, entry.size(), entry)?;
        let text = String::from_utf8(data).map_err(|e| damaged(e.to_string()))?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    /// A part that must be there.
    pub(super) fn needed(
        &mut self,
        name: &str,
        session: &mut Session<'_>,
    ) -> Result<String, ReadError> {
        self.part(name, session)?.ok_or_else(|| {
            let problem = format!("its part `{name}` is missing");
            self.item.error(problem, "open it in a spreadsheet and save it anew")
        })
    }
}

/// Names of parts do not tell cases apart and may begin with a slash.
fn part_name(name: &str) -> String {
    name.trim_start_matches('/').to_lowercase()
}

/// Whether data are an archive with a member whose name passes.
pub(super) fn holds(data: &[u8], wanted: impl Fn(&str) -> bool) -> bool {
    if !zip::marked(data) {
        return false;
    }
    let archive = ZipArchive::new(Cursor::new(data));
    archive.is_ok_and(|a| a.file_names().flatten().any(|n| wanted(&n)))
}

/// The first bytes of a member, where data are an archive that has it.
pub(super) fn first_bytes(data: &[u8], name: &str, count: usize) -> Option<Vec<u8>> {
    if !zip::marked(data) {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(data)).ok()?;
    let mut bytes = vec![0; count];
    archive.by_name(name).ok()?.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
