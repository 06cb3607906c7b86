//! An assessment by a list of questions, item by item, with the answer of who was assessed.

use serde::Serialize;

use super::{Id, PartialDate, Subject};

/// The answer to one question. What is unknown is shown, and never counted as no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// In part.
    Partly,
    /// No.
    No,
    /// Not known.
    Unknown,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Answer; 4] = [Answer::Yes, Answer::Partly, Answer::No, Answer::Unknown];

    /// The word as it is written in tables.
    pub fn key(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::Partly => "partly",
            Answer::No => "no",
            Answer::Unknown => "unknown",
        }
    }

    /// The answer with this word.
    pub fn from_key(key: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|a| a.key() == key)
    }
}

/// One question of a scheme, answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssessmentItem {
    /// The question: `P2`.
    pub item: String,
    /// The answer.
    pub answer: Answer,
    /// What the answer rests on: citations or sources.
    pub evidence: Vec<Id>,
    /// Words beside it.
    pub note: String,
}

/// An assessment of a mission, an organisation or a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Its name.
    pub id: Id,
    /// What is assessed.
    pub subject: Subject,
    /// By which list of questions (`mission_scorecard`, `evidence_grade`).
    pub scheme: String,
    /// The answers.
    pub items: Vec<AssessmentItem>,
    /// Who assessed.
    pub assessor: String,
    /// When.
    pub date: Option<PartialDate>,
    /// What the assessed answered, and when; `None` when nothing is on record.
    pub reply: Option<String>,
}
