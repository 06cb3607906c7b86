//! Tables with one row (or one column) a station.

use std::collections::HashMap;

use glassurn_model::{Count, OddityKind};
use rayon::prelude::*;

use super::cell::{self, Cell};
use super::grid::Grid;
use super::pick::counted;
use super::pool::{ContestPlan, Line, Odd, Pool, PoolColumn};
use super::{MappingError, wrong};
use crate::mapping::{ContestMap, Mapping};
use crate::number::Convention;

/// Rows parsed together: their text stays in the processor's cache while column after column is read.
const BLOCK: usize = 1024;

/// Reads the count columns.
pub(super) fn read(grids: &[Grid], mapping: &Mapping) -> Result<Pool, MappingError> {
    let (names, index) = distinct(&mapping.contests);
    let lines = lines(grids);
    let at: Vec<Vec<usize>> = grids.iter().map(|g| g.columns(&names)).collect();
    let mut blocks: Vec<Block> = lines
        .par_chunks(BLOCK)
        .map(|lines| Block::read(grids, &at, lines, &mapping.missing.codes))
        .collect();
    let mut notes = Vec::new();
    settle(&mut blocks, grids, &at, (&names, &mapping.missing.codes), &mut notes);
    let odd = odd(&blocks, &lines, &at, &names);
    let columns = names.into_par_iter().enumerate().map(|(c, name)| {
        let mut values = Vec::with_capacity(lines.len());
        blocks.iter().for_each(|b| values.extend_from_slice(b.column(c)));
        PoolColumn { name, values }
    });
    let columns = columns.collect();
    let contests = mapping.contests.iter().map(|c| plan(c, &index)).collect::<Result<_, _>>()?;
    Ok(Pool { lines, columns, contests, odd, notes })
}

/// All data rows of all tables.
pub(super) fn lines(grids: &[Grid]) -> Vec<Line> {
    let numbered = (0_u32..).zip(grids);
    numbered.flat_map(|(grid, g)| g.rows.iter().map(move |&row| Line { grid, row })).collect()
}

/// The count columns of all contests, each once, and where each stands.
fn distinct(contests: &[ContestMap]) -> (Vec<String>, HashMap<String, usize>) {
    let (mut names, mut index) = (Vec::new(), HashMap::new());
    for name in contests.iter().flat_map(counted) {
        if !index.contains_key(name) {
            index.insert(name.to_owned(), names.len());
            names.push(name.to_owned());
        }
    }
    (names, index)
}

/// Which columns make a contest.
fn plan(map: &ContestMap, index: &HashMap<String, usize>) -> Result<ContestPlan, MappingError> {
    let at = |name: &String| {
        let problem = || format!("no column `{name}` was read");
        index.get(name).copied().ok_or_else(|| wrong(problem(), Vec::new(), ""))
    };
    let all = |names: &Vec<String>| names.iter().map(at).collect::<Result<Vec<_>, _>>();
    let fields = map.fields.iter().map(|(&f, names)| Ok((f, all(names)?)));
    let choices = map.choices.iter().map(|c| {
        let name = c.name.as_ref().unwrap_or(&c.column);
        Ok((name.clone(), at(&c.column)?))
    });
    Ok(ContestPlan {
        fields: fields.collect::<Result<_, MappingError>>()?,
        choices: choices.collect::<Result<_, MappingError>>()?,
        extras: all(&map.extras)?,
        listed: None,
    })
}

/// The counts of some rows, column after column, and the cells that are none.
struct Block {
    rows: usize,
    values: Vec<Count>,
    odd: Vec<(usize, usize, OddityKind)>,
    /// Row, column and place of cells that only their column can settle.
    open: Vec<(usize, usize, Line)>,
}

impl Block {
    /// Reads rows; `at` holds each table's columns.
    fn read(grids: &[Grid], at: &[Vec<usize>], lines: &[Line], codes: &[String]) -> Block {
        let width = at.first().map_or(0, Vec::len);
        let rows = lines.len();
        let values = vec![None; width * rows];
        let mut block = Block { rows, values, odd: Vec::new(), open: Vec::new() };
        for (i, line) in lines.iter().enumerate() {
            let grid = &grids[line.grid as usize];
            for (c, &column) in at[line.grid as usize].iter().enumerate() {
                match cell::read(grid.cell(line.row, column), codes) {
                    Some(cell) => block.put(i, c, cell),
                    None => block.open.push((i, c, *line)),
                }
            }
        }
        block
    }

    /// Stores what a cell says.
    fn put(&mut self, row: usize, column: usize, cell: Cell) {
        match cell {
            Cell::Count(count) => self.values[column * self.rows + row] = count,
            Cell::Odd(kind) => self.odd.push((row, column, kind)),
        }
    }

    /// One column.
    fn column(&self, c: usize) -> &[Count] {
        &self.values[c * self.rows..(c + 1) * self.rows]
    }
}

/// Reads the cells that need their column's convention.
fn settle(
    blocks: &mut [Block],
    grids: &[Grid],
    at: &[Vec<usize>],
    (names, codes): (&[String], &[String]),
    notes: &mut Vec<String>,
) {
    let mut conventions: HashMap<usize, Convention> = HashMap::new();
    for block in blocks {
        for (row, c, line) in std::mem::take(&mut block.open) {
            let convention = *conventions.entry(c).or_insert_with(|| {
                let convention = cell::convention(grids, |g| at[g].get(c).copied());
                notes.extend(cell::doubt(&names[c], convention));
                convention
            });
            let grid = line.grid as usize;
            let text = grids[grid].cell(line.row, at[grid][c]);
            block.put(row, c, cell::under(text, convention, codes));
        }
    }
}

/// The odd cells of all blocks, by place.
fn odd(blocks: &[Block], lines: &[Line], at: &[Vec<usize>], names: &[String]) -> Vec<Odd> {
    let mut odd = Vec::new();
    for (b, block) in blocks.iter().enumerate() {
        let mut cells = block.odd.clone();
        cells.sort_by_key(|&(row, c, _)| (row, c));
        for (row, c, kind) in cells {
            let line = b * BLOCK + row;
            let at_line = lines[line];
            odd.push(Odd {
                at: at_line,
                column: at[at_line.grid as usize][c],
                name: names[c].clone(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                kind,
            });
        }
    }
    odd
}
