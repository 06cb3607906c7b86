//! `checks.csv`: every flag of every check with its figures, and a row for each check that flagged nothing
//! or could not run.

use std::io;

use glassurn_model::{CheckOutcome, Count, Flag, Returns};

use super::cells::{Cell, Table, at};
use crate::Examination;

/// Every flag of every check, and the checks that could not run.
pub(super) fn checks(examination: &Examination) -> io::Result<Vec<u8>> {
    let names = ["code", "contest", "outcome", "station", "source", "row", "message", "figures"];
    let mut table = Table::new(&names)?;
    for checked in &examination.checks {
        let first = || [Cell::Text(checked.code), Cell::Text(&checked.contest)];
        match &checked.outcome {
            CheckOutcome::NotApplicable { reason } => {
                table.cells(&first())?;
                table
                    .row(&["could not run", "", "", "", &reason.to_string(), ""].map(Cell::Text))?;
            }
            CheckOutcome::Ran { tested, flags } if flags.is_empty() => {
                let tested = format!("{tested} tested, none flagged");
                table.cells(&first())?;
                table.row(&["ran", "", "", "", &tested, ""].map(Cell::Text))?;
            }
            CheckOutcome::Ran { flags, .. } => {
                for flag in flags {
                    table.cells(&first())?;
                    flag_cells(&mut table, &examination.returns, flag)?;
                }
            }
        }
    }
    table.bytes()
}

/// The rest of a flag's row.
fn flag_cells(table: &mut Table, returns: &Returns, flag: &Flag) -> io::Result<()> {
    let index = flag.station.map(|s| s as usize);
    let name = index.and_then(|i| returns.stations.ids.get(i));
    let place = index.and_then(|i| returns.stations.places.get(i));
    let figure = |(column, value): (&str, Count)| match value {
        Some(value) => format!("{column}: {value}"),
        None => format!("{column}: missing"),
    };
    let figures: Vec<_> = flag.values().map(figure).collect();
    table.cells(&["flag", name.map_or("", String::as_str)].map(Cell::Text))?;
    table.cells(&at(returns, place))?;
    table.row(&[Cell::Text(&flag.message()), Cell::Text(&figures.join("; "))])
}
