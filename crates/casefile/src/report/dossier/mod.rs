//! A dossier as a page, as one page for the press, and its sources as a table. What was computed stands in
//! the answers; here it is only chosen and formatted.

mod html;
mod press;
mod records;
mod sources;
mod text;

pub use html::dossier_html;
pub use press::press_html;
pub use sources::source_table;
pub use text::dossier_text;

/// What no dossier can show; stands on each of its pages.
const CANNOT_SHOW: &str = "A record says that somebody did or said something, and where that stands. It does not \
    say that the one who spoke was right, and what is not on record may have happened all the same.";
