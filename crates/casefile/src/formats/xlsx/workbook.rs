//! The workbook's own part: its sheets in order, and from which day it counts dates.

use crate::formats::xml;

/// Names and relation ids of the sheets, and whether days count from 1904.
pub(super) fn workbook(text: &str) -> (Vec<(String, String)>, bool) {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    xml::for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default().into_owned();
        match element.local_name().as_ref() {
            "sheet" => sheets.push((get("name"), get("id"))),
            "workbookPr" => from_1904 = matches!(get("date1904").as_str(), "1" | "true"),
            _ => {}
        }
    });
    (sheets, from_1904)
}
