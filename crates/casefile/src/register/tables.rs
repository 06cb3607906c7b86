//! The register as tables of text: what a folder holds, and what the store holds at one moment.

use std::collections::HashMap;

use super::Kind;

/// One record: a row of its table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its name.
    pub id: String,
    /// Its cells as they were written, one for each column of the sheet.
    pub cells: Vec<String>,
    /// Where it stands, for messages: `missions.csv, row 3`.
    pub place: String,
}

/// The table of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The kind.
    pub kind: Kind,
    /// Its columns in their order, those that nobody knows too.
    pub columns: Vec<String>,
    /// Its records, in their order.
    pub rows: Vec<Record>,
}

/// The tables, one a kind that is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tables {
    /// In the order of [`Kind::ALL`].
    pub sheets: Vec<Sheet>,
    /// How many records were left out as sensitive; 0 of what is on record.
    pub withheld: usize,
}

/// A value that is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Kind of the record.
    pub kind: Kind,
    /// Name of the record.
    pub id: String,
    /// The column.
    pub column: String,
    /// The value as it is written; `None` withdraws what is on record.
    pub value: Option<String>,
    /// SHA-256 of the capture it was read from, where there is one.
    pub capture: Option<String>,
}

/// Values to be recorded together, and the columns that tables get.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// The values.
    pub facts: Vec<Fact>,
    /// Columns in their order; those that a table has already stay where they are.
    pub columns: Vec<(Kind, Vec<String>)>,
}

impl Sheet {
    /// An empty table with these columns.
    pub fn new(kind: Kind, columns: Vec<String>) -> Self {
        Sheet { kind, columns, rows: Vec::new() }
    }

    /// Where a column is.
    pub fn index(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == column)
    }

    /// A cell of a record; blank where the table has no such column.
    pub fn cell<'a>(&self, record: &'a Record, column: &str) -> &'a str {
        let index = self.index(column);
        index.and_then(|i| record.cells.get(i)).map_or("", String::as_str)
    }

    /// The record with this name.
    pub fn find(&self, id: &str) -> Option<&Record> {
        self.rows.iter().find(|r| r.id == id)
    }

    /// Adds the columns that it lacks, after those that it has.
    fn widen(&mut self, columns: &[String]) {
        for column in columns {
            if self.index(column).is_none() {
                self.columns.push(column.clone());
            }
        }
        for row in &mut self.rows {
            row.cells.resize(self.columns.len(), String::new());
        }
    }
}

impl Tables {
    /// The table of a kind.
    pub fn sheet(&self, kind: Kind) -> Option<&Sheet> {
        self.sheets.iter().find(|s| s.kind == kind)
    }

    /// The table of a kind, made when it is not there.
    pub(crate) fn sheet_mut(&mut self, kind: Kind) -> &mut Sheet {
        let at = self.sheets.partition_point(|s| s.kind < kind);
        if self.sheets.get(at).is_none_or(|s| s.kind != kind) {
            self.sheets.insert(at, Sheet::new(kind, vec![kind.id_column().to_owned()]));
        }
        &mut self.sheets[at]
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.sheet(kind).map_or(0, |s| s.rows.len())
    }

    /// Every record with this name, of whatever kind.
    pub fn find<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a Sheet, &'a Record)> {
        self.sheets.iter().filter_map(move |s| s.find(id).map(|r| (s, r)))
    }

    /// The values of `other` that are not on record here, with the columns of its tables.
    pub fn change_to(&self, other: &Tables) -> Change {
        let mut change = Change::default();
        for sheet in &other.sheets {
            change.columns.push((sheet.kind, sheet.columns.clone()));
            let here = self.sheet(sheet.kind).map(Sheet::by_id).unwrap_or_default();
            for row in &sheet.rows {
                let old = here.get(&*row.id).copied();
                change.facts.extend(self.new_values(sheet, row, old));
            }
        }
        change
    }

    /// The cells of a row that are not blank and not on record.
    fn new_values<'a>(
        &'a self,
        sheet: &'a Sheet,
        row: &'a Record,
        old: Option<&'a Record>,
    ) -> impl Iterator<Item = Fact> + 'a {
        let here = self.sheet(sheet.kind);
        let on_record = move |column: &str| match (here, old) {
            (Some(here), Some(old)) => here.cell(old, column),
            _ => "",
        };
        let cells = sheet.columns.iter().zip(&row.cells);
        cells.filter(move |(c, v)| !v.is_empty() && on_record(c) != **v).map(|(column, value)| {
            Fact {
                kind: sheet.kind,
                id: row.id.clone(),
                column: column.clone(),
                value: Some(value.clone()),
                capture: None,
            }
        })
    }

    /// The tables with a change made; new records stand behind the others, and a record of which nothing
    /// is left is gone.
    pub fn with(mut self, change: &Change) -> Tables {
        for (kind, columns) in &change.columns {
            self.sheet_mut(*kind).widen(columns);
        }
        for kind in Kind::ALL {
            let facts: Vec<&Fact> = change.facts.iter().filter(|f| f.kind == kind).collect();
            if !facts.is_empty() {
                self.sheet_mut(kind).set(&facts);
            }
        }
        self
    }
}

impl Sheet {
    /// Its records by name.
    pub(crate) fn by_id(&self) -> HashMap<&str, &Record> {
        self.rows.iter().map(|r| (&*r.id, r)).collect()
    }

    /// Sets cells, in the order of the facts.
    fn set(&mut self, facts: &[&Fact]) {
        let mut index: HashMap<String, usize> = HashMap::new();
        index.extend(self.columns.iter().cloned().zip(0..));
        for fact in facts {
            if !index.contains_key(&fact.column) {
                index.insert(fact.column.clone(), self.columns.len());
                self.columns.push(fact.column.clone());
            }
        }
        self.widen(&[]);
        let mut rows: HashMap<String, usize> = HashMap::new();
        rows.extend(self.rows.iter().map(|r| r.id.clone()).zip(0..));
        for fact in facts {
            let at = *rows.entry(fact.id.clone()).or_insert_with(|| {
                self.rows.push(Record::blank(self.kind, &fact.id, self.columns.len()));
                self.rows.len() - 1
            });
            if let (Some(column), Some(row)) = (index.get(&fact.column), self.rows.get_mut(at)) {
                row.cells[*column] = fact.value.clone().unwrap_or_default();
            }
        }
        self.rows.retain(|r| r.cells.iter().any(|c| !c.is_empty()));
    }
}

impl Record {
    /// A record of which only the name is known.
    fn blank(kind: Kind, id: &str, columns: usize) -> Self {
        let place = format!("{} {id}", kind.title());
        Record { id: id.to_owned(), cells: vec![String::new(); columns], place }
    }
}
