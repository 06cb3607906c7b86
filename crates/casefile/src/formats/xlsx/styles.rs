//! The styles of cells, read for one thing: which of them show a number as a date.

use std::collections::HashMap;

use crate::formats::{serial, xml};

/// For each style, whether it shows dates.
pub(super) fn dates(text: &str) -> Vec<bool> {
    let mut codes: HashMap<u32, bool> = HashMap::new();
    let (mut dates, mut in_cells) = (Vec::new(), false);
    xml::for_starts(text, |element| {
        let get = |name: &str| xml::attribute(element, name).unwrap_or_default();
        let format = get("numFmtId").parse().unwrap_or(0);
        match element.local_name().as_ref() {
            "numFmt" => drop(codes.insert(format, serial::is_date_format(&get("formatCode")))),
            "cellXfs" => in_cells = true,
            "cellStyles" | "dxfs" => in_cells = false,
            "xf" if in_cells => {
                let own = codes.get(&format).copied();
                dates.push(own.unwrap_or_else(|| serial::is_date_number(format)));
            }
            _ => {}
        }
    });
    dates
}
