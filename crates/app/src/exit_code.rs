//! Every exit code, in one place.

use std::process::ExitCode;

/// How the program ends. An anomaly in the returns is a result, not a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// The work is done.
    Done = 0,
    /// `--exit-code` was asked for, and a check or a screen found something.
    Found = 1,
    /// The command line is wrong.
    Usage = 2,
    /// An input cannot be read, or its columns cannot be recognised.
    Input = 3,
    /// A file is not the one whose SHA-256 is on record.
    Hash = 4,
    /// The network cannot be reached (`get` only).
    Network = 5,
    /// An output cannot be written.
    Output = 6,
    /// Glassurn itself is at fault.
    Bug = 70,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

impl Exit {
    /// Every code with its meaning, for the manual.
    pub(crate) const ALL: [(Exit, &'static str); 9] = [
        (Exit::Done, "done; what the returns show is in the output"),
        (Exit::Found, "only with --exit-code: a check or a screen found something"),
        (Exit::Usage, "the command line is wrong"),
        (Exit::Input, "an input cannot be read, or its columns cannot be recognised"),
        (Exit::Hash, "a file is not the one whose SHA-256 is on record"),
        (Exit::Network, "the network cannot be reached (get only)"),
        (Exit::Output, "an output cannot be written"),
        (Exit::Bug, "Glassurn itself is at fault"),
        (Exit::Interrupted, "interrupted; nothing is left half-written"),
    ];

    /// The code as the shell sees it.
    pub(crate) fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}
