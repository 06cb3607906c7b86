//! From a table to the lines of an entry, and from a table of decisions to decisions.

use glassurn_methods::parallel::transcriptions::{Decision, Line, Value, WHOLE_ROW, normalise};

use super::columns::Names;
use crate::RawTable;
use crate::mapping::MappingError;
use crate::number::{self, Cell, Convention};
use crate::report::unguarded;

/// The lines of a table, and what was decided in reading.
pub(super) fn lines(
    table: &RawTable,
    key: &[Names],
    compare: &[Names],
) -> Result<(Vec<Line>, Vec<String>), MappingError> {
    let places =
        |names: &[Names]| names.iter().map(|n| n.find(table)).collect::<Result<Vec<_>, _>>();
    let (keys, columns) = (places(key)?, places(compare)?);
    let convention = |&c: &usize| Convention::of((1..table.len()).map(|r| table.cell(r, c)));
    let conventions: Vec<_> = columns.iter().map(convention).collect();
    let (mut lines, mut blank, mut unnamed) = (Vec::new(), 0_usize, 0_usize);
    for row in 1..table.len() {
        let line = Line {
            row: table.number(row),
            key: keys.iter().map(|&c| normalise(table.cell(row, c))).collect(),
            values: columns
                .iter()
                .zip(&conventions)
                .map(|(&c, convention)| value(table.cell(row, c), *convention))
                .collect(),
        };
        if line.values.iter().all(Option::is_none) && line.key.iter().all(String::is_empty) {
            blank += 1;
        } else if !keys.is_empty() && line.key.iter().all(String::is_empty) {
            unnamed += 1;
        } else {
            lines.push(line);
        }
    }
    let note = |n: usize, what: &str| (n > 0).then(|| format!("{n} rows {what} were set aside"));
    let notes = [note(blank, "without any value"), note(unnamed, "without a key")];
    Ok((lines, notes.into_iter().flatten().collect()))
}

/// A cell as it is compared: a count in plain digits, a name in capitals, `None` where nothing stands.
fn value(cell: &str, convention: Convention) -> Value {
    match number::parse(cell, convention, &[]) {
        Cell::Missing => None,
        Cell::Count(count) => Some(count.to_string()),
        _ => Some(normalise(cell)).filter(|text| !text.is_empty()),
    }
}

/// Reads the rows of a table of decisions in which something was decided. A dash decides that nothing
/// can be read.
///
/// Refused: no column `sheet`, `column` or `decided`; a whole row decided by anything but keep or drop.
pub fn decisions(table: &RawTable) -> Result<Vec<Decision>, MappingError> {
    let find = |name: &str| Names(vec![name.to_owned()]).find(table);
    let (sheet, column, decided) = (find("sheet")?, find("column")?, find("decided")?);
    let mut decisions = Vec::new();
    for row in (1..table.len()).filter(|&r| !table.cell(r, decided).trim().is_empty()) {
        let column = unguarded(table.cell(row, column)).trim().to_owned();
        let value = value(unguarded(table.cell(row, decided)), Convention::default());
        if column == WHOLE_ROW && !matches!(value.as_deref(), Some("KEEP" | "DROP")) {
            return Err(MappingError {
                problem: format!(
                    "{}, row {}: a whole row is decided by keep or drop",
                    table.source.name,
                    table.number(row)
                ),
                candidates: Vec::new(),
                hint: "write keep or drop into the column `decided`, or leave it empty".to_owned(),
            });
        }
        let key = unguarded(table.cell(row, sheet)).trim().to_owned();
        decisions.push(Decision { key, column, value });
    }
    Ok(decisions)
}
