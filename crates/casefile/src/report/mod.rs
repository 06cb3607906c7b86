//! The report: one list of sections, rendered as a page, as JSON and as tables.
