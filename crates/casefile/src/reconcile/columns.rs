//! Which column of which file is meant.

use glassurn_methods::parallel::transcriptions::normalise;

use super::Settings;
use crate::RawTable;
use crate::mapping::MappingError;

/// One column, under the names that it has in the files (`egu=Gonzalez`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl Names {
    /// Reads `NAME` or `NAME=OTHER=…`.
    pub fn parse(text: &str) -> Self {
        let names = text.split('=').map(str::trim).filter(|n| !n.is_empty());
        Names(names.map(str::to_owned).collect())
    }

    /// Where the column stands in a table; the first row is names.
    pub(super) fn find(&self, table: &RawTable) -> Result<usize, MappingError> {
        let at = |name: &String| {
            let wanted = heading(name);
            table.row(0).position(|cell| heading(cell) == wanted)
        };
        self.0.iter().find_map(at).ok_or_else(|| self.absent(table))
    }

    fn absent(&self, table: &RawTable) -> MappingError {
        MappingError {
            problem: format!("{} has no column {}", table.source.name, self.0.join(" or ")),
            candidates: table.row(0).map(|c| c.trim().to_owned()).collect(),
            hint: "where the files name it differently, write NAME=OTHER".to_owned(),
        }
    }
}

/// How names of columns are compared.
fn heading(name: &str) -> String {
    normalise(name.trim_start_matches('\u{feff}'))
}

/// What a reader calls the columns: the first name of each.
pub(super) fn titles(columns: &[Names]) -> Vec<String> {
    columns.iter().map(|c| c.0.first().cloned().unwrap_or_default()).collect()
}

/// The columns given, else those that every table has, without the keys.
pub(super) fn compared(
    tables: &[RawTable],
    settings: &Settings,
) -> Result<Vec<Names>, MappingError> {
    if !settings.compare.is_empty() {
        return Ok(settings.compare.clone());
    }
    let Some(first) = tables.first() else { return Ok(Vec::new()) };
    let is_key =
        |name: &str| settings.key.iter().flat_map(|k| &k.0).any(|k| heading(k) == heading(name));
    let common =
        first.row(0).filter(|n| !n.trim().is_empty() && !is_key(n)).map(Names::parse_whole);
    let common: Vec<_> = common.filter(|n| tables.iter().all(|t| n.find(t).is_ok())).collect();
    if common.is_empty() {
        return Err(MappingError {
            problem: "the files have no column in common".to_owned(),
            candidates: first.row(0).map(|c| c.trim().to_owned()).collect(),
            hint: "say which to compare: --compare NAME,NAME=OTHER".to_owned(),
        });
    }
    Ok(common)
}

impl Names {
    /// A name as it stands, which may hold `=`.
    fn parse_whole(text: &str) -> Self {
        Names(vec![text.trim_start_matches('\u{feff}').trim().to_owned()])
    }
}
