//! One command, one file.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod bench_methods;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod correct;
pub(crate) mod design;
pub(crate) mod dossier;
pub(crate) mod examine;
pub(crate) mod explain;
pub(crate) mod get;
pub(crate) mod map;
pub(crate) mod observers;
pub(crate) mod published;
pub(crate) mod quickcount;
pub(crate) mod reconcile;
pub(crate) mod register;
pub(crate) mod screens;
pub(crate) mod simulate;
