//! What a fact rests on.

use serde::Serialize;

use super::Id;

/// What a fact rests on, and how sure its compiler is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Grounds {
    /// The sources, in the order in which they were given.
    pub sources: Vec<Id>,
    /// How the compiler knows, in words (`source excerpt`, `general knowledge`).
    pub how_known: String,
    /// How sure the compiler is; `None` when not said.
    pub confidence: Option<Confidence>,
    /// What a reader must know beside it.
    pub note: String,
}

/// How sure the compiler of a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Check before use.
    Low,
    /// Probably as stated.
    Medium,
    /// As stated.
    High,
}

impl Confidence {
    /// Every degree.
    pub const ALL: [Confidence; 3] = [Confidence::Low, Confidence::Medium, Confidence::High];

    /// The word as it is written in tables.
    pub fn key(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }

    /// The degree with this word.
    pub fn from_key(key: &str) -> Option<Confidence> {
        Confidence::ALL.into_iter().find(|c| c.key() == key)
    }
}

impl Grounds {
    /// Whether the compiler says that it, or a part of it, is from memory: to be checked before use.
    pub fn from_memory(&self) -> bool {
        self.how_known.contains("general knowledge")
    }
}
