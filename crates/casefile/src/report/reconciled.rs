//! The consensus of several entries, and what is left for a person to decide, as tables.

use std::io;

use glassurn_methods::parallel::transcriptions::{How, Value, WHOLE_ROW, key_text};

use super::tables::{Cell, Table};
use crate::reconcile::Reconciliation;

/// A value; missing is an empty cell.
fn cell(value: &Value) -> Cell<'_> {
    match value.as_deref() {
        None => Cell::Text(""),
        Some(text) => match text.parse() {
            Ok(count) => Cell::Count(Some(count)),
            Err(_) => Cell::Text(text),
        },
    }
}

fn row_number(row: Option<u32>) -> Cell<'static> {
    Cell::Count(row.map(i64::from))
}

/// The consensus: key, values, how each row was settled, and its row in each file.
pub fn consensus_table(reconciliation: &Reconciliation) -> io::Result<Vec<u8>> {
    let rows = reconciliation.entries.iter().map(|e| format!("row in {e}"));
    let names = reconciliation.key.iter().chain(&reconciliation.columns).cloned();
    let names: Vec<_> = names.chain(["settled".to_owned()]).chain(rows).collect();
    let mut table = Table::new(&names)?;
    for row in reconciliation.found.iter().flat_map(|f| &f.rows) {
        let how = match row.how {
            How::Agreed => "agreed",
            How::Decided => "decided",
            How::Open => "open",
        };
        let mut cells: Vec<_> = row.key.iter().map(|k| Cell::Text(k)).collect();
        cells.extend(row.values.iter().map(cell));
        cells.push(Cell::Text(how));
        cells.extend(row.rows.iter().map(|r| row_number(*r)));
        table.row(&cells)?;
    }
    table.bytes()
}

/// What is open, one row a cell or sheet, with an empty column `decided` to fill in.
pub fn undecided_table(reconciliation: &Reconciliation) -> io::Result<Vec<u8>> {
    let each = |e: &String| [format!("row in {e}"), format!("value in {e}")];
    let names = ["sheet", "column", "decided"].map(str::to_owned).into_iter();
    let names: Vec<_> = names.chain(reconciliation.entries.iter().flat_map(each)).collect();
    let mut table = Table::new(&names)?;
    let Some(found) = &reconciliation.found else { return table.bytes() };
    for conflict in &found.open {
        let column = reconciliation.columns.get(conflict.column).map_or("", String::as_str);
        let mut cells =
            [conflict.key.as_str(), column, ""].map(Cell::Text).into_iter().collect::<Vec<_>>();
        for place in &conflict.cells {
            cells.push(row_number(place.as_ref().map(|p| p.0)));
            cells.push(place.as_ref().map_or(Cell::Text(""), |p| cell(&p.1)));
        }
        table.row(&cells)?;
    }
    for alone in found.alone.iter().filter(|a| !a.repeated) {
        let entry = reconciliation.entries.get(alone.entry).map_or("", String::as_str);
        let place = format!("{entry}:{}", alone.line.row);
        let key = key_text(&alone.line.key);
        let values: Vec<_> =
            alone.line.values.iter().map(|v| v.as_deref().unwrap_or("—")).collect();
        let values = values.join(" · ");
        let sheet = if alone.line.key.is_empty() { &place } else { &key };
        let mut cells =
            [sheet.as_str(), WHOLE_ROW, ""].map(Cell::Text).into_iter().collect::<Vec<_>>();
        for number in 0..reconciliation.entries.len() {
            let here = number == alone.entry;
            cells.push(row_number(here.then_some(alone.line.row)));
            cells.push(Cell::Text(if here { &values } else { "" }));
        }
        table.row(&cells)?;
    }
    table.bytes()
}
