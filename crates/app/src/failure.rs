//! What is told when the work cannot be done: the problem, where, and what to do next.

use std::io;

use glassurn_casefile::{formats::ReadError, mapping::MappingError, register::RegisterError};

use crate::{exit_code::Exit, terminal};

/// Why a command could not finish.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the program ends.
    exit: Exit,
    /// What is wrong and where, without a full stop.
    problem: String,
    /// What could have been meant, best first.
    candidates: Vec<String>,
    /// What to do next; empty when there is nothing to add.
    hint: String,
    /// Kind of the I/O error behind it, if there is one.
    io: Option<io::ErrorKind>,
}

/// What commands return.
pub(crate) type Done = Result<Exit, Failure>;

impl Failure {
    /// A failure with a hint.
    pub(crate) fn new(exit: Exit, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        let (problem, hint) = (problem.into(), hint.into());
        Failure { exit, problem, candidates: Vec::new(), hint, io: None }
    }

    /// An output that could not be written.
    pub(crate) fn output(what: &str, error: &io::Error) -> Self {
        let hint = "choose another place for it, or another name";
        let problem = format!("{what} cannot be written: {error}");
        Failure { io: Some(error.kind()), ..Failure::new(Exit::Output, problem, hint) }
    }

    /// Adds what could have been meant.
    pub(crate) fn with_candidates(self, candidates: Vec<String>) -> Self {
        Failure { candidates, ..self }
    }

    /// Whether standard output was closed by its reader.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.io == Some(io::ErrorKind::BrokenPipe)
    }

    /// Tells the user, on standard error, and says how to end.
    pub(crate) fn report(&self) -> Exit {
        terminal::tell(&format!("glassurn: {}", self.problem));
        for candidate in &self.candidates {
            terminal::tell(&format!("  - {candidate}"));
        }
        if !self.hint.is_empty() {
            terminal::tell(&format!("hint: {}", self.hint));
        }
        self.exit
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Failure::new(Exit::Input, error.to_string(), error.hint)
    }
}

impl From<MappingError> for Failure {
    fn from(error: MappingError) -> Self {
        Failure::new(Exit::Input, error.problem, error.hint).with_candidates(error.candidates)
    }
}

/// Faults that are told at once.
const FAULTS: usize = 12;

impl From<RegisterError> for Failure {
    fn from(error: RegisterError) -> Self {
        let mut more: Vec<String> =
            error.more.iter().take(FAULTS).map(|m| terminal::plain(m)).collect();
        if error.more.len() > FAULTS {
            more.push(format!("and {} more", error.more.len() - FAULTS));
        }
        let problem = terminal::plain(&error.to_string());
        Failure::new(Exit::Input, problem, terminal::plain(&error.hint)).with_candidates(more)
    }
}

/// Standard output failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::output("standard output", &error)
    }
}
