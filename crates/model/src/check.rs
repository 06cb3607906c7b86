//! The contract of an integrity check: arithmetic that a return must satisfy.

use std::{borrow::Cow, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeStruct};

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

/// One thing a check found: figures, and the words that say what about them does not fit.
///
/// The words are shared by the flags of a check and put together on request, so that a hundred thousand
/// flags stay small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The station it concerns; `None` when it concerns a column or the whole file.
    pub station: Option<u32>,
    figures: Box<[Count]>,
    words: Arc<Words>,
}

impl Flag {
    /// Figures with the words they share with other flags.
    pub fn new(
        station: Option<u32>,
        words: &Arc<Words>,
        figures: impl IntoIterator<Item = Count>,
    ) -> Self {
        Flag { station, figures: figures.into_iter().collect(), words: Arc::clone(words) }
    }

    /// A flag with words of its own.
    pub fn told(station: Option<u32>, values: Vec<(String, Count)>, message: String) -> Self {
        let (names, figures): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        Flag { station, figures: figures.into(), words: Words::said(names, message) }
    }

    /// The figures that do not fit, each with its column's name.
    pub fn values(&self) -> impl Iterator<Item = (&str, Count)> {
        let names = self.words.names.iter().map(String::as_str);
        names.zip(self.figures.iter().copied())
    }

    /// What does not fit, in words and figures, without naming a cause.
    pub fn message(&self) -> String {
        match &self.words.text {
            Text::Plain(message) => message.clone(),
            Text::Template(template) => self.fill(template),
        }
    }

    /// The template with `{0}` replaced by the first figure, `{n0}` by its name, and so on.
    fn fill(&self, template: &str) -> String {
        let mut message = String::new();
        let mut parts = template.split(['{', '}']);
        while let Some(text) = parts.next() {
            message.push_str(text);
            let Some(slot) = parts.next() else { break };
            let (number, named) =
                slot.strip_prefix('n').map_or((slot, false), |number| (number, true));
            let index = number.parse().unwrap_or(usize::MAX);
            match self.values().nth(index) {
                Some((name, _)) if named => message.push_str(name),
                Some((_, Some(value))) => message.push_str(&value.to_string()),
                _ => message.push('?'),
            }
        }
        message
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut flag = serializer.serialize_struct("Flag", 3)?;
        flag.serialize_field("station", &self.station)?;
        flag.serialize_field("values", &self.values().collect::<Vec<_>>())?;
        flag.serialize_field("message", &self.message())?;
        flag.end()
    }
}

/// What the flags of a check share: the figures' names and the sentence around them.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    names: Vec<String>,
    text: Text,
}

/// A sentence, with or without gaps for figures.
#[derive(Debug, PartialEq, Eq)]
enum Text {
    Plain(String),
    Template(Cow<'static, str>),
}

impl Words {
    /// Names of the figures, and a sentence in which `{0}` stands for the first figure and `{n0}` for its
    /// name.
    pub fn new<S: Into<String>>(
        names: impl IntoIterator<Item = S>,
        template: impl Into<Cow<'static, str>>,
    ) -> Arc<Self> {
        let names = names.into_iter().map(Into::into).collect();
        Arc::new(Words { names, text: Text::Template(template.into()) })
    }

    /// Names of the figures, and a sentence that is finished.
    pub fn said<S: Into<String>>(
        names: impl IntoIterator<Item = S>,
        message: impl Into<String>,
    ) -> Arc<Self> {
        let names = names.into_iter().map(Into::into).collect();
        Arc::new(Words { names, text: Text::Plain(message.into()) })
    }
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

/// What a check that could run tested and found: how many, and the flags in station order.
pub type Tested = (usize, Vec<Flag>);

impl From<Result<Tested, Reason>> for CheckOutcome {
    fn from(result: Result<Tested, Reason>) -> Self {
        match result {
            Ok((tested, flags)) => CheckOutcome::Ran { tested, flags },
            Err(reason) => CheckOutcome::NotApplicable { reason },
        }
    }
}

/// An integrity check. Implementations are unit structs, one file each, listed in [`crate::checks`].
pub trait Check: Sync {
    /// Code, name and documentation.
    fn meta(&self) -> CheckMeta;

    /// Tests contest number `contest` of the returns.
    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_with_names_and_figures() {
        let words = Words::new(["cast {1}", "registered"], "{0} of {n0}, {1} of {n1}; {2}");
        let flag = Flag::new(Some(3), &words, [Some(12), Some(-5)]);
        assert_eq!(flag.message(), "12 of cast {1}, -5 of registered; ?");
        assert_eq!(flag.values().last(), Some(("registered", Some(-5))));
    }

    #[test]
    fn a_flag_is_written_with_its_message() {
        let flag = Flag::told(None, vec![("a".to_owned(), None)], "{0} as it is".to_owned());
        let json = serde_json::to_value(&flag).unwrap();
        let expected = serde_json::json!({
            "station": null, "values": [["a", null]], "message": "{0} as it is",
        });
        assert_eq!(json, expected);
    }
}
