//! The report: an examination as a page, as one JSON envelope, as tables and as text for a terminal.
//!
//! Nothing here computes a statistic: a section chooses what to show and formats it. One section of the
//! page is one file in `sections/` and one name in the list below.

mod account;
mod answer_table;
mod card;
mod chapters;
mod correction;
mod dossier;
mod figures;
mod json;
mod lines;
mod markdown;
mod notable;
mod page;
mod parts;
mod pictures;
mod reconciled;
mod returns_table;
mod sections;
mod svg;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod trust;
mod write;

pub use account::{account_html, account_json, account_tables, account_text, published_table};
pub use card::account_card;
pub use correction::{correction_html, correction_json, correction_tables, correction_text};
pub use dossier::{dossier_html, dossier_text, press_html, source_table};
pub use figures::tame;
pub use json::json;
pub use page::html;
pub use reconciled::{consensus_table, undecided_table};
pub use returns_table::returns_table;
pub use tables::tables;
pub(crate) use tables::unguarded;
pub use text::text;
pub use write::write_atomically;

/// What no examination can show; stands on the page, in the envelope and in the terminal.
pub const CANNOT_SHOW: &str = "Figures like these show what is unusual in published counts; they cannot \
    show why it is so, who caused it, or how many votes it concerns, and counts that look ordinary are no \
    evidence that they are right.";

/// How many flags, rows or cells of one kind are listed before only their number is given.
const LISTED: usize = 100;
