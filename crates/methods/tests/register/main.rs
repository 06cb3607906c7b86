//! The analyses of the register: by hand, oracle, what must not matter, refusals, words, and the register of
//! Belarus and Myanmar where it is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod conflicts;
mod dyads;
mod election_sheet;
mod evidence_grade;
mod leniency;
mod made;
mod mutual_endorsement;
mod observer_agreement;
mod reaction_timeline;
mod scorecard;
mod seed;

use glassurn_model::{Answer, Cell, Table};

/// The table with this name.
#[track_caller]
fn table<'a>(answer: &'a Answer, name: &str) -> &'a Table {
    answer.tables.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no table {name}"))
}

/// The cells of a row as text.
fn words(row: &[Cell]) -> Vec<String> {
    let word = |cell: &Cell| match cell {
        Cell::Missing => String::new(),
        Cell::Count(n) => n.to_string(),
        Cell::Number(v) => v.to_string(),
        Cell::Text(text) => text.clone(),
    };
    row.iter().map(word).collect()
}

/// Everything that an answer prints, as one text.
fn printed(answer: &Answer) -> String {
    let claims = answer.claims.iter().flat_map(|c| {
        [&c.headline, &c.base, &c.unsupported]
            .into_iter()
            .chain(&c.limits)
            .cloned()
            .collect::<Vec<_>>()
    });
    let tables = answer.tables.iter().flat_map(|t| {
        std::iter::once(t.title.clone()).chain(t.columns.iter().map(|c| c.name.clone()))
    });
    claims.chain(tables).chain(answer.notes.clone()).collect::<Vec<_>>().join("\n")
}

/// The words of an answer name no offence, and every table is rectangular.
#[track_caller]
fn assert_sound(answer: &Answer) {
    let text = printed(answer).to_lowercase();
    for word in ["fraud", "rigg", "stolen", "falsif", "manipul", "nan", "  "] {
        assert!(!text.contains(word), "{word:?} in {text}");
    }
    for table in &answer.tables {
        assert!(table.rows.iter().all(|r| r.len() == table.columns.len()), "{}", table.name);
    }
    assert!(answer.measures.iter().all(|m| m.value.is_finite()), "{:?}", answer.measures);
    for claim in &answer.claims {
        assert!(claim.headline.ends_with('.') && !claim.unsupported.is_empty(), "{claim:?}");
    }
}
