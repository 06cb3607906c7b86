//! What every view of an account must bear: names that try to break the page, the terminal, the JSON or a
//! spreadsheet, and figures of which nothing is known.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, CountKind, Heading, IntervalRow, LeftOut, Measure, P, PKind,
    Picture, Provenance, Reason, Source, Table, Unit, Verdict,
};

use super::{account_html, account_json, account_tables, account_text};
use crate::Account;
use crate::account::Input;
use crate::report::testing::HOSTILE;
use crate::report::{figures, tests};

/// An account whose every text is hostile, with each verdict and kind of cell.
fn account() -> Account {
    let all = HOSTILE.join(" ");
    let claim = |verdict: &Verdict| Claim {
        class: ClaimClass::OfficialFigure,
        verdict: *verdict,
        headline: all.clone(),
        base: all.clone(),
        limits: vec![all.clone()],
        unsupported: all.clone(),
    };
    let cells = vec![
        Cell::Text(HOSTILE[1].to_owned()),
        Cell::Count(-7),
        Cell::Number(f64::NAN),
        Cell::Missing,
    ];
    let row =
        IntervalRow { label: all.clone(), estimate: None, low: 0.0, high: 1.0, mark: Some(0.5) };
    let answer = Answer {
        claims: Verdict::ALL.iter().map(claim).collect(),
        measures: vec![Measure::plain(&all, "x", f64::INFINITY, Unit::Votes)],
        p: Some(P { value: 0.01, kind: PKind::Simulated { draws: 99, seed: 1 } }),
        left_out: vec![LeftOut { why: Reason::Missing, stations: 3 }],
        tables: vec![Table {
            name: "stations",
            title: all.clone(),
            columns: HOSTILE.iter().take(4).map(|h| Heading::new(*h, Unit::Share)).collect(),
            rows: vec![cells],
        }],
        pictures: vec![Picture::Intervals {
            title: all.clone(),
            axis: all.clone(),
            unit: Unit::Share,
            rows: vec![row],
        }],
        notes: vec![all.clone()],
        ..Answer::new("P110", &all)
    };
    let mut account = Account::new("Comparison", &all, &all);
    account.inputs = vec![Input {
        name: all.clone(),
        kind: Some(CountKind::VoterStatement),
        stations: None,
        sources: vec![Source { name: all.clone(), rows: 3, ..Source::default() }],
        notes: vec![all.clone()],
        provenance: Provenance { publisher: Some(all.clone()), selection: Some(all.clone()) },
    }];
    account.answers = vec![answer, Answer::refused("P120", &all, &all)];
    account.notes = vec![all.clone()];
    account.settings = vec![("choices".to_owned(), all)];
    account
}

#[test]
fn the_envelope_is_the_published_schema() {
    tests::validate("account-1.json", &account_json(&account()));
    tests::validate("account-1.json", &account_json(&Account::new("", "", "")));
}

#[test]
fn no_name_leaves_its_place_on_the_page() {
    let page = account_html(&account());
    for tag in ["<script", "<img", "</title></style>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(!page.contains(figures::steers));
    assert!(page.contains("This does not show"));
}

#[test]
fn nothing_steers_the_terminal() {
    for colour in [false, true] {
        let text = account_text(&account(), 80, colour);
        let text = text.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
        assert!(!text.contains(figures::steers), "{text:?}");
        assert!(text.contains("does not show:") && text.contains("3 rows"));
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_missing_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let paths = account_tables(&account(), folder.path()).unwrap();
    assert_eq!(paths.len(), 3);
    let mut formulas = 0;
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for row in rows.records() {
            let row = row.unwrap();
            assert!(row.iter().all(|c| !c.starts_with(['=', '+', '@', '\t'])), "{row:?}");
            formulas += row.iter().filter(|c| c.starts_with("'=")).count();
        }
    }
    assert!(formulas > 0, "the fixture holds formulas");
    let stations = std::fs::read_to_string(&paths[2]).unwrap();
    assert!(stations.trim_end().ends_with(",-7,,"), "{stations}");
}
