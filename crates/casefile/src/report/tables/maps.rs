//! `maps.csv`: every area of every map that a screen draws, with its class and value.

use std::io;

use glassurn_model::Picture;

use super::cells::{Cell, Table};
use crate::Examination;

/// Every area of every map.
pub(super) fn maps(examination: &Examination) -> io::Result<Vec<u8>> {
    let mut table =
        Table::new(&["screen", "contest", "choice", "map", "area", "class", "what", "value"])?;
    for finding in examination.screens.iter().filter_map(|t| t.outcome.finding()) {
        let subject = &finding.subject;
        let choice = subject.choice.as_deref().unwrap_or("");
        for picture in &finding.pictures {
            let Picture::Map { title, value, classes, areas } = picture else { continue };
            for area in areas {
                let class = classes.get(area.class).map_or("", String::as_str);
                let about =
                    [finding.screen, &subject.contest, choice, title, &area.label, class, value];
                table.cells(&about.map(Cell::Text))?;
                table.row(&[Cell::Number(Some(area.value))])?;
            }
        }
    }
    table.bytes()
}
