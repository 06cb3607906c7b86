//! Rows that are no stations, and rows whose zeros are no counts.

use glassurn_model::{Count, Field, ParentRow, SetAside};
use rayon::prelude::*;

use super::grid::{Grid, Texts};
use super::pick::fits;
use super::pool::{Line, Pool};
use super::totals::{self, Label, Table, Total};
use super::{place, place_of};
use crate::mapping::Mapping;

/// The rows that are set aside.
#[derive(Debug, Default)]
pub(super) struct Aside {
    /// For each line, whether it is removed.
    pub(super) removed: Vec<bool>,
    /// Line, label and reason of each, by line.
    rows: Vec<(Line, String, String)>,
    /// Totals rows with the figures they state, one a column of the pool.
    totals: Vec<(Line, String, Vec<u32>, Vec<Count>)>,
}

/// Finds blank rows, repeated names, remarks and totals rows.
pub(super) fn set_aside(grids: &[Grid], mapping: &Mapping, pool: &Pool) -> Aside {
    let station = &mapping.station;
    let mut names: Vec<&String> = station.levels.iter().collect();
    names.extend(station.id.iter().filter(|n| !station.levels.contains(n)));
    let texts: Vec<Vec<Texts>> =
        grids.iter().map(|g| names.iter().filter_map(|n| g.texts(n)).collect()).collect();
    let mut aside = Aside { removed: vec![false; pool.lines.len()], ..Aside::default() };
    let mut rows: Vec<(u32, String)> = Vec::new();
    no_figures(grids, &texts, pool, &mut rows);
    for (line, _) in &rows {
        aside.removed[*line as usize] = true;
    }
    let found = find_totals(grids, mapping, &texts, pool, &aside.removed);
    let label = |line: u32| name_of(grids, &texts, pool.lines[line as usize]);
    for Total { line, covers, reason } in found {
        aside.removed[line as usize] = true;
        let figures = pool.columns.iter().map(|c| c.values[line as usize]).collect();
        aside.totals.push((pool.lines[line as usize], label(line), covers, figures));
        rows.push((line, reason));
    }
    rows.sort_by_key(|r| r.0);
    aside.rows = rows.into_iter().map(|(l, why)| (pool.lines[l as usize], label(l), why)).collect();
    aside
}

impl Aside {
    /// The rows with their places.
    pub(super) fn rows(&self, grids: &[Grid]) -> Vec<SetAside> {
        let row = |(line, label, reason): &(Line, String, String)| SetAside {
            place: place_of(grids, *line),
            label: label.clone(),
            reason: reason.clone(),
        };
        self.rows.iter().map(row).collect()
    }

    /// What the totals rows state of each contest; `kept` leads from lines to stations.
    pub(super) fn parents(
        &self,
        grids: &[Grid],
        kept: &[Option<u32>],
        pool: &Pool,
    ) -> Vec<ParentRow> {
        let mut parents = Vec::new();
        for (line, label, covers, figures) in &self.totals {
            let stations: Vec<u32> =
                covers.iter().filter_map(|&l| kept.get(l as usize).copied().flatten()).collect();
            for (contest, plan) in pool.contests.iter().enumerate() {
                let add = |columns: &Vec<usize>| {
                    columns.iter().try_fold(0_i64, |sum, &c| sum.checked_add(figures[c]?))
                };
                let fields =
                    plan.fields.iter().map(|(f, columns)| (f.key().to_owned(), add(columns)));
                let choices = plan.choices.iter().map(|(name, c)| (name.clone(), figures[*c]));
                parents.push(ParentRow {
                    place: place_of(grids, *line),
                    label: label.clone(),
                    contest,
                    stations: stations.clone(),
                    counts: fields.chain(choices).collect(),
                });
            }
        }
        parents
    }
}

/// The first name a row has.
fn name_of(grids: &[Grid], texts: &[Vec<Texts>], line: Line) -> String {
    let grid = &grids[line.grid as usize];
    let mut names = texts[line.grid as usize].iter().rev().map(|&t| grid.text(line.row, t));
    let any =
        || (0..grid.names.0.len()).map(|c| grid.cell(line.row, c).trim()).find(|t| !t.is_empty());
    names.find(|t| !t.is_empty()).or_else(any).unwrap_or_default().to_owned()
}

/// Blank rows, rows that repeat the names or number the columns, and remarks below the last row.
fn no_figures(grids: &[Grid], texts: &[Vec<Texts>], pool: &Pool, rows: &mut Vec<(u32, String)>) {
    let empty = |line: usize| pool.columns.iter().all(|c| c.values[line].is_none());
    let mut repeats = std::collections::BTreeMap::new();
    for odd in &pool.odd {
        let grid = &grids[odd.at.grid as usize];
        let same = grid.cell(odd.at.row, odd.column).trim() == grid.names.0[odd.column].trim();
        *repeats.entry(odd.line).or_insert(0_usize) += usize::from(same);
    }
    let mut at_end = vec![true; grids.len()];
    for (line, at) in pool.lines.iter().enumerate().rev() {
        let index = u32::try_from(line).unwrap_or(u32::MAX);
        let grid = &grids[at.grid as usize];
        if repeats.get(&index).is_some_and(|&n| n >= 2) {
            rows.push((index, "repeats the column names".to_owned()));
        } else if empty(line) {
            let names = &texts[at.grid as usize];
            let unnamed = names.iter().all(|&t| grid.text(at.row, t).is_empty());
            let filled =
                (0..grid.names.0.len()).filter(|&c| !grid.cell(at.row, c).trim().is_empty());
            let filled = filled.take(2).count();
            let remark = filled <= 1 && grid.names.0.len() >= 3;
            if unnamed && filled == 0 {
                rows.push((index, "blank row".to_owned()));
            } else if at_end[at.grid as usize] && remark {
                rows.push((index, "text below the last row of figures".to_owned()));
            } else if unnamed && !names.is_empty() {
                rows.push((index, "neither a name nor a count".to_owned()));
            } else {
                at_end[at.grid as usize] = false;
            }
        } else {
            at_end[at.grid as usize] = false;
        }
    }
}

/// Finds the totals rows.
fn find_totals(
    grids: &[Grid],
    mapping: &Mapping,
    texts: &[Vec<Texts>],
    pool: &Pool,
    ignored: &[bool],
) -> Vec<Total> {
    let mut used = vec![false; pool.columns.len()];
    let mut evidence = vec![false; pool.columns.len()];
    for plan in &pool.contests {
        for (field, columns) in &plan.fields {
            let sum = matches!(field, Field::Cast | Field::Valid | Field::Found);
            columns.iter().for_each(|&c| used[c] = true);
            columns.iter().for_each(|&c| evidence[c] |= !sum);
        }
        for (_, column) in &plan.choices {
            (used[*column], evidence[*column]) = (true, true);
        }
    }
    let columns = pool.columns.iter().zip(&used).filter(|(_, used)| **used);
    let table = Table {
        columns: columns.map(|(c, _)| (c.name.as_str(), c.values.as_slice())).collect(),
        evidence: evidence.iter().zip(&used).filter(|(_, used)| **used).map(|(e, _)| *e).collect(),
        groups: place::groups(grids, &mapping.station.levels, &pool.lines),
        labels: labels(grids, texts, &pool.lines),
        ignored: ignored.to_vec(),
    };
    totals::find(&table)
}

/// What the names of each line look like.
fn labels(grids: &[Grid], texts: &[Vec<Texts>], lines: &[Line]) -> Vec<Label> {
    let some = |lines: &[Line]| -> Vec<Label> {
        let mut last = Vec::new();
        let label = |line: &Line| {
            let (grid, texts) = (&grids[line.grid as usize], &texts[line.grid as usize]);
            Label::of(texts.iter().map(|&t| grid.text(line.row, t)), &mut last)
        };
        lines.iter().map(label).collect()
    };
    lines.par_chunks(4096).map(some).collect::<Vec<_>>().concat()
}

/// Turns zeros into missing counts in the rows a rule of `missing.when` fits.
pub(super) fn empty_when(grids: &[Grid], mapping: &Mapping, pool: &mut Pool) {
    if matches!(mapping.table.shape, crate::mapping::Shape::Long { .. }) {
        return;
    }
    for rule in &mapping.missing.when {
        let texts: Vec<Option<Texts>> = grids.iter().map(|g| g.texts(&rule.column)).collect();
        let mut rows = 0_usize;
        for (i, line) in pool.lines.iter().enumerate() {
            let Some(text) = texts[line.grid as usize] else { continue };
            let cell = grids[line.grid as usize].text(line.row, text);
            if rule.values.iter().any(|v| fits(v, cell)) == rule.except {
                continue;
            }
            rows += 1;
            let zeros = pool.columns.iter_mut().map(|c| &mut c.values[i]);
            zeros.filter(|v| **v == Some(0)).for_each(|v| *v = None);
        }
        pool.notes.push(format!("{rows} rows have zeros that are no counts (`{}`)", rule.column));
    }
}
