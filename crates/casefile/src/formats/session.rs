//! One reading: what is left to spend, what was found, what was passed over.

use std::io::Read;

use glassurn_model::Source;

use super::{Limits, Note, ReadError, ReadOptions, Reading};
use crate::RawTable;

/// Bytes with their place in the file.
pub(super) struct Item {
    /// The outer file.
    pub(super) outer: String,
    /// Members, each after a `!`; empty for the outer file.
    pub(super) inner: String,
    /// Name of the innermost member, with its folders.
    pub(super) member: Option<String>,
    /// What has been opened so far, outermost first.
    pub(super) format: Vec<String>,
    /// SHA-256 of the file that holds the bytes, by itself: as it lies, then unpacked.
    pub(super) prints: Vec<String>,
    /// The bytes.
    pub(super) data: Vec<u8>,
}

impl Item {
    /// The outer file.
    pub(super) fn outer(outer: String, data: Vec<u8>) -> Self {
        Item {
            outer,
            inner: String::new(),
            member: None,
            format: Vec::new(),
            prints: Vec::new(),
            data,
        }
    }

    /// Where it is: the outer file, then members after `!`.
    pub(super) fn place(&self) -> String {
        format!("{}{}", self.outer, self.inner)
    }

    /// A member of this item, which is a container of the given format.
    pub(super) fn within(&self, format: &str, member: Option<&str>, data: Vec<u8>) -> Self {
        let inner = match member {
            Some(member) => format!("{}!{member}", self.inner),
            None => self.inner.clone(),
        };
        let member = member.map(str::to_owned).or_else(|| self.member.clone());
        let format = self.format.iter().cloned().chain([format.to_owned()]).collect();
        let (outer, prints) = (self.outer.clone(), self.prints.clone());
        Item { outer, inner, member, format, prints, data }
    }

    /// The container of this member, as an item without bytes.
    pub(super) fn container(&self) -> Self {
        let inner = self.inner.rfind('!').map_or("", |at| &self.inner[..at]).to_owned();
        let (outer, format) = (self.outer.clone(), self.format.clone());
        Item { outer, inner, member: None, format, prints: self.prints.clone(), data: Vec::new() }
    }

    /// An error about this item.
    pub(super) fn error(&self, problem: impl Into<String>, hint: impl Into<String>) -> ReadError {
        ReadError::new(self.place(), problem, hint)
    }

    /// The extension of the innermost name, in lower case, past the suffixes of compression.
    pub(super) fn extension(&self) -> String {
        let name = self.member.as_deref().unwrap_or(&self.outer).to_lowercase();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let packed = [".gz", ".gzip", ".xz", ".zst", ".zstd"];
        let name = packed.iter().find_map(|p| name.strip_suffix(p)).unwrap_or(name);
        name.rsplit_once('.').map(|(_, e)| e.to_owned()).unwrap_or_default()
    }
}

/// One reading.
pub(super) struct Session<'o> {
    pub(super) options: &'o ReadOptions,
    /// The outer file's fingerprint.
    pub(super) outer: Source,
    tables: Vec<RawTable>,
    notes: Vec<Note>,
    /// Records that wait for others of their kind.
    pub(super) documents: Vec<super::json::Document>,
    /// Bytes that may still be unpacked.
    bytes_left: u64,
    /// Members that may still be opened.
    members_left: usize,
    /// Whether a limit was met: nothing more is read.
    pub(super) exhausted: bool,
}

/// Bytes read between two looks at what they are.
const CHUNK: u64 = 4 << 20;

/// Reads everything, where it is `most` bytes or fewer; `size` is what is promised.
pub(super) fn gather(
    item: &Item,
    size: u64,
    mut from: impl Read,
    most: u64,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, ReadError> {
    if size > most {
        return Ok(None);
    }
    let mut data = Vec::with_capacity(usize::try_from(size.min(CHUNK * 16)).unwrap_or(0));
    loop {
        let want = CHUNK.min(most.saturating_add(1));
        let got = (&mut from).take(want).read_to_end(&mut data);
        let got = got.map_err(|e| {
            item.error(format!("it cannot be read: {e}"), "download or copy the file again")
        })?;
        if data.len() as u64 > most {
            return Ok(None);
        }
        if got == 0 {
            return Ok(Some(data));
        }
        super::encoding::refuse_endless_line(item, &data, limits)?;
    }
}

impl<'o> Session<'o> {
    /// A reading of an outer file of this size.
    pub(super) fn new(options: &'o ReadOptions, outer: u64) -> Self {
        Session {
            options,
            outer: Source::default(),
            tables: Vec::new(),
            notes: Vec::new(),
            documents: Vec::new(),
            bytes_left: options.limits.allowance(outer),
            members_left: options.limits.members,
            exhausted: false,
        }
    }

    /// The limits of this reading.
    pub(super) fn limits(&self) -> &'o Limits {
        &self.options.limits
    }

    /// Adds a table found in an item; `format` is its own type, `sheet` its name inside the item.
    pub(super) fn push(
        &mut self,
        mut table: RawTable,
        item: &Item,
        format: &str,
        encoding: Option<String>,
        sheet: Option<String>,
    ) {
        table.prints.clone_from(&item.prints);
        table.source = Source {
            name: item.inner.clone(),
            format: item.format.iter().cloned().chain([format.to_owned()]).collect(),
            encoding,
            table: sheet.or_else(|| item.member.clone()),
            rows: table.len().saturating_sub(1) as u64,
            ..Source::default()
        };
        self.tables.push(table);
    }

    /// Adds a sheet; one that holds nothing is noted.
    pub(super) fn push_sheet(&mut self, table: RawTable, item: &Item, format: &str, name: String) {
        if table.is_empty() {
            self.note(item.place(), format!("sheet `{name}` is empty"));
        } else {
            self.push(table, item, format, None, Some(name));
        }
    }

    /// Notes something a reader must know.
    pub(super) fn note(&mut self, file: impl Into<String>, what: impl Into<String>) {
        self.notes.push(Note { file: file.into(), what: what.into() });
    }

    /// Unpacks a member within what is left to spend; `size` is what its header promises.
    pub(super) fn unpack(
        &mut self,
        item: &Item,
        size: u64,
        from: impl Read,
    ) -> Result<Vec<u8>, ReadError> {
        if item.format.len() >= self.limits().depth {
            return Err(item.error(
                format!("more than {} containers inside each other", self.limits().depth),
                "unpack the file and give its innermost part",
            ));
        }
        let data = gather(item, size, from, self.bytes_left, self.limits())?;
        let data = data.ok_or_else(|| self.too_large(item))?;
        self.bytes_left -= data.len() as u64;
        Ok(data)
    }

    /// The error of a container whose contents exceed the limit; nothing more is read after it.
    fn too_large(&mut self, item: &Item) -> ReadError {
        self.exhausted = true;
        let limits = self.limits();
        let allowed = limits.allowance(self.outer.bytes) >> 20;
        item.error(
            format!("its contents are larger than {allowed} MiB or than {} times the file itself, which no table needs", limits.expansion),
            "unpack it yourself and give the file inside, if you trust it",
        )
    }

    /// Counts a member of a container.
    pub(super) fn count_member(&mut self, item: &Item) -> Result<(), ReadError> {
        if self.members_left == 0 {
            self.exhausted = true;
            let members = self.limits().members;
            let problem = format!("more than {members} members in one archive or folder");
            return Err(item.error(problem, "give a part of it"));
        }
        self.members_left -= 1;
        Ok(())
    }

    /// Reads a member; one that cannot be read is noted, unless a limit was met.
    pub(super) fn member(&mut self, item: Item) -> Result<(), ReadError> {
        if let Some(why) = super::place::never_a_table(&item) {
            self.note(item.place(), format!("passed over: {why}"));
            return Ok(());
        }
        match super::read_item(item, self) {
            Err(error) if !self.exhausted => {
                let file = error.file.display().to_string();
                let whole = error.to_string();
                let what = whole.strip_prefix(&format!("{file}: ")).unwrap_or(&whole);
                self.note(file, format!("not read: {what}"));
                Ok(())
            }
            result => result,
        }
    }

    /// The tables asked for.
    pub(super) fn finish(mut self, outer: &str) -> Result<Reading, ReadError> {
        super::json::read_documents(&mut self)?;
        if self.tables.is_empty() {
            return Err(self.nothing(outer));
        }
        for table in &mut self.tables {
            let inner = std::mem::take(&mut table.source.name);
            table.source.name = format!("{}{inner}", self.outer.name);
            table.source.bytes = self.outer.bytes;
            table.source.sha256.clone_from(&self.outer.sha256);
        }
        if let Some(wanted) = &self.options.table {
            let name = |t: &RawTable| t.source.table.clone().unwrap_or_default();
            let names: Vec<String> = self.tables.iter().map(name).collect();
            let exact = names.contains(wanted);
            let lower = wanted.to_lowercase();
            let fits = |t: &RawTable| match exact {
                true => name(t) == *wanted,
                false => name(t).to_lowercase().contains(&lower),
            };
            self.tables.retain(fits);
            if self.tables.is_empty() {
                let problem = format!("no table is named `{wanted}`");
                return Err(ReadError::new(outer, problem, format!("there are: {}", list(&names))));
            }
        }
        Ok(Reading { tables: self.tables, notes: self.notes })
    }

    /// The error of a container without a table: the only note speaks for itself.
    fn nothing(&mut self, outer: &str) -> ReadError {
        let hint =
            "give a CSV, spreadsheet, JSON, dBASE or Parquet file, or a folder or archive of these";
        match self.notes.as_slice() {
            [] => ReadError::new(outer, "there is no file in it", hint),
            [only] => ReadError::new(&only.file, only.what.clone(), hint),
            [first, ..] => {
                let count = self.notes.len();
                let problem =
                    format!("none of {count} members is a table; {}: {}", first.file, first.what);
                ReadError::new(outer, problem, hint)
            }
        }
    }
}

/// The first names of a list.
fn list(names: &[String]) -> String {
    let shown = names.iter().take(10).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if names.len() > 10 { format!("{shown} and {} more", names.len() - 10) } else { shown }
}
