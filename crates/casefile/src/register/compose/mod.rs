//! What a person may do to the register, as changes: each is checked before anything is written.

use super::{
    Change, Column, Content, Fact, Kind, Need, Record, RegisterError, Sheet, Tables, content::parts,
};

/// Cells that a person gives: column and text.
pub type Cells = Vec<(String, String)>;

impl Tables {
    /// The record that a person names, as `M014` or, where two kinds have it, as `mission/M014`.
    pub fn locate(&self, name: &str) -> Result<(&Sheet, &Record), RegisterError> {
        let (kind, id) = match name.split_once('/').map(|(k, id)| (Kind::named(k), id)) {
            Some((Some(kind), id)) => (Some(kind), id),
            _ => (None, name),
        };
        let sheets = self.sheets.iter().filter(|s| kind.is_none_or(|k| s.kind == k));
        let found: Vec<_> = sheets.filter_map(|s| s.find(id).map(|r| (s, r))).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let hint = "`glassurn register search` finds records by their words";
                Err(RegisterError::new(format!("no record is named `{name}`"), hint))
            }
            several => {
                let names: Vec<String> =
                    several.iter().map(|(s, _)| format!("{}/{id}", s.kind.table())).collect();
                let hint = format!("say which: {}", names.join(", "));
                Err(RegisterError::new(format!("`{id}` names {} records", several.len()), hint))
            }
        }
    }

    /// The next free name of a numbered kind.
    pub fn next_id(&self, kind: Kind) -> Option<String> {
        let prefix = kind.prefix()?;
        let number = |r: &Record| r.id.strip_prefix(prefix)?.parse::<u32>().ok();
        let rows = self.sheet(kind).map_or(&[][..], |s| &s.rows);
        let last = rows.iter().filter_map(number).max().unwrap_or(0);
        Some(format!("{prefix}{:03}", last.saturating_add(1)))
    }

    /// A new record. Refused without what it must have, and without a source.
    pub fn adding(&self, kind: Kind, cells: Cells) -> Result<(String, Change), RegisterError> {
        let given = cells.iter().find(|(c, _)| c == kind.id_column()).map(|(_, id)| id.trim());
        let id = match given.map(str::to_owned).filter(|id| !id.is_empty()) {
            Some(id) => id,
            None => self.next_id(kind).ok_or_else(|| lacks(kind, &[kind.id_column()]))?,
        };
        if self.sheet(kind).is_some_and(|s| s.find(&id).is_some()) {
            let problem = format!("there is a {} `{id}` already", kind.title());
            return Err(RegisterError::new(problem, "edit it, or choose another name"));
        }
        let mut all = vec![(kind.id_column().to_owned(), id.clone())];
        all.extend(
            cells.into_iter().filter(|(c, v)| c != kind.id_column() && !v.trim().is_empty()),
        );
        self.refuse_unknown(kind, &all)?;
        let has = |name: &str| all.iter().any(|(c, _)| c == name);
        let must = kind.columns().iter().filter(|c| c.need == Need::Must && !has(c.name));
        let missing: Vec<&str> = must.map(|c| c.name).collect();
        if !missing.is_empty() {
            return Err(lacks(kind, &missing));
        }
        refuse_sourceless(kind, has)?;
        let facts = all.into_iter().map(|(column, value)| fact(kind, &id, column, Some(value)));
        Ok((id.clone(), Change { facts: facts.collect(), columns: Vec::new() }))
    }

    /// New values of a record; a blank one withdraws what is on record. A record keeps a source.
    pub fn editing(&self, name: &str, cells: Cells) -> Result<Change, RegisterError> {
        let (sheet, record) = self.locate(name)?;
        self.refuse_unknown(sheet.kind, &cells)?;
        if let Some((column, _)) = cells.iter().find(|(c, _)| c == sheet.kind.id_column()) {
            let hint = "add the record under its new name and `merge` the old one into it";
            return Err(RegisterError::new(
                format!("{column} is the record's name and stays"),
                hint,
            ));
        }
        let after = |column: &str| {
            let given = cells.iter().rev().find(|(c, _)| c == column).map(|(_, v)| v.as_str());
            !given.unwrap_or(sheet.cell(record, column)).trim().is_empty()
        };
        refuse_sourceless(sheet.kind, after)?;
        let new = cells.into_iter().filter(|(c, v)| sheet.cell(record, c) != v.as_str());
        let value = |v: String| Some(v).filter(|v| !v.trim().is_empty());
        let facts = new.map(|(c, v)| fact(sheet.kind, &record.id, c, value(v))).collect();
        Ok(Change { facts, columns: Vec::new() })
    }

    /// What a folder adds. Values that differ from those on record are refused, unless they may replace
    /// them. Blank cells withdraw nothing.
    pub fn importing(&self, folder: &Tables, replace: bool) -> Result<Change, RegisterError> {
        let change = self.change_to(folder);
        let differs = |f: &&Fact| {
            let sheet = self.sheet(f.kind);
            let old = sheet.and_then(|s| s.find(&f.id).map(|r| s.cell(r, &f.column)));
            old.is_some_and(|old| !old.is_empty())
        };
        let different: Vec<&Fact> = change.facts.iter().filter(differs).collect();
        if replace || different.is_empty() {
            return Ok(change);
        }
        let fault = |f: &&Fact| {
            let place = format!("{} {}, column {}", f.kind.title(), f.id, f.column);
            let hint = "`--replace` lets what is imported stand for it; what is replaced stays in the history";
            RegisterError::at(place, "another value is on record", hint)
        };
        RegisterError::of(different.iter().map(fault).collect()).map(|()| change)
    }

    /// One record for two: `name` becomes another name of `into`. Both stay on record.
    pub fn merging(&self, name: &str, into: &str) -> Result<Change, RegisterError> {
        let ((a_sheet, a), (b_sheet, b)) = (self.locate(name)?, self.locate(into)?);
        let kind = a_sheet.kind;
        if kind != b_sheet.kind || kind.column("same_as").is_none() {
            let problem =
                format!("a {} and a {} cannot be one", kind.title(), b_sheet.kind.title());
            let hint =
                "sources, elections, organisations and missions can be merged, each with its like";
            return Err(RegisterError::new(problem, hint));
        }
        let mut stands = b;
        for _ in 0..=b_sheet.rows.len() {
            if stands.id == a.id {
                let hint = "`glassurn register undo` takes an earlier merge back";
                return Err(RegisterError::new(
                    format!("`{into}` stands for `{name}` already"),
                    hint,
                ));
            }
            match b_sheet.find(b_sheet.cell(stands, "same_as").trim()) {
                Some(next) => stands = next,
                None => break,
            }
        }
        let facts = vec![fact(kind, &a.id, "same_as".to_owned(), Some(b.id.clone()))];
        Ok(Change { facts, columns: Vec::new() })
    }

    /// Two records that look alike and are not one: it is put on record, so that nobody asks again.
    pub fn parting(&self, name: &str, from: &str) -> Result<Change, RegisterError> {
        let ((sheet, a), (other, b)) = (self.locate(name)?, self.locate(from)?);
        let columns = ["not_to_confuse_with", "differs_from"];
        let column = columns.into_iter().find(|c| sheet.kind.column(c).is_some());
        let Some(column) = column.filter(|_| sheet.kind == other.kind) else {
            let hint = "only sources, elections, organisations and missions are told apart";
            return Err(RegisterError::new("these two are not of a kind", hint));
        };
        let mut apart: Vec<&str> = parts(sheet.cell(a, column)).collect();
        if apart.contains(&&*b.id) {
            return Ok(Change::default());
        }
        apart.push(&b.id);
        let facts = vec![fact(sheet.kind, &a.id, column.to_owned(), Some(apart.join(";")))];
        Ok(Change { facts, columns: Vec::new() })
    }

    /// Refuses columns that neither the kind nor the table has.
    fn refuse_unknown(&self, kind: Kind, cells: &[(String, String)]) -> Result<(), RegisterError> {
        let sheet = self.sheet(kind);
        let known = |name: &str| {
            kind.column(name).is_some() || sheet.is_some_and(|s| s.index(name).is_some())
        };
        match cells.iter().find(|(c, _)| !known(c)) {
            None => Ok(()),
            Some((column, _)) => {
                let names: Vec<&str> = kind.columns().iter().map(|c| c.name).collect();
                let problem = format!("a {} has no field `{column}`", kind.title());
                Err(RegisterError::new(problem, format!("there are: {}", names.join(", "))))
            }
        }
    }
}

fn fact(kind: Kind, id: &str, column: String, value: Option<String>) -> Fact {
    Fact { kind, id: id.to_owned(), column, value, capture: None }
}

/// The error of a record without what it must have.
fn lacks(kind: Kind, missing: &[&str]) -> RegisterError {
    let flags: Vec<String> = missing.iter().map(|c| format!("--set {c}=…")).collect();
    let problem = format!("a {} cannot be without {}", kind.title(), missing.join(", "));
    RegisterError::new(problem, format!("add {}", flags.join(" ")))
}

/// Refuses a fact that rests on nothing. Sources and captures are what facts rest on.
fn refuse_sourceless(kind: Kind, has: impl Fn(&str) -> bool) -> Result<(), RegisterError> {
    let rests = match kind {
        Kind::Source | Kind::Capture => true,
        Kind::WiderVerdict => has("source_ids") || has("source_url"),
        Kind::Assessment => has("evidence"),
        kind => kind.source_column().is_none_or(&has),
    };
    if rests {
        return Ok(());
    }
    let column = kind.source_column().unwrap_or("source_ids");
    let problem = format!("a {} without a source is not recorded", kind.title());
    let hint = format!(
        "name one with --set {column}=S…; `glassurn register add source` records a new one"
    );
    Err(RegisterError::new(problem, hint))
}

impl Kind {
    /// The columns that a form asks for and that are not given: first what must be there.
    pub fn asked(self, given: &[(String, String)]) -> Vec<&'static Column> {
        let numbered = |c: &Column| self.prefix().is_some() && c.name == self.id_column();
        let open = |c: &&Column| !numbered(c) && !given.iter().any(|(name, _)| name == c.name);
        let of = |need: Need| self.columns().iter().filter(open).filter(move |c| c.need == need);
        of(Need::Must).chain(of(Need::Asked)).collect()
    }
}

impl Content {
    /// What a form says of a cell.
    pub fn hint(self) -> &'static str {
        match self {
            Content::Text => "",
            Content::List => "several with ; between them",
            Content::Date => "2025-01-26, 2025-01 or 2025",
            Content::Span => "2025-01-26, 2025-01, 2025 or 2006-2026",
            Content::Figure => "a number, without a per cent sign",
            Content::Step => "-2 rejects, -1 falls short, 0 mixed, 1 with reservations, 2 endorses",
            Content::Degree => "high, medium or low",
            Content::Letter => "A completely reliable to E unreliable, F cannot be judged",
            Content::Matters => "own_words:A;conduct:F",
            Content::YesNo => "yes or no",
            Content::Answer => "yes, partly, no or unknown",
            Content::Country => "three letters, as in BLR",
            Content::Hash => "64 hexadecimal digits",
            Content::Record(_) | Content::AnyRecord => "a record's name",
            Content::Records(_) => "records' names with ; between them",
        }
    }
}

#[cfg(test)]
mod tests;
