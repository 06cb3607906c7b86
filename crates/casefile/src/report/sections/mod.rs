//! The sections of the page, in order. One section is one file with `TITLE` and `body`, and one name in
//! the list; a section chooses and formats, it never computes a statistic.

pub(super) mod summary;

use maud::Markup;

use crate::Examination;

/// One section of the page.
pub(super) struct Section {
    /// Its anchor.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What it shows.
    pub(super) body: fn(&Examination) -> Markup,
}

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! sections {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// Every section, in reading order.
        pub(super) const SECTIONS: &[Section] =
            &[$(Section { id: stringify!($module), title: $module::TITLE, body: $module::body }),*];
    };
}

pub(super) use examined::origin as mapping_origin;
pub(super) use methods::form;
pub(super) use published::{met, named, of as published_by};
pub(super) use result::origin;

sections! { examined, result, checks, screens, published, stations, methods, again }
