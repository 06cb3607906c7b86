//! The tables of an account as comma-separated files, safe to open in a spreadsheet.

use std::io;
use std::path::{Path, PathBuf};

use glassurn_methods::parallel::TABLE;
use glassurn_model::{Answer, Cell, Table, Unit};

use super::super::tables::{Cell as Out, Table as Writer};
use super::super::write_atomically;
use crate::Account;

/// Writes `claims.csv`, `measures.csv` and one file for each table of each answer (`P110-stations.csv`;
/// a number where several answers of a method have it) into a folder, made when it is missing, each
/// whole or not at all; answers their paths.
pub fn account_tables(account: &Account, folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut files = vec![
        ("claims.csv".to_owned(), claims(account)?),
        ("measures.csv".to_owned(), measures(account)?),
    ];
    for answer in &account.answers {
        for table in &answer.tables {
            files.push((file_name(&files, answer, table), bytes(answer, table)?));
        }
    }
    let write = |(name, bytes): (String, Vec<u8>)| {
        let path = folder.join(name);
        write_atomically(&path, &bytes)?;
        Ok(path)
    };
    files.into_iter().map(write).collect()
}

/// The table that groups publish of a quick count, in per cent with two decimals; `None` where the account
/// has none.
pub fn published_table(account: &Account) -> Option<io::Result<Vec<u8>>> {
    let table = account.answers.iter().flat_map(|a| &a.tables).find(|t| t.name == TABLE)?;
    Some(per_cent(table))
}

/// A table whose shares are written as per cent, as people publish them.
fn per_cent(table: &Table) -> io::Result<Vec<u8>> {
    let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let mut out = Writer::new(&names)?;
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).map(|(c, heading)| match (c, heading.unit) {
            (Cell::Number(v), Unit::Share | Unit::Points) => {
                Out::Number(Some((v * 1e4).round() / 1e2))
            }
            _ => cell(c),
        });
        out.row(&cells.collect::<Vec<_>>())?;
    }
    out.bytes()
}

/// A name that no earlier file has.
fn file_name(files: &[(String, Vec<u8>)], answer: &Answer, table: &Table) -> String {
    let name = |number: usize| match number {
        1 => format!("{}-{}.csv", answer.method, table.name),
        n => format!("{}-{}-{n}.csv", answer.method, table.name),
    };
    let free = |n: &String| files.iter().all(|(f, _)| f != n);
    (1..=files.len() + 1).map(name).find(free).unwrap_or_else(|| name(files.len() + 2))
}

/// Every claim, strongest first.
fn claims(account: &Account) -> io::Result<Vec<u8>> {
    let names =
        ["method", "subject", "class", "verdict", "claim", "base", "limits", "not supported"];
    let mut table = Writer::new(&names)?;
    for (answer, claim) in account.claims() {
        table.row(&[
            Out::Text(answer.method),
            Out::Text(&answer.subject),
            Out::Text(claim.class.title()),
            Out::Text(claim.verdict.title()),
            Out::Text(&claim.headline),
            Out::Text(&claim.base),
            Out::Text(&claim.limits.join("; ")),
            Out::Text(&claim.unsupported),
        ])?;
    }
    table.bytes()
}

/// Every figure.
fn measures(account: &Account) -> io::Result<Vec<u8>> {
    let names = ["method", "subject", "figure", "symbol", "value", "expected", "sd", "p"];
    let mut table = Writer::new(&names)?;
    for answer in &account.answers {
        for measure in &answer.measures {
            table.row(&[
                Out::Text(answer.method),
                Out::Text(&answer.subject),
                Out::Text(&measure.name),
                Out::Text(measure.symbol),
                Out::Number(Some(measure.value)),
                Out::Number(measure.expected),
                Out::Number(measure.sd),
                Out::Number(answer.p.map(|p| p.value)),
            ])?;
        }
    }
    table.bytes()
}

/// One table, with its subject in front.
fn bytes(answer: &Answer, table: &Table) -> io::Result<Vec<u8>> {
    let names = ["subject"].into_iter().chain(table.columns.iter().map(|c| c.name.as_str()));
    let mut out = Writer::new(&names.collect::<Vec<_>>())?;
    for row in &table.rows {
        let cells = std::iter::once(Out::Text(&answer.subject)).chain(row.iter().map(cell));
        out.row(&cells.collect::<Vec<_>>())?;
    }
    out.bytes()
}

/// A cell as the tables write it: exact, and empty when missing.
fn cell(cell: &Cell) -> Out<'_> {
    match cell {
        Cell::Missing => Out::Count(None),
        Cell::Count(n) => Out::Count(Some(*n)),
        Cell::Number(v) => Out::Number(Some(*v)),
        Cell::Text(text) => Out::Text(text),
    }
}
