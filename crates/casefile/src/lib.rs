//! Glassurn's case file: reads returns as they are published and writes the report.
//!
//! The only crate that touches disk. Reading goes bytes → [`RawTable`] → [`Mapping`] → `Returns`; the
//! rest is pure until the report is written.

pub mod account;
pub mod areas;
pub mod arrival;
pub mod audit;
pub mod catalogue;
pub mod comparison;
pub mod correction;
pub mod design;
pub mod dossier;
pub mod earlier;
pub mod examination;
pub mod formats;
pub mod mapping;
pub mod number;
pub mod observers;
pub mod privacy;
mod raw;
pub mod reconcile;
pub mod register;
pub mod report;
pub mod sampled;

pub use account::Account;
pub use dossier::Dossier;
pub use examination::{Examination, examine};
pub use mapping::Mapping;
pub use raw::RawTable;
