//! The mapping: which column of which table means what. It is a file that a person can read and edit,
//! that `glassurn map` writes and that `--mapping` replays.

mod apply;
mod infer;

use std::collections::BTreeMap;

use glassurn_model::{CountKind, Field, Kind, Tally};
use serde::{Deserialize, Serialize};

pub(crate) use apply::nearest;
pub use apply::{apply, texts, used};
pub use infer::{infer, infer_count};

/// The word in `station.id` that means the number of the row in the file.
pub const ROW: &str = "#row";

/// The name of a unit without a name.
pub(crate) const UNNAMED: &str = "(none)";

/// How tables become returns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the data are, as a reader would say it.
    pub title: String,
    /// ISO 3166-1 alpha-2 code of the country, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Date of the vote (`2018-03-18`), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What a reader must know before trusting a figure (a partial count, stations annulled later).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// How these stations, and not others, came to be in the file (a census, a draw, what was sent in).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// Where the file is published, for the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// The table that holds the returns.
    pub table: TableMap,
    /// Tables whose columns are added to the returns, row by row; applied before everything else.
    #[serde(default, rename = "join", skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<JoinMap>,
    /// Tables that name codes.
    #[serde(default, rename = "key", skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyTable>,
    /// How stations are named and placed.
    pub station: StationMap,
    /// What means "missing".
    #[serde(default)]
    pub missing: MissingMap,
    /// The contests.
    #[serde(rename = "contest")]
    pub contests: Vec<ContestMap>,
    /// Why each role was given to each column; written by recognition, ignored on replay.
    #[serde(default, rename = "decision", skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
}

/// Where a data set is published.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Public address of the file; empty when the publisher has no single file to download.
    pub url: String,
    /// Name under which it is kept.
    pub file: String,
    /// Its folder under `GLASSURN_DATA`.
    pub folder: String,
    /// SHA-256 of the file as published.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Licence as its publisher states it.
    pub licence: String,
    /// Who published it, and how it came to be.
    pub publisher: String,
}

/// Which table, and its shape.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMap {
    /// Which table of the input: a part of its name; the only one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Row of the file that holds the column names; the first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<u32>,
    /// Encoding label, where it must be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Shape.
    #[serde(default)]
    pub shape: Shape,
    /// Rows to use: column name and the values it must have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, Vec<String>>,
}

/// How rows and columns are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// One row a station, one column a count.
    #[default]
    Wide,
    /// One column a station, one row a count.
    Transposed,
    /// One row a station and choice.
    Long {
        /// Column that names the choice.
        choice: String,
        /// Column that holds the votes.
        votes: String,
        /// Column that names the contest, where several are in the file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contest: Option<String>,
    },
}

/// Columns of another table, added to the rows of the returns that have the same key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinMap {
    /// The joined table: its name, or a part of it.
    pub table: String,
    /// The key: its column in the returns, and its column in the joined table.
    pub on: [String; 2],
    /// Columns of the joined table to add, under their names there.
    pub columns: Vec<String>,
}

/// Names for the codes of a column: from a table of the input, or written down here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyTable {
    /// A part of the table's name; empty when the names are written down here.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// Column with the codes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Column with the names.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Column of the returns (or `choice`) whose codes it names.
    pub names: String,
    /// Codes and their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// How stations are named and placed. Columns are given by their name as in the file; `name#2` is the
/// second of that name, `#7` the seventh column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationMap {
    /// Columns that together name one station; [`ROW`] as the last one adds the row's number, for files
    /// without a key.
    pub id: Vec<String>,
    /// Columns of the hierarchy, outermost first; `id[1-2]` means characters 1 to 2 of the column `id`.
    #[serde(default)]
    pub levels: Vec<String>,
    /// Latitude in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<String>,
    /// Longitude in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<String>,
    /// When the station's result came in: a time, or a number that grows with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<String>,
    /// Which stations are not ordinary ones; the first rule that fits wins.
    #[serde(default, rename = "kind", skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindRule>,
}

/// A rule that recognises postal, special and foreign stations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// The kind it gives.
    pub kind: Kind,
    /// The column it looks at.
    pub column: String,
    /// The values it accepts, whole cells; a leading or trailing `*` accepts any rest.
    pub values: Vec<String>,
    /// Accept all values but these instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub except: bool,
}

/// What means "missing" beside empty cells and dashes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MissingMap {
    /// Cell texts that mean "missing" (`NA`, `-99`).
    pub codes: Vec<String>,
    /// When all of these fields are zero at a station, its zeros are missing counts.
    pub all_zero: Vec<Field>,
    /// Rows whose zeros are missing counts (seats that were not contested); the first rule that fits
    /// counts. In a long table a row is one station and choice, so only that choice is missing there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<CellRule>,
    /// In a long table: a choice that has no row at a station that has other rows of the contest got
    /// no votes. Without this it is missing (the choice may not have stood there).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub absent_is_zero: bool,
}

/// A rule that a row's cell may satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRule {
    /// The column it looks at.
    pub column: String,
    /// The values it accepts, whole cells; a leading or trailing `*` accepts any rest.
    pub values: Vec<String>,
    /// Accept all values but these instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub except: bool,
}

/// One contest.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestMap {
    /// Its name.
    pub name: String,
    /// Who counted; the authority itself when absent.
    #[serde(default, skip_serializing_if = "is_official")]
    pub kind: CountKind,
    /// In a long table with several contests: the value of the contest column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Protocol lines: the columns whose sum each is.
    #[serde(default)]
    pub fields: BTreeMap<Field, Vec<String>>,
    /// Protocol lines the file lacks: the fields whose sum each is (`choices` means all choices).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub derive: BTreeMap<Field, Vec<String>>,
    /// Choices; in a long table empty means "all that occur".
    #[serde(default)]
    pub choices: Vec<ChoiceMap>,
    /// Whether the choices are all there were.
    #[serde(default)]
    pub exhaustive: bool,
    /// Further numeric columns worth checking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<String>,
    /// Further columns of yes and no, read as 1 (`True`) and 0 (`False`); they follow the extras.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Totals that a named source declares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<Tally>,
}

/// Whether the contest is the authority's own count, which needs no word.
fn is_official(kind: &CountKind) -> bool {
    *kind == CountKind::Official
}

/// One choice: its column (or its code in a long table) and, where it differs, the name to show.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceMap {
    /// Column, or code.
    pub column: String,
    /// Name to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Why a role was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The role (`registered`, `choice`, `level`, `id` …).
    pub role: String,
    /// The columns it was given to.
    pub columns: Vec<String>,
    /// Between 0 and 1.
    pub confidence: f64,
    /// In words: the name that matched, the arithmetic that confirmed it.
    pub reason: String,
}

/// Why tables cannot become returns.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct MappingError {
    /// What is wrong.
    pub problem: String,
    /// What could have been meant, best first.
    pub candidates: Vec<String>,
    /// What to do next.
    pub hint: String,
}

impl Mapping {
    /// Reads a mapping file.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        toml::from_str(text).map_err(|e| MappingError {
            problem: format!("the mapping is no valid TOML mapping: {e}"),
            candidates: Vec::new(),
            hint: "write one with `glassurn map FILE` and change that".to_owned(),
        })
    }

    /// Writes a mapping file.
    pub fn to_toml(&self) -> Result<String, MappingError> {
        toml::to_string_pretty(self).map_err(|e| MappingError {
            problem: format!("the mapping cannot be written: {e}"),
            candidates: Vec::new(),
            hint: "report this as a fault of Glassurn".to_owned(),
        })
    }
}
