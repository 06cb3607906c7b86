//! A table of published estimates.

use glassurn_methods::parallel::published_estimate::Published;

use super::columns::Columns;
use crate::RawTable;
use crate::mapping::MappingError;
use crate::number::Cell;

/// Which column means what, where the user says so; the others are recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedColumns {
    /// The estimate.
    pub estimate: Option<String>,
    /// Lower end.
    pub low: Option<String>,
    /// Upper end.
    pub high: Option<String>,
    /// Margin of error.
    pub margin: Option<String>,
    /// The official figure.
    pub official: Option<String>,
    /// What the figure is of.
    pub name: Option<String>,
    /// What rows are published together with.
    pub group: Vec<String>,
}

const ESTIMATE: &[&str] = &["estimate_pct", "estimate", "pvt estimate", "pvt", "projection"];
const LOW: &[&str] = &["lower_pct", "lower", "lower bound", "low", "from"];
const HIGH: &[&str] = &["upper_pct", "upper", "upper bound", "high", "to"];
const MARGIN: &[&str] = &["moe_pct", "moe", "margin of error", "margin"];
const OFFICIAL: &[&str] = &["official_pct", "official", "official result", "cec"];
const NAME: &[&str] = &["unit", "candidate", "cand", "contestant", "party", "choice", "name"];
const GROUP: &[&str] = &[
    "country",
    "year",
    "election",
    "elections",
    "contest",
    "organisation",
    "organization",
    "area",
];
const STATED: &[&str] = &["org_verdict", "verdict", "conclusion"];

/// The rows of a table, and what was done to read them.
pub fn published(
    table: &RawTable,
    columns: &PublishedColumns,
) -> Result<(Vec<Published>, Vec<String>), MappingError> {
    let one = |of: &Columns<'_>, given: &Option<String>, known: &[&str]| match given {
        Some(name) => of.find(name),
        None => of.any(known),
    };
    let of = Columns::of(table, |c| {
        let has = |given, known| one(c, given, known).is_some();
        has(&columns.official, OFFICIAL)
            && (has(&columns.estimate, ESTIMATE) || has(&columns.low, LOW))
    })?;
    let place = |given: &Option<String>, known: &[&str]| match given {
        Some(name) => of.named(name).map(Some),
        None => Ok(of.any(known)),
    };
    let named = place(&columns.estimate, ESTIMATE)?;
    let [low, high] = [place(&columns.low, LOW)?, place(&columns.high, HIGH)?];
    let (margin, official) = (place(&columns.margin, MARGIN)?, place(&columns.official, OFFICIAL)?);
    let taken = [low, high, margin, official];
    let estimate = named.or_else(|| between(&of, taken));
    if estimate.is_none() && low.is_none() {
        return Err(missing("estimate", "--estimate COLUMN"));
    }
    if official.is_none() {
        return Err(missing("official figure", "--official COLUMN"));
    }
    let group = match columns.group.as_slice() {
        [] => GROUP.iter().filter_map(|n| of.find(n)).collect(),
        names => of.all(names)?,
    };
    let (name, stated) = (place(&columns.name, NAME)?, of.any(STATED));
    let mut notes = Vec::new();
    if let Some(c) = estimate.filter(|_| named.is_none()) {
        notes.push(format!(
            "the estimate is read from the column `{}`: of those that are not named otherwise it most often lies inside the interval",
            of.heading(c)
        ));
    }
    let mut figures = |column: Option<usize>| column.map(|c| column_of(&of, c, &mut notes));
    let [estimate, low, high, margin, official] =
        [estimate, low, high, margin, official].map(&mut figures);
    let text = |row: usize, c: usize| of.text(row, c).trim();
    let rows = of.rows().enumerate().map(|(i, row)| {
        let at = |column: &Option<Vec<Option<f64>>>| column.as_ref().and_then(|c| c[i]);
        let parts: Vec<&str> =
            group.iter().map(|c| text(row, *c)).filter(|t| !t.is_empty()).collect();
        Published {
            row: of.number(row),
            group: parts.join(" "),
            name: name.map_or("", |c| text(row, c)).to_owned(),
            estimate: at(&estimate),
            margin: at(&margin),
            low: at(&low),
            high: at(&high),
            official: at(&official),
            stated: stated.map(|c| text(row, c).to_owned()).filter(|t| !t.is_empty()),
        }
    });
    Ok((rows.collect(), notes))
}

/// The column of the estimate where no name says which: publishers head it with their own. It is the one
/// other column of numbers that most often lies between two of the figures for the interval.
fn between(of: &Columns<'_>, taken: [Option<usize>; 4]) -> Option<usize> {
    let numbers =
        |c: usize| -> Vec<Option<f64>> { of.numbers(c).into_iter().map(Cell::figure).collect() };
    let [Some(low), Some(high), margin, _] = taken else { return None };
    // The headings may be exchanged: the ends are the smallest and the largest but the margin's place.
    let ends: Vec<Vec<Option<f64>>> =
        [Some(low), Some(high), margin].into_iter().flatten().map(numbers).collect();
    let inside = |c: usize| {
        let lies = |(row, v): &(usize, Option<f64>)| {
            let of_row: Option<Vec<f64>> =
                ends.iter().map(|e| e.get(*row).copied().flatten()).collect();
            let (Some(v), Some(mut of_row)) = (*v, of_row) else { return false };
            of_row.sort_by(f64::total_cmp);
            // Of low, high and margin the margin is nearly always the smallest.
            matches!(of_row.as_slice(), [.., a, b] if (*a..=*b).contains(&v))
        };
        numbers(c).into_iter().enumerate().filter(lies).count()
    };
    let free = (0..of.width()).filter(|c| !taken.contains(&Some(*c)));
    let best = free.map(|c| (inside(c), std::cmp::Reverse(c))).max()?;
    (best.0 > 0).then_some(best.1.0)
}

fn missing(what: &str, flag: &str) -> MappingError {
    MappingError {
        problem: format!("no column of the {what} is recognised"),
        candidates: Vec::new(),
        hint: format!("name it with {flag}"),
    }
}

/// A column's figures; what is text, or has odd spaces, is named.
fn column_of(of: &Columns<'_>, column: usize, notes: &mut Vec<String>) -> Vec<Option<f64>> {
    let mut read = Vec::new();
    for (row, cell) in of.rows().zip(of.numbers(column)) {
        let (text, number) = (of.text(row, column), of.number(row));
        let value = cell.figure();
        match value {
            Some(v) if text.chars().any(|c| c.is_whitespace() && c != ' ') => notes.push(format!(
                "row {number}: the cell `{}` is text with an odd space; read as {v}",
                text.trim()
            )),
            None if cell != Cell::Missing => {
                notes.push(format!(
                    "row {number}: `{}` is no number; taken as missing",
                    text.trim()
                ));
            }
            _ => {}
        }
        read.push(value);
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns headed as the commission's and the publisher's names, the last row with exchanged ends.
    const ROWS: [[&str; 7]; 4] = [
        ["Elections", "Cand", "ISFED", "Lower", "Upper", "MoE", "CEC"],
        ["2018", "A", "38.1", "37.4", "38.8", "0.7", "38.6"],
        ["2018", "B", "37.7", "37.0", "38.4", "0.7", "37.7"],
        ["2020", "A", "47.6", "0.7", "46.9", "48.3", "48.1"],
    ];

    #[test]
    fn an_estimate_under_its_publishers_name_is_found_between_the_ends() {
        let mut table = RawTable::default();
        for (row, number) in ROWS.iter().zip(1..) {
            table.push_row(number, row.iter().copied()).unwrap();
        }
        let (rows, notes) = published(&table, &PublishedColumns::default()).unwrap();
        let estimates: Vec<_> = rows.iter().map(|r| r.estimate).collect();
        assert_eq!(estimates, [Some(38.1), Some(37.7), Some(47.6)]);
        assert!(notes.iter().any(|n| n.contains("`ISFED`")), "{notes:?}");
        let named = PublishedColumns { estimate: Some("ISFED".to_owned()), ..Default::default() };
        assert!(published(&table, &named).unwrap().1.is_empty(), "nothing was decided");
    }
}
