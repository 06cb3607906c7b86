//! Chooses the tables a mapping speaks of, and says what it misses in them.

use super::grid::Grid;
use super::names::nearest;
use super::{MappingError, wrong};
use crate::RawTable;
use crate::mapping::{ContestMap, Mapping, ROW, Shape};

/// The tables that have every column of the mapping, with their data rows, and notes on the others.
pub(super) fn choose<'a>(
    tables: &'a [RawTable],
    mapping: &Mapping,
) -> Result<(Vec<Grid<'a>>, Vec<String>), MappingError> {
    sane(mapping)?;
    let named = wanted(tables, mapping);
    if named.is_empty() {
        return Err(no_table(tables, mapping));
    }
    let needed = needed(mapping);
    let mut grids = Vec::new();
    let mut lacking = Vec::new();
    for table in named {
        let grid = Grid::new(table, &mapping.table)?;
        match needed.iter().position(|n| !has(&grid, n)) {
            None => grids.push(grid),
            Some(found) => lacking.push((found, grid)),
        }
    }
    if grids.is_empty() {
        return Err(missing(&lacking, &needed));
    }
    let mut notes = Vec::new();
    if let Some((first, grid)) = lacking.first() {
        notes.push(format!(
            "{} of {} tables were not read: they lack columns of the mapping (`{}` lacks `{}`)",
            lacking.len(),
            lacking.len() + grids.len(),
            label(grid.table),
            needed[*first].name
        ));
    }
    only(&mut grids, mapping, &mut notes);
    Ok((grids, notes))
}

/// Refuses mappings that cannot mean anything.
fn sane(mapping: &Mapping) -> Result<(), MappingError> {
    let hint = "a mapping needs at least one [[contest]] with fields or choices";
    if mapping.contests.is_empty() {
        return Err(wrong("the mapping has no contest".to_owned(), Vec::new(), hint));
    }
    let long = matches!(mapping.table.shape, Shape::Long { .. });
    row_number(mapping, long)?;
    for contest in &mapping.contests {
        let name = &contest.name;
        if long && !contest.flags.is_empty() {
            let problem = format!("contest `{name}` has `flags` in a long table");
            return Err(wrong(
                problem,
                Vec::new(),
                "only tables with one row a station have flags",
            ));
        }
        if contest.fields.is_empty() && contest.choices.is_empty() && !long {
            let problem = format!("contest `{name}` has neither fields nor choices");
            return Err(wrong(problem, Vec::new(), hint));
        }
        if let Some(twice) = repeated(contest) {
            let problem = format!("contest `{name}` has the choice `{twice}` twice");
            return Err(wrong(problem, Vec::new(), "remove one of the two lines"));
        }
    }
    Ok(())
}

/// Refuses a row number that does not stand last, or where a station has several rows.
fn row_number(mapping: &Mapping, long: bool) -> Result<(), MappingError> {
    let id = &mapping.station.id;
    let refused = |why: &str| {
        let problem = format!("`station.id` has `{ROW}` {why}");
        Err(wrong(problem, Vec::new(), "name columns that tell the stations apart"))
    };
    match id.iter().position(|n| n == ROW) {
        Some(_) if long => refused("in a long table, where a station has several rows"),
        Some(at) if at + 1 < id.len() => refused("before other columns; it can only be the last"),
        _ => Ok(()),
    }
}

/// A choice that a contest lists twice.
fn repeated(contest: &ContestMap) -> Option<&str> {
    let mut seen = std::collections::HashSet::new();
    contest.choices.iter().map(|c| c.column.as_str()).find(|c| !seen.insert(*c))
}

/// The tables that may hold the returns.
pub(super) fn wanted<'a>(tables: &'a [RawTable], mapping: &Mapping) -> Vec<&'a RawTable> {
    if let Some(name) = &mapping.table.name {
        return named(tables, name);
    }
    let beside = beside(tables, mapping.keys.iter().map(|k| k.table.as_str()));
    tables.iter().filter(|t| !beside.iter().any(|k| std::ptr::eq(*k, *t))).collect()
}

/// The tables of these names; nothing has no name.
fn beside<'a, 'n>(
    tables: &'a [RawTable],
    names: impl Iterator<Item = &'n str>,
) -> Vec<&'a RawTable> {
    names.filter(|n| !n.is_empty()).flat_map(|n| named(tables, n)).collect()
}

/// The tables of a name: those with exactly that name, else those whose name it is a part of.
pub(super) fn named<'a>(tables: &'a [RawTable], name: &str) -> Vec<&'a RawTable> {
    let own = |t: &'a RawTable| [Some(t.source.name.as_str()), t.source.table.as_deref()];
    let some = |fits: &dyn Fn(&str) -> bool| -> Vec<&'a RawTable> {
        tables.iter().filter(|t| own(t).into_iter().flatten().any(fits)).collect()
    };
    let last = |own: &str| own.rsplit(['/', '\\', '!']).next().unwrap_or_default().to_owned();
    let exact = some(&|own| own == name || last(own).trim_end_matches(".gz") == name);
    if exact.is_empty() { some(&|own| own.contains(name)) } else { exact }
}

/// For each table, whether a mapping made for some of them speaks of it: `main` says which tables it was
/// made for; the others are its key tables and the ones it joins.
pub fn used(tables: &[RawTable], mapping: &Mapping, main: impl Fn(&RawTable) -> bool) -> Vec<bool> {
    let keys = mapping.keys.iter().map(|k| k.table.as_str());
    let beside = beside(tables, keys.chain(mapping.joins.iter().map(|j| j.table.as_str())));
    tables.iter().map(|t| main(t) || beside.iter().any(|b| std::ptr::eq(*b, t))).collect()
}

/// The name by which a reader knows a table.
pub(super) fn label(table: &RawTable) -> &str {
    table.source.table.as_deref().unwrap_or(&table.source.name)
}

/// The input has no table of the mapping's name.
fn no_table(tables: &[RawTable], mapping: &Mapping) -> MappingError {
    let wanted = mapping.table.name.as_deref().unwrap_or_default();
    let names = tables.iter().map(label);
    let near = nearest(wanted, names.clone());
    let candidates =
        if near.is_empty() { names.take(5).map(str::to_owned).collect() } else { near };
    let hint = "correct `table.name` in the mapping: a part of the table's name is enough";
    wrong(format!("the input has no table named `{wanted}`"), candidates, hint)
}

/// A column that every table must have.
struct Needed<'m> {
    name: &'m str,
    /// Whether it holds counts; others may be some characters of a column.
    counts: bool,
}

/// Whether a table has it.
fn has(grid: &Grid, needed: &Needed) -> bool {
    let whole = grid.column(needed.name).is_some();
    whole || (!needed.counts && grid.texts(needed.name).is_some())
}

/// Columns that every table must have.
fn needed(mapping: &Mapping) -> Vec<Needed<'_>> {
    let (texts, counts) = (needed_texts(mapping), needed_counts(mapping));
    let of = |counts| move |name| Needed { name, counts };
    texts.into_iter().map(of(false)).chain(counts.into_iter().map(of(true))).collect()
}

/// Columns of texts that every table must have.
fn needed_texts(mapping: &Mapping) -> Vec<&str> {
    let mut needed: Vec<&str> = Vec::new();
    let station = &mapping.station;
    needed.extend(mapping.table.only.keys().map(String::as_str));
    let id = station.id.iter().filter(|n| *n != ROW);
    needed.extend(id.chain(&station.levels).map(String::as_str));
    needed.extend(station.latitude.as_deref().into_iter().chain(station.longitude.as_deref()));
    needed.extend(station.arrived.as_deref());
    needed.extend(station.kinds.iter().map(|k| k.column.as_str()));
    needed.extend(mapping.missing.when.iter().map(|w| w.column.as_str()));
    if let Shape::Long { choice, contest, .. } = &mapping.table.shape {
        needed.push(choice);
        needed.extend(contest.as_deref());
    }
    needed
}

/// Columns of counts that every table must have; in a long table a protocol line may be a choice's code.
fn needed_counts(mapping: &Mapping) -> Vec<&str> {
    let contests = mapping.contests.iter();
    match &mapping.table.shape {
        Shape::Long { votes, .. } => {
            let extras = contests.flat_map(|c| &c.extras).map(String::as_str);
            std::iter::once(votes.as_str()).chain(extras).collect()
        }
        _ => contests.flat_map(counted).collect(),
    }
}

/// The count columns of a contest.
pub(super) fn counted(contest: &ContestMap) -> impl Iterator<Item = &str> {
    let fields = contest.fields.values().flatten();
    let choices = contest.choices.iter().map(|c| &c.column);
    fields.chain(choices).chain(&contest.extras).chain(&contest.flags).map(String::as_str)
}

/// No table has all columns: say which is missing where most are there.
fn missing(lacking: &[(usize, Grid)], needed: &[Needed]) -> MappingError {
    let hint = "correct the column's name in the mapping, or let `glassurn map FILE` propose one";
    let Some((first, grid)) = lacking.iter().max_by_key(|(first, _)| *first) else {
        return wrong("the input has no table".to_owned(), Vec::new(), "give a file with a table");
    };
    let name = needed[*first].name;
    let problem = format!("`{}` has no column `{name}`", label(grid.table));
    let names = grid.names.0.iter().copied();
    let near = nearest(name, names.clone());
    let all = || names.filter(|n| !n.trim().is_empty()).take(8).map(str::to_owned).collect();
    wrong(problem, if near.is_empty() { all() } else { near }, hint)
}

/// Keeps the rows that the mapping asks for.
fn only(grids: &mut [Grid], mapping: &Mapping, notes: &mut Vec<String>) {
    for (name, values) in &mapping.table.only {
        let mut left = 0;
        for grid in grids.iter_mut() {
            let Some(texts) = grid.texts(name) else { continue };
            let mut rows = std::mem::take(&mut grid.rows);
            let before = rows.len();
            rows.retain(|&r| values.iter().any(|v| fits(v, grid.text(r, texts))));
            left += before - rows.len();
            grid.rows = rows;
        }
        let values = values.join("`, `");
        notes.push(format!("{left} rows were left out: their `{name}` is not `{values}`"));
    }
}

/// Whether a cell fits a pattern: the whole cell, where a leading or trailing `*` accepts any rest.
pub(super) fn fits(pattern: &str, cell: &str) -> bool {
    let cell = cell.trim();
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => cell.contains(pattern.trim_matches('*')),
        (Some(end), None) => cell.ends_with(end),
        (None, Some(start)) => cell.starts_with(start),
        (None, None) => cell == pattern.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_whole_cells_and_rests() {
        assert!(fits("0", " 0 ") && !fits("0", "10") && fits("", " "));
        assert!(fits("99*", "99 abroad") && fits("*71", "10171") && fits("*b*", "abc"));
        assert!(fits("*", "anything") && !fits("x*", "ax"));
    }
}
