//! The report on paper, in builds that can set it.

use crate::failure::Failure;

/// Day of publication: year, month, day.
pub(crate) type Day = (i32, u8, u8);

/// Whether this build writes PDF; asked before the work begins, so that nobody waits for a refusal.
#[cfg(feature = "pdf")]
#[allow(clippy::unnecessary_wraps, reason = "a build without the feature refuses")]
pub(crate) fn ready() -> Result<(), Failure> {
    Ok(())
}

/// This build does not write PDF.
#[cfg(not(feature = "pdf"))]
pub(crate) fn ready() -> Result<(), Failure> {
    let hint = "build Glassurn with `--features pdf`, or print the page from a browser";
    Err(Failure::new(crate::exit_code::Exit::Output, "this build does not write PDF", hint))
}

/// The page as a PDF; `running` stands on top of every sheet.
#[cfg(feature = "pdf")]
pub(crate) fn set(page: &str, running: &str, date: Option<Day>) -> Result<Vec<u8>, Failure> {
    let options = glassurn_paper::Options { running, date };
    glassurn_paper::pdf(page, options).map_err(|e| {
        let hint = "print the page from a browser, and tell the authors what stands above";
        Failure::new(crate::exit_code::Exit::Bug, e.to_string(), hint)
    })
}

/// This build does not write PDF.
#[cfg(not(feature = "pdf"))]
pub(crate) fn set(_: &str, _: &str, _: Option<Day>) -> Result<Vec<u8>, Failure> {
    ready().map(|()| Vec::new())
}
