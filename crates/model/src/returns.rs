//! Polling-station returns: everything read from the sources, and everything left out of them.

use serde::Serialize;

use crate::{Contest, Count, Earlier, Place, Source, Stations, Threshold};

/// The returns of one election (or several contests held at the same stations).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Returns {
    /// A title a reader recognises.
    pub title: String,
    /// The files it was read from.
    pub sources: Vec<Source>,
    /// The stations.
    pub stations: Stations,
    /// The contests, each with one column entry a station.
    pub contests: Vec<Contest>,
    /// Rows that are no stations (totals, blank lines), each with its reason.
    pub set_aside: Vec<SetAside>,
    /// What the set-aside totals rows state, so that it can be compared with the stations they cover.
    pub parents: Vec<ParentRow>,
    /// Cells that are not the count they should be.
    pub oddities: Vec<Oddity>,
    /// What else was decided in reading and a reader must know (absent zero rows made explicit …).
    pub notes: Vec<String>,
    /// Who stands behind the figures.
    pub provenance: Provenance,
    /// Rates at which something else follows by law, as the user names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Threshold>,
    /// An earlier election or round at the same stations, where one is set beside this.
    pub earlier: Option<Earlier>,
}

/// What is stated of where figures come from; absent is not stated, and nobody guesses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Provenance {
    /// Who counted or published.
    pub publisher: Option<String>,
    /// Why these stations, and not others.
    pub selection: Option<String>,
}

/// A row that was read and is not a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Where it stands.
    pub place: Place,
    /// The row's name in the source.
    pub label: String,
    /// Why it is not a station (`sum of the 131 stations above`).
    pub reason: String,
}

/// What a totals row of the source states of one contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParentRow {
    /// Where the row stands.
    pub place: Place,
    /// The row's name in the source.
    pub label: String,
    /// Index of the contest.
    pub contest: usize,
    /// The stations it covers, by index.
    #[serde(skip)]
    pub stations: Vec<u32>,
    /// What it states, by column name (as in [`crate::Column::name`]) or field key.
    pub counts: Vec<(String, Count)>,
}

/// A cell that should hold a count and does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Oddity {
    /// Where the row stands.
    pub place: Place,
    /// Index of the station, when the row is one.
    pub station: Option<u32>,
    /// The source column.
    pub column: String,
    /// The cell's text.
    pub text: String,
    /// What is odd.
    pub kind: OddityKind,
}

/// What is odd about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OddityKind {
    /// Text where a number belongs; read as missing.
    NotANumber,
    /// A number that is no whole number; read as missing.
    NotWhole,
    /// A whole number beyond 64 bits; read as missing.
    TooLarge,
}
