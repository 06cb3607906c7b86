//! Something that somebody said.

use serde::Serialize;

use super::{Grounds, Id, PartialDate};

/// What a statement or an assessment is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An election.
    Election(Id),
    /// A mission.
    Mission(Id),
    /// An organisation.
    Organisation(Id),
    /// Any other record.
    Record(Id),
}

/// Something that somebody said, or is said to have said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its name.
    pub id: Id,
    /// Who speaks: the one whose words these are.
    pub speaker: String,
    /// To whom the speaker ascribes it, where that is somebody else: it is not this one's own word.
    pub attributed_to: Option<String>,
    /// What it is about.
    pub about: Option<Subject>,
    /// When.
    pub date: Option<PartialDate>,
    /// Where (own site, press conference, host's ceremony, state media).
    pub venue: String,
    /// The words, in their own language.
    pub text: String,
    /// Their language.
    pub lang: String,
    /// The words in the register's language, where they are translated.
    pub translation: Option<String>,
    /// Whether it was said before the polls closed; `None` when not known.
    pub before_polls_close: Option<bool>,
    /// What this rests on.
    pub grounds: Grounds,
}
