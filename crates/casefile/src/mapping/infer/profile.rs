//! What the cells of a column are: counts, decimals, percentages, text or nothing; read from a sample.

use super::numbers::{self, Cell};
use super::synonyms::{NameMatch, synonyms};
use super::view::{RECOGNISED, View};

/// Rows that are read.
const SAMPLE: usize = 2_000;
/// Neighbouring rows that are read together, so that runs show.
const RUN: usize = 4;

/// What a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cells {
    /// Nothing in any row.
    Empty,
    /// Whole numbers.
    Counts,
    /// Numbers that are not whole.
    Decimals,
    /// Percentages.
    Percents,
    /// Anything else.
    Text,
}

/// A column with its name's matches and its sampled values.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// What its cells are.
    pub(super) cells: Cells,
    /// Its name, with the group above it.
    pub(super) name: String,
    /// How the mapping refers to it.
    pub(super) reference: String,
    /// What its name may mean, best first.
    pub(super) matches: Vec<NameMatch>,
    /// The sampled counts.
    pub(super) values: Vec<Option<i64>>,
    /// The sampled decimals, for coordinates.
    pub(super) range: (f64, f64),
    /// Whether all filled cells of the table are the same.
    pub(super) constant: bool,
    /// Whether the first cell is an address.
    pub(super) link: bool,
}

impl Profile {
    /// The best match among roles that `wanted` accepts, if it is good enough.
    pub(super) fn best(&self, wanted: impl Fn(&str) -> bool) -> Option<&NameMatch> {
        self.matches.iter().find(|m| wanted(m.role)).filter(|m| m.score >= RECOGNISED)
    }

    /// The best match of all column roles, if it is good enough.
    pub(super) fn meaning(&self) -> Option<&NameMatch> {
        self.best(|role| !VALUE_ROLES.contains(&role))
    }

    /// Whether the column holds counts.
    pub(super) fn is_count(&self) -> bool {
        self.cells == Cells::Counts
    }
}

/// Roles of the table that name cells of a column, or columns of long tables.
const VALUE_ROLES: [&str; 6] = ["choice", "votes", "contest", "postal", "special", "abroad"];

/// The rows of the sample: all, or runs of neighbours spread evenly.
pub(super) fn sample(rows: usize) -> Vec<usize> {
    if rows <= SAMPLE {
        return (0..rows).collect();
    }
    let runs = SAMPLE / RUN;
    (0..runs).flat_map(|i| (0..RUN).map(move |k| i * (rows - RUN) / (runs - 1) + k)).collect()
}

/// Reads all columns of a view.
pub(super) fn profiles(view: &View) -> Vec<Profile> {
    let rows = sample(view.rows.len());
    (0..view.names.len()).map(|c| profile(view, c, &rows)).collect()
}

/// Reads one column.
fn profile(view: &View, column: usize, rows: &[usize]) -> Profile {
    let texts: Vec<&str> = rows.iter().map(|&r| view.cell(r, column)).collect();
    let mut cells: Vec<Cell> = numbers::read(&texts);
    let mut kind = kind_of(&cells);
    if kind == Cells::Empty && rows.len() < view.rows.len() {
        let filled = (0..view.rows.len()).map(|r| view.cell(r, column));
        let filled: Vec<&str> = filled.filter(|t| !t.is_empty()).take(50).collect();
        kind = kind_of(&numbers::read(&filled));
    }
    if kind != Cells::Counts {
        cells.retain(|c| matches!(c, Cell::Decimal(_) | Cell::Count(_)));
    }
    let name = view.full[column].clone();
    Profile {
        cells: kind,
        matches: synonyms().matches(&name),
        name,
        reference: view.reference(column),
        range: range(&cells),
        constant: is_constant(view, column),
        values: if kind == Cells::Counts {
            cells.iter().map(|c| c.count()).collect()
        } else {
            Vec::new()
        },
        link: texts.iter().find(|t| !t.is_empty()).is_some_and(|t| t.starts_with("http")),
    }
}

/// Whether all filled cells are the same; usually the second row tells.
fn is_constant(view: &View, column: usize) -> bool {
    let mut filled = (0..view.rows.len()).map(|r| view.cell(r, column)).filter(|c| !c.is_empty());
    let first = filled.next();
    view.rows.len() > 1 && filled.all(|c| Some(c) == first)
}

/// Smallest and largest number.
fn range(cells: &[Cell]) -> (f64, f64) {
    let numbers = cells.iter().filter_map(|c| numbers::number(*c));
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), n| (a.min(n), b.max(n)))
}

/// What most cells are. A few odd cells do not make a column of counts something else.
fn kind_of(cells: &[Cell]) -> Cells {
    let number = |wanted: fn(&Cell) -> bool| cells.iter().filter(|c| wanted(c)).count();
    let counts = number(|c| matches!(c, Cell::Count(_)));
    let decimals = number(|c| matches!(c, Cell::Decimal(_)));
    let percents = number(|c| matches!(c, Cell::Percent(_)));
    let text = number(|c| matches!(c, Cell::NotANumber | Cell::TooLarge));
    let filled = counts + decimals + percents + text;
    if filled == 0 {
        Cells::Empty
    } else if 10 * text > filled {
        Cells::Text
    } else if 2 * percents > filled {
        Cells::Percents
    } else if 20 * decimals > filled {
        Cells::Decimals
    } else {
        Cells::Counts
    }
}
