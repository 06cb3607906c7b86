//! From tables to the nouns that analyses take.

mod events;
mod facts;
mod papers;

use std::collections::HashMap;

use glassurn_model::register::{Confidence, Decimal, Grounds, Id, PartialDate, Register};

use super::{Kind, Record, RegisterError, Sheet, Tables, content::parts};

impl Tables {
    /// The register as nouns. Refused, with every fault, where a cell cannot be read.
    pub fn register(&self) -> Result<Register, RegisterError> {
        RegisterError::of(self.faults())?;
        let merged = self.merged();
        Ok(Register {
            sources: merged.each(Kind::Source, papers::source),
            elections: merged.each(Kind::Election, facts::election),
            organisations: merged.each(Kind::Organisation, facts::organisation_under_all_names),
            claims: merged.each(Kind::Claim, facts::claim),
            missions: merged.each(Kind::Mission, events::mission),
            invitations: merged.each(Kind::Invitation, events::invitation),
            statements: merged.each(Kind::Statement, events::statement),
            verdicts: merged.each(Kind::Verdict, events::verdict),
            wider_verdicts: merged.each(Kind::WiderVerdict, events::wider_verdict),
            reactions: merged.each(Kind::Reaction, events::reaction),
            captures: merged.each(Kind::Capture, papers::capture),
            citations: merged.each(Kind::Citation, papers::citation),
            assessments: papers::assessments(&merged),
            withheld: self.withheld,
        })
    }

    /// What stands for what after merging: the name of every merged record, and the one it became.
    fn merged(&self) -> Merged<'_> {
        let mut into = HashMap::new();
        for sheet in &self.sheets {
            for row in &sheet.rows {
                let target = sheet.cell(row, "same_as").trim();
                if !target.is_empty() && sheet.kind.column("same_as").is_some() {
                    into.insert((sheet.kind, &*row.id), target);
                }
            }
        }
        let by_id = self.sheets.iter().map(|s| (s.kind, s.by_id())).collect();
        Merged { tables: self, by_id, into }
    }
}

/// Tables in which merged records stand for one.
pub(super) struct Merged<'t> {
    tables: &'t Tables,
    by_id: HashMap<Kind, HashMap<&'t str, &'t Record>>,
    into: HashMap<(Kind, &'t str), &'t str>,
}

impl<'t> Merged<'t> {
    fn find(&self, kind: Kind, id: &str) -> Option<&'t Record> {
        self.by_id.get(&kind)?.get(id).copied()
    }

    /// The name that a record goes by; a circle ends where it began.
    fn name<'a>(&self, kind: Kind, id: &'a str) -> &'a str
    where
        't: 'a,
    {
        let mut name = id;
        for _ in 0..self.into.len() {
            match self.into.get(&(kind, name)) {
                Some(next) => name = next,
                None => break,
            }
        }
        name
    }

    /// The records that go by the name of another one.
    fn rows_under(&self, kind: Kind, id: &str) -> impl Iterator<Item = Row<'_>> {
        let sheet = self.tables.sheet(kind);
        let rows = sheet.into_iter().flat_map(move |s| s.rows.iter().map(move |r| (s, r)));
        rows.filter(move |(_, r)| r.id != id && self.name(kind, &r.id) == id)
            .map(|(sheet, record)| Row { merged: self, sheet, record })
    }

    /// The records of a kind that go by their own name, as nouns.
    fn each<T>(&self, kind: Kind, noun: fn(&Row<'_>) -> T) -> Vec<T> {
        self.rows(kind).map(|row| noun(&row)).collect()
    }

    /// The records of a kind that go by their own name.
    fn rows(&self, kind: Kind) -> impl Iterator<Item = Row<'_>> {
        let sheet = self.tables.sheet(kind);
        let rows = sheet.into_iter().flat_map(move |s| s.rows.iter().map(move |r| (s, r)));
        rows.filter(move |(_, r)| self.name(kind, &r.id) == r.id).map(|(sheet, record)| Row {
            merged: self,
            sheet,
            record,
        })
    }
}

/// A record, with what stands around it.
pub(super) struct Row<'a> {
    merged: &'a Merged<'a>,
    sheet: &'a Sheet,
    record: &'a Record,
}

impl Row<'_> {
    fn id(&self) -> Id {
        self.record.id.clone()
    }

    /// A cell without the space around it.
    fn cell(&self, column: &str) -> &str {
        self.sheet.cell(self.record, column).trim()
    }

    fn text(&self, column: &str) -> String {
        self.cell(column).to_owned()
    }

    /// A text, or `None` for a blank.
    fn maybe(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|t| !t.is_empty()).map(str::to_owned)
    }

    fn list(&self, column: &str) -> Vec<String> {
        parts(self.cell(column)).map(str::to_owned).collect()
    }

    fn date(&self, column: &str) -> Option<PartialDate> {
        PartialDate::parse(self.cell(column)).ok().flatten()
    }

    fn figure(&self, column: &str) -> Option<Decimal> {
        self.cell(column).parse().ok()
    }

    fn yes(&self, column: &str) -> Option<bool> {
        self.maybe(column).map(|t| t == "yes")
    }

    /// The record that a cell names, under the name that it goes by.
    fn one(&self, column: &str, kind: Kind) -> Option<Id> {
        self.maybe(column).map(|id| self.merged.name(kind, &id).to_owned())
    }

    /// The records that a cell names, each once, under the names that they go by.
    fn many(&self, column: &str, kind: Kind) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        for id in parts(self.cell(column)).map(|id| self.merged.name(kind, id)) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    fn grounds(&self) -> Grounds {
        let note = self.maybe("note").unwrap_or_else(|| self.text("conflict_or_note"));
        Grounds {
            sources: self.many("source_ids", Kind::Source),
            how_known: self.text("how_known"),
            confidence: Confidence::from_key(self.cell("confidence")),
            note,
        }
    }

    /// A cell of another record that this one names.
    fn of(&self, kind: Kind, id: &str, column: &str) -> Option<String> {
        let sheet = self.merged.tables.sheet(kind)?;
        let row = Row { merged: self.merged, sheet, record: self.merged.find(kind, id)? };
        row.maybe(column)
    }
}
