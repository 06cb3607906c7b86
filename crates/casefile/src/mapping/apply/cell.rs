//! The text of one cell as a count.

use glassurn_model::{Count, OddityKind};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A count, or nothing.
    Count(Count),
    /// Something that is no count.
    Odd(OddityKind),
}

/// Reads a cell; `codes` are the texts that mean "missing".
pub(super) fn read(text: &str, codes: &[String]) -> Cell {
    if !codes.is_empty() && codes.iter().any(|c| c == text.trim()) {
        return Cell::Count(None);
    }
    plain(text).map_or_else(|| written(text), |n| Cell::Count(Some(n)))
}

/// Plain ASCII digits, by far the most common case.
fn plain(text: &str) -> Count {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    bytes.iter().try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

/// Numbers as people write them.
fn written(text: &str) -> Cell {
    let text = text.trim();
    if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '–' | '—')) {
        return Cell::Count(None);
    }
    if let Ok(n) = text.parse::<i64>() {
        return Cell::Count(Some(n));
    }
    Cell::Odd(OddityKind::NotANumber)
}
