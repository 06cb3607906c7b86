//! A correction as a page, as text, as JSON and as a table. The old figures and sentences stand in each.

mod html;
#[cfg(test)]
mod tests;
mod text;

use std::io;
use std::path::{Path, PathBuf};

use glassurn_model::{ClaimClass, Unit, Verdict};

use super::tables::{Cell, Table};
use super::{figures, write_atomically};
use crate::correction::{ClaimChange, Correction, FigureChange, Said, Value};

pub use html::correction_html;
pub use text::correction_text;

/// What a notice of correction cannot show.
const CANNOT_SHOW: &str = "This notice shows what differs between two results; it cannot show that the \
    second one is free of faults, or that nothing else was ever published.";

/// The correction as one versioned JSON envelope, ending in a line end.
pub fn correction_json(correction: &Correction) -> String {
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(correction);
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}

/// Writes `figures.csv` and `claims.csv` into a folder, made when it is missing; answers their paths.
pub fn correction_tables(correction: &Correction, folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let write = |(name, bytes): (&str, io::Result<Vec<u8>>)| {
        let path = folder.join(name);
        write_atomically(&path, &bytes?)?;
        Ok(path)
    };
    let all =
        [("figures.csv", figures_table(correction)), ("claims.csv", claims_table(correction))];
    all.into_iter().map(write).collect()
}

fn figures_table(correction: &Correction) -> io::Result<Vec<u8>> {
    let mut table = Table::new(&["figure", "unit", "before", "now"])?;
    let cell = |value: &Option<Value>| match value {
        None => ("not in this result".to_owned(), None),
        Some(Value::Missing) => (String::new(), None),
        Some(Value::Number(v)) => (String::new(), Some(*v)),
        Some(Value::Text(text)) => (text.clone(), None),
    };
    for change in &correction.figures {
        let [before, now] = [cell(&change.before), cell(&change.now)];
        let out =
            |(text, number): &(String, Option<f64>)| number.map_or(text.clone(), |_| String::new());
        let texts = [out(&before), out(&now)];
        let both = [(before.1, &texts[0]), (now.1, &texts[1])];
        let cells = both.map(|(n, t)| n.map_or(Cell::Text(t), |n| Cell::Number(Some(n))));
        let name = change.path.join(" / ");
        table.cells(&[Cell::Text(&name), Cell::Text(change.unit.as_deref().unwrap_or(""))])?;
        table.row(&cells)?;
    }
    table.bytes()
}

fn claims_table(correction: &Correction) -> io::Result<Vec<u8>> {
    let names = ["answer", "change", "verdict before", "before", "verdict now", "now"];
    let mut table = Table::new(&names)?;
    for change in &correction.claims {
        let of = |said: &Option<Said>| {
            said.as_ref().map_or_else(Default::default, |s| (verdict(s), s.headline.clone()))
        };
        let (before, now): ((String, String), (String, String)) =
            (of(&change.before), of(&change.now));
        let cells = [&change.answer, what(change), &before.0, &before.1, &now.0, &now.1];
        table.row(&cells.map(Cell::Text))?;
    }
    table.bytes()
}

/// What happened to a sentence.
fn what(change: &ClaimChange) -> &'static str {
    match (&change.before, &change.now) {
        (Some(before), Some(now))
            if (&before.class, &before.verdict) != (&now.class, &now.verdict) =>
        {
            "says something else"
        }
        (Some(_), Some(_)) => "has other figures or another base",
        (Some(_), None) => "falls away",
        _ => "is new",
    }
}

/// Verdict and class as a reader sees them; a key that this version does not know stays a key.
fn verdict(said: &Said) -> String {
    let title = |all: Vec<(String, &'static str)>, key: &str| {
        all.into_iter()
            .find(|(k, _)| k == key)
            .map_or(key.to_owned(), |(_, title)| title.to_owned())
    };
    let key = |v: serde_json::Result<serde_json::Value>| {
        v.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let verdicts = Verdict::ALL.map(|v| (key(serde_json::to_value(v)), v.title())).to_vec();
    let classes = ClaimClass::ALL.map(|c| (key(serde_json::to_value(c)), c.title())).to_vec();
    format!("{}, {}", title(verdicts, &said.verdict), title(classes, &said.class))
}

/// A figure before and now, with as many digits as it takes to see that they differ.
fn shown(change: &FigureChange) -> [String; 2] {
    let unit = unit(change.unit.as_deref());
    let both = [&change.before, &change.now];
    let short = both.map(|v| value(v.as_ref(), |n| brief(n, unit)));
    if short[0] == short[1] { both.map(|v| value(v.as_ref(), |n| format!("{n:?}"))) } else { short }
}

fn value(value: Option<&Value>, number: impl Fn(f64) -> String) -> String {
    match value {
        None => "not in this result".to_owned(),
        Some(Value::Missing) => figures::MISSING.to_owned(),
        Some(Value::Number(n)) => number(*n),
        Some(Value::Text(text)) if text.is_empty() => "nothing".to_owned(),
        Some(Value::Text(text)) => text.clone(),
    }
}

fn brief(n: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => figures::percent_in_column(Some(n)),
        other => figures::value(n, other),
    }
}

fn unit(key: Option<&str>) -> Unit {
    match key {
        Some("share") => Unit::Share,
        Some("points") => Unit::Points,
        Some("votes") => Unit::Votes,
        Some("stations") => Unit::Stations,
        _ => Unit::None,
    }
}

/// How many of the changes changed, fell away and came, in words.
fn tally<T>(all: &[T], one: &str, many: &str, ends: impl Fn(&T) -> (bool, bool)) -> String {
    let count = |of: (bool, bool)| all.iter().filter(|c| ends(c) == of).count();
    format!(
        "{} changed, {} no longer there, {} new",
        figures::some(count((true, true)), one, many),
        figures::size(count((true, false))),
        figures::size(count((false, true)))
    )
}

/// What changed, in three lines.
fn summary(correction: &Correction) -> [String; 3] {
    let files = correction.files.iter().filter(|f| f.before != f.now).count();
    let settings = correction.settings.len();
    [
        tally(&correction.claims, "sentence", "sentences", |c| {
            (c.before.is_some(), c.now.is_some())
        }),
        tally(&correction.figures, "figure", "figures", |c| (c.before.is_some(), c.now.is_some())),
        format!(
            "{} in one of the results alone; {} that {}",
            figures::some(files, "file", "files"),
            figures::some(settings, "setting or seed", "settings or seeds"),
            if settings == 1 { "differs" } else { "differ" }
        ),
    ]
}

/// The name of a figure.
fn name(change: &FigureChange) -> String {
    let telling = |p: &&String| !["answers", "measures", "tables", "value"].contains(&p.as_str());
    change.path.iter().filter(telling).map(String::as_str).collect::<Vec<_>>().join(" · ")
}
