//! The parts of a spreadsheet file that is a zip archive.

use std::io::Cursor;

use ::zip::ZipArchive;

use super::{Item, ReadError, Session, zip};

/// An opened file.
pub(super) struct Package<'d> {
    item: &'d Item,
    archive: ZipArchive<Cursor<&'d [u8]>>,
}

impl<'d> Package<'d> {
    /// Opens an item.
    pub(super) fn open(item: &'d Item, session: &Session<'_>) -> Result<Self, ReadError> {
        Ok(Package { item, archive: zip::open(item, session.limits())? })
    }

    /// A part as text; `None` when there is no such part.
    pub(super) fn part(
        &mut self,
        name: &str,
        session: &mut Session<'_>,
    ) -> Result<Option<String>, ReadError> {
        let same = |n: &&str| n.trim_start_matches('/').eq_ignore_ascii_case(name);
        let names: Vec<_> = self.archive.file_names().flatten().map(|n| n.into_owned()).collect();
        let Some(index) = names.iter().map(String::as_str).position(|n| same(&n)) else {
            return Ok(None);
        };
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

/// Whether data are an archive with a member whose name passes.
pub(super) fn holds(data: &[u8], wanted: impl Fn(&str) -> bool) -> bool {
    if !zip::marked(data) {
        return false;
    }
    let archive = ZipArchive::new(Cursor::new(data));
    archive.is_ok_and(|a| a.file_names().flatten().any(|n| wanted(&n)))
}
