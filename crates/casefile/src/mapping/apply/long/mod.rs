//! Tables with one row a station and choice. All rows are read ([`rows`]) and sorted into one column a code
//! for each contest ([`votes`]), which get their roles ([`plan`]); counts of the station that each of its
//! rows repeats are read once ([`repeated`]).

mod plan;
mod repeated;
mod rows;
mod votes;

use glassurn_model::Count;

use super::grid::Grid;
use super::keys::Keys;
use super::pool::{Line, Pool};
use super::{MappingError, cell};
use crate::mapping::Mapping;
use rows::Rows;
use votes::Votes;

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
