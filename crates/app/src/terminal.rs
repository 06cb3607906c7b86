//! The only module that prints. Results go to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};

use glassurn_casefile::report::tame;

/// Prints a result.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Tells the user something that is no result. A closed standard error is nobody's problem.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether results may be coloured: a terminal, and `NO_COLOR` unset or empty.
pub(crate) fn colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// Width to lay results out for: the terminal's as the shell exports it, else 100.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100_usize).clamp(60, 160)
}

/// Text of others on one line, with nothing in it that could steer the terminal.
pub(crate) fn plain(text: &str) -> String {
    tame(text).replace('\n', " ")
}

/// At most this many characters, the last of which says that something was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
