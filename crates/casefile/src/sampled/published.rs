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
    let estimate = place(&columns.estimate, ESTIMATE)?;
    let [low, high] = [place(&columns.low, LOW)?, place(&columns.high, HIGH)?];
    let (margin, official) = (place(&columns.margin, MARGIN)?, place(&columns.official, OFFICIAL)?);
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
        let value = match cell {
            Cell::Count(n) => Some(n as f64),
            Cell::Decimal(v) | Cell::Percent(v) => Some(v),
            Cell::Missing | Cell::TooLarge | Cell::NotANumber => None,
        };
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
