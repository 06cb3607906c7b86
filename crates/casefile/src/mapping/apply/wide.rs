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
    let mut values: Vec<Vec<Count>> = names.iter().map(|_| vec![None; lines.len()]).collect();
    let codes = &mapping.missing.codes;
    let flags: Vec<bool> = names.iter().map(|n| is_flag(&mapping.contests, n)).collect();
    let texts = Texts { codes, flags: &flags };
    let rest: Vec<Rest> = blocks(&mut values, lines.len())
        .into_par_iter()
        .zip(lines.par_chunks(BLOCK))
        .map(|(mut columns, lines)| read_block(grids, &at, lines, texts, &mut columns))
        .collect();
    let mut pool = Pool { lines, ..Pool::default() };
    let table = Counted { grids, at: &at, names: &names, codes };
    table.settle(rest, &mut values, &mut pool);
    let columns = names.iter().zip(values);
    pool.columns =
        columns.map(|(name, values)| PoolColumn { name: name.clone(), values }).collect();
    pool.contests = mapping.contests.iter().map(|c| plan(c, &index)).collect::<Result<_, _>>()?;
    Ok(pool)
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

/// Whether a contest reads a column as yes and no.
fn is_flag(contests: &[ContestMap], name: &String) -> bool {
    contests.iter().any(|c| c.flags.contains(name))
}

/// How cells become counts.
#[derive(Clone, Copy)]
struct Texts<'m> {
    codes: &'m [String],
    /// For each column, whether it holds yes and no.
    flags: &'m [bool],
}

impl Texts<'_> {
    /// Reads a cell of a column.
    fn read(self, column: usize, text: &str) -> Option<Cell> {
        let flag = self.flags.get(column).is_some_and(|f| *f);
        flag.then(|| cell::flag(text)).flatten().or_else(|| cell::read(text, self.codes))
    }
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
        extras: all(&map.extras)?.into_iter().chain(all(&map.flags)?).collect(),
        listed: None,
    })
}

/// The columns cut into blocks of rows, so that each block is written by one thread.
fn blocks(columns: &mut [Vec<Count>], rows: usize) -> Vec<Vec<&mut [Count]>> {
    let mut blocks: Vec<Vec<_>> = (0..rows.div_ceil(BLOCK)).map(|_| Vec::new()).collect();
    for column in columns {
        blocks.iter_mut().zip(column.chunks_mut(BLOCK)).for_each(|(b, part)| b.push(part));
    }
    blocks
}

/// What reading plain cells leaves over: row in the block and column.
#[derive(Default)]
struct Rest {
    odd: Vec<(usize, usize, OddityKind)>,
    /// Cells that only their whole column can settle.
    open: Vec<(usize, usize)>,
}

/// Reads rows into the block's columns; `at` holds each table's columns.
fn read_block(
    grids: &[Grid],
    at: &[Vec<usize>],
    lines: &[Line],
    texts: Texts,
    columns: &mut [&mut [Count]],
) -> Rest {
    let mut rest = Rest::default();
    for (i, line) in lines.iter().enumerate() {
        let grid = &grids[line.grid as usize];
        for (c, &column) in at[line.grid as usize].iter().enumerate() {
            match texts.read(c, grid.cell(line.row, column)) {
                Some(Cell::Count(count)) => columns[c][i] = count,
                Some(Cell::Odd(kind)) => rest.odd.push((i, c, kind)),
                None => rest.open.push((i, c)),
            }
        }
    }
    rest
}

/// The count columns of all tables.
struct Counted<'g, 'a> {
    grids: &'g [Grid<'a>],
    at: &'g [Vec<usize>],
    names: &'g [String],
    codes: &'g [String],
}

impl Counted<'_, '_> {
    /// Reads the cells that need their column's convention, and lists the odd ones by place.
    fn settle(&self, rest: Vec<Rest>, values: &mut [Vec<Count>], pool: &mut Pool) {
        let mut conventions: HashMap<usize, Convention> = HashMap::new();
        for (block, Rest { mut odd, open }) in rest.into_iter().enumerate() {
            for (row, c) in open {
                let at = pool.lines[block * BLOCK + row];
                let notes = &mut pool.notes;
                let convention = *conventions.entry(c).or_insert_with(|| self.convention(c, notes));
                let grid = at.grid as usize;
                let text = self.grids[grid].cell(at.row, self.at[grid][c]);
                match cell::under(text, convention, self.codes) {
                    Cell::Count(count) => values[c][block * BLOCK + row] = count,
                    Cell::Odd(kind) => odd.push((row, c, kind)),
                }
            }
            odd.sort_by_key(|&(row, c, _)| (row, c));
            for (row, c, kind) in odd {
                let line = block * BLOCK + row;
                let at = pool.lines[line];
                let column = self.at[at.grid as usize][c];
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                pool.odd.push(Odd { at, column, name: self.names[c].clone(), line, kind });
            }
        }
    }

    /// How a column's numbers are written.
    fn convention(&self, c: usize, notes: &mut Vec<String>) -> Convention {
        let convention = cell::convention(self.grids, |g| self.at[g].get(c).copied());
        notes.extend(cell::doubt(&self.names[c], convention));
        convention
    }
}
