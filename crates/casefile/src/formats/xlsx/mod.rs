//! Office Open XML workbooks (`.xlsx`, `.xlsm`): shared strings, dates by style, cached formula values.
//!
//! Sheets are read cell by cell and nothing is reserved on the word of a header, so that a file cannot
//! ask for more memory than its own bytes justify.

mod relations;
mod sheet;
mod strings;
mod styles;
mod workbook;

use super::grid::Grid;
use super::package::{Package, SHEETS, holds};
use super::{Format, Item, ReadError, Session};
use relations::relations;
use sheet::Book;
use strings::Strings;
use styles::dates;
use workbook::workbook;

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
    let path = format!("{folder}/_rels/{file}.rels");
    let relations = relations(&package.needed(&path, session)?, folder);
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
