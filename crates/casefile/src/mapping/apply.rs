//! Applies a mapping: text cells become counts, rows become stations.

use glassurn_model::Returns;

use super::{Mapping, MappingError};
use crate::RawTable;

/// Turns tables into returns.
pub fn apply(_tables: &[RawTable], mapping: &Mapping) -> Result<Returns, MappingError> {
    Err(MappingError {
        problem: format!("`{}` cannot be applied yet", mapping.title),
        candidates: Vec::new(),
        hint: String::new(),
    })
}
