//! Why the register could not do what was asked.

use crate::formats::ReadError;

/// What is wrong, where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}{}{problem}", if place.is_empty() { "" } else { ": " })]
pub struct RegisterError {
    /// File, row, column and value, or the register's file; empty when it is nowhere.
    pub place: String,
    /// What is wrong, without a full stop.
    pub problem: String,
    /// What to do next.
    pub hint: String,
    /// Further faults of the same kind, each with its place.
    pub more: Vec<String>,
}

impl RegisterError {
    /// An error at a place.
    pub(crate) fn at(
        place: impl Into<String>,
        problem: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (place, problem, hint) = (place.into(), problem.into(), hint.into());
        RegisterError { place, problem, hint, more: Vec::new() }
    }

    /// An error that is nowhere in particular.
    pub(crate) fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        RegisterError::at("", problem, hint)
    }

    /// One error out of several: the first, with the others beneath it.
    pub(crate) fn of(mut faults: Vec<RegisterError>) -> Result<(), RegisterError> {
        if faults.is_empty() {
            return Ok(());
        }
        let more = faults.split_off(1).iter().map(ToString::to_string).collect();
        faults.pop().map_or(Ok(()), |first| Err(RegisterError { more, ..first }))
    }
}

impl From<ReadError> for RegisterError {
    fn from(error: ReadError) -> Self {
        let hint = error.hint.clone();
        RegisterError::new(error.to_string(), hint)
    }
}
