//! `glassurn register show`: one record, what it rests on, and what refers to it.

use std::fmt::Write as _;

use glassurn_casefile::register::{Kind, Past, Record, Sheet, Tables};
use serde_json::json;

use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{RegisterArgs, ShowArgs},
    terminal,
};

/// Prints the record.
pub(crate) fn run(args: &RegisterArgs, own: &ShowArgs) -> Done {
    let store = args.store()?;
    let tables = store.tables(&own.moment.moment())?;
    let (sheet, record) = tables.locate(&own.record)?;
    let history = store.history(sheet.kind, &record.id)?;
    let shown = Shown { tables: &tables, sheet, record, history };
    terminal::print(&if own.json { shown.as_json() } else { shown.as_text(own.history) })?;
    Ok(Exit::Done)
}

/// A record with what stands around it.
struct Shown<'a> {
    tables: &'a Tables,
    sheet: &'a Sheet,
    record: &'a Record,
    history: Vec<Past>,
}

impl<'a> Shown<'a> {
    /// The cells that are not blank.
    fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let cells = self.sheet.columns.iter().zip(&self.record.cells);
        cells.filter(|(_, v)| !v.trim().is_empty()).map(|(c, v)| (&**c, &**v))
    }

    /// The sources that it names, with their records.
    fn sources(&self) -> impl Iterator<Item = (&'a str, Option<&'a Record>)> {
        let cell = self.sheet.kind.source_column().map_or("", |c| self.sheet.cell(self.record, c));
        let sources = self.tables.sheet(Kind::Source);
        let ids = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
        ids.map(move |id| (id, sources.and_then(|s| s.find(id))))
    }

    /// Whether it, or a source of it, is somebody's memory.
    fn rests_on_memory(&self) -> bool {
        let sheet = self.tables.sheet(Kind::Source);
        let memory = |r: &Record| {
            sheet.is_some_and(|s| s.cell(r, "publisher_type").trim() == "general_knowledge")
        };
        self.sheet.cell(self.record, "how_known").contains("general knowledge")
            || self.sources().any(|(_, r)| r.is_some_and(memory))
    }

    /// The records that name it in a cell of theirs.
    fn referring(&self) -> Vec<&'a str> {
        let id = self.record.id.as_str();
        let names = move |r: &&Record| {
            r.id != id && r.cells.iter().any(|c| c.split(';').any(|part| part.trim() == id))
        };
        let rows = self.tables.sheets.iter().flat_map(|s| s.rows.iter());
        rows.filter(names).map(|r| &*r.id).collect()
    }

    fn as_json(&self) -> String {
        let cells: serde_json::Map<_, _> =
            self.cells().map(|(c, v)| (c.to_owned(), json!(v))).collect();
        format!(
            "{:#}",
            json!({
                "table": self.sheet.kind.table(),
                "record": self.record.id,
                "cells": cells,
                "rests_on_memory": self.rests_on_memory(),
                "named_by": self.referring(),
                "history": self.history,
            })
        )
    }

    fn as_text(&self, history: bool) -> String {
        let id = terminal::plain(&self.record.id);
        let mut text = format!("{id}  {}\n", self.sheet.kind.title());
        // Writing to a string cannot fail.
        let width = self.cells().map(|(c, _)| c.chars().count()).max().unwrap_or(0);
        for (column, value) in self.cells().skip(1) {
            let column = terminal::plain(column);
            let _ = writeln!(text, "  {column:<width$}  {}", terminal::plain(value));
        }
        for (id, source) in self.sources() {
            let _ = writeln!(
                text,
                "  rests on {id}: {}",
                source.map_or_else(String::new, |s| self.source(s))
            );
        }
        if self.rests_on_memory() {
            text.push_str(
                "  CHECK FIRST: this, or a part of it, is from memory, which is no evidence\n",
            );
        }
        let referring = self.referring();
        if !referring.is_empty() {
            let _ = writeln!(text, "  named by {}", terminal::plain(&referring.join(", ")));
        }
        let replaced = self.history.iter().filter(|p| p.superseded_by.is_some()).count();
        if history {
            text.push_str(&self.past());
        } else if replaced > 0 {
            let _ = writeln!(
                text,
                "  {} replaced since: --history prints everything",
                terminal::count(replaced, "value")
            );
        }
        text
    }

    /// A source in one line.
    fn source(&self, source: &Record) -> String {
        let Some(sheet) = self.tables.sheet(Kind::Source) else { return String::new() };
        let cell = |column: &str| sheet.cell(source, column).trim();
        let mut parts = vec![cell("publisher").to_owned()];
        parts.extend(Some(cell("published")).filter(|t| !t.is_empty()).map(str::to_owned));
        let letter = cell("suggested_admiralty_reliability");
        parts.extend((!letter.is_empty()).then(|| format!("reliability {letter}")));
        parts.push(cell("url").to_owned());
        parts.retain(|p| !p.is_empty());
        terminal::plain(&parts.join(", "))
    }

    /// Everything that was ever on record, one line a statement.
    fn past(&self) -> String {
        let line = |p: &Past| {
            let value = p.original.as_deref().map_or("(withdrawn)".to_owned(), terminal::plain);
            let until = p.superseded_by.map(|id| format!(", replaced by statement {id}"));
            format!(
                "  statement {} (operation {}, {}, {}{}): {} = {value}\n",
                p.id,
                p.operation,
                p.at,
                terminal::plain(&p.by),
                until.unwrap_or_default(),
                terminal::plain(&p.column)
            )
        };
        self.history.iter().map(line).collect()
    }
}
