//! The tables: comma-separated files with every row, safe to open in a spreadsheet.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (or a tab or line end before one of
//! them). Names come from strangers' files; therefore every text cell that begins so gets an apostrophe in
//! front, which spreadsheets take as "this is text". Numbers are written by Glassurn itself and keep their
//! minus sign. The files are UTF-8 with a byte order mark, without which spreadsheets misread names.

use std::io;
use std::path::{Path, PathBuf};

use glassurn_model::{CheckOutcome, Column, Contest, Count, Finding, Kind, Place, Returns};

use super::{chapters, notable, write_atomically};
use crate::Examination;

/// Makes the bytes of a table.
type Make = fn(&Examination) -> io::Result<Vec<u8>>;

/// Writes `stations.csv`, `totals.csv`, `checks.csv`, `findings.csv` and `exclusions.csv` into a folder,
/// made when it is missing, each whole or not at all; answers their paths.
pub fn tables(examination: &Examination, folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let all: [(&str, Make); 5] = [
        ("stations.csv", stations),
        ("totals.csv", totals),
        ("checks.csv", checks),
        ("findings.csv", findings),
        ("exclusions.csv", exclusions),
    ];
    let write = |(name, table): (&str, Make)| {
        let path = folder.join(name);
        write_atomically(&path, &table(examination)?)?;
        Ok(path)
    };
    all.into_iter().map(write).collect()
}

/// A cell of a table.
pub(super) enum Cell<'a> {
    /// Anything that is not a number written by Glassurn.
    Text(&'a str),
    /// A count, empty when missing.
    Count(Count),
    /// A number, empty when missing.
    Number(Option<f64>),
}

impl Cell<'_> {
    /// How many there are of something.
    fn size(n: usize) -> Self {
        Cell::Count(i64::try_from(n).ok())
    }
}

/// A table under construction.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    /// Begins with the names of the columns.
    pub(super) fn new<S: AsRef<str>>(names: &[S]) -> io::Result<Self> {
        let mut table = Table(csv::Writer::from_writer("\u{feff}".as_bytes().to_vec()));
        names.iter().try_for_each(|name| table.cell(&Cell::Text(name.as_ref())))?;
        table.end()?;
        Ok(table)
    }

    /// Adds a cell to the row.
    fn cell(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        let result = match cell {
            Cell::Text(text) if starts_formula(text) => self.0.write_field(format!("'{text}")),
            Cell::Text(text) => self.0.write_field(text),
            Cell::Count(n) => self.0.write_field(n.map_or_else(String::new, |n| n.to_string())),
            Cell::Number(v) => {
                let text = v.filter(|v| v.is_finite()).map(|v| format!("{v:?}"));
                self.0.write_field(text.unwrap_or_default())
            }
        };
        result.map_err(io::Error::from)
    }

    /// Adds a whole row.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        cells.iter().try_for_each(|c| self.cell(c))?;
        self.end()
    }

    /// Ends the row.
    fn end(&mut self) -> io::Result<()> {
        self.0.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    /// The table's bytes.
    pub(super) fn bytes(self) -> io::Result<Vec<u8>> {
        self.0.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.to_string()))
    }
}

/// Whether a spreadsheet would take a text for a formula (the wide forms are read so in East Asia).
fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The source's name and the row of a place.
fn at<'a>(returns: &'a Returns, place: Option<&Place>) -> [Cell<'a>; 2] {
    let source = place.and_then(|p| returns.sources.get(p.source as usize));
    let row = place.map(|p| i64::from(p.row));
    [Cell::Text(source.map_or("", |s| &s.name)), Cell::Count(row)]
}

/// Every station with its counts and everything that points at it.
fn stations(examination: &Examination) -> io::Result<Vec<u8>> {
    let returns = &examination.returns;
    let mut pointers = vec![String::new(); returns.stations.len()];
    for entry in notable::notable(examination) {
        if let Some(cell) = pointers.get_mut(entry.station as usize) {
            *cell = notable::codes(&entry).join(" ");
        }
    }
    let mut table = Table::new(&station_names(returns, &["pointed at by"]))?;
    for (station, codes) in pointers.iter().enumerate() {
        station_cells(&mut table, returns, station)?;
        table.row(&[Cell::Text(codes)])?;
    }
    table.bytes()
}

/// The names of the columns of a table of stations; with several contests each count says of which.
fn station_names(returns: &Returns, more: &[&str]) -> Vec<String> {
    let several = returns.contests.len() > 1;
    let named = counts(returns).map(|(contest, column)| match several {
        true => format!("{}: {}", contest.name, column.name),
        false => column.name.clone(),
    });
    let levels = returns.stations.levels.iter().map(|l| l.name.clone());
    let place: &[&str] = if returns.sources.is_empty() { &[] } else { &["source", "row"] };
    let owned = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
    let fixed = owned(&["station"]).into_iter().chain(owned(place)).chain(["kind".to_owned()]);
    fixed.chain(levels).chain(named).chain(owned(more)).collect()
}

/// Every column of every contest.
fn counts(returns: &Returns) -> impl Iterator<Item = (&Contest, &Column)> {
    returns.contests.iter().flat_map(|c| c.columns().map(move |column| (c, column)))
}

/// The cells of a station.
fn station_cells(table: &mut Table, returns: &Returns, station: usize) -> io::Result<()> {
    let stations = &returns.stations;
    table.cell(&Cell::Text(&stations.ids[station]))?;
    if !returns.sources.is_empty() {
        at(returns, stations.places.get(station)).iter().try_for_each(|c| table.cell(c))?;
    }
    table.cell(&Cell::Text(stations.kinds.get(station).map_or("", |k| kind(*k))))?;
    for level in &stations.levels {
        let unit = level.of.get(station).and_then(|u| level.units.get(*u as usize));
        table.cell(&Cell::Text(unit.map_or("", String::as_str)))?;
    }
    let values = counts(returns).map(|(_, column)| column.values.get(station).copied().flatten());
    values.into_iter().try_for_each(|v| table.cell(&Cell::Count(v)))
}

/// The kind of a station, as mappings write it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Ordinary => "ordinary",
        Kind::Postal => "postal",
        Kind::Special => "special",
        Kind::Abroad => "abroad",
    }
}

/// The totals of every contest, beside declared ones.
fn totals(examination: &Examination) -> io::Result<Vec<u8>> {
    let mut table = Table::new(&[
        "contest",
        "field",
        "name",
        "total",
        "stations without a value",
        "origin",
        "share of ballots cast",
        "share of valid votes",
        "declared",
        "difference",
        "declared by",
    ])?;
    for (result, contest) in examination.results.iter().zip(&examination.returns.contests) {
        for total in &result.totals {
            let key = total.field.map_or("choice", |f| f.key());
            let what = total.field.map_or(total.name.as_str(), |f| f.key());
            let declared = contest.declared.iter().find(|t| t.what == what);
            table.row(&[
                Cell::Text(&result.contest),
                Cell::Text(key),
                Cell::Text(&total.name),
                Cell::Count(total.total),
                Cell::size(total.missing),
                Cell::Text(super::sections::origin(total.origin)),
                Cell::Number(total.share),
                Cell::Number(total.share_of_valid),
                Cell::Count(declared.map(|d| d.value)),
                Cell::Count(declared.and_then(|d| total.total?.checked_sub(d.value))),
                Cell::Text(declared.map_or("", |d| &d.source)),
            ])?;
        }
    }
    table.bytes()
}

/// Every flag of every check, and the checks that could not run.
fn checks(examination: &Examination) -> io::Result<Vec<u8>> {
    let names = ["code", "contest", "outcome", "station", "source", "row", "message", "figures"];
    let mut table = Table::new(&names)?;
    for checked in &examination.checks {
        let first = || [Cell::Text(checked.code), Cell::Text(&checked.contest)];
        let CheckOutcome::Ran { tested, flags } = &checked.outcome else {
            let CheckOutcome::NotApplicable { reason } = &checked.outcome else { continue };
            let reason = reason.to_string();
            first().iter().try_for_each(|c| table.cell(c))?;
            table.row(&["could not run", "", "", "", &reason, ""].map(Cell::Text))?;
            continue;
        };
        if flags.is_empty() {
            let tested = format!("{tested} tested, none flagged");
            first().iter().try_for_each(|c| table.cell(c))?;
            table.row(&["ran", "", "", "", &tested, ""].map(Cell::Text))?;
        }
        for flag in flags {
            let index = flag.station.map(|s| s as usize);
            let stations = &examination.returns.stations;
            let name = index.and_then(|i| stations.ids.get(i));
            let place = index.and_then(|i| stations.places.get(i));
            let figure = |(column, value): (&str, Count)| match value {
                Some(value) => format!("{column}: {value}"),
                None => format!("{column}: missing"),
            };
            let figures: Vec<_> = flag.values().map(figure).collect();
            first().iter().try_for_each(|c| table.cell(c))?;
            table.cell(&Cell::Text("flag"))?;
            table.cell(&Cell::Text(name.map_or("", String::as_str)))?;
            at(&examination.returns, place).iter().try_for_each(|c| table.cell(c))?;
            table.row(&[Cell::Text(&flag.message()), Cell::Text(&figures.join("; "))])?;
        }
    }
    table.bytes()
}

/// Every answer of every screen.
fn findings(examination: &Examination) -> io::Result<Vec<u8>> {
    let mut table = Table::new(&[
        "screen",
        "title",
        "contest",
        "choice",
        "level",
        "unit",
        "outcome",
        "used",
        "left out",
        "statistic",
        "value",
        "expected",
        "standard deviation",
        "p",
        "p is",
        "p, Holm",
        "p, Benjamini-Hochberg",
        "effect",
        "size of the effect",
        "95 % from",
        "95 % to",
        "unit of the effect",
        "stations",
        "votes",
        "in words",
    ])?;
    for tested in &examination.screens {
        let (code, subject) = chapters::about(&tested.outcome);
        let (level, unit) = chapters::unit(subject).unwrap_or_default();
        let choice = subject.choice.as_deref().unwrap_or("");
        table_subject(
            &mut table,
            [code, chapters::title(code), &subject.contest, choice, level, unit],
        )?;
        match tested.outcome.finding() {
            Some(finding) => finding_cells(&mut table, tested.holm, tested.bh, finding)?,
            None => {
                let reason = chapters::refusal(tested).map(ToString::to_string).unwrap_or_default();
                table.cell(&Cell::Text("not applicable"))?;
                (0..17).try_for_each(|_| table.cell(&Cell::Text("")))?;
                table.row(&[Cell::Text(&reason)])?;
            }
        }
    }
    table.bytes()
}

/// The first cells of an answer's row.
fn table_subject(table: &mut Table, cells: [&str; 6]) -> io::Result<()> {
    cells.into_iter().try_for_each(|text| table.cell(&Cell::Text(text)))
}

/// The rest of a finding's row.
fn finding_cells(
    table: &mut Table,
    holm: Option<f64>,
    bh: Option<f64>,
    finding: &Finding,
) -> io::Result<()> {
    let headline = finding.measures.first();
    let effect = &finding.effect;
    let kind = finding.p.map(|p| super::figures::p_kind(p.kind)).unwrap_or_default();
    let unit = format!("{:?}", effect.unit).to_lowercase();
    table.row(&[
        Cell::Text("finding"),
        Cell::size(finding.used),
        Cell::size(finding.left_out_total()),
        Cell::Text(headline.map_or("", |m| &m.name)),
        Cell::Number(headline.map(|m| m.value)),
        Cell::Number(headline.and_then(|m| m.expected)),
        Cell::Number(headline.and_then(|m| m.sd)),
        Cell::Number(finding.p.map(|p| p.value)),
        Cell::Text(&kind),
        Cell::Number(holm),
        Cell::Number(bh),
        Cell::Text(&effect.name),
        Cell::Number(Some(effect.value)),
        Cell::Number(effect.interval.map(|i| i[0])),
        Cell::Number(effect.interval.map(|i| i[1])),
        Cell::Text(&unit),
        Cell::Number(effect.stations),
        Cell::Number(effect.votes),
        Cell::Text(&finding.plain),
    ])
}

/// Everything that was read and not used, with its reason.
fn exclusions(examination: &Examination) -> io::Result<Vec<u8>> {
    let returns = &examination.returns;
    let mut table = Table::new(&["what", "source", "row", "name", "reason", "stations"])?;
    for row in &returns.set_aside {
        let [source, number] = at(&examination.returns, Some(&row.place));
        let name = Cell::Text(&row.label);
        table.row(&[
            Cell::Text("row set aside"),
            source,
            number,
            name,
            Cell::Text(&row.reason),
            Cell::Count(None),
        ])?;
    }
    for cell in &returns.oddities {
        let [source, number] = at(&examination.returns, Some(&cell.place));
        let reason = format!("{:?}: {}", cell.kind, cell.text);
        let name = Cell::Text(&cell.column);
        table.row(&[
            Cell::Text("cell read as missing"),
            source,
            number,
            name,
            Cell::Text(&reason),
            Cell::Count(None),
        ])?;
    }
    for (_, finding) in chapters::findings(examination) {
        for left in &finding.left_out {
            let subject = &finding.subject;
            let unit = chapters::unit(subject).map_or("all stations", |u| u.1);
            let choice = subject.choice.as_deref().unwrap_or("");
            let name = [finding.screen, &subject.contest, choice, unit].join(" / ");
            let why = left.why.to_string();
            let [source, number] = at(&examination.returns, None);
            table.row(&[
                Cell::Text("left out of a screen"),
                source,
                number,
                Cell::Text(&name),
                Cell::Text(&why),
                Cell::size(left.stations),
            ])?;
        }
    }
    table.bytes()
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

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
        assert_eq!(paths.len(), 5);
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
