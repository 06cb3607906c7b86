//! Tables with one row a station and choice.

use std::collections::HashMap;

use glassurn_model::Count;

use super::cell::{self, Cell};
use super::grid::{Grid, Texts};
use super::keys::Keys;
use super::names::nearest;
use super::pick::fits;
use super::pool::{ContestPlan, Line, Odd, Pool, PoolColumn};
use super::{MappingError, wide, wrong};
use crate::mapping::{ContestMap, Mapping, Shape};
use crate::number::Convention;

/// Reads a long table: stations in order of first appearance, absent rows missing unless the mapping says
/// that they mean zero.
pub(super) fn read(grids: &[Grid], mapping: &Mapping, keys: &Keys) -> Result<Pool, MappingError> {
    let rows = Rows::new(grids, mapping);
    let mut pool = Pool::default();
    pool.notes.extend(cell::doubt(&rows.votes, rows.convention));
    let entries = rows.entries(mapping, &mut pool);
    for (index, map) in mapping.contests.iter().enumerate() {
        let own: Vec<&Entry> = entries.iter().filter(|e| e.contest == index).collect();
        if own.is_empty() {
            return Err(rows.no_rows(map));
        }
        let plan =
            Votes::of(&own, pool.lines.len()).plan(grids, mapping, map, keys, &own, &mut pool)?;
        pool.contests.push(plan);
    }
    Ok(pool)
}

/// One row: a choice's votes at a station.
struct Entry<'a> {
    contest: usize,
    station: u32,
    line: Line,
    code: &'a str,
    /// Votes, nothing when missing.
    votes: Count,
    /// Whether the seat was not contested, so that there is no count to miss.
    uncontested: bool,
}

/// The roles of each table's columns.
struct Roles {
    id: Vec<Texts>,
    choice: Option<Texts>,
    contest: Option<Texts>,
    votes: Option<usize>,
    when: Vec<Texts>,
}

/// The rows of all tables.
struct Rows<'g, 'a> {
    grids: &'g [Grid<'a>],
    roles: Vec<Roles>,
    votes: String,
    convention: Convention,
}

impl<'g, 'a> Rows<'g, 'a> {
    /// Finds the columns.
    fn new(grids: &'g [Grid<'a>], mapping: &Mapping) -> Self {
        let (choice, votes, contest) = match &mapping.table.shape {
            Shape::Long { choice, votes, contest } => {
                (choice.as_str(), votes.as_str(), contest.as_deref())
            }
            _ => ("", "", None),
        };
        let roles = |g: &Grid| Roles {
            id: mapping.station.id.iter().filter_map(|n| g.texts(n)).collect(),
            choice: g.texts(choice),
            contest: contest.and_then(|n| g.texts(n)),
            votes: g.column(votes),
            when: mapping.missing.when.iter().filter_map(|w| g.texts(&w.column)).collect(),
        };
        let roles: Vec<Roles> = grids.iter().map(roles).collect();
        let convention = cell::convention(grids, |g| roles[g].votes);
        Rows { grids, roles, votes: votes.to_owned(), convention }
    }

    /// Reads every row; stations are added to the pool.
    fn entries(&self, mapping: &Mapping, pool: &mut Pool) -> Vec<Entry<'a>> {
        let mut stations: HashMap<Vec<&str>, u32> = HashMap::new();
        let (mut entries, mut foreign) = (Vec::new(), 0_usize);
        for line in wide::lines(self.grids) {
            let (grid, roles) = (&self.grids[line.grid as usize], &self.roles[line.grid as usize]);
            let of = roles.contest.map(|c| grid.text(line.row, c));
            let contest = mapping.contests.iter().position(|c| match (&c.value, of) {
                (Some(value), Some(of)) => fits(value, of),
                _ => true,
            });
            let Some(contest) = contest else {
                foreign += 1;
                continue;
            };
            let id: Vec<&str> = roles.id.iter().map(|&t| grid.text(line.row, t)).collect();
            let code = roles.choice.map_or("", |t| grid.text(line.row, t));
            if code.is_empty() && id.iter().all(|part| part.is_empty()) {
                continue;
            }
            let next = u32::try_from(pool.lines.len()).unwrap_or(u32::MAX);
            let station = *stations.entry(id).or_insert(next);
            if station == next {
                pool.lines.push(line);
            }
            let (votes, uncontested) = self.votes(mapping, line, station, pool);
            entries.push(Entry { contest, station, line, code, votes, uncontested });
        }
        if foreign > 0 {
            pool.notes
                .push(format!("{foreign} rows belong to contests that the mapping leaves out"));
        }
        entries
    }

    /// A row's votes, and whether its zero is that of a seat nobody contested.
    fn votes(&self, mapping: &Mapping, at: Line, station: u32, pool: &mut Pool) -> (Count, bool) {
        let (grid, roles) = (&self.grids[at.grid as usize], &self.roles[at.grid as usize]);
        let Some(column) = roles.votes else { return (None, false) };
        let votes =
            match cell::under(grid.cell(at.row, column), self.convention, &mapping.missing.codes) {
                Cell::Count(count) => count,
                Cell::Odd(kind) => {
                    pool.odd.push(Odd {
                        at,
                        column,
                        name: self.votes.clone(),
                        line: station,
                        kind,
                    });
                    None
                }
            };
        let fits = roles.when.iter().zip(&mapping.missing.when).any(|(&t, rule)| {
            let cell = grid.text(at.row, t);
            rule.values.iter().any(|v| fits(v, cell)) != rule.except
        });
        let uncontested = fits && votes == Some(0);
        (votes.filter(|_| !uncontested), uncontested)
    }

    /// A contest that no row belongs to.
    fn no_rows(&self, map: &ContestMap) -> MappingError {
        let wanted = map.value.as_deref().unwrap_or_default();
        let mut values: Vec<&str> = Vec::new();
        for (grid, roles) in self.grids.iter().zip(&self.roles) {
            let Some(contest) = roles.contest else { continue };
            values.extend(grid.rows.iter().map(|&r| grid.text(r, contest)));
        }
        values.sort_unstable();
        values.dedup();
        let near = nearest(wanted, values.iter().copied());
        let all = values.into_iter().take(8).map(str::to_owned);
        let problem = format!("no row belongs to contest `{}` (value `{wanted}`)", map.name);
        let candidates = if near.is_empty() { all.collect() } else { near };
        wrong(problem, candidates, "correct `value` in the [[contest]]")
    }
}

/// The votes of one contest, one column a code.
struct Votes<'a> {
    codes: Vec<&'a str>,
    index: HashMap<&'a str, usize>,
    columns: Vec<Vec<Count>>,
    /// Whether a row is there.
    present: Vec<Vec<bool>>,
    /// Whether a row without a readable count is there.
    unreadable: Vec<Vec<bool>>,
    /// Whether the station has a row that counts.
    counted: Vec<bool>,
    repeats: usize,
    uncontested: usize,
}

impl<'a> Votes<'a> {
    /// Sorts rows into columns; rows that repeat a station and choice are added.
    fn of(entries: &[&Entry<'a>], stations: usize) -> Self {
        let mut votes = Votes {
            codes: Vec::new(),
            index: HashMap::new(),
            columns: Vec::new(),
            present: Vec::new(),
            unreadable: Vec::new(),
            counted: vec![false; stations],
            repeats: 0,
            uncontested: 0,
        };
        for entry in entries {
            votes.add(entry, stations);
        }
        for (column, unreadable) in votes.columns.iter_mut().zip(&votes.unreadable) {
            let marked = column.iter_mut().zip(unreadable).filter(|(_, u)| **u);
            marked.for_each(|(count, _)| *count = None);
        }
        votes
    }

    /// Adds one row.
    fn add(&mut self, entry: &Entry<'a>, stations: usize) {
        let next = self.codes.len();
        let column = *self.index.entry(entry.code).or_insert(next);
        if column == next {
            self.codes.push(entry.code);
            self.columns.push(vec![None; stations]);
            self.present.push(vec![false; stations]);
            self.unreadable.push(vec![false; stations]);
        }
        let at = entry.station as usize;
        self.repeats += usize::from(self.present[column][at]);
        self.present[column][at] = true;
        if entry.uncontested {
            self.uncontested += 1;
            return;
        }
        self.counted[at] = true;
        let known = &mut self.columns[column][at];
        match entry.votes {
            Some(votes) => *known = known.unwrap_or(0).checked_add(votes),
            None => self.unreadable[column][at] = true,
        }
    }

    /// Puts the columns into the pool and gives them their roles.
    fn plan(
        mut self,
        grids: &[Grid],
        mapping: &Mapping,
        map: &ContestMap,
        keys: &Keys,
        own: &[&Entry<'a>],
        pool: &mut Pool,
    ) -> Result<ContestPlan, MappingError> {
        let mut plan = ContestPlan::default();
        let mut lines: Vec<usize> = Vec::new();
        for (&field, names) in &map.fields {
            let mut columns = Vec::new();
            for name in names {
                let values = match self.index.get(name.as_str()) {
                    _ if grids.iter().all(|g| g.column(name).is_some()) => {
                        of_station(grids, mapping, name, own, pool)
                    }
                    Some(&code) => {
                        lines.push(code);
                        self.columns[code].clone()
                    }
                    None => return Err(self.no_line(grids, map, name)),
                };
                columns.push(push(pool, name, values));
            }
            plan.fields.push((field, columns));
        }
        let chosen = self.chosen(map, &lines)?;
        plan.listed = Some(push(pool, "choices", self.listed(&chosen)));
        self.fill(mapping, map, &chosen, pool);
        for name in &map.extras {
            let values = of_station(grids, mapping, name, own, pool);
            plan.extras.push(push(pool, name, values));
        }
        for code in chosen {
            let shown = self.shown(map, mapping, keys, code);
            let values = std::mem::take(&mut self.columns[code]);
            plan.choices.push((shown, push(pool, self.codes[code], values)));
        }
        self.tell(map, pool);
        Ok(plan)
    }

    /// The codes that are choices: those the mapping lists, or all that are no protocol lines.
    fn chosen(&self, map: &ContestMap, lines: &[usize]) -> Result<Vec<usize>, MappingError> {
        if map.choices.is_empty() {
            return Ok((0..self.codes.len()).filter(|c| !lines.contains(c)).collect());
        }
        let code = |choice: &crate::mapping::ChoiceMap| {
            self.index.get(choice.column.as_str()).copied().ok_or_else(|| {
                let problem = format!(
                    "no row of contest `{}` names the choice `{}`",
                    map.name, choice.column
                );
                let near = nearest(&choice.column, self.codes.iter().copied());
                wrong(problem, near, "correct the choice, or list none to take all that occur")
            })
        };
        map.choices.iter().map(code).collect()
    }

    /// The sum of the votes that have a row; missing where one of them is.
    fn listed(&self, chosen: &[usize]) -> Vec<Count> {
        let sum = |station: usize| {
            let readable = !chosen.iter().any(|&c| self.unreadable[c][station]);
            let votes = chosen.iter().filter_map(|&c| self.columns[c][station]);
            let mut votes = votes.peekable();
            (votes.peek().is_some() && readable)
                .then(|| votes.try_fold(0_i64, i64::checked_add))
                .flatten()
        };
        (0..self.counted.len()).map(sum).collect()
    }

    /// Makes absent rows explicit zeros, where the mapping says that this is what they mean.
    fn fill(&mut self, mapping: &Mapping, map: &ContestMap, chosen: &[usize], pool: &mut Pool) {
        if !mapping.missing.absent_is_zero {
            return;
        }
        let mut filled = 0_usize;
        for &c in chosen {
            for (station, count) in self.columns[c].iter_mut().enumerate() {
                if self.counted[station] && !self.present[c][station] {
                    *count = Some(0);
                    filled += 1;
                }
            }
        }
        let name = &map.name;
        pool.notes.push(format!("{name}: {filled} absent rows were read as zero votes"));
    }

    /// The name to show for a code.
    fn shown(&self, map: &ContestMap, mapping: &Mapping, keys: &Keys, code: usize) -> String {
        let code = self.codes[code];
        let listed = map.choices.iter().find(|c| c.column == code).and_then(|c| c.name.clone());
        let column = match &mapping.table.shape {
            Shape::Long { choice, .. } => choice.as_str(),
            _ => "",
        };
        listed.unwrap_or_else(|| {
            let by_column = keys.owned(column, code);
            let named = if by_column == code { keys.owned("choice", code) } else { by_column };
            if named.is_empty() { "(no name)".to_owned() } else { named }
        })
    }

    /// Tells what was decided.
    fn tell(&self, map: &ContestMap, pool: &mut Pool) {
        let name = &map.name;
        if self.repeats > 0 {
            pool.notes.push(format!(
                "{name}: {} rows name a station and choice that an earlier row names; their votes were added",
                self.repeats
            ));
        }
        if self.uncontested > 0 {
            let rows = self.uncontested;
            pool.notes.push(format!(
                "{name}: {rows} rows have a zero that is no count and were left missing"
            ));
        }
        if !map.choices.is_empty() {
            let left = self.codes.iter().filter(|c| {
                !map.choices.iter().any(|m| m.column == **c)
                    && !map.fields.values().flatten().any(|f| f == *c)
            });
            let left: Vec<_> = left.take(6).copied().collect();
            if !left.is_empty() {
                pool.notes.push(format!("{name}: not listed and left out: {}", left.join(", ")));
            }
        }
    }

    /// A protocol line that is neither a column nor a code.
    fn no_line(&self, grids: &[Grid], map: &ContestMap, name: &str) -> MappingError {
        let columns = grids.iter().take(1).flat_map(|g| g.names.0.iter().copied());
        let near = nearest(name, columns.chain(self.codes.iter().copied()));
        let problem =
            format!("contest `{}`: `{name}` is neither a column nor a choice's code", map.name);
        wrong(problem, near, "correct the name in `fields`")
    }
}

/// Adds a column to the pool.
fn push(pool: &mut Pool, name: &str, values: Vec<Count>) -> usize {
    pool.columns.push(PoolColumn { name: name.to_owned(), values });
    pool.columns.len() - 1
}

/// A column that repeats one count of the station in each of its rows.
fn of_station(
    grids: &[Grid],
    mapping: &Mapping,
    name: &str,
    own: &[&Entry],
    pool: &mut Pool,
) -> Vec<Count> {
    let mut values: Vec<Count> = vec![None; pool.lines.len()];
    let mut seen = vec![false; pool.lines.len()];
    let mut differing = std::collections::BTreeSet::new();
    let at: Vec<Option<usize>> = grids.iter().map(|g| g.column(name)).collect();
    let convention = cell::convention(grids, |g| at[g]);
    pool.notes.extend(cell::doubt(name, convention));
    for entry in own {
        let Some(column) = at[entry.line.grid as usize] else { continue };
        let text = grids[entry.line.grid as usize].cell(entry.line.row, column);
        let station = entry.station as usize;
        let count = match cell::under(text, convention, &mapping.missing.codes) {
            Cell::Count(count) => count,
            Cell::Odd(kind) => {
                if !seen[station] {
                    let (at, name) = (entry.line, name.to_owned());
                    pool.odd.push(Odd { at, column, name, line: entry.station, kind });
                }
                None
            }
        };
        if !seen[station] {
            (values[station], seen[station]) = (count, true);
        } else if values[station] != count {
            differing.insert(station);
        }
    }
    if !differing.is_empty() {
        pool.notes.push(format!(
            "`{name}` differs between the rows of {} stations; the first row's figure was taken",
            differing.len()
        ));
    }
    values
}
