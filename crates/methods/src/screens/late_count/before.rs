//! The same comparison in an earlier election, where nothing that happened to this count can show.

use glassurn_model::{Column, Field, Level};

use super::Within;
use super::within::compare;
use crate::{Slice, arrivals::Arrived, pairs::alike};

/// Stations that are late now beside early ones of the same centre, by the votes of the earlier election; `None`
/// without one in which the choice stood.
pub(super) fn before(
    slice: &Slice<'_>,
    level: &Level,
    of: &[u32],
    stations: &[Arrived],
    (draws, seed): (u32, u64),
) -> Option<Within> {
    let earlier = slice.earlier().ok()?;
    let name = slice.subject().choice?;
    let column = earlier.choices.iter().find(|c| alike(&c.name, &name))?;
    let whole = earlier.field(Field::Valid).or_else(|_| earlier.share_denominator()).ok()?;
    let at = |c: &Column, s: &Arrived| c.values.get(s.row as usize).copied().flatten();
    let then = |s: &Arrived| {
        let whole = at(whole, s).filter(|w| *w > 0)?;
        let votes = at(column, s).filter(|v| (0..=whole).contains(v))?;
        Some(Arrived { votes, whole, ..*s })
    };
    let both = stations.iter().zip(of).filter_map(|(s, g)| Some((then(s)?, *g)));
    let (stations, of): (Vec<Arrived>, Vec<u32>) = both.unzip();
    compare(level, &of, &stations, draws, seed)
}
