//! Findings as a stranger reads them in a terminal.
