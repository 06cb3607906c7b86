//! OpenDocument spreadsheets. A row or cell may say that it is repeated; only those that hold something
//! are, and within the limits of a sheet.

use quick_xml::events::{BytesStart, Event};

use super::grid::Grid;
use super::package::{Package, SHEETS, first_bytes};
use super::{Format, Item, ReadError, Session, xml};

pub(super) const FORMAT: Format = Format { name: "ods", marked, read };

/// What to do about a file that other programs may still open.
const SAVE: &str = "open it in a spreadsheet and save it anew as ODS or CSV";

fn marked(data: &[u8]) -> bool {
    first_bytes(data, "mimetype", KIND.len()).is_some_and(|kind| kind == KIND)
}

/// What the part `mimetype` says.
const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let mut package = Package::open(&item, session)?;
    let text = package.needed("content.xml", session)?;
    let mut reader = xml::reader(&text);
    let fault = |what: String| item.error(what, SAVE);
    let mut sheets = 0;
    loop {
        match reader.read_event().map_err(|e| fault(format!("the XML is broken: {e}")))? {
            Event::Start(e) if e.local_name().as_ref() == "table" => {
                sheets += 1;
                if sheets > SHEETS {
                    return Err(fault(format!("more than {SHEETS} sheets")));
                }
                let name = xml::attribute(&e, "name").unwrap_or_default().into_owned();
                let fault = |what: String| fault(format!("sheet `{name}`: {what}"));
                let mut sheet = Sheet::new(Grid::new(session.limits()));
                while !sheet.event(&reader.read_event().map_err(|e| fault(e.to_string()))?).map_err(fault)? {}
                let table = sheet.grid.table().map_err(fault)?;
                session.push_sheet(table, &item, FORMAT.name, name);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A sheet being read.
struct Sheet<'l> {
    grid: Grid<'l>,
    row: u32,
    row_repeat: u32,
    /// The cells of the row that hold something: column, repetition, text.
    cells: Vec<(u32, u32, String)>,
    column: u32,
    column_repeat: u32,
    /// The value of the cell, where its kind has one beside its text.
    value: Option<String>,
    text: String,
    in_cell: bool,
    /// Elements inside a comment or drawing, which are no part of the cell.
    aside: usize,
    paragraphs: usize,
}

impl<'l> Sheet<'l> {
    fn new(grid: Grid<'l>) -> Self {
        Sheet {
            grid,
            row: 0,
            row_repeat: 1,
            cells: Vec::new(),
            column: 0,
            column_repeat: 1,
            value: None,
            text: String::new(),
            in_cell: false,
            aside: 0,
            paragraphs: 0,
        }
    }

    /// Takes an event; true at the end of the sheet.
    fn event(&mut self, event: &Event<'_>) -> Result<bool, String> {
        match event {
            Event::Start(_) if self.aside > 0 => self.aside += 1,
            Event::End(_) if self.aside > 0 => self.aside -= 1,
            Event::Start(e) => self.start(e),
            Event::End(e) => match e.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => self.end_cell(),
                "table-row" => self.end_row()?,
                "table" => return Ok(true),
                _ => {}
            },
            Event::Eof => return Err("it is cut off".to_owned()),
            event if self.in_cell && self.paragraphs > 0 && self.aside == 0 => {
                xml::characters(event, &mut self.text);
            }
            _ => {}
        }
        Ok(false)
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let repeat = |name: &str| {
            let told = xml::attribute(element, name).and_then(|n| n.parse().ok());
            told.unwrap_or(1_u32).max(1)
        };
        match element.local_name().as_ref() {
            "table-row" => self.row_repeat = repeat("number-rows-repeated"),
            "table-cell" | "covered-table-cell" => {
                self.column_repeat = repeat("number-columns-repeated");
                self.value = value(element);
                self.text.clear();
                (self.in_cell, self.paragraphs) = (true, 0);
            }
            "annotation" | "frame" | "custom-shape" | "shapes" | "tracked-changes" => self.aside = 1,
            "p" if self.in_cell => {
                self.text.push_str(if self.paragraphs > 0 { "\n" } else { "" });
                self.paragraphs += 1;
            }
            "s" if self.in_cell => {
                (0..repeat("c").min(1_000)).for_each(|_| self.text.push(' '));
            }
            "tab" if self.in_cell => self.text.push('\t'),
            "line-break" if self.in_cell => self.text.push('\n'),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let text = self.value.take().unwrap_or_else(|| std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.cells.push((self.column, self.column_repeat, text));
        }
        self.column = self.column.saturating_add(self.column_repeat);
        self.in_cell = false;
    }

    fn end_row(&mut self) -> Result<(), String> {
        let cells = std::mem::take(&mut self.cells);
        let repeat = if cells.is_empty() { 0 } else { self.row_repeat };
        for row in self.row..self.row.saturating_add(repeat) {
            for (column, repeat, text) in &cells {
                for column in *column..column.saturating_add(*repeat) {
                    self.grid.push(row, column, text)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeat);
        self.column = 0;
        Ok(())
    }
}

/// The value of a cell that is not text.
fn value(element: &BytesStart<'_>) -> Option<String> {
    let get = |name: &str| xml::attribute(element, name).map(|v| v.into_owned());
    match get("value-type")?.as_str() {
        "float" | "percentage" | "currency" => get("value"),
        "date" => get("date-value").map(|d| d.trim_end_matches("T00:00:00").replace('T', " ")),
        "boolean" => get("boolean-value").map(|b| b.to_uppercase()),
        "string" => get("string-value"),
        _ => None,
    }
}
