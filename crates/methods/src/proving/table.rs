//! The measurements as a plain table with tabs, and the one kept with the code.

use std::fmt::Write as _;
use std::sync::OnceLock;

use super::{Cell, Estimates};

const HEADING: &str =
    "base\tway\tamount\tscreen\tjudged\tstood_out\testimates\ttruth\testimate\twith_range\tcovered";

/// What was measured last, with the numbers of elections that `docs/methods/proving.md` states.
pub fn measured() -> &'static [Cell] {
    static TABLE: OnceLock<Vec<Cell>> = OnceLock::new();
    // The table is checked by a test: it has no broken line.
    TABLE.get_or_init(|| parse(include_str!("measured.tsv")).unwrap_or_default())
}

/// The table of some cells.
pub fn write(cells: &[Cell]) -> String {
    let mut table = format!("{HEADING}\n");
    for c in cells {
        // Writing to a string cannot fail.
        let _ = write!(
            table,
            "{}\t{}\t{}\t{}\t{}\t{}",
            c.base, c.way, c.amount, c.code, c.judged, c.stood_out
        );
        let _ = match c.estimates {
            Some(e) => writeln!(
                table,
                "\t{}\t{:.1}\t{:.1}\t{}\t{}",
                e.number, e.truth, e.estimate, e.with_range, e.covered
            ),
            None => writeln!(table, "\t\t\t\t\t"),
        };
    }
    table
}

/// The cells of a table; the number of the first line that is none (the heading is line 1).
pub fn parse(table: &str) -> Result<Vec<Cell>, usize> {
    let mut lines = table.lines().enumerate().map(|(at, line)| (at + 1, line));
    match lines.next() {
        Some((_, HEADING)) => {}
        _ => return Err(1),
    }
    lines.map(|(at, line)| cell(line).ok_or(at)).collect()
}

fn cell(line: &str) -> Option<Cell> {
    let parts: Vec<&str> = line.split('\t').collect();
    let [base, way, amount, code, judged, stood_out, number, truth, estimate, with_range, covered] =
        parts[..]
    else {
        return None;
    };
    let estimates = match number {
        "" => None,
        number => Some(Estimates {
            number: number.parse().ok()?,
            truth: truth.parse().ok()?,
            estimate: estimate.parse().ok()?,
            with_range: with_range.parse().ok()?,
            covered: covered.parse().ok()?,
        }),
    };
    Some(Cell {
        base: base.to_owned(),
        way: way.to_owned(),
        amount: amount.parse().ok()?,
        code: code.to_owned(),
        judged: judged.parse().ok()?,
        stood_out: stood_out.parse().ok()?,
        estimates,
    })
}
