//! Cells of one column as numbers.

pub(super) use crate::number::Cell;
use crate::number::{Convention, parse};

/// Reads the cells of a column under the convention that they show.
pub(super) fn read(texts: &[&str]) -> Vec<Cell> {
    let convention = Convention::of(texts.iter().copied());
    texts.iter().map(|t| parse(t, convention, &[])).collect()
}

/// The number, where a cell is one.
pub(super) fn number(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Count(n) => i32::try_from(n).ok().map(f64::from),
        Cell::Decimal(n) | Cell::Percent(n) => Some(n),
        _ => None,
    }
}
