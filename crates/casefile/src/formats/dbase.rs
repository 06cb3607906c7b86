//! dBASE III and IV and FoxPro tables, the attribute tables of shapefiles. Numbers keep their text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Format, Item, ReadError, Session};
use crate::RawTable;

pub(super) const FORMAT: Format = Format { name: "dbase", marked: |data| Header::read(data).is_some(), read };

/// Bytes of the header before the fields, and of each field.
const PART: usize = 32;

/// Versions whose fields are laid out as here.
const VERSIONS: [u8; 12] = [0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7b, 0x83, 0x8b, 0xf5];

/// A field of the record.
struct Field {
    name: String,
    kind: u8,
    start: usize,
    end: usize,
}

/// What stands before the records.
struct Header {
    fields: Vec<Field>,
    /// Records promised.
    records: usize,
    /// Bytes before the first record.
    start: usize,
    /// Bytes of a record.
    length: usize,
    page: u8,
}

fn u16_at(data: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?)))
}

impl Header {
    /// Reads the header; `None` unless everything in it fits together.
    fn read(data: &[u8]) -> Option<Self> {
        let records = u32::from_le_bytes(data.get(4..8)?.try_into().ok()?);
        let (start, length) = (u16_at(data, 8)?, u16_at(data, 10)?);
        if !VERSIONS.contains(data.first()?) || length < 2 {
            return None;
        }
        let mut fields = Vec::new();
        let mut end = 1;
        for field in data.get(PART..start)?.chunks(PART).take_while(|f| f[0] != 0x0d) {
            let name = field.get(..11)?.split(|b| *b == 0).next().unwrap_or_default();
            let kind = *field.get(11)?;
            let (size, decimals) = (*field.get(16)?, *field.get(17)?);
            let size = usize::from(size) + if kind == b'C' { usize::from(decimals) << 8 } else { 0 };
            if name.is_empty() || !kind.is_ascii_graphic() {
                return None;
            }
            let name = UTF_8.decode(name).0.trim().to_owned();
            fields.push(Field { name, kind, start: end, end: end + size });
            end += size;
        }
        let records = usize::try_from(records).ok()?;
        let fits = end == length && !fields.is_empty() && start > fields.len() * PART;
        fits.then_some(Header { fields, records, start, length, page: *data.get(29)? })
    }
}

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let header = Header::read(&item.data);
    let header = header.ok_or_else(|| item.error("the header is damaged", "export it as CSV"))?;
    let body = &item.data[header.start..];
    let whole = body.len() / header.length;
    if whole < header.records {
        let problem = format!("the header promises {} records, but {whole} are there", header.records);
        return Err(item.error(problem, "the file was cut off: download or copy it again"));
    }
    let records = || body.chunks_exact(header.length).take(header.records).take_while(|r| r[0] != 0x1a);
    let told = session.options.encoding.as_deref().map(str::as_bytes).and_then(Encoding::for_label);
    let encoding = told.unwrap_or_else(|| encoding(&header, records()));
    let mut table = RawTable::default();
    let mut deleted = 0_usize;
    let too_large = |problem: String| item.error(problem, "give a part of it");
    for (number, record) in (1_u32..).zip(records()) {
        if record[0] == b'*' {
            deleted += 1;
            continue;
        }
        session.limits().check(&table, header.fields.len()).map_err(too_large)?;
        let cells: Vec<_> = header.fields.iter().map(|f| cell(f, record, encoding)).collect();
        let pushed = table.push_row(number, cells.iter().map(AsRef::as_ref));
        pushed.map_err(|e| too_large(e.to_string()))?;
    }
    let named = table.set_names(header.fields.iter().map(|f| f.name.as_str()));
    named.map_err(|e| too_large(e.to_string()))?;
    if deleted > 0 {
        session.note(item.place(), format!("{deleted} records are marked as deleted and left out"));
    }
    for field in header.fields.iter().filter(|f| !KINDS.contains(&f.kind)) {
        let kind = char::from(field.kind);
        session.note(item.place(), format!("column `{}` is of type {kind}, which is not read", field.name));
    }
    session.push(table, &item, FORMAT.name, Some(encoding.name().to_owned()), None);
    Ok(())
}

/// Types of fields that are read.
const KINDS: [u8; 7] = *b"CNFDLIB";

/// A cell as text.
fn cell<'r>(field: &Field, record: &'r [u8], encoding: &'static Encoding) -> Cow<'r, str> {
    let bytes = record.get(field.start..field.end).unwrap_or_default();
    let text = || {
        let until = bytes.iter().rposition(|b| !matches!(b, 0 | b' ')).map_or(0, |last| last + 1);
        encoding.decode_without_bom_handling(&bytes[..until]).0
    };
    match (field.kind, bytes) {
        (b'C', _) => text(),
        (b'N' | b'F', _) => match text() {
            Cow::Borrowed(number) => number.trim().into(),
            Cow::Owned(number) => number.trim().to_owned().into(),
        },
        (b'D', digits) if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            let date = text();
            format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]).into()
        }
        (b'L', [b'T' | b't' | b'Y' | b'y']) => "TRUE".into(),
        (b'L', [b'F' | b'f' | b'N' | b'n']) => "FALSE".into(),
        (b'I', &[a, b, c, d]) => i32::from_le_bytes([a, b, c, d]).to_string().into(),
        (b'B', &[a, b, c, d, e, f, g, h]) => {
            super::serial::number(f64::from_le_bytes([a, b, c, d, e, f, g, h])).into()
        }
        _ => "".into(),
    }
}

/// The encoding: UTF-8 where the text is, whatever the header says; else the header's; else Western.
fn encoding<'r>(header: &Header, records: impl Iterator<Item = &'r [u8]>) -> &'static Encoding {
    let told = Encoding::for_label(label(header.page).as_bytes()).unwrap_or(WINDOWS_1252);
    let (mut wide, mut valid) = (false, true);
    for record in records {
        for field in header.fields.iter().filter(|f| f.kind == b'C') {
            let bytes = record.get(field.start..field.end).unwrap_or_default();
            wide |= !bytes.is_ascii();
            // A letter that the field's end cuts in two is no argument against UTF-8.
            valid &= std::str::from_utf8(bytes).map_or_else(|e| e.error_len().is_none(), |_| true);
        }
    }
    if wide && valid { UTF_8 } else { told }
}

/// The label of a code page; those of DOS that have no letters in common with a known one are Western.
fn label(page: u8) -> &'static str {
    match page {
        0x26 | 0x65 => "ibm866",
        0x13 | 0x7b => "shift_jis",
        0x4d | 0x7a => "gbk",
        0x4e | 0x79 => "euc-kr",
        0x4f | 0x78 => "big5",
        0x7c | 0x50 => "windows-874",
        0x7d => "windows-1255",
        0x7e => "windows-1256",
        0xc8 => "windows-1250",
        0xc9 => "windows-1251",
        0xca => "windows-1254",
        0xcb => "windows-1253",
        0xcc => "windows-1257",
        _ => "windows-1252",
    }
}
