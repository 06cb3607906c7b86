//! Gives the columns of a long table their roles in a contest: lines of the protocol, choices under the
//! names to show, further columns. Tells what was decided, and names what the table does not have.

use glassurn_model::Count;

use super::Entry;
use super::repeated::of_station;
use super::votes::Votes;
use crate::mapping::apply::grid::Grid;
use crate::mapping::apply::keys::Keys;
use crate::mapping::apply::names::nearest;
use crate::mapping::apply::pool::{ContestPlan, Pool, PoolColumn};
use crate::mapping::apply::{MappingError, wrong};
use crate::mapping::{ChoiceMap, ContestMap, Mapping, Shape};

impl<'a> Votes<'a> {
    /// Puts the columns into the pool and gives them their roles.
    pub(super) fn plan(
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
                let values = if grids.iter().all(|g| g.column(name).is_some()) {
                    of_station(grids, mapping, name, own, pool)
                } else if let Some(&code) = self.index.get(name.as_str()) {
                    lines.push(code);
                    self.columns[code].clone()
                } else {
                    return Err(self.no_line(grids, map, name));
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
        let code = |choice: &ChoiceMap| {
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
