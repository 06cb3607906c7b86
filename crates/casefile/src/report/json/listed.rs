//! A list that grows with the file: its first entries beside the number of all.

use serde::Serialize;

use crate::report::LISTED;

/// The first of many, with their number.
#[derive(Serialize)]
pub(super) struct Listed<T> {
    total: usize,
    listed: Vec<T>,
}

impl<T> Listed<T> {
    pub(super) fn of(all: impl ExactSizeIterator<Item = T>) -> Self {
        Listed { total: all.len(), listed: all.take(LISTED).collect() }
    }
}
