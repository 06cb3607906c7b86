//! One contest: the protocol lines and the votes for each choice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Column, Count, CountKind, Field, Reason};

/// One contest as counted at every station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contest {
    /// The contest's name (`President`, `List vote` …).
    pub name: String,
    /// Who counted.
    pub kind: CountKind,
    /// The protocol lines the source has or that could be derived.
    pub fields: BTreeMap<Field, Column>,
    /// Votes for each choice, in source order.
    pub choices: Vec<Column>,
    /// Other numeric columns of the source (turnout at noon, spoilt, disputed …).
    pub extras: Vec<Column>,
    /// Whether the choices are all there were, so that they must add up to the valid votes.
    pub exhaustive: bool,
    /// Totals that the publisher declares for the whole contest, by column name, with their source.
    pub declared: Vec<Tally>,
}

/// A figure declared by a named source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// A field key, a choice's name, or [`Tally::STATIONS`].
    pub what: String,
    /// The declared figure.
    pub value: i64,
    /// Who declares it.
    pub source: String,
    /// The unit of a level that it is of; the whole contest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Announced for the whole contest, of which the file may hold a part: the stations of the file need
    /// not add up to it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub announced: bool,
}

impl Tally {
    /// The `what` of the number of stations.
    pub const STATIONS: &str = "stations";

    /// Whether the stations of the file must add up to it: it is neither announced nor of one area.
    pub fn is_of_all_stations(&self) -> bool {
        !self.announced && self.area.is_none()
    }
}

impl Contest {
    /// The column of a field, or why a method that needs it cannot run.
    pub fn field(&self, field: Field) -> Result<&Column, Reason> {
        self.fields.get(&field).ok_or(Reason::ColumnMissing(field.title().to_owned()))
    }

    /// Numerator of turnout: ballots issued where the source has them, else ballots cast.
    pub fn turnout_numerator(&self) -> Result<&Column, Reason> {
        self.field(Field::Issued).or_else(|_| self.field(Field::Cast))
    }

    /// Denominator of a vote share: ballots cast, else valid votes.
    pub fn share_denominator(&self) -> Result<&Column, Reason> {
        self.field(Field::Cast).or_else(|_| self.field(Field::Valid))
    }

    /// The choice with most votes in the whole contest, ties to the first.
    pub fn leader(&self) -> Option<usize> {
        let total = |i: &usize| self.choices[*i].total().unwrap_or(i64::MIN);
        (0..self.choices.len()).rev().max_by_key(total)
    }

    /// Every column of the contest: fields, choices, extras.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.fields.values().chain(&self.choices).chain(&self.extras)
    }

    /// The column with this field key or name.
    pub fn column(&self, what: &str) -> Option<&Column> {
        let field = Field::from_key(what).and_then(|f| self.fields.get(&f));
        field.or_else(|| self.columns().find(|c| c.name == what))
    }

    /// The figure announced for the whole contest under this field key, choice's name or
    /// [`Tally::STATIONS`]; the first where several are given.
    pub fn announced(&self, what: &str) -> Option<&Tally> {
        self.declared.iter().find(|t| t.announced && t.area.is_none() && t.what == what)
    }

    /// The total that a source declares for these very stations; the first where several are given.
    pub fn declared_total(&self, what: &str) -> Option<&Tally> {
        self.declared.iter().find(|t| t.is_of_all_stations() && t.what == what)
    }

    /// The total of the column with this field key or name.
    pub fn total(&self, what: &str) -> Count {
        self.column(what)?.total()
    }
}
