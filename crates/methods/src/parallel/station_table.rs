//! The table that groups publish of a quick count: each contestant's official share beside the estimate,
//! then turnout and rejected ballots, then how many stations reported.

use glassurn_model::{Cell, Heading, Table, Unit};
use glassurn_stats::survey::Estimate;

use super::station_sample::{LEVEL, Prepared, StationSample, by_share};

/// The table's name.
pub const TABLE: &str = "summary";

/// Official figures of the same denominators as the sample's, where they are given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Official {
    /// Share of each contestant.
    pub shares: Vec<Option<f64>>,
    /// Turnout.
    pub turnout: Option<f64>,
    /// Rejected ballots, as a share of the same base as the contestants' shares.
    pub rejected: Option<f64>,
}

/// The table, or why there is none.
pub fn table(sample: &StationSample, official: &Official) -> Result<Table, String> {
    let p = sample.prepare()?;
    let shares = p.shares()?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for c in by_share(&shares) {
        let stated = official.shares.get(c).copied().flatten();
        rows.push(row(&sample.contestants[c], &sample.base, &shares[c], stated));
    }
    let over = |n: usize| match n == p.used.len() {
        true => String::new(),
        false => format!(" (stated in {n} of {} reports)", p.used.len()),
    };
    rows.extend(p.turnout().map(|(e, n)| {
        row("turnout", &format!("registered voters{}", over(n)), &e, official.turnout)
    }));
    rows.extend(p.rejected().map(|(e, n)| {
        row("rejected ballots", &format!("{}{}", sample.base, over(n)), &e, official.rejected)
    }));
    rows.extend(stations(&p));
    Ok(Table {
        name: TABLE,
        title: "The figures as they are published".to_owned(),
        columns: HEADS.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows,
    })
}

const HEADS: [(&str, Unit); 10] = [
    ("candidate", Unit::None),
    ("of", Unit::None),
    ("official", Unit::Share),
    ("estimate", Unit::Share),
    ("margin", Unit::Points),
    ("lower", Unit::Share),
    ("upper", Unit::Share),
    ("official is", Unit::None),
    ("stations", Unit::Stations),
    ("of the plan", Unit::Share),
];

fn row(name: &str, of: &str, e: &Estimate, official: Option<f64>) -> Vec<Cell> {
    let [low, high] = e.interval(LEVEL);
    let place = match official {
        None => "not stated",
        Some(value) if (low..=high).contains(&value) => "inside",
        Some(_) => "outside",
    };
    vec![
        name.into(),
        of.into(),
        official.into(),
        e.value.into(),
        e.half_width(LEVEL).into(),
        low.into(),
        high.into(),
        place.into(),
        Cell::Missing,
        Cell::Missing,
    ]
}

/// Stations planned, and reported; nothing of the plan where it is not known.
fn stations(p: &Prepared<'_>) -> Vec<Vec<Cell>> {
    let planned = p.sample.not_in_hand().map(|a| a.len() + p.used.len());
    let row = |name: &str, of: &str, stations: Option<usize>, part: Option<f64>| -> Vec<Cell> {
        let mut row = vec![Cell::from(name), Cell::from(of)];
        row.extend(std::iter::repeat_n(Cell::Missing, 6));
        row.extend([stations.map_or(Cell::Missing, Cell::from), Cell::from(part)]);
        row
    };
    let part = planned.filter(|n| *n > 0).map(|n| p.used.len() as f64 / n as f64);
    vec![
        row("stations planned", "the frame", planned, None),
        row("stations with a complete report", "stations planned", Some(p.used.len()), part),
    ]
}
