//! Everything that the setter may see: one template, one page as data, the fonts that are built in. It
//! finds no other file, no package and no clock.

use typst::{
    Feature, Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration, IntoValue as _},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::fonts;

/// How a page is set; the page itself comes as data and is never read as markup.
const TEMPLATE: &str = include_str!("page.typ");

/// The one place where setting happens.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    template: Source,
}

impl Desk {
    /// A desk with this page on it.
    pub(crate) fn new(page: &str) -> Desk {
        let inputs = Dict::from_iter([("page".into(), page.into_value())]);
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_inputs(inputs).with_features(features).build();
        Desk { library: LazyHash::new(library), template: Source::detached(TEMPLATE) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts::shelf().book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::shelf().fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// There is no other file.
fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
