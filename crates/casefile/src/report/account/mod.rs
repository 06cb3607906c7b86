//! An account as a page, as one JSON envelope, as tables and as text. As with an examination, nothing
//! here computes: what is shown was put into the answers by their methods.

mod cells;
mod html;
mod json;
mod tables;
#[cfg(test)]
mod tests;
mod text;

pub(super) use cells::shown as cell_text;
pub use html::account_html;
pub(super) use html::{methods as documentation, summary as short};
pub use json::account_json;
pub use tables::{account_tables, published_table};
pub use text::account_text;

/// The text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// The method's title, or its code.
fn title(code: &'static str) -> &'static str {
    glassurn_methods::find(code).map_or(code, |m| m.title)
}
