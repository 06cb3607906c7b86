//! Excel 97-2003 workbooks (`.xls`, BIFF8): shared strings, dates by format, cached formula values.

mod strings;

use std::collections::HashMap;

use super::cfb::{CompoundFile, MARK};
use super::grid::Grid;
use super::{Format, Item, Limits, ReadError, Session, serial};
use strings::{Segments, string, short_string};

pub(super) const FORMAT: Format = Format { name: "xls", marked: |data| data.starts_with(MARK), read };

/// What to do about a file that other programs may still open.
const SAVE: &str = "open it in a spreadsheet and save it anew as XLSX or CSV";

/// Sheets of one workbook that are read.
const SHEETS: usize = 256;

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let file = CompoundFile::open(&item.data);
    let file = file.ok_or_else(|| item.error("the file is damaged or cut off", SAVE))?;
    let Some(stream) = file.stream("Workbook") else {
        let problem = match (file.stream("Book"), file.stream("EncryptedPackage")) {
            (Some(_), _) => "it is a workbook of Excel 5.0 or 95",
            (_, Some(_)) => "it is protected by a password",
            _ => "it is an old Office document, but no workbook",
        };
        return Err(item.error(problem, SAVE));
    };
    let book = Book::read(&stream).map_err(|what| item.error(what, SAVE))?;
    let mut room = session.limits().cells;
    for (name, start) in &book.sheets {
        let limits = Limits { cells: room, ..*session.limits() };
        let mut grid = Grid::new(&limits);
        let fault = |what: String| item.error(format!("sheet `{name}`: {what}"), SAVE);
        book.sheet(&stream, *start, &mut grid).map_err(fault)?;
        let table = grid.table().map_err(fault)?;
        room = room.saturating_sub(table.cells());
        session.push_sheet(table, &item, FORMAT.name, name.clone());
    }
    Ok(())
}

/// A record: its type and bytes.
struct Record<'s> {
    kind: u16,
    data: &'s [u8],
}

impl Record<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }

    fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.data.get(at..at + 8)?.try_into().ok()?))
    }
}

/// The records of a stream from a place on.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let head = Record { kind: 0, data: self.stream.get(self.at..self.at.checked_add(4)?)? };
        let (start, length) = (self.at + 4, usize::from(head.u16(2)?));
        self.at = start + length;
        Some(Record { kind: head.u16(0)?, data: self.stream.get(start..self.at)? })
    }
}

/// Types of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const XF: u16 = 0x00e0;
    pub(super) const SST: u16 = 0x00fc;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BOF: u16 = 0x0809;
}

/// What all sheets share.
#[derive(Default)]
struct Book {
    /// Names of the worksheets, and where each begins in the stream.
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    /// For each style, whether it shows dates.
    dates: Vec<bool>,
    from_1904: bool,
}

impl Book {
    /// Reads the records that stand before the sheets.
    fn read(stream: &[u8]) -> Result<Self, String> {
        let mut book = Book::default();
        let (mut styles, mut codes) = (Vec::new(), HashMap::new());
        let mut records = Records { stream, at: 0 }.peekable();
        while let Some(record) = records.next() {
            match record.kind {
                kind::BOF if record.u16(0) != Some(0x0600) => {
                    return Err("it is a workbook of a version before Excel 97".to_owned());
                }
                kind::FILE_PASS => return Err("it is protected by a password".to_owned()),
                kind::DATE_MODE => book.from_1904 = record.u16(0) == Some(1),
                kind::FORMAT => {
                    let code = record.data.get(2..).and_then(string).unwrap_or_default();
                    codes.insert(record.u16(0), serial::is_date_format(&code));
                }
                kind::XF => styles.push(record.u16(2)),
                kind::BOUND_SHEET => book.sheets.extend(bound_sheet(&record)),
                kind::SST => {
                    let mut parts = vec![record.data];
                    while let Some(more) = records.next_if(|r| r.kind == kind::CONTINUE) {
                        parts.push(more.data);
                    }
                    book.strings = Segments::new(parts).strings();
                }
                kind::EOF => break,
                _ => {}
            }
            if book.sheets.len() > SHEETS {
                return Err(format!("more than {SHEETS} sheets"));
            }
        }
        let is_date = |format: &Option<u16>| {
            let own = codes.get(format).copied();
            own.unwrap_or_else(|| format.is_some_and(|f| serial::is_date_number(f.into())))
        };
        book.dates = styles.iter().map(is_date).collect();
        if book.sheets.is_empty() {
            return Err("it has no worksheet, or is cut off".to_owned());
        }
        Ok(book)
    }

    /// Reads the cells of a sheet.
    fn sheet(&self, stream: &[u8], start: usize, grid: &mut Grid<'_>) -> Result<(), String> {
        let mut depth = 0_usize;
        let mut formula = None;
        for record in (Records { stream, at: start }) {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return Ok(()),
                kind::EOF => depth -= 1,
                _ if depth > 1 => {}
                kind::STRING => {
                    if let Some((row, column)) = formula.take() {
                        grid.push(row, column, &string(record.data).unwrap_or_default())?;
                    }
                }
                _ => {
                    let known = self.cells(&record, grid, &mut formula)?;
                    known.ok_or_else(|| format!("a record of type {:#06x} is too short", record.kind))?;
                }
            }
        }
        Err("it is cut off".to_owned())
    }

    /// Adds the cells of a record; `None` when it is too short.
    fn cells(
        &self,
        record: &Record<'_>,
        grid: &mut Grid<'_>,
        formula: &mut Option<(u32, u32)>,
    ) -> Result<Option<()>, String> {
        use kind::{BOOL_ERR, FORMULA, LABEL, LABEL_SST, MUL_RK, NUMBER, RICH_STRING, RK};
        let text = match record.kind {
            NUMBER => record.u16(4).zip(record.f64(6)).map(|(xf, v)| self.number(xf, v)),
            RK => record.u16(4).zip(record.u32(6)).map(|(xf, v)| self.number(xf, rk(v))),
            LABEL_SST => record.u32(6).map(|i| self.shared(i)),
            LABEL | RICH_STRING => record.data.get(6..).and_then(string),
            BOOL_ERR => record.u16(6).map(|value| bool_or_error(value.to_le_bytes())),
            FORMULA => {
                *formula = record.u16(0).zip(record.u16(2)).map(|(r, c)| (r.into(), c.into()));
                self.formula(record)
            }
            MUL_RK => return self.many(record, grid),
            _ => return Ok(Some(())),
        };
        let place = record.u16(0).zip(record.u16(2));
        let Some(((row, column), text)) = place.zip(text) else { return Ok(None) };
        grid.push(row.into(), column.into(), &text).map(Some)
    }

    /// Adds the cells of a record with several numbers.
    fn many(&self, record: &Record<'_>, grid: &mut Grid<'_>) -> Result<Option<()>, String> {
        let Some((row, first)) = record.u16(0).zip(record.u16(2)) else { return Ok(None) };
        let cells = record.data.get(4..record.data.len().saturating_sub(2)).unwrap_or_default();
        for (column, cell) in (u32::from(first)..).zip(cells.chunks_exact(6)) {
            let cell = Record { kind: record.kind, data: cell };
            let Some((xf, value)) = cell.u16(0).zip(cell.u32(2)) else { return Ok(None) };
            grid.push(row.into(), column, &self.number(xf, rk(value)))?;
        }
        Ok(Some(()))
    }

    /// The cached value of a formula; that of a string stands in the next record.
    fn formula(&self, record: &Record<'_>) -> Option<String> {
        if record.u16(12) != Some(0xffff) {
            return record.u16(4).zip(record.f64(6)).map(|(xf, v)| self.number(xf, v));
        }
        let value = *record.data.get(8)?;
        Some(match record.data.get(6)? {
            1 => bool_or_error([value, 0]),
            2 => bool_or_error([value, 1]),
            _ => String::new(),
        })
    }

    /// A number under a style.
    fn number(&self, style: u16, value: f64) -> String {
        if self.dates.get(usize::from(style)) == Some(&true) {
            serial::date(value, self.from_1904)
        } else {
            serial::number(value)
        }
    }

    /// A shared string.
    fn shared(&self, index: u32) -> String {
        let string = usize::try_from(index).ok().and_then(|i| self.strings.get(i));
        string.cloned().unwrap_or_default()
    }
}

/// Name and place of a worksheet; charts and macros are none.
fn bound_sheet(record: &Record<'_>) -> Option<(String, usize)> {
    let start = usize::try_from(record.u32(0)?).ok()?;
    let name = record.data.get(6..).and_then(short_string)?;
    (*record.data.get(5)? == 0).then_some((name, start))
}

/// A number in four bytes: a whole one or the upper half of a float, perhaps in hundredths.
fn rk(value: u32) -> f64 {
    let number = if value & 2 != 0 {
        f64::from(value.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(value & !3) << 32)
    };
    if value & 1 != 0 { number / 100.0 } else { number }
}

/// A truth value or an error.
fn bool_or_error([value, is_error]: [u8; 2]) -> String {
    let text = match (is_error, value) {
        (0, 0) => "FALSE",
        (0, _) => "TRUE",
        (_, 0x00) => "#NULL!",
        (_, 0x07) => "#DIV/0!",
        (_, 0x0f) => "#VALUE!",
        (_, 0x17) => "#REF!",
        (_, 0x1d) => "#NAME?",
        (_, 0x24) => "#NUM!",
        (_, 0x2a) => "#N/A",
        _ => "#ERROR",
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        assert_eq!(rk(0x0000_04b6), 301.0 - 0.0 * 4.0 + if 0x4b6 & 2 != 0 { 0.0 } else { 1.0 });
        assert_eq!(rk((1234 << 2) | 2), 1234.0);
        assert_eq!(rk((1234 << 2) | 3), 12.34);
        assert_eq!(rk((-5_i32 << 2).cast_unsigned() | 2), -5.0);
        assert_eq!(rk(0x3ff0_0000), 1.0);
    }
}
