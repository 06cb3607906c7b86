//! Tables of one layout seen as one: where the names stand, which rows are data, whether it lies on its side.

use super::synonyms::synonyms;
use crate::RawTable;

/// Rows in which names are looked for.
const TOP: usize = 25;
/// Data rows that are looked at to tell names from data.
const BELOW: usize = 30;
/// Rows that are compared with the synonym table.
const CLOSER: usize = 3;
/// Columns that are looked at to find the names.
const WIDEST: usize = 256;
/// A name that fits a role at least so well counts as recognised.
pub(super) const RECOGNISED: f64 = 0.75;

/// One table, or several with the same names, seen as one table with named columns.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    /// The tables.
    pub(super) tables: Vec<&'a RawTable>,
    /// Whether stations are columns of the file.
    pub(super) turned: bool,
    /// Index of the row of names in each table.
    pub(super) header: usize,
    /// Names as in the file.
    pub(super) names: Vec<String>,
    /// Names with the group that stands above them.
    pub(super) full: Vec<String>,
    /// Data rows: table and row.
    pub(super) rows: Vec<(u32, u32)>,
}

impl<'a> View<'a> {
    /// Finds the names of a table.
    pub(super) fn of(table: &'a RawTable) -> Option<Self> {
        let upright = View::oriented(table, false);
        let flat = table.width() <= 1 || table.named;
        match upright {
            Some(view) if flat || view.recognised() >= 2 => Some(view),
            upright => {
                let turned = View::oriented(table, true).filter(|v| v.recognised() >= 2);
                turned.or(upright)
            }
        }
    }

    /// The table upright or on its side.
    fn oriented(table: &'a RawTable, turned: bool) -> Option<Self> {
        let mut view = View {
            tables: vec![table],
            turned,
            header: 0,
            names: Vec::new(),
            full: Vec::new(),
            rows: Vec::new(),
        };
        let (width, height) = view.size(0);
        if width == 0 || height < 2 || (turned && width > 4_096) {
            return None;
        }
        view.header = if table.named { 0 } else { view.find_header(width, height)? };
        view.names = (0..width).map(|c| view.raw(0, view.header, c).trim().to_owned()).collect();
        view.full = view.full_names();
        view.add_rows(0, height);
        (!view.rows.is_empty()).then_some(view)
    }

    /// Adds a table of the same layout.
    pub(super) fn join(&mut self, table: &'a RawTable) {
        self.tables.push(table);
        let at = self.tables.len() - 1;
        let height = self.size(at).1;
        self.add_rows(at, height);
    }

    /// Adds the data rows of a table.
    fn add_rows(&mut self, table: usize, height: usize) {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let rows = self.header + 1..height;
        self.rows.extend(rows.map(|r| (number(table), number(r))));
    }

    /// Columns and rows of a table.
    fn size(&self, table: usize) -> (usize, usize) {
        let table = self.tables[table];
        if self.turned { (table.len(), table.width()) } else { (table.width(), table.len()) }
    }

    /// A cell by its place.
    fn raw(&self, table: usize, row: usize, column: usize) -> &'a str {
        let (r, c) = if self.turned { (column, row) } else { (row, column) };
        self.tables[table].cell(r, c)
    }

    /// A cell of the i-th data row.
    pub(super) fn cell(&self, i: usize, column: usize) -> &'a str {
        self.rows.get(i).map_or("", |&(t, r)| self.raw(t as usize, r as usize, column).trim())
    }

    /// The number of the row of names as a mapping gives it; `None` where it is the first.
    pub(super) fn header_number(&self) -> Option<u32> {
        let number = u32::try_from(self.header).ok()?;
        if self.header == 0 {
            None
        } else if self.turned {
            Some(number + 1)
        } else {
            Some(self.tables.first()?.number(self.header))
        }
    }

    /// How many names are recognised.
    pub(super) fn recognised(&self) -> usize {
        self.full.iter().take(WIDEST).filter(|n| synonyms().knows(n)).count()
    }

    /// The row that looks most like names: text over numbers, few gaps, known words.
    fn find_header(&self, width: usize, height: usize) -> Option<usize> {
        let top = 0..height.saturating_sub(1).min(TOP);
        let mut rows: Vec<(usize, f64)> = top
            .map(|r| (r, self.looks_like_names(r, width, height)))
            .filter(|(_, score)| *score > 0.0)
            .collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.truncate(CLOSER);
        rows.iter_mut().for_each(|(r, score)| *score += self.known_names(*r, width));
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.first().map(|r| r.0)
    }

    /// How much a row looks like names over numbers, whatever the names are.
    fn looks_like_names(&self, row: usize, width: usize, height: usize) -> f64 {
        let below = row + 1..height.min(row + 1 + BELOW);
        let (mut names, mut over, mut numeric) = (0.0, 0.0, 0.0);
        for column in 0..width.min(WIDEST) {
            let name = self.raw(0, row, column).trim();
            if is_number(name) {
                numeric += 1.0;
            } else if !name.is_empty() {
                names += 1.0;
                let numbers = below.clone().filter(|&r| is_number(self.raw(0, r, column).trim()));
                over += if 2 * numbers.count() > below.len() { 2.0 } else { 0.0 };
            }
        }
        if names < 2.0 && width > 1 || numeric > 2.0 * names { 0.0 } else { names + over }
    }

    /// How many names of a row are in the synonym table.
    fn known_names(&self, row: usize, width: usize) -> f64 {
        let names = (0..width.min(WIDEST)).map(|c| self.raw(0, row, c));
        names.filter(|n| synonyms().knows(n)).map(|_| 1.0).sum()
    }

    /// Names as they are read: of a path its end; else the name with the group above it, where a filled
    /// cell names the columns to its right as well.
    fn full_names(&self) -> Vec<String> {
        if self.tables[0].named {
            return self.names.iter().map(|n| end_of_path(n)).collect();
        }
        let Some(above) = self.header.checked_sub(1) else { return self.names.clone() };
        let cells: Vec<&str> =
            (0..self.names.len()).map(|c| self.raw(0, above, c).trim()).collect();
        let filled = cells.iter().filter(|c| !c.is_empty() && !is_number(c)).count();
        if filled < 2 {
            return self.names.clone();
        }
        let mut group = "";
        let mut full = Vec::new();
        for (cell, name) in cells.iter().zip(&self.names) {
            group = if cell.is_empty() { group } else { cell };
            full.push(format!("{group} {name}").trim().to_owned());
        }
        full
    }

    /// How a mapping refers to a column: its name, `name#2` for the second of that name, `#7` without one.
    pub(super) fn reference(&self, column: usize) -> String {
        let name = &self.names[column];
        let earlier = self.names[..column].iter().filter(|n| *n == name).count();
        if name.is_empty() || name.starts_with('#') {
            format!("#{}", column + 1)
        } else if earlier > 0 {
            format!("{name}#{}", earlier + 1)
        } else {
            name.clone()
        }
    }

    /// Whether another view has the same layout.
    pub(super) fn same_layout(&self, other: &View) -> bool {
        self.turned == other.turned
            && self.header == other.header
            && self.names == other.names
            && !self.turned
    }
}

/// The end of a path (`locations[].valid`), with what stands before it where the end alone says little
/// (`party.name`).
fn end_of_path(name: &str) -> String {
    let mut parts = name.rsplit('.').map(|p| p.trim_end_matches("[]"));
    let last = parts.next().unwrap_or(name);
    match parts.next().filter(|_| matches!(last, "name" | "id" | "code" | "abr" | "title")) {
        Some(parent) => format!("{parent} {last}"),
        None => last.to_owned(),
    }
}

/// Whether a cell is a number as far as names are concerned.
pub(super) fn is_number(text: &str) -> bool {
    let mut digits = false;
    text.chars().all(|c| {
        digits |= c.is_numeric();
        c.is_numeric() || ".,-%'\u{a0} ".contains(c)
    }) && digits
}
