//! Documentation as a form: one text read by rustdoc, the terminal, the report and the web page.

use std::ops::Range;

/// A document whose first line is a question and whose sections have fixed headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    text: &'static str,
}

/// What is wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// The first line is not a question.
    NoQuestion,
    /// The headings are not the expected ones in the expected order.
    Headings(Vec<String>),
}

impl Form {
    /// Headings every screen's documentation has, in this order.
    pub const SCREEN: &'static [&'static str] = &[
        "What it does",
        "Why look",
        "Innocent causes",
        "What it cannot show",
        "Null hypothesis",
        "Statistic",
        "Assumptions",
        "Settings",
        "Missing and odd data",
        "Known problems",
        "Example",
        "Not applicable",
        "Checked against",
        "References",
        "Since",
    ];

    /// Headings every check's documentation has, in this order.
    pub const CHECK: &'static [&'static str] = &[
        "What it finds",
        "Innocent causes",
        "What it cannot show",
        "What to do",
        "Example",
        "Since",
    ];

    /// Reads a document as a form.
    pub const fn new(text: &'static str) -> Self {
        Form { text }
    }

    /// The whole text, as Markdown.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The question it answers: its first line.
    pub fn question(&self) -> &'static str {
        self.text.lines().next().unwrap_or("").trim()
    }

    /// The headings in order.
    pub fn headings(&self) -> impl Iterator<Item = &'static str> {
        self.sections().map(|(heading, _)| heading)
    }

    /// The text under a heading, trimmed; empty when there is none.
    pub fn section(&self, heading: &str) -> &'static str {
        self.sections().find(|(h, _)| *h == heading).map_or("", |(_, body)| body)
    }

    /// Headings with the text under them, in order; a line inside a code fence is no heading.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let starts = self.heading_lines();
        let ends = starts.iter().skip(1).map(|h| h.start).chain([self.text.len()]);
        let bodies: Vec<_> = starts.iter().zip(ends).map(|(h, end)| h.end..end).collect();
        let text = self.text;
        starts.into_iter().zip(bodies).map(move |(line, body)| {
            (text[line].trim_start_matches("# ").trim(), text[body].trim())
        })
    }

    /// Where the lines that are headings stand.
    fn heading_lines(&self) -> Vec<Range<usize>> {
        let mut fence = None;
        let mut at = 0;
        let mut found = Vec::new();
        for line in self.text.split_inclusive('\n') {
            let mark = ["```", "~~~"].into_iter().find(|m| line.trim_start().starts_with(m));
            match (fence, mark) {
                (None, None) if line.starts_with("# ") => found.push(at..at + line.len()),
                (None, Some(_)) => fence = mark,
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            at += line.len();
        }
        found
    }

    /// Whether the form has a question and exactly these headings in this order.
    pub fn check(&self, headings: &[&str]) -> Result<(), FormError> {
        if !self.question().ends_with('?') {
            return Err(FormError::NoQuestion);
        }
        if !self.headings().eq(headings.iter().copied()) {
            return Err(FormError::Headings(self.headings().map(str::to_owned).collect()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOC: Form = Form::new("Is it so?\n\n# One\n\nfirst\n\n# Two\n\n```\n# no heading\n```\n");

    #[test]
    fn sections_are_found_and_code_is_no_heading() {
        assert_eq!(DOC.question(), "Is it so?");
        assert_eq!(DOC.section("One"), "first");
        assert_eq!(DOC.headings().collect::<Vec<_>>(), ["One", "Two"]);
        assert_eq!(DOC.check(&["One", "Two"]), Ok(()));
        assert!(DOC.check(&["Two", "One"]).is_err());
    }

    #[test]
    fn a_heading_inside_a_fence_does_not_end_a_section() {
        assert_eq!(DOC.section("Two"), "```\n# no heading\n```");
        let nested = Form::new("Q?\n\n# A\n~~~\n```\n# x\n~~~\ny\n# B\nz");
        assert_eq!(
            nested.sections().collect::<Vec<_>>(),
            [("A", "~~~\n```\n# x\n~~~\ny"), ("B", "z")]
        );
        assert_eq!(nested.section("x"), "");
    }
}
