//! The contract of an integrity check: arithmetic that a return must satisfy.

use serde::Serialize;

use crate::{Count, Form, Reason, Returns};

/// How serious a check's flags are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// `F…`: the figures cannot all be right.
    Impossible,
    /// `W…`: possible, and worth a look.
    Look,
}

/// What is fixed about a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckMeta {
    /// Stable code, never reused (`F101`).
    pub code: &'static str,
    /// Stable name that says what is measured (`registered-below-cast`).
    pub name: &'static str,
    /// Documentation form; its first line is the question.
    pub doc: &'static str,
}

impl CheckMeta {
    /// The documentation as a form.
    pub fn form(&self) -> Form {
        Form::new(self.doc)
    }

    /// Impossible for `F…`, to look at for `W…`.
    pub fn severity(&self) -> Severity {
        if self.code.starts_with('F') { Severity::Impossible } else { Severity::Look }
    }
}

/// One thing a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// The station it concerns; `None` when it concerns a column or the whole file.
    pub station: Option<u32>,
    /// The figures that do not fit, each with its column's name.
    pub values: Vec<(String, Count)>,
    /// What does not fit, in words and figures, without naming a cause.
    pub message: String,
}

/// What a check says of one contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum CheckOutcome {
    /// It ran.
    Ran {
        /// How many stations (or columns, or units) it could test.
        tested: usize,
        /// What it found, in station order.
        flags: Vec<Flag>,
    },
    /// It could not run.
    NotApplicable {
        /// Why.
        reason: Reason,
    },
}

/// An integrity check. Implementations are unit structs, one file each, listed in [`crate::checks`].
pub trait Check: Sync {
    /// Code, name and documentation.
    fn meta(&self) -> CheckMeta;

    /// Tests contest number `contest` of the returns.
    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome;
}
