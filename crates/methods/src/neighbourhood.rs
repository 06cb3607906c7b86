//! Which stations are each other's neighbours: those of the innermost unit that has several. And which are of one large
//! unit, for errors that may go together there.

use std::collections::BTreeSet;

use glassurn_model::{Kind, Level, Reason};

use crate::{Slice, ballots::Ballots, slice::Tray};

/// Hospitals, ships and embassies are small for a reason that everybody knows.
pub(crate) fn ordinary(slice: &Slice<'_>, stations: Vec<Ballots>, tray: &mut Tray) -> Vec<Ballots> {
    let kinds = &slice.returns.stations.kinds;
    let is = |s: &Ballots| kinds.get(s.row as usize).is_none_or(|k| *k == Kind::Ordinary);
    let (kept, others): (Vec<_>, Vec<_>) = stations.into_iter().partition(is);
    let why = "a special station or one abroad".to_owned();
    others.iter().for_each(|_| tray.put(Reason::WrongSubject(why.clone())));
    kept
}

/// The innermost level of which at least half of the stations stand in units of at least so many, and each
/// station's unit.
pub(crate) fn innermost(
    slice: &Slice<'_>,
    stations: impl Iterator<Item = u32> + Clone,
    fewest: usize,
) -> Result<(String, Vec<u32>), Reason> {
    for level in slice.returns.stations.levels.iter().rev() {
        let unit = |row: u32| level.of.get(row as usize).copied();
        let Some(of) = stations.clone().map(unit).collect::<Option<Vec<u32>>>() else { continue };
        let mut sizes = vec![0_usize; level.units.len()];
        of.iter().for_each(|g| sizes[*g as usize] += 1);
        let inside = of.iter().filter(|g| sizes[**g as usize] >= fewest).count();
        if 2 * inside >= of.len() && inside > 0 {
            return Ok((level.name.clone(), of));
        }
    }
    Err(Reason::ColumnMissing("a unit with several stations each".to_owned()))
}

/// The unit of each row at the outermost level that has at least so many of them: what errors are grouped by.
pub(crate) fn outermost(
    slice: &Slice<'_>,
    rows: impl Iterator<Item = u32> + Clone,
    fewest: usize,
) -> Result<Vec<u32>, Reason> {
    let enough = |of: &Vec<u32>| of.iter().collect::<BTreeSet<_>>().len() >= fewest.max(2);
    let units = |level: &Level| -> Option<Vec<u32>> {
        rows.clone().map(|row| level.of.get(row as usize).copied()).collect()
    };
    let mut levels = slice.returns.stations.levels.iter();
    let found = levels.find_map(|level| units(level).filter(enough));
    found.ok_or_else(|| Reason::ColumnMissing(format!("a level of at least {fewest} units")))
}
