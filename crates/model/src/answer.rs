//! What a method of the parallel family says: claims, figures, tables and pictures in one value, so that
//! the page, the terminal, the JSON and the CSV cannot be made from different data.

use serde::Serialize;

use crate::{Claim, Count, LeftOut, Measure, P, Picture, Unit};

/// The answer of one method on one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The method's code (`P110`).
    pub method: &'static str,
    /// On what it was run (`Tsikhanouskaya, ballots photographed against official protocols`).
    pub subject: String,
    /// Why the method could not be run; everything else is empty then.
    pub refused: Option<String>,
    /// What may be said, strongest first.
    pub claims: Vec<Claim>,
    /// The figures, the headline figure first.
    pub measures: Vec<Measure>,
    /// The p-value, where the method has one.
    pub p: Option<P>,
    /// Stations left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// Tables, the one that matters first.
    pub tables: Vec<Table>,
    /// What to draw.
    pub pictures: Vec<Picture>,
    /// What a reader must know about this very answer.
    pub notes: Vec<String>,
}

impl Answer {
    /// An answer with nothing in it yet.
    pub fn new(method: &'static str, subject: impl Into<String>) -> Self {
        Answer {
            method,
            subject: subject.into(),
            refused: None,
            claims: Vec::new(),
            measures: Vec::new(),
            p: None,
            left_out: Vec::new(),
            tables: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The method could not be run, and this is why.
    pub fn refused(
        method: &'static str,
        subject: impl Into<String>,
        why: impl Into<String>,
    ) -> Self {
        Answer { refused: Some(why.into()), ..Answer::new(method, subject) }
    }

    /// The figure with this symbol.
    pub fn measure(&self, symbol: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.symbol == symbol)
    }
}

/// A table of results.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Short stable name, for files (`stations`).
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// The columns.
    pub columns: Vec<Heading>,
    /// The rows, as long as `columns`, the ones that matter most first.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// The name a reader sees.
    pub name: String,
    /// Unit of its numbers.
    pub unit: Unit,
}

impl Heading {
    /// A heading.
    pub fn new(name: impl Into<String>, unit: Unit) -> Self {
        Heading { name: name.into(), unit }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Nothing is known: never zero.
    Missing,
    /// A count.
    Count(i64),
    /// A number in the column's unit.
    Number(f64),
    /// Words.
    Text(String),
}

impl From<Count> for Cell {
    fn from(count: Count) -> Self {
        count.map_or(Cell::Missing, Cell::Count)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Cell::Missing, Cell::Number)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Self {
        Cell::Count(count)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        i64::try_from(count).map_or(Cell::Missing, Cell::Count)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}
