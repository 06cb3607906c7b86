//! The text of one cell as a count.

use glassurn_model::{Count, OddityKind};

use super::grid::Grid;
use crate::number::{self, Convention};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A count, or nothing.
    Count(Count),
    /// Something that is no count.
    Odd(OddityKind),
}

/// Reads a cell; `codes` are the texts that mean "missing". Nothing when the column must first tell
/// whether `.` or `,` separates decimals.
pub(super) fn read(text: &str, codes: &[String]) -> Option<Cell> {
    if text.is_empty() {
        return Some(Cell::Count(None));
    }
    if let Some(count) = plain(text).filter(|_| codes.is_empty()) {
        return Some(Cell::Count(Some(count)));
    }
    let settled = !text.bytes().any(|b| b == b'.' || b == b',');
    settled.then(|| under(text, Convention::default(), codes))
}

/// Reads `True` as 1 and `False` as 0, however capitals stand; nothing when it is neither.
pub(super) fn flag(text: &str) -> Option<Cell> {
    let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
    let count = |n: i64| Cell::Count(Some(n));
    is("true").then_some(count(1)).or_else(|| is("false").then_some(count(0)))
}

/// Plain digits, nearly every cell; the rest is [`number`]'s.
fn plain(text: &str) -> Count {
    let digit = |n: i64, b: u8| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'));
    if text.len() > 18 { None } else { text.bytes().try_fold(0, digit) }
}

/// Reads a cell under its column's convention.
pub(super) fn under(text: &str, convention: Convention, codes: &[String]) -> Cell {
    match number::parse(text, convention, codes) {
        number::Cell::Missing => Cell::Count(None),
        number::Cell::Count(count) => Cell::Count(Some(count)),
        number::Cell::Decimal(_) | number::Cell::Percent(_) => Cell::Odd(OddityKind::NotWhole),
        number::Cell::TooLarge => Cell::Odd(OddityKind::TooLarge),
        number::Cell::NotANumber => Cell::Odd(OddityKind::NotANumber),
    }
}

/// The convention of one column over all tables; `at` is the column in each.
pub(super) fn convention(grids: &[Grid], at: impl Fn(usize) -> Option<usize>) -> Convention {
    let cells = grids.iter().enumerate().filter_map(|(g, grid)| Some((grid, at(g)?)));
    Convention::of(cells.flat_map(|(grid, c)| grid.rows.iter().map(move |&r| grid.cell(r, c))))
}

/// What a reader must know when a column does not settle how its numbers are written.
pub(super) fn doubt(name: &str, convention: Convention) -> Option<String> {
    let read = match convention.decimal {
        number::Separator::Point => "`,` groups digits and `.` separates decimals",
        number::Separator::Comma => "`.` groups digits and `,` separates decimals",
    };
    let note = || format!("the numbers of `{name}` may be read in two ways: {read} was taken");
    (!convention.certain).then(note)
}
