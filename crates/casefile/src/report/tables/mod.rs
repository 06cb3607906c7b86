//! The tables: comma-separated files with every row of an examination, one file in this folder for each.
//! How a cell is written, and why spreadsheets may open it, stands in [`cells`].

mod cells;
mod checks;
mod exclusions;
mod findings;
mod maps;
mod stations;
mod totals;

use std::io;
use std::path::{Path, PathBuf};

use super::write_atomically;
use crate::Examination;

pub(crate) use cells::unguarded;
pub(super) use cells::{Cell, Table};

/// Makes the bytes of a table.
type Make = fn(&Examination) -> io::Result<Vec<u8>>;

/// Writes `stations.csv`, `totals.csv`, `checks.csv`, `findings.csv`, `maps.csv` and `exclusions.csv` into a folder,
/// made when it is missing, each whole or not at all; answers their paths.
pub fn tables(examination: &Examination, folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let all: [(&str, Make); 6] = [
        ("stations.csv", stations::stations),
        ("totals.csv", totals::totals),
        ("checks.csv", checks::checks),
        ("findings.csv", findings::findings),
        ("maps.csv", maps::maps),
        ("exclusions.csv", exclusions::exclusions),
    ];
    let write = |(name, table): (&str, Make)| {
        let path = folder.join(name);
        write_atomically(&path, &table(examination)?)?;
        Ok(path)
    };
    all.into_iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use glassurn_model::CheckOutcome;

    use super::cells::starts_formula;
    use super::tables;
    use crate::report::testing;

    fn read(path: &Path) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn no_cell_is_a_formula_and_no_row_is_ragged() {
        let folder = tempfile::tempdir().unwrap();
        let examination = testing::examination();
        let paths = tables(&examination, &folder.path().join("new/folder")).unwrap();
        assert_eq!(paths.len(), 6);
        let mut neutralised = 0;
        for path in &paths {
            for row in read(path) {
                for cell in row {
                    let number = cell.parse::<f64>().is_ok();
                    assert!(number || !starts_formula(&cell), "{cell:?} in {}", path.display());
                    neutralised += usize::from(cell.starts_with("'="));
                }
            }
        }
        assert!(neutralised > 0, "the fixture holds formulas");
    }

    #[test]
    fn every_station_and_every_flag_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let examination = testing::examination();
        let paths = tables(&examination, folder.path()).unwrap();
        assert_eq!(read(&paths[0]).len(), 1 + examination.returns.stations.len());
        let flags = |c: &crate::examination::Checked| match &c.outcome {
            CheckOutcome::Ran { flags, .. } => flags.len().max(1),
            CheckOutcome::NotApplicable { .. } => 1,
        };
        assert_eq!(read(&paths[2]).len(), 1 + examination.checks.iter().map(flags).sum::<usize>());
        assert_eq!(read(&paths[3]).len(), 1 + examination.screens.len());
    }

    #[test]
    fn missing_counts_are_empty_cells() {
        let folder = tempfile::tempdir().unwrap();
        let paths = tables(&testing::examination(), folder.path()).unwrap();
        let rows = read(&paths[0]);
        let column = rows[0].iter().position(|n| n.ends_with("ballots cast")).unwrap();
        assert!(rows.iter().any(|r| r[column].is_empty()));
    }
}
