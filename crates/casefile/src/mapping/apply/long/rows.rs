//! Reads the rows of a long table: which contest, station and choice each belongs to, its votes, and whether
//! a zero is that of a seat nobody contested. Stations come in the order of their first rows.

use std::collections::HashMap;

use glassurn_model::Count;

use super::Entry;
use crate::mapping::apply::cell::{self, Cell};
use crate::mapping::apply::grid::{Grid, Texts};
use crate::mapping::apply::names::nearest;
use crate::mapping::apply::pick::fits;
use crate::mapping::apply::pool::{Line, Odd, Pool};
use crate::mapping::apply::{MappingError, wide, wrong};
use crate::mapping::{ContestMap, Mapping, Shape};
use crate::number::Convention;

/// The roles of each table's columns.
struct Roles {
    id: Vec<Texts>,
    choice: Option<Texts>,
    contest: Option<Texts>,
    votes: Option<usize>,
    when: Vec<Texts>,
}

/// The rows of all tables.
pub(super) struct Rows<'g, 'a> {
    grids: &'g [Grid<'a>],
    roles: Vec<Roles>,
    pub(super) votes: String,
    pub(super) convention: Convention,
}

impl<'g, 'a> Rows<'g, 'a> {
    /// Finds the columns.
    pub(super) fn new(grids: &'g [Grid<'a>], mapping: &Mapping) -> Self {
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
    pub(super) fn entries(&self, mapping: &Mapping, pool: &mut Pool) -> Vec<Entry<'a>> {
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
    pub(super) fn no_rows(&self, map: &ContestMap) -> MappingError {
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
