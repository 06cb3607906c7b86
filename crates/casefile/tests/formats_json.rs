//! JSON in its shapes: lists of records, nested lists, dictionaries, lines, one record a file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{ReadOptions, Reading, read_bytes};

mod common;
use common::{cells, tarred};

fn reading(name: &str, bytes: impl AsRef<[u8]>) -> Reading {
    read_bytes(name, bytes.as_ref().to_vec(), &ReadOptions::default()).expect("readable")
}

fn one(text: &str) -> RawTable {
    let mut tables = reading("t.json", text).tables;
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

#[test]
fn a_list_of_records() {
    let table =
        one(r#"[{"a": 1.50, "b": {"c": "x"}}, {"b": {"d": null}, "a": true, "e": [1, 2]}]"#);
    assert!(table.named);
    assert_eq!(
        cells(&table),
        [vec!["a", "b.c", "b.d", "e"], vec!["1.50", "x"], vec!["true", "", "", "[1,2]"]]
    );
    assert_eq!((table.number(0), table.number(1), table.source.rows), (0, 1, 2));
}

#[test]
fn lists_inside_records_give_rows() {
    let table = one(r#"{"day": "1", "places": [
            {"id": "A", "results": [{"who": "x", "votes": 1}, {"who": "y", "votes": 2}]},
            {"id": "B", "results": []},
            {"id": "C", "results": [{"who": "x", "votes": 3}]}]}"#);
    assert_eq!(table.source.table.as_deref(), Some("places[].results[]"));
    let expected: [&[&str]; 5] = [
        &["day", "places[].id", "places[].results[].who", "places[].results[].votes"],
        &["1", "A", "x", "1"],
        &["1", "A", "y", "2"],
        &["1", "B", "", ""],
        &["1", "C", "x", "3"],
    ];
    assert_eq!(cells(&table), expected);
}

#[test]
fn neighbouring_lists_give_a_table_each() {
    let reading = reading("t.json", r#"{"stations": [{"id": 1}], "parties": [{"code": "P"}]}"#);
    let names: Vec<_> = reading.tables.iter().map(|t| t.source.table.clone().unwrap()).collect();
    assert_eq!(names, ["stations[]", "parties[]"]);
    assert_eq!(cells(&reading.tables[0]), [["id"], ["1"]], "the shared path is taken off");
}

#[test]
fn dictionaries_keep_their_keys() {
    let table = one(r#"{"01": {"votes": 5}, "02": {"votes": 6}}"#);
    assert_eq!(cells(&table), [["_key", "votes"], ["01", "5"], ["02", "6"]]);
    let table = one(r#"{"1": "North", "2": "South"}"#);
    assert_eq!(cells(&table), [["_key", "_value"], ["1", "North"], ["2", "South"]]);
}

#[test]
fn lines_and_rows_without_names() {
    let table = one("{\"a\":1}\n{\"a\":2}\n");
    assert_eq!(cells(&table), [["a"], ["1"], ["2"]]);
    let table = one(r#"[["a", "b"], [1, 2]]"#);
    assert!(!table.named);
    assert_eq!(cells(&table), [["a", "b"], ["1", "2"]]);
}

#[test]
fn one_record_a_file_makes_one_table() {
    let archive = tarred(&[
        ("d/b", br#"{"id": 2, "results": [{"votes": 7}, {"votes": 8}]}"#),
        ("d/a.json", br#"{"id": 1, "results": [{"votes": 5}]}"#),
        ("d/other.json", br#"{"colour": "red"}"#),
    ]);
    let reading = reading("x.tar", archive);
    assert_eq!(reading.tables.len(), 2);
    let table = &reading.tables[0];
    assert_eq!(
        cells(table),
        [
            ["_file", "id", "results[].votes"],
            ["d/a.json", "1", "5"],
            ["d/b", "2", "7"],
            ["d/b", "2", "8"]
        ]
    );
    assert_eq!((table.source.name.as_str(), table.source.rows), ("x.tar", 3));
    assert_eq!(table.source.format, ["tar", "json"]);
    assert_eq!(reading.tables[1].source.name, "x.tar!d/other.json");
}

#[test]
fn broken_json_says_where() {
    let broken = b"[{\"a\": 1},\n {\"a\" 2}]".to_vec();
    let error = read_bytes("t.json", broken, &ReadOptions::default()).unwrap_err();
    assert_eq!(error.row, Some(2));
    assert!(error.problem.contains("colon"), "{error}");
}
