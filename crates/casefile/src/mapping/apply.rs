//! Applies a mapping: text cells become counts, rows become stations.
//!
//! Every shape ends in the same [`pool::Pool`]: one line a station, one column a count. What follows
//! (totals rows, missing counts, names, contests) does not know which shape the file had.

mod cell;
mod contest;
mod grid;
mod join;
mod keys;
mod long;
mod names;
mod pick;
mod place;
mod pool;
mod rows;
mod texts;
mod totals;
mod wide;

use glassurn_model::{Oddity, Place, Provenance, Returns};

use super::{Mapping, MappingError, Shape};
use crate::RawTable;
use grid::Grid;
use keys::Keys;
use pool::{Line, Pool};

pub(crate) use names::nearest;
pub use pick::used;
pub use texts::texts;

/// Turns tables into returns.
pub fn apply(tables: &[RawTable], mapping: &Mapping) -> Result<Returns, MappingError> {
    let mut joined = join::apply(tables, mapping)?;
    let (grids, mut notes) = pick::choose(&joined.tables, mapping)?;
    notes.splice(..0, std::mem::take(&mut joined.notes));
    let keys = Keys::read(tables, mapping)?;
    let mut pool = match &mapping.table.shape {
        Shape::Wide | Shape::Transposed => wide::read(&grids, mapping)?,
        Shape::Long { .. } => long::read(&grids, mapping, &keys)?,
    };
    let aside = rows::set_aside(&grids, mapping, &pool);
    let kept = pool.keep(&aside.removed);
    rows::empty_when(&grids, mapping, &mut pool);
    notes.append(&mut pool.notes);
    let stations = place::stations(&grids, mapping, &keys, &pool.lines, &mut notes);
    let contests = contest::build(mapping, &mut pool, &mut notes)?;
    let parents = aside.parents(&grids, &kept, &pool);
    Ok(Returns {
        title: mapping.title.clone(),
        sources: grids.iter().map(|g| g.table.source.clone()).chain(joined.sources).collect(),
        stations,
        contests,
        set_aside: aside.rows(&grids),
        parents,
        oddities: oddities(&grids, &pool, &kept),
        notes: mapping.notes.iter().cloned().chain(notes).collect(),
        provenance: Provenance {
            publisher: mapping.published.as_ref().map(|p| p.publisher.clone()),
            selection: mapping.selection.clone(),
        },
        thresholds: Vec::new(),
        earlier: None,
    })
}

/// The odd cells, by place and with the station they belong to.
fn oddities(grids: &[Grid], pool: &Pool, kept: &[Option<u32>]) -> Vec<Oddity> {
    let text = |line: Line, column: usize| grids[line.grid as usize].cell(line.row, column);
    pool.odd
        .iter()
        .map(|odd| Oddity {
            place: place_of(grids, odd.at),
            station: kept.get(odd.line as usize).copied().flatten(),
            column: odd.name.clone(),
            text: text(odd.at, odd.column).to_owned(),
            kind: odd.kind,
        })
        .collect()
}

/// Where a line stands in the sources.
fn place_of(grids: &[Grid], line: Line) -> Place {
    Place { source: line.grid, row: grids[line.grid as usize].number(line.row) }
}

/// An error that names candidates.
fn wrong(problem: String, candidates: Vec<String>, hint: &str) -> MappingError {
    MappingError { problem, candidates, hint: hint.to_owned() }
}
