//! Which protocol line a column's name stands for.

use glassurn_model::Field;

use super::profile::Profile;
use super::synonyms::NameMatch;
use super::view::RECOGNISED;

/// How much less a name counts that is used for other things as well (`spoilt`).
const WEAK: f64 = 0.85;

/// A column whose name stands for a protocol line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// The column.
    pub(super) column: usize,
    /// The line.
    pub(super) field: Field,
    /// Which part of the line (`early`, `portable` …); empty for the whole.
    pub(super) part: &'static str,
    /// How well the name fits.
    pub(super) score: f64,
    /// The phrase and its language.
    pub(super) why: String,
}

/// One word like `percent` is enough, however long the rest of the name.
const PERCENT: f64 = 0.6;

/// What the name of a column of counts says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A protocol line.
    Line(Named),
    /// Something else that is known, and no choice.
    Other(String),
    /// Nothing known: perhaps a choice.
    Unknown,
}

/// Reads a name's matches.
pub(super) fn meaning(column: usize, matches: &[NameMatch]) -> Meaning {
    // What names cells or columns of text is no meaning of a column of counts.
    const CELLS: [&str; 8] =
        ["choice", "votes", "contest", "postal", "special", "abroad", "ignored", "row"];
    let best = matches.iter().find(|m| !CELLS.contains(&m.role));
    let Some(best) = best.filter(|m| m.score >= RECOGNISED) else { return Meaning::Unknown };
    let (key, part) = best.role.split_once('.').unwrap_or((best.role, ""));
    let Some(field) = Field::from_key(key) else { return Meaning::Other(words(best)) };
    let weak = part == "weak";
    Meaning::Line(Named {
        column,
        field,
        part: if weak { "" } else { part },
        score: if weak { WEAK * best.score } else { best.score },
        why: words(best),
    })
}

/// A match in words.
pub(super) fn words(found: &NameMatch) -> String {
    let how = if found.score >= 0.999 { "named" } else { "named much like" };
    format!("{how} “{}” ({})", found.phrase, found.language)
}

/// Whether a profile's name marks its cells as shares of something.
pub(super) fn is_percent(profile: &Profile) -> bool {
    profile.name.contains('%')
        || profile.matches.iter().any(|m| m.role == "percent" && m.score >= PERCENT)
}
