//! What cells hold, how a cell is cleaned, and why one is refused.

use glassurn_model::register::{Answer, Confidence, Decimal, Letter, Matter, PartialDate, Scale};
use unicode_normalization::UnicodeNormalization;

use super::Kind;

/// What the cells of a column hold. A blank cell is unknown, whatever the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text,
    /// Several, with semicolons between them.
    List,
    /// A date, whole or partial.
    Date,
    /// A date, or two years with a hyphen between them.
    Span,
    /// A decimal number.
    Figure,
    /// A step of the scale from −2 to 2.
    Step,
    /// `high`, `medium`, `low`.
    Degree,
    /// `A` to `F`.
    Letter,
    /// Letters by matter: `own_words:A;conduct:F`.
    Matters,
    /// `yes` or `no`.
    YesNo,
    /// `yes`, `partly`, `no`, `unknown`.
    Answer,
    /// A country by its three letters.
    Country,
    /// A SHA-256.
    Hash,
    /// The name of a record of a kind.
    Record(Kind),
    /// Names of records of a kind.
    Records(Kind),
    /// The name of a record of any kind.
    AnyRecord,
}

/// Why a cell is refused, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub problem: String,
    /// What to write.
    pub hint: String,
}

fn refuse(problem: &str, hint: &str) -> Refusal {
    Refusal { problem: problem.to_owned(), hint: hint.to_owned() }
}

/// The parts of a list.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|p| !p.is_empty())
}

/// The two ends of a date, or of a span of years.
pub(crate) fn span(text: &str) -> Option<(PartialDate, Option<PartialDate>)> {
    let read = |t: &str| PartialDate::parse(t).ok().flatten();
    read(text).map(|date| (date, None)).or_else(|| {
        let (from, to) = text.trim().split_once(['-', '–'])?;
        let (from, to) = (read(from)?, read(to)?);
        (from <= to).then_some((from, Some(to)))
    })
}

/// The letters by matter.
pub(crate) fn matters(text: &str) -> Option<Vec<(Matter, Letter)>> {
    let one = |part: &str| {
        let (matter, letter) = part.split_once(':')?;
        Some((Matter::of(matter), Letter::from_key(letter.trim())?))
    };
    parts(text).map(one).collect()
}

impl Content {
    /// The cleaned value of a cell, or why it is refused. References are looked up elsewhere.
    pub fn clean(self, text: &str) -> Result<String, Refusal> {
        let text: String = text.trim().nfc().collect();
        match self {
            _ if text.is_empty() => Ok(text),
            Content::Date => date(&text),
            Content::Step => step(&text),
            Content::Span if span(&text).is_some_and(|(_, to)| to.is_none()) => date(&text),
            _ if self.fits(&text) => Ok(text),
            _ => {
                let (problem, hint) = self.refusal();
                Err(refuse(problem, hint))
            }
        }
    }

    /// Whether a text that is not blank can be read.
    fn fits(self, text: &str) -> bool {
        match self {
            Content::Span => span(text).is_some(),
            Content::Figure => text.parse::<Decimal>().is_ok(),
            Content::Degree => Confidence::from_key(text).is_some(),
            Content::Letter => Letter::from_key(text).is_some(),
            Content::Matters => matters(text).is_some(),
            Content::YesNo => ["yes", "no"].contains(&text),
            Content::Answer => Answer::from_key(text).is_some(),
            Content::Country => is_country(text),
            Content::Hash => is_hash(text),
            _ => true,
        }
    }

    /// What is wrong with a text that cannot be read, and what to write.
    fn refusal(self) -> (&'static str, &'static str) {
        match self {
            Content::Span => {
                ("it is no date or span of years", "write 2025-01-26, 2025-01, 2025 or 2006-2026")
            }
            Content::Figure => (
                "it is no plain number",
                "write digits with a point before the decimals, without a per cent sign",
            ),
            Content::Degree => {
                ("it is no degree of confidence", "write high, medium or low, or leave it blank")
            }
            Content::Letter => (
                "it is no letter of reliability",
                "write A (completely reliable) to E (unreliable), or F (cannot be judged)",
            ),
            Content::Matters => {
                ("it is no list of letters by matter", "write it as own_words:A;conduct:F")
            }
            Content::YesNo => (
                "it is neither yes nor no",
                "write yes or no, or leave it blank where it is not known",
            ),
            Content::Answer => ("it is no answer", "write yes, partly, no or unknown"),
            Content::Country => (
                "it is no country code",
                "write the three capital letters of ISO 3166-1, as in BLR",
            ),
            Content::Hash => ("it is no SHA-256", "write 64 hexadecimal digits in lower case"),
            _ => ("it cannot be read", "look at it again"),
        }
    }
}

fn date(text: &str) -> Result<String, Refusal> {
    match PartialDate::parse(text) {
        Ok(date) => Ok(date.map(|d| d.to_string()).unwrap_or_default()),
        Err(error) => {
            let words = error.to_string();
            let (problem, hint) = words.split_once("; ").unwrap_or((&words, ""));
            Err(refuse(problem, hint))
        }
    }
}

/// A step, also with the minus sign of typographers.
fn step(text: &str) -> Result<String, Refusal> {
    let plain = text.replace('\u{2212}', "-");
    let step = plain.strip_prefix('+').unwrap_or(&plain).parse().ok().and_then(Scale::new);
    let hint = "write -2 (rejects), -1, 0 (mixed), 1 or 2 (endorses), or leave it blank where no conclusion is known";
    step.map(|s| s.step().to_string()).ok_or_else(|| refuse("it is no step of the scale", hint))
}

fn is_country(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cleaned_and_blanks_stay_unknown() {
        let clean = |content: Content, text: &str| content.clean(text).unwrap();
        assert_eq!(clean(Content::Date, " 27.3.2025 "), "2025-03-27");
        assert_eq!(clean(Content::Step, "\u{2212}2"), "-2");
        assert_eq!(clean(Content::Step, "+1"), "1");
        assert_eq!(clean(Content::Span, "2006-2026"), "2006-2026");
        assert_eq!(clean(Content::Text, "e\u{301}"), "\u{e9}");
        for content in [Content::Date, Content::Step, Content::Letter, Content::Hash] {
            assert_eq!(clean(content, "  "), "");
        }
    }

    #[test]
    fn refusals_say_what_to_write() {
        for (content, text) in [
            (Content::Date, "soon"),
            (Content::Date, "3/4/2025"),
            (Content::Span, "2026-2006"),
            (Content::Figure, "about 55"),
            (Content::Step, "3"),
            (Content::Degree, "sure"),
            (Content::Letter, "G"),
            (Content::Matters, "own_words"),
            (Content::YesNo, "maybe"),
            (Content::Answer, "nope"),
            (Content::Country, "Belarus"),
            (Content::Hash, "abc"),
        ] {
            let refusal = content.clean(text).unwrap_err();
            assert!(!refusal.problem.is_empty() && refusal.hint.len() > 10, "{content:?} {text}");
        }
    }
}
