//! Office Open XML workbooks (`.xlsx`, `.xlsm`): shared strings, dates by style, cached formula values.
//!
//! Sheets are read cell by cell and nothing is reserved on the word of a header, so that a file cannot
//! ask for more memory than its own bytes justify.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::grid::Grid;
use super::package::{Package, SHEETS, holds};
use super::{Format, Item, ReadError, Session, serial, xml};

pub(super) const FORMAT: Format = Format { name: "xlsx", marked, read };

/// What to do about a file that other programs may still open.
const SAVE: &str = "open it in a spreadsheet and save it anew as XLSX or CSV";

fn marked(data: &[u8]) -> bool {
    holds(data, |name| name.ends_with("workbook.xml") || name.ends_with("workbook.bin"))
        && holds(data, |name| name == "[Content_Types].xml")
}

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut package = Package::open(&item, session)?;
    let root = relations(&package.part("_rels/.rels", session)?.unwrap_or_default(), "");
    let book = root.iter().find(|r| r.kind == "officeDocument");
    let path = book.map_or("xl/workbook.xml", |r| r.target.as_str());
    if path.ends_with(".bin") {
        return Err(item.error("it is a binary workbook (XLSB)", SAVE));
    }
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let book = package.needed(path, session)?;
    let relations = format!("{folder}/_rels/{file}.rels");
    let relations = self::relations(&package.needed(&relations, session)?, folder);
    let mut part = |kind: &str, session: &mut Session<'_>| match relations.iter().find(|r| r.kind == kind) {
        Some(relation) => package.part(&relation.target, session),
        None => Ok(None),
    };
    let strings = part("sharedStrings", session)?.unwrap_or_default();
    let styles = part("styles", session)?.unwrap_or_default();
    let (sheets, from_1904) = workbook(&book);
    if sheets.len() > SHEETS {
        return Err(item.error(format!("more than {SHEETS} sheets"), SAVE));
    }
    let book = Book { strings: Strings::read(&strings), dates: dates(&styles), from_1904 };
    for (name, id) in sheets {
        let Some(relation) = relations.iter().find(|r| r.id == id && r.kind == "worksheet") else {
            continue;
        };
        let text = package.needed(&relation.target, session)?;
        let mut grid = Grid::new(session.limits());
        let fault = |what: String| item.error(format!("sheet `{name}`: {what}"), SAVE);
        book.sheet(&text, &mut grid).map_err(fault)?;
        session.push_sheet(grid.table().map_err(fault)?, &item, FORMAT.name, name.clone());
    }
    Ok(())
}

/// A part that another refers to.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// The relations of a part in a folder.
fn relations(text: &str, folder: &str) -> Vec<Relation> {
    let mut relations = Vec::new();
    for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default().into_owned();
        if element.local_name().as_ref() == "Relationship" {
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            let target = resolve(folder, &get("Target"));
            relations.push(Relation { id: get("Id"), kind, target });
        }
    });
    relations
}

/// A target relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let from_root = target.starts_with('/');
    let mut parts: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts.join("/")
}

/// Calls `with` for each element; stops at the first fault, which the sheets themselves will show.
fn for_starts(text: &str, mut with: impl FnMut(&BytesStart<'_>)) {
    let mut reader = xml::reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => with(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Names and relation ids of the sheets, and whether days count from 1904.
fn workbook(text: &str) -> (Vec<(String, String)>, bool) {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default().into_owned();
        match element.local_name().as_ref() {
            "sheet" => sheets.push((get("name"), get("id"))),
            "workbookPr" => from_1904 = matches!(get("date1904").as_str(), "1" | "true"),
            _ => {}
        }
    });
    (sheets, from_1904)
}

/// For each style, whether it shows dates.
fn dates(text: &str) -> Vec<bool> {
    let mut codes: HashMap<u32, bool> = HashMap::new();
    let (mut dates, mut in_cells) = (Vec::new(), false);
    for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default();
        let format = get("numFmtId").parse().unwrap_or(0);
        match element.local_name().as_ref() {
            "numFmt" => drop(codes.insert(format, serial::is_date_format(&get("formatCode")))),
            "cellXfs" => in_cells = true,
            "cellStyles" | "dxfs" => in_cells = false,
            "xf" if in_cells => {
                let own = codes.get(&format).copied();
                dates.push(own.unwrap_or_else(|| serial::is_date_number(format)));
            }
            _ => {}
        }
    });
    dates
}

/// The shared strings, end to end.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn read(text: &str) -> Self {
        let mut strings = Strings::default();
        let mut reader = xml::reader(text);
        let (mut in_text, mut phonetic) = (false, false);
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => match e.local_name().as_ref() {
                    "t" => in_text = !phonetic,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Ok(Event::End(e)) => match e.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    "si" => strings.ends.push(strings.text.len()),
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return strings,
                Ok(event) if in_text => xml::characters(&event, &mut strings.text),
                Ok(_) => {}
            }
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// What all sheets share.
struct Book {
    strings: Strings,
    dates: Vec<bool>,
    from_1904: bool,
}

/// A cell being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    text: String,
}

impl Book {
    /// Reads the cells of a sheet.
    fn sheet(&self, text: &str, grid: &mut Grid<'_>) -> Result<(), String> {
        let mut reader = xml::reader(text);
        let mut cell = Cell::default();
        let (mut open, mut in_text) = (false, false);
        loop {
            let event = reader.read_event().map_err(|e| format!("the XML is broken: {e}"))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "row" => cell.start_row(e)?,
                    "c" => {
                        cell.start(e)?;
                        open = true;
                    }
                    "v" | "t" => in_text = open,
                    "rPh" => open = false,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "row" => cell.end_row(),
                    "c" => {
                        self.finish(&cell, grid)?;
                        cell.column += 1;
                        open = false;
                    }
                    "v" | "t" => in_text = false,
                    "rPh" => open = true,
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err("it is cut off".to_owned()),
                event if in_text => xml::characters(event, &mut cell.text),
                _ => {}
            }
        }
    }

    /// Adds a finished cell to the grid.
    fn finish(&self, cell: &Cell, grid: &mut Grid<'_>) -> Result<(), String> {
        let Cell { row, column, text, .. } = cell;
        let mut push = |text: &str| grid.push(*row, *column, text);
        match cell.kind.as_str() {
            "s" => {
                let string = text.trim().parse().ok().and_then(|index| self.strings.get(index));
                let string = string.ok_or_else(|| format!("there is no shared string {text}"))?;
                push(&unescaped(string))
            }
            "b" => push(if text.trim() == "1" { "TRUE" } else { "FALSE" }),
            "d" => push(text.strip_suffix("T00:00:00").unwrap_or(text)),
            "str" | "inlineStr" => push(&unescaped(text)),
            "e" => push(text),
            _ => match text.trim().parse::<f64>() {
                Ok(value) if self.dates.get(cell.style) == Some(&true) => {
                    push(&serial::date(value, self.from_1904))
                }
                Ok(value) => push(&serial::number(value)),
                Err(_) => push(text),
            },
        }
    }
}

impl Cell {
    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        if let Some(row) = xml::attribute(element, "r") {
            let number: u32 = row.parse().map_err(|_| format!("`{row}` is no row"))?;
            self.row = number.checked_sub(1).ok_or("row 0")?;
        }
        self.column = 0;
        Ok(())
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        self.text.clear();
        self.kind = xml::attribute(element, "t").unwrap_or_default().into_owned();
        self.style = xml::attribute(element, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
        if let Some(place) = xml::attribute(element, "r") {
            let found = reference(&place).ok_or_else(|| format!("`{place}` is no cell"))?;
            (self.row, self.column) = found;
        }
        Ok(())
    }
}

/// Row and column of a cell named as `AB12`, from 0.
fn reference(place: &str) -> Option<(u32, u32)> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = place.split_at(digits);
    let letter = |column: u32, c: char| {
        let value = u32::from(c.to_ascii_uppercase()).checked_sub(u32::from('A'))?;
        column.checked_mul(26)?.checked_add(value + 1).filter(|_| value < 26)
    };
    let column = letters.chars().try_fold(0_u32, letter)?.checked_sub(1)?;
    let row = number.parse::<u32>().ok().filter(|r| *r <= 1_048_576)?.checked_sub(1)?;
    Some((row, column))
}

/// Text with `_x000D_` and its like put back into characters.
fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        assert_eq!(reference("A1"), Some((0, 0)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "1", "A", "A0", "Ä1", "A1048577", "AAAAAAAAAA1", "A-1"] {
            assert_eq!(reference(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn targets() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl", "../b.xml"), "b.xml");
    }

    #[test]
    fn escaped_characters() {
        assert_eq!(unescaped("a_x000D_b_x"), "a\rb_x");
        assert_eq!(unescaped("_x005F_x0041_"), "_x0041_");
    }
}
