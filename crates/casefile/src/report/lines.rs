//! Lines for a terminal: wrapped to its width, and unable to steer it.

use unicode_normalization::char::is_combining_mark;

use super::figures;

/// Lines under construction.
pub(super) struct Out {
    pub(super) lines: Vec<String>,
    pub(super) width: usize,
    colour: bool,
}

impl Out {
    /// No line yet, for a terminal of this many columns.
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Out { lines: Vec::new(), width: width.clamp(40, 120), colour }
    }

    /// The lines as one text that ends in a line end.
    pub(super) fn finish(self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// A heading after an empty line, with a remark.
    pub(super) fn heading(&mut self, heading: &str, remark: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        let (heading, remark) = (one_line(heading), one_line(remark));
        let remark = if remark.is_empty() { remark } else { format!("  {remark}") };
        self.lines.push(match self.colour {
            true => format!("\u{1b}[1m{heading}\u{1b}[0m{remark}"),
            false => heading + &remark,
        });
    }

    /// One line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.lines.push(one_line(line).trim_end().to_owned());
    }

    /// A sentence over as many lines as it needs.
    pub(super) fn wrapped(&mut self, text: &str, indent: &str) {
        let room = self.width - indent.len();
        let mut line = String::new();
        for word in figures::bound(&one_line(text)).split(' ') {
            if !line.is_empty() && columns(&line) + 1 + columns(word) > room {
                self.lines.push(format!("{indent}{line}"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.lines.push(format!("{indent}{line}"));
    }
}

/// A text on one line that cannot steer a terminal.
pub(super) fn one_line(text: &str) -> String {
    figures::tame(text).replace('\n', " ")
}

/// How many columns of a terminal a text takes, near enough for lining up.
pub(super) fn columns(text: &str) -> usize {
    text.chars().filter(|c| !is_combining_mark(*c)).count()
}

/// A text of at most so many columns.
pub(super) fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut kept = 0;
    let short = |c: &char| {
        kept += usize::from(!is_combining_mark(*c));
        kept < most
    };
    text.chars().take_while(short).chain(['…']).collect()
}

/// A text of exactly so many columns.
pub(super) fn fitted(text: &str, room: usize) -> String {
    let text = cut(text, room);
    let pad = room - columns(&text);
    text + &" ".repeat(pad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_counts_columns_not_bytes() {
        assert_eq!(cut("မြန်မာ", 40), "မြန်မာ");
        assert_eq!(columns("e\u{301}"), 1);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(columns(&fitted("abc", 10)), 10);
    }
}
