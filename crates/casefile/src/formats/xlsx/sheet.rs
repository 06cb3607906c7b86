//! Reads a sheet cell by cell into a grid: what a cell holds follows from its kind, the shared strings and
//! the style; a cell without a reference stands after the one before it.

use quick_xml::events::{BytesStart, Event};

use super::strings::{Strings, unescaped};
use crate::formats::grid::Grid;
use crate::formats::{serial, xml};

/// What all sheets share.
pub(super) struct Book {
    pub(super) strings: Strings,
    pub(super) dates: Vec<bool>,
    pub(super) from_1904: bool,
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
    pub(super) fn sheet(&self, text: &str, grid: &mut Grid<'_>) -> Result<(), String> {
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

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references() {
        assert_eq!(reference("A1"), Some((0, 0)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "1", "A", "A0", "Ä1", "A1048577", "AAAAAAAAAA1", "A-1"] {
            assert_eq!(reference(wrong), None, "{wrong}");
        }
    }
}
