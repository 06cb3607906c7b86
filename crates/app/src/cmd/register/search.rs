//! `glassurn register search`: records by their words.

use std::fmt::Write as _;

use glassurn_casefile::register::Hit;
use serde_json::json;

use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{RegisterArgs, SearchArgs},
    terminal,
};

/// Cells shown of each record.
const SHOWN: usize = 3;

/// Prints the records in which all words stand.
pub(crate) fn run(args: &RegisterArgs, own: &SearchArgs) -> Done {
    let store = args.store()?;
    let hits =
        store.search(&own.words.join(" "), &own.moment.moment(), own.most.saturating_add(1))?;
    let more = hits.len() > own.most;
    let hits = &hits[..hits.len().min(own.most)];
    terminal::print(&if own.json { as_json(hits, more) } else { as_text(hits) })?;
    if more {
        terminal::tell(&format!("more than {} records fit; add a word or --most N", own.most));
    }
    Ok(Exit::Done)
}

fn as_json(hits: &[Hit], more: bool) -> String {
    let hit = |h: &Hit| {
        let cells: serde_json::Map<_, _> =
            h.cells.iter().map(|(c, v)| (c.clone(), json!(v))).collect();
        json!({"table": h.kind.table(), "record": h.id, "found": cells})
    };
    format!("{:#}", json!({"records": hits.iter().map(hit).collect::<Vec<_>>(), "more": more}))
}

fn as_text(hits: &[Hit]) -> String {
    if hits.is_empty() {
        return "no record has all of these words\n".to_owned();
    }
    let width = terminal::width();
    let mut text = String::new();
    for hit in hits {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}  {}", terminal::plain(&hit.id), hit.kind.title());
        for (column, value) in hit.cells.iter().take(SHOWN) {
            let line = format!("    {column}: {}", terminal::plain(value));
            let _ = writeln!(text, "{}", terminal::cut(&line, width));
        }
    }
    text
}
