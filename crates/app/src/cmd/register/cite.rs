//! `glassurn register cite`: where exactly a fact stands in a source.

use std::path::Path;

use glassurn_casefile::register::{Cells, Change, Fact, Kind, RegisterError, Tables, fingerprint};

use super::act;
use crate::{
    clock,
    exit_code::Exit,
    failure::Done,
    flags::register::{CiteArgs, RegisterArgs},
    terminal,
};

/// Records the passage, and the SHA-256 of the copy where one is given; prints the citation's name.
pub(crate) fn run(args: &RegisterArgs, own: &CiteArgs) -> Done {
    let mut store = args.store()?;
    let capture = own.capture.as_deref().map(fingerprint).transpose()?;
    let by = args.author().by;
    let mut name = String::new();
    let act = act("cite", format!("{} in {}", own.record, own.source));
    args.write(&mut store, act, |now| {
        let mut change = Change::default();
        if let Some(hash) = capture.as_deref().filter(|h| !known(now, h)) {
            change = now.adding(Kind::Capture, capture_cells(own, hash, &by))?.1;
        }
        let (id, citation) =
            now.adding(Kind::Citation, citation_cells(now, own, capture.as_deref())?)?;
        name = id;
        let read = |fact| Fact { capture: capture.clone(), ..fact };
        change.facts.extend(citation.facts.into_iter().map(read));
        Ok(change)
    })?;
    terminal::print(&name)?;
    Ok(Exit::Done)
}

/// Whether the copy is on record.
fn known(now: &Tables, hash: &str) -> bool {
    now.sheet(Kind::Capture).is_some_and(|s| s.find(hash).is_some())
}

fn cells(given: &[(&str, &str)]) -> Cells {
    given.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect()
}

fn capture_cells(own: &CiteArgs, hash: &str, by: &str) -> Cells {
    let file = own.capture.as_deref().unwrap_or(Path::new(""));
    let format = file.extension().unwrap_or_default().to_string_lossy().to_uppercase();
    cells(&[
        ("capture_id", hash),
        ("source_id", &own.source),
        ("format", &format),
        ("captured_at", &format!("recorded {}", clock::now())),
        ("by", by),
    ])
}

fn citation_cells(
    now: &Tables,
    own: &CiteArgs,
    hash: Option<&str>,
) -> Result<Cells, RegisterError> {
    let fact = now.locate(&own.record)?.1.id.clone();
    let mut all = cells(&[
        ("fact", &fact),
        ("source_id", &own.source),
        ("capture_id", hash.unwrap_or_default()),
        ("exact", &own.exact),
        ("stance", &own.stance),
    ]);
    all.extend(own.set.iter().cloned());
    Ok(all)
}
