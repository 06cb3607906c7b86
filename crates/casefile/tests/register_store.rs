//! The store: nothing is lost, nothing is half-written, every past state opens, any script is found.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use glassurn_casefile::register::{
    Act, At, Author, Change, Fact, Kind, RegisterError, Store, Tables, Written, seed,
};
use tempfile::TempDir;

/// The moment of the n-th write.
fn author(n: u32) -> Author {
    Author { by: "Ada".to_owned(), at: format!("2026-11-{:02}T10:00:00Z", n + 1) }
}

fn act(name: &str) -> Act {
    Act { act: name.to_owned(), description: name.to_owned(), ..Act::default() }
}

fn fact(kind: Kind, id: &str, column: &str, value: &str) -> Fact {
    let (id, column, value) = (id.to_owned(), column.to_owned(), Some(value.to_owned()));
    Fact { kind, id, column, value, capture: None }
}

fn source(id: &str, title: &str) -> Change {
    let cells = [("source_id", id), ("publisher", "P"), ("title", title)];
    let facts = cells.map(|(column, value)| fact(Kind::Source, id, column, value)).to_vec();
    Change { facts, columns: Vec::new() }
}

fn write(store: &mut Store, n: u32, change: Change) -> Result<Option<Written>, RegisterError> {
    store.write(&author(n), &act("add"), |_| Ok(change))
}

fn new(dir: &TempDir) -> Store {
    Store::create(&dir.path().join("r.glassurn")).unwrap()
}

/// A store with the shipped register in it.
fn seeded(dir: &TempDir) -> Store {
    let mut store = new(dir);
    let tables = seed().unwrap().tables;
    store.write(&author(0), &act("import"), |now| Ok(now.change_to(&tables))).unwrap().unwrap();
    store
}

fn titles(tables: &Tables) -> Vec<&str> {
    let sheet = tables.sheet(Kind::Source);
    sheet.map(|s| s.rows.iter().map(|r| s.cell(r, "title")).collect()).unwrap_or_default()
}

// --- what goes in comes out ------------------------------------------------------------------------

/// The cells alone: where a record stood in a file is not part of it.
fn cells(tables: &Tables) -> Vec<(Kind, Vec<String>, Vec<Vec<String>>)> {
    let rows =
        |s: &glassurn_casefile::register::Sheet| s.rows.iter().map(|r| r.cells.clone()).collect();
    tables.sheets.iter().map(|s| (s.kind, s.columns.clone(), rows(s))).collect()
}

#[test]
fn the_store_holds_the_tables_to_the_byte() {
    let dir = TempDir::new().unwrap();
    let store = seeded(&dir);
    let before = seed().unwrap().tables;
    assert_eq!(cells(&store.tables(&At::Now).unwrap()), cells(&before));
    assert!(store.tables(&At::Operation(0)).unwrap().sheets.is_empty());
}

#[test]
fn importing_the_same_again_is_no_operation() {
    let dir = TempDir::new().unwrap();
    let mut store = seeded(&dir);
    let tables = seed().unwrap().tables;
    let again = store.write(&author(1), &act("import"), |now| Ok(now.change_to(&tables))).unwrap();
    assert_eq!((again, store.log().unwrap().len()), (None, 1));
}

#[test]
fn a_statement_keeps_the_original_beside_the_cleaned_value() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    let mut change = source("S1", "T");
    change.facts.push(fact(Kind::Source, "S1", "published", " 27.3.2025"));
    write(&mut store, 0, change).unwrap();
    write(
        &mut store,
        1,
        Change { facts: vec![fact(Kind::Source, "S1", "published", "2025")], columns: vec![] },
    )
    .unwrap();
    let past = store.history(Kind::Source, "S1").unwrap();
    let dates: Vec<_> = past.iter().filter(|p| p.column == "published").collect();
    assert_eq!(
        (dates[0].value.as_deref(), dates[0].original.as_deref()),
        (Some("2025-03-27"), Some(" 27.3.2025"))
    );
    assert_eq!((dates[0].superseded_by, dates[1].superseded_by), (Some(dates[1].id), None));
    assert_eq!((dates[1].by.as_str(), dates[1].at.as_str()), ("Ada", "2026-11-02T10:00:00Z"));
}

#[test]
fn a_change_that_would_break_a_reference_is_refused_whole() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    let mut change = source("S1", "T");
    change.facts.push(fact(Kind::Mission, "M1", "mission_id", "M1"));
    change.facts.push(fact(Kind::Mission, "M1", "observer", "O"));
    change.facts.push(fact(Kind::Mission, "M1", "election_id", "E9"));
    let error = write(&mut store, 0, change).unwrap_err();
    assert_eq!(error.problem, "no election is named `E9`");
    assert!(store.log().unwrap().is_empty() && store.tables(&At::Now).unwrap().sheets.is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_comes_back_to_the_byte(texts in proptest::collection::vec("[^\\x00]*", 1..6), column in "\\PC{1,12}") {
        let dir = TempDir::new().unwrap();
        let mut store = new(&dir);
        let mut change = source("S1", "T");
        let given = texts.iter().map(|text| fact(Kind::Source, "S1", &format!("x {column}"), text));
        change.facts.extend(given);
        write(&mut store, 0, change).unwrap();
        let last = texts.last().unwrap();
        let tables = store.tables(&At::Now).unwrap();
        let sheet = tables.sheet(Kind::Source).unwrap();
        assert_eq!(sheet.cell(&sheet.rows[0], &format!("x {column}")), last);
        let out = TempDir::new().unwrap();
        glassurn_casefile::register::write_folder(&tables, out.path()).unwrap();
        let back = glassurn_casefile::register::read_folder(out.path()).unwrap().tables;
        assert_eq!(cells(&back), cells(&tables));
        store.search(last, &At::Now, 5).unwrap();
    }
}

#[test]
fn a_register_that_may_only_be_read_is_read() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("r.glassurn");
    drop(seeded(&dir));
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(
        (store.tables(&At::Now).unwrap().count(Kind::Mission), found(&store, "M014")[0].as_str()),
        (46, "M014")
    );
    let error = write(&mut store, 1, source("S900", "T")).unwrap_err();
    assert_eq!(error.problem, "it may be read only");
}

#[test]
fn what_no_table_could_give_back_is_refused() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    let nul = write(&mut store, 0, source("S1", "a\0b")).unwrap_err();
    assert_eq!(nul.problem, "there is a NUL character in it");
    let long = write(&mut store, 0, source("S1", &"x".repeat(1_100_000))).unwrap_err();
    assert_eq!(long.problem, "it is longer than a cell may be");
    assert!(store.log().unwrap().is_empty());
}

// --- the past --------------------------------------------------------------------------------------

#[test]
fn any_past_state_opens_by_operation_and_by_date() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    for (n, title) in ["first", "second", "third"].into_iter().enumerate() {
        write(&mut store, u32::try_from(n).unwrap(), source("S1", title)).unwrap();
    }
    let at = |at: &str| store.tables(&At::parse(at).unwrap()).unwrap();
    assert_eq!((titles(&at("1")), titles(&at("2"))), (vec!["first"], vec!["second"]));
    assert_eq!(
        (titles(&at("2026-11-02")), titles(&at("2026-11"))),
        (vec!["second"], vec!["third"])
    );
    assert_eq!((titles(&at("2025-01-01")).len(), titles(&at("2027-"))), (0, vec!["third"]));
    assert_eq!(store.tables(&At::Operation(9)).unwrap_err().problem, "there is no operation 9");
    assert_eq!((At::parse("yesterday"), At::parse("-1")), (None, None));
}

#[test]
fn undo_is_a_new_operation_and_can_be_undone() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    write(&mut store, 0, source("S1", "first")).unwrap();
    write(&mut store, 1, source("S1", "second")).unwrap();
    write(&mut store, 2, source("S2", "other")).unwrap();
    let now = |store: &Store| store.tables(&At::Now).unwrap();
    store.undo(2, &author(3)).unwrap();
    assert_eq!(titles(&now(&store)), ["first", "other"]);
    store.undo(4, &author(4)).unwrap();
    assert_eq!(titles(&now(&store)), ["second", "other"]);
    store.undo(3, &author(5)).unwrap();
    assert_eq!(titles(&now(&store)), ["second"]);
    let log = store.log().unwrap();
    assert_eq!(
        log.iter().map(|o| o.undoes).collect::<Vec<_>>(),
        [None, None, None, Some(2), Some(4), Some(3)]
    );
    assert_eq!(titles(&store.tables(&At::Operation(3)).unwrap()), ["second", "other"]);
}

#[test]
fn what_later_operations_build_on_is_not_undone_under_them() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    write(&mut store, 0, source("S1", "first")).unwrap();
    write(&mut store, 1, source("S1", "second")).unwrap();
    let error = store.undo(1, &author(2)).unwrap_err();
    assert_eq!(error.hint, "undo operation 2 first");
    assert_eq!(store.undo(7, &author(2)).unwrap_err().problem, "there is no operation 7");
}

#[test]
fn a_record_on_which_others_rest_is_not_undone_away() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    write(&mut store, 0, source("S1", "T")).unwrap();
    let cells =
        [("election_id", "E1"), ("country_iso3", "BLR"), ("name", "N"), ("source_ids", "S1")];
    let facts = cells.map(|(c, v)| fact(Kind::Election, "E1", c, v)).to_vec();
    write(&mut store, 1, Change { facts, columns: Vec::new() }).unwrap();
    assert_eq!(store.undo(1, &author(2)).unwrap_err().problem, "no source is named `S1`");
}

#[test]
fn nothing_can_be_changed_or_deleted_even_by_hand() {
    let dir = TempDir::new().unwrap();
    drop(seeded(&dir));
    let db = rusqlite::Connection::open(dir.path().join("r.glassurn")).unwrap();
    for table in ["operation", "statement"] {
        let delete = db.execute(&format!("DELETE FROM {table} WHERE id = 1"), []).unwrap_err();
        let update =
            db.execute(&format!("UPDATE {table} SET id = 0 WHERE id = 1"), []).unwrap_err();
        assert!(delete.to_string().contains("nothing is deleted"), "{delete}");
        assert!(update.to_string().contains("nothing is changed"), "{update}");
    }
}

// --- words in any script ---------------------------------------------------------------------------

fn found(store: &Store, words: &str) -> Vec<String> {
    store.search(words, &At::Now, 50).unwrap().into_iter().map(|h| h.id).collect()
}

#[test]
fn words_are_found_in_any_script_in_any_case_and_inside_words() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    for (n, (id, title)) in [
        ("MY", "ပြည်ထောင်စုရွေးကောက်ပွဲကော်မရှင်၏ ကြေညာချက်"),
        ("RU", "Наблюдатели от СНГ признали выборы"),
        ("BE", "Цэнтральная выбарчая камісія"),
        ("AR", "مراقبو الانتخابات في بيلاروسيا"),
        ("ZH", "白俄罗斯总统选举"),
        ("TH", "คณะกรรมการการเลือกตั้ง"),
        ("KA", "ცენტრალური საარჩევნო კომისია"),
    ]
    .into_iter()
    .enumerate()
    {
        write(&mut store, u32::try_from(n).unwrap(), source(id, title)).unwrap();
    }
    for (words, id) in [
        ("ရွေးကောက်ပွဲ", "MY"),
        ("ကော်မရှင်", "MY"),
        ("НАБЛЮДАТЕЛ", "RU"),
        ("снг выборы", "RU"),
        ("камі\u{441}ія", "BE"),
        ("انتخابات", "AR"),
        ("选举", "ZH"),
        ("选", "ZH"),
        ("เลือกตั้ง", "TH"),
        ("საარჩევნო", "KA"),
        ("аи", "none"),
        ("\"; DROP TABLE search; --", "none"),
    ] {
        let expected: Vec<&str> = [id].into_iter().filter(|i| *i != "none").collect();
        assert_eq!(found(&store, words), expected, "{words}");
    }
    assert_eq!(found(&store, "и\u{306}").len(), 0, "й is found only where it is written");
    assert_eq!((found(&store, " ").len(), found(&store, "снг камісія").len()), (0, 0));
}

#[test]
fn one_letter_written_in_two_ways_is_one() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    write(&mut store, 0, source("S1", "Центральный комитет")).unwrap();
    assert_eq!(found(&store, "центральныи\u{306}"), ["S1"]);
}

#[test]
fn every_word_counts_wherever_in_the_record_it_stands_and_names_come_first() {
    let dir = TempDir::new().unwrap();
    let store = seeded(&dir);
    assert!(found(&store, "lebedev BLR-2025").contains(&"M014".to_owned()));
    assert_eq!(found(&store, "m014")[0], "M014");
    let cis = found(&store, "СНГ");
    assert_eq!(cis, ["CIS"]);
    assert_eq!(store.search("election", &At::Now, 3).unwrap().len(), 3);
}

#[test]
fn what_is_replaced_is_found_only_in_its_time() {
    let dir = TempDir::new().unwrap();
    let mut store = new(&dir);
    write(&mut store, 0, source("S1", "approved")).unwrap();
    write(&mut store, 1, source("S1", "questioned")).unwrap();
    let found = |words: &str, at: At| store.search(words, &at, 9).unwrap().len();
    assert_eq!((found("approved", At::Now), found("approved", At::Operation(1))), (0, 1));
    assert_eq!((found("questioned", At::Now), found("questioned", At::Operation(1))), (1, 0));
}

// --- two programs, a crash, a full disk ------------------------------------------------------------

fn count(path: &Path) -> usize {
    Store::open(path).unwrap().tables(&At::Now).unwrap().count(Kind::Source)
}

#[test]
fn two_writers_and_a_reader_do_not_disturb_each_other() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("r.glassurn");
    drop(new(&dir));
    std::thread::scope(|threads| {
        for name in ["a", "b"] {
            let path = &path;
            threads.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for n in 0..40 {
                    write(&mut store, 0, source(&format!("{name}{n}"), "T")).unwrap().unwrap();
                }
            });
        }
        threads.spawn(|| (0..40).for_each(|_| assert!(count(&path) <= 80)));
    });
    let store = Store::open(&path).unwrap();
    let numbers: Vec<i64> = store.log().unwrap().iter().map(|o| o.id).collect();
    assert_eq!((count(&path), numbers), (80, (1..=80).collect()));
}

#[test]
fn a_full_disk_loses_nothing_and_writes_nothing_half() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("r.glassurn");
    let mut store = seeded(&dir);
    let before = store.tables(&At::Now).unwrap();
    store.limit_size_for_tests().unwrap();
    let long = "x".repeat(1_000_000);
    let error = write(&mut store, 1, source("S900", &long)).unwrap_err();
    assert!(error.problem.contains("the disk is full"), "{error}");
    assert_eq!(
        (cells(&store.tables(&At::Now).unwrap()), store.log().unwrap().len()),
        (cells(&before), 1)
    );
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(cells(&store.tables(&At::Now).unwrap()), cells(&before));
    write(&mut store, 1, source("S901", &long)).unwrap().unwrap();
    assert_eq!(found(&store, "S901"), ["S901"]);
}
