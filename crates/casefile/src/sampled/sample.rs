//! A sample of stations from its tables: what came in, the frame, and what was planned.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_methods::parallel::{Absent, FrameStratum, Report, Single, StationSample};
use glassurn_model::Count;

use super::columns::Columns;
use crate::RawTable;
use crate::mapping::MappingError;
use crate::number::{Cell, Convention, parse};

/// Which column means what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SampleColumns {
    /// The stratum, in every table.
    pub stratum: String,
    /// Votes of each contestant; the names are the contestants'.
    pub votes: Vec<String>,
    /// What shares are of.
    pub total: String,
    /// Registered voters, in the sample and the plan.
    pub registered: Option<String>,
    /// Rejected ballots.
    pub rejected: Option<String>,
    /// When a report came in: a clock (`21:45`) or minutes; hour and minute; these and second; or day
    /// before them.
    pub time: Vec<String>,
    /// What names a station, in the sample and the plan.
    pub key: Vec<String>,
    /// Stratum and stations in the frame; its first two columns when empty.
    pub frame: Vec<String>,
}

/// A sample, and what was decided in reading it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The sample.
    pub sample: StationSample,
    /// What was decided.
    pub notes: Vec<String>,
}

/// Reads a sample. `planned` lists every station that was drawn.
pub fn sample(
    table: &RawTable,
    frame: &RawTable,
    planned: Option<&RawTable>,
    columns: &SampleColumns,
    single: Single,
) -> Result<Sample, MappingError> {
    let strata = strata(frame, &columns.frame)?;
    let homes: BTreeMap<&str, usize> =
        strata.iter().zip(0..).map(|(s, i)| (s.name.as_str(), i)).collect();
    let of = Columns::of(table, |c| c.find(&columns.stratum).is_some())?;
    let reports = reports(&of, columns, &homes)?;
    let mut notes = Vec::new();
    let absent = match planned {
        Some(plan) => {
            let plan = Columns::of(plan, |c| c.find(&columns.stratum).is_some())?;
            Some(absent(&of, &plan, columns, &homes, &reports, &mut notes)?)
        }
        None => None,
    };
    let sample = StationSample {
        contestants: columns.votes.clone(),
        base: columns.total.clone(),
        strata,
        reports,
        absent,
        single,
        partners: None,
    };
    Ok(Sample { sample, notes })
}

/// The frame's strata, in its order.
fn strata(frame: &RawTable, names: &[String]) -> Result<Vec<FrameStratum>, MappingError> {
    let of =
        Columns::of(frame, |c| !names.is_empty() && names.iter().all(|n| c.find(n).is_some()))?;
    let at = if names.is_empty() { vec![0, 1] } else { of.all(names)? };
    let [name, size] = at[..] else {
        return Err(wrong("the frame needs two columns: stratum and number of stations"));
    };
    let sizes = of.numbers(size);
    let mut seen = BTreeSet::new();
    let mut strata = Vec::new();
    for (row, cell) in of.rows().zip(sizes) {
        let name = of.key(row, &[name]);
        let Some(stations) = cell.count().filter(|n| *n > 0) else {
            return Err(wrong(format!(
                "row {} of the frame has no number of stations",
                of.number(row)
            )));
        };
        if !seen.insert(name.clone()) {
            return Err(wrong(format!("the frame has stratum {name} twice")));
        }
        strata.push(FrameStratum { name, stations });
    }
    Ok(strata)
}

fn wrong(problem: impl Into<String>) -> MappingError {
    let hint = "the frame has one row a stratum: its name and how many stations it has".to_owned();
    MappingError { problem: problem.into(), candidates: Vec::new(), hint }
}

/// The reports, in the order of the table.
fn reports(
    of: &Columns<'_>,
    columns: &SampleColumns,
    homes: &BTreeMap<&str, usize>,
) -> Result<Vec<Report>, MappingError> {
    let stratum = of.named(&columns.stratum)?;
    let counts = |name: &String| -> Result<Vec<Count>, MappingError> {
        Ok(of.numbers(of.named(name)?).into_iter().map(Cell::count).collect())
    };
    let votes = columns.votes.iter().map(counts).collect::<Result<Vec<_>, _>>()?;
    let total = counts(&columns.total)?;
    let registered = columns.registered.as_ref().map(counts).transpose()?;
    let rejected = columns.rejected.as_ref().map(counts).transpose()?;
    let time = of.all(&columns.time)?;
    let report = |(i, row): (usize, usize)| Report {
        stratum: homes.get(of.key(row, &[stratum]).as_str()).copied(),
        votes: votes.iter().map(|v| v[i]).collect(),
        total: total[i],
        registered: registered.as_ref().and_then(|r| r[i]),
        rejected: rejected.as_ref().and_then(|r| r[i]),
        minute: minute(&time.iter().map(|c| of.text(row, *c)).collect::<Vec<_>>()),
    };
    Ok(of.rows().enumerate().map(report).collect())
}

/// Minutes of a time of one to four parts.
fn minute(parts: &[&str]) -> Option<f64> {
    let clock: Vec<&str> = match parts {
        [one] => one.trim().split(':').collect(),
        _ => parts.to_vec(),
    };
    let number = |text: &&str| match parse(text, Convention::default(), &[]) {
        Cell::Count(n) => Some(n as f64),
        Cell::Decimal(n) => Some(n),
        _ => None,
    };
    let numbers = clock.iter().map(number).collect::<Option<Vec<f64>>>()?;
    match numbers[..] {
        [minutes] => Some(minutes),
        [hour, minute] => Some(60.0 * hour + minute),
        [hour, minute, second] => Some(60.0 * hour + minute + second / 60.0),
        [day, hour, minute, second] => Some(1440.0 * day + 60.0 * hour + minute + second / 60.0),
        _ => None,
    }
}

/// Planned stations that are not in the sample: by their keys, else by the numbers of each stratum.
fn absent(
    of: &Columns<'_>,
    plan: &Columns<'_>,
    columns: &SampleColumns,
    homes: &BTreeMap<&str, usize>,
    reports: &[Report],
    notes: &mut Vec<String>,
) -> Result<Vec<Absent>, MappingError> {
    let stratum = plan.named(&columns.stratum)?;
    let home = |row: usize| homes.get(plan.key(row, &[stratum]).as_str()).copied();
    if columns.key.is_empty() {
        notes.push("without --key the missing stations are known by number alone: the cap of each is the largest total reported".to_owned());
        return Ok(by_number(plan.rows().map(home), reports));
    }
    let (there, planned) = (of.all(&columns.key)?, plan.all(&columns.key)?);
    let mut reported: BTreeSet<String> = of.rows().map(|r| of.key(r, &there)).collect();
    if reported.len() < reports.len() {
        notes.push(format!("{} reports repeat the key of another", reports.len() - reported.len()));
    }
    let list = columns.registered.as_ref().and_then(|n| plan.find(n)).map(|c| plan.numbers(c));
    let mut absent = Vec::new();
    for (i, row) in plan.rows().enumerate() {
        if !reported.remove(&plan.key(row, &planned)) {
            let registered = list.as_ref().and_then(|l| l[i].count());
            absent.push(Absent { stratum: home(row), registered });
        }
    }
    if !reported.is_empty() {
        notes.push(format!("{} reports are of stations that were not planned", reported.len()));
    }
    Ok(absent)
}

/// As many in each stratum as were planned and did not come.
fn by_number(planned: impl Iterator<Item = Option<usize>>, reports: &[Report]) -> Vec<Absent> {
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    planned.flatten().for_each(|h| *open.entry(h).or_default() += 1);
    for home in reports.iter().filter_map(|r| r.stratum) {
        open.entry(home).and_modify(|n| *n = n.saturating_sub(1));
    }
    let absent = |(h, n)| std::iter::repeat_n(Absent { stratum: Some(h), registered: None }, n);
    open.into_iter().flat_map(absent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> RawTable {
        let mut table = RawTable::default();
        for (row, number) in rows.iter().zip(1..) {
            table.push_row(number, row.iter().copied()).unwrap();
        }
        table
    }

    fn columns() -> SampleColumns {
        SampleColumns {
            stratum: "H".to_owned(),
            votes: vec!["A".to_owned()],
            total: "T".to_owned(),
            registered: Some("R".to_owned()),
            key: vec!["S".to_owned()],
            ..SampleColumns::default()
        }
    }

    #[test]
    fn a_plan_is_joined_by_its_keys() {
        let sampled = table(&[
            &["2"],
            &["S", "h", "A", "T", "R"],
            &["07", "01", "3", "9", "20"],
            &["8", "x", "", "9", "20"],
        ]);
        let frame = table(&[&["h", "N"], &["1", "1,000"]]);
        let plan = table(&[&["S", "H", "R"], &["7", "1", "20"], &["9", "1", "30"]]);
        let got = sample(&sampled, &frame, Some(&plan), &columns(), Single::Adjust).unwrap();
        let s = got.sample;
        assert_eq!((s.strata[0].stations, s.reports.len()), (1000, 2));
        assert_eq!((s.reports[0].stratum, s.reports[0].votes[0]), (Some(0), Some(3)));
        assert_eq!((s.reports[1].stratum, s.reports[1].votes[0]), (None, None));
        assert_eq!(s.absent, Some(vec![Absent { stratum: Some(0), registered: Some(30) }]));
        assert_eq!(got.notes, ["1 reports are of stations that were not planned"]);
    }

    #[test]
    fn times_of_one_to_four_parts() {
        assert_eq!(minute(&["21:45"]), Some(1305.0));
        assert_eq!(minute(&["1", "0", "30", "30"]), Some(1470.5));
        assert_eq!((minute(&["", "3"]), minute(&[])), (None, None));
    }

    #[test]
    fn a_missing_column_names_what_is_near() {
        let sampled = table(&[&["S", "H", "A", "TOTAL", "R"], &["7", "1", "3", "9", "20"]]);
        let frame = table(&[&["h", "N"], &["1", "10"]]);
        let wanted = SampleColumns { total: "TOTALS".to_owned(), ..columns() };
        let error = sample(&sampled, &frame, None, &wanted, Single::Adjust).unwrap_err();
        assert_eq!(error.candidates, ["TOTAL"]);
        for bad in
            [table(&[&["h", "N"], &["1", "x"]]), table(&[&["h", "N"], &["1", "2"], &["01", "2"]])]
        {
            assert!(sample(&sampled, &bad, None, &columns(), Single::Adjust).is_err());
        }
    }
}
