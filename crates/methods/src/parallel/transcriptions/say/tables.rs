//! The tables: conflicts, rows without counterpart, rows that are nearly equal, agreement.

use glassurn_model::{Cell, Heading, Table, Unit};

use super::super::{Question, Reconciled, Value, key_text};

/// All tables that have a row.
pub(super) fn all(ask: &Question<'_>, f: &Reconciled) -> Vec<Table> {
    let tables = [conflicts(ask, f), alone(ask, f), near(ask, f), agreement(ask, f)];
    tables.into_iter().filter(|t| !t.rows.is_empty()).collect()
}

fn text(name: impl Into<String>) -> Heading {
    Heading::new(name, Unit::None)
}

/// A value: a count where it is one.
fn cell(value: &Value) -> Cell {
    match value {
        None => Cell::Missing,
        Some(v) => v.parse().map_or_else(|_| v.as_str().into(), Cell::Count),
    }
}

fn row_number(row: u32) -> Cell {
    Cell::Text(row.to_string())
}

fn conflicts(ask: &Question<'_>, f: &Reconciled) -> Table {
    let mut columns = vec![text("sheet"), text("column")];
    columns.extend(ask.entries.iter().flat_map(|e| {
        [text(format!("{}: row", e.name)), text(format!("{}: value", e.name))]
    }));
    let row = |c: &super::super::Conflict| {
        let name = ask.columns.get(c.column).map_or("", String::as_str);
        let mut row = vec![c.key.as_str().into(), name.into()];
        for place in &c.cells {
            match place {
                None => row.extend([Cell::Missing, Cell::Missing]),
                Some((number, value)) => row.extend([row_number(*number), cell(value)]),
            }
        }
        row
    };
    Table {
        name: "conflicts",
        title: "Sheets on which the entries differ".to_owned(),
        columns,
        rows: f.open.iter().map(row).collect(),
    }
}

fn alone(ask: &Question<'_>, f: &Reconciled) -> Table {
    let mut columns = vec![text("file"), text("row"), text("sheet"), text("why")];
    columns.extend(ask.columns.iter().map(text));
    let row = |a: &super::super::Alone| {
        let why = if a.repeated {
            "the entry has this sheet several times, with different values"
        } else {
            "too few entries have it"
        };
        let file = ask.entries.get(a.entry).map_or("", |e| &e.name);
        let mut row =
            vec![file.into(), row_number(a.line.row), key_text(&a.line.key).into(), why.into()];
        row.extend(a.line.values.iter().map(cell));
        row
    };
    let mut rows: Vec<_> = f.alone.iter().collect();
    // The entry with fewest such rows first: there a person can look at each.
    let left = |entry: usize| f.alone.iter().filter(|a| a.entry == entry).count();
    let lefts: Vec<_> = (0..ask.entries.len()).map(left).collect();
    rows.sort_by_key(|a| (lefts.get(a.entry).copied(), a.entry, a.line.row));
    Table {
        name: "alone",
        title: "Rows without enough counterparts".to_owned(),
        columns,
        rows: rows.into_iter().map(row).collect(),
    }
}

fn near(ask: &Question<'_>, f: &Reconciled) -> Table {
    let name = |entry: usize| ask.entries.get(entry).map_or("", |e| &e.name);
    let row = |n: &super::super::Near| {
        let [a, b] = n.places;
        vec![
            name(a.0).into(),
            row_number(a.1),
            name(b.0).into(),
            row_number(b.1),
            ask.columns.get(n.column).map_or("", String::as_str).into(),
            cell(&n.values[0]),
            cell(&n.values[1]),
        ]
    };
    Table {
        name: "near",
        title: "Rows that differ in one column only and may be one sheet".to_owned(),
        columns: ["file", "row", "other file", "other row", "column", "value", "other value"]
            .map(text)
            .to_vec(),
        rows: f.near.iter().map(row).collect(),
    }
}

fn agreement(ask: &Question<'_>, f: &Reconciled) -> Table {
    let share = |name: &str| Heading::new(name, Unit::Share);
    let row = |(name, rate, [low, high]): (&str, super::super::Rate, [f64; 2])| {
        let part = (rate.pairs > 0).then(|| rate.equal as f64 / rate.pairs as f64);
        let whole = |n: u64| i64::try_from(n).ok();
        vec![
            name.into(),
            whole(rate.pairs).into(),
            whole(rate.equal).into(),
            part.into(),
            part.map(|_| low).into(),
            part.map(|_| high).into(),
        ]
    };
    Table {
        name: "agreement",
        title: "How often entries agree".to_owned(),
        columns: vec![
            text("column"),
            text("pairs"),
            text("equal"),
            share("agreement"),
            share("from"),
            share("to"),
        ],
        rows: super::rates(ask, f).map(row).collect(),
    }
}
