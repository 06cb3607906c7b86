//! Documentation as a form: one text read by rustdoc, the terminal, the report and the web page.

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
        let mut fenced = false;
        self.text.lines().filter_map(move |line| {
            fenced ^= line.starts_with("```");
            if fenced { None } else { line.strip_prefix("# ").map(str::trim) }
        })
    }

    /// The text under a heading, trimmed; empty when there is none.
    pub fn section(&self, heading: &str) -> &'static str {
        let start = format!("\n# {heading}\n");
        let Some(at) = self.text.find(&start) else { return "" };
        let body = &self.text[at + start.len()..];
        body[..body.find("\n# ").unwrap_or(body.len())].trim()
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
}
