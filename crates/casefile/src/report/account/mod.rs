//! An account as a page, as one JSON envelope, as tables and as text. As with an examination, nothing
//! here computes: what is shown was put into the answers by their methods.

mod cells;
mod html;
mod json;
mod tables;
#[cfg(test)]
mod tests;
mod text;

pub use html::account_html;
pub use json::account_json;
pub use tables::{account_tables, published_table};
pub use text::account_text;

use glassurn_methods::parallel;

/// What no account can show; stands on the page, in the envelope and in the terminal.
pub(super) const CANNOT_SHOW: &str = "Counts set side by side show whether figures can all be right; they cannot \
    show why they differ, who caused it, or what happened before the count, and counts that agree are no \
    evidence that voting was free.";

/// The text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// The method's title, or its code.
fn title(code: &'static str) -> &'static str {
    parallel::find(code).map_or(code, |m| m.title)
}
