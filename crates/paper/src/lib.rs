//! Paper: sets a page of the report as a PDF. The page's own text, order and drawings are taken over as
//! they stand, so that page and paper cannot say different things. Pure: a page in, bytes out; no file, no
//! clock, no font of the machine.

mod fonts;
mod svg;
#[cfg(test)]
mod tests;
mod tree;
mod world;

use serde_json::json;
use thiserror::Error;
use typst::{
    diag::SourceDiagnostic,
    ecow::EcoVec,
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::Desk;

/// Why a page could not be set.
#[derive(Debug, Error)]
pub enum PaperError {
    /// The page is not one that the report writes.
    #[error("the page cannot be read: {0}")]
    Page(String),
    /// The setter refused.
    #[error("the page cannot be set on paper: {0}")]
    Setting(String),
}

/// What the page does not say itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What runs along the top of every sheet beside the title.
    pub running: &'a str,
    /// Day of publication: year, month, day.
    pub date: Option<(i32, u8, u8)>,
}

/// The page as a PDF: tagged, with bookmarks and links, for readers who do not see it (PDF/UA-1) and, with
/// a date, for archives (PDF/A-3a). The same page and options give the same bytes on every machine.
pub fn pdf(page: &str, options: Options<'_>) -> Result<Vec<u8>, PaperError> {
    let (document, title) = set(page, options)?;
    let date = day(options);
    // An archive wants to know the day; where none is given it is not invented.
    let archive = date.map(|_| PdfStandard::A_3a);
    let wanted: Vec<PdfStandard> = archive.into_iter().chain([PdfStandard::Ua_1]).collect();
    let standards =
        PdfStandards::new(&wanted).map_err(|e| PaperError::Setting(e.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("glassurn {title}")),
        creator: Smart::Custom(Some("Glassurn".to_owned())),
        timestamp: date.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(refused)
}

/// The page on sheets, and its title.
fn set(page: &str, options: Options<'_>) -> Result<(PagedDocument, String), PaperError> {
    let mut page = tree::Page::read(page).map_err(PaperError::Page)?;
    svg::stand_alone(&mut page);
    let unset = fonts::legible(&mut page);
    let inputs = json!({
        "title": page.title,
        "language": page.language,
        "running": fonts::legible_text(options.running),
        "date": options.date.filter(|_| day(options).is_some()),
        "unset": unset,
        "body": page.body,
    });
    let document = typst::compile(&Desk::new(&inputs.to_string())).output.map_err(refused)?;
    Ok((document, page.title))
}

/// The day of publication, where it is one of the calendar.
fn day(options: Options<'_>) -> Option<Datetime> {
    options.date.and_then(|(y, m, d)| Datetime::from_ymd(y, m, d))
}

/// What the setter says, in one line.
fn refused(errors: EcoVec<SourceDiagnostic>) -> PaperError {
    let said: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
    PaperError::Setting(said.join("; "))
}
