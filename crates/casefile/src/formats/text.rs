//! Text: JSON or a delimited table.

use super::encoding::{self, Decoded};
use super::{Item, ReadError, Session, delimited, json};

/// Reads an item that bears no mark of a binary type.
pub(super) fn read(mut item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    let Decoded { text, encoding, reservation } =
        encoding::decode(&mut item, session.options.encoding.as_deref())?;
    refuse_markup(&item, &text)?;
    if text.trim_start().is_empty() {
        return Err(item.error("there is no text in it", "download or export it again"));
    }
    if let Some(reservation) = reservation {
        session.note(item.place(), reservation);
    }
    if session.options.delimiter.is_none() && json::looks_like(&text) {
        json::read(item, text, encoding, session)
    } else {
        delimited::read(&item, text, encoding, session)
    }
}

/// Refuses pages and documents, which the wrong file often turns out to be.
fn refuse_markup(item: &Item, text: &str) -> Result<(), ReadError> {
    let head = text.trim_start().chars().take(14).collect::<String>().to_lowercase();
    let what = match head.as_str() {
        h if h.starts_with("<!doctype html") || h.starts_with("<html") => "an HTML page",
        h if h.starts_with("<?xml") => "an XML document",
        h if h.starts_with("%pdf") => "a PDF document",
        _ => return Ok(()),
    };
    let hint = "open it in a browser or spreadsheet and save the table as CSV or XLSX";
    Err(item.error(format!("it is {what}, not a table"), hint))
}
