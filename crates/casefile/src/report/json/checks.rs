//! What a check says of a contest: its question, how much it matters, and its flags or why it could not run.

use glassurn_model::{CheckOutcome, Flag, Severity};
use serde::Serialize;

use super::listed::Listed;
use super::place::At;
use crate::Examination;
use crate::examination::Checked;
use crate::report::chapters;

#[derive(Serialize)]
pub(super) struct Check<'a> {
    code: &'a str,
    question: Option<&'a str>,
    severity: Severity,
    contest: &'a str,
    #[serde(flatten)]
    outcome: Ran<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
enum Ran<'a> {
    Ran { tested: usize, flags: Listed<FlagView<'a>> },
    NotApplicable { why: String },
}

#[derive(Serialize)]
struct FlagView<'a> {
    #[serde(flatten)]
    at: At<'a>,
    message: String,
    values: Vec<(&'a str, Option<i64>)>,
}

impl<'a> Check<'a> {
    pub(super) fn of(examination: &'a Examination, checked: &'a Checked) -> Self {
        let view = |flag: &'a Flag| FlagView {
            at: At::flag(examination, flag.station),
            message: flag.message(),
            values: flag.values().collect(),
        };
        Check {
            code: checked.code,
            question: chapters::check(checked.code).map(|m| m.form().question()),
            severity: chapters::severity(checked.code),
            contest: &checked.contest,
            outcome: match &checked.outcome {
                CheckOutcome::Ran { tested, flags } => {
                    Ran::Ran { tested: *tested, flags: Listed::of(flags.iter().map(view)) }
                }
                CheckOutcome::NotApplicable { reason } => {
                    Ran::NotApplicable { why: reason.to_string() }
                }
            },
        }
    }
}
