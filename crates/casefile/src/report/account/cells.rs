//! A cell of an answer's table as text.

use glassurn_model::{Cell, Unit};

use super::super::figures;

/// What a reader sees; a cell of which nothing is known says so.
pub(in super::super) fn shown(cell: &Cell, unit: Unit) -> String {
    match cell {
        Cell::Missing => figures::MISSING.to_owned(),
        Cell::Count(n) => figures::count(*n),
        // Estimate and official share differ in the second decimal more often than not.
        Cell::Number(v) if unit == Unit::Share => figures::percent_in_column(Some(*v)),
        Cell::Number(v) => figures::bare(*v, unit),
        Cell::Text(text) => text.clone(),
    }
}
