//! `exclusions.csv`: everything that was read and not used, with its reason: rows set aside, cells read as
//! missing, stations left out of a screen.

use std::io;

use super::cells::{Cell, Table, at};
use crate::Examination;
use crate::report::chapters;

/// Everything that was read and not used, with its reason.
pub(super) fn exclusions(examination: &Examination) -> io::Result<Vec<u8>> {
    let returns = &examination.returns;
    let mut table = Table::new(&["what", "source", "row", "name", "reason", "stations"])?;
    for row in &returns.set_aside {
        let [source, number] = at(returns, Some(&row.place));
        let name = Cell::Text(&row.label);
        table.row(&[
            Cell::Text("row set aside"),
            source,
            number,
            name,
            Cell::Text(&row.reason),
            Cell::Count(None),
        ])?;
    }
    for cell in &returns.oddities {
        let [source, number] = at(returns, Some(&cell.place));
        let reason = format!("{:?}: {}", cell.kind, cell.text);
        let name = Cell::Text(&cell.column);
        table.row(&[
            Cell::Text("cell read as missing"),
            source,
            number,
            name,
            Cell::Text(&reason),
            Cell::Count(None),
        ])?;
    }
    for (_, finding) in chapters::findings(examination) {
        for left in &finding.left_out {
            let subject = &finding.subject;
            let unit = chapters::unit(subject).map_or("all stations", |u| u.1);
            let choice = subject.choice.as_deref().unwrap_or("");
            let name = [finding.screen, &subject.contest, choice, unit].join(" / ");
            let why = left.why.to_string();
            let [source, number] = at(returns, None);
            table.row(&[
                Cell::Text("left out of a screen"),
                source,
                number,
                Cell::Text(&name),
                Cell::Text(&why),
                Cell::size(left.stations),
            ])?;
        }
    }
    table.bytes()
}
