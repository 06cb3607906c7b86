//! Where exactly a fact stands in a source.

use serde::Serialize;

use super::{Id, words::words};

words! {
    /// How a passage bears on a fact.
    Stance {
        /// It says so.
        Supports = "supports",
        /// It says otherwise.
        Contradicts = "contradicts",
        /// It speaks of it.
        Mentions = "mentions",
    }
}

/// A copy of a source as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capture {
    /// The source.
    pub source: Id,
    /// SHA-256 of the copy, lower-case hexadecimal.
    pub sha256: String,
    /// What it is (`WACZ`, `PDF`, `HTML`, `PNG`).
    pub format: String,
    /// When it was made, as it was recorded.
    pub captured_at: String,
    /// Who made it.
    pub by: String,
    /// With which tool.
    pub tool: String,
    /// A token of a time-stamping service, where there is one.
    pub timestamp_token: Option<String>,
}

/// Words with what stands before and after them, so that they are found again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Quote {
    /// What stands before.
    pub prefix: String,
    /// The words themselves.
    pub exact: String,
    /// What stands after.
    pub suffix: String,
}

/// A passage that bears on a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Its name.
    pub id: Id,
    /// The record that it bears on.
    pub fact: Id,
    /// The field of the record; `None` for the whole of it.
    pub field: Option<String>,
    /// The source.
    pub source: Id,
    /// SHA-256 of the capture, where there is one.
    pub capture: Option<String>,
    /// The passage.
    pub quote: Quote,
    /// Its page.
    pub page: Option<String>,
    /// How it bears on the fact.
    pub stance: Stance,
}
