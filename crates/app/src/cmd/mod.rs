//! One command, one file.

#[allow(dead_code, reason = "the commands that make accounts follow")]
pub(crate) mod account;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod examine;
pub(crate) mod explain;
pub(crate) mod get;
pub(crate) mod map;
pub(crate) mod screens;
pub(crate) mod simulate;
