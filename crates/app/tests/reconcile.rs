//! `glassurn reconcile` as a user runs it: what is open is written, decided, and read back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use assert_cmd::Command;

const ONE: &str = "sheet,votes,valid\nA1,120,200\nA2,45,90\nA3,7,20\n";
const TWO: &str = "sheet,votes,valid\nA1,120,200\nA2,54,90\nA4,9,30\n";

fn reconcile(folder: &Path, args: &[&str]) -> std::process::Output {
    std::fs::write(folder.join("one.csv"), ONE).unwrap();
    std::fs::write(folder.join("two.csv"), TWO).unwrap();
    let mut program = Command::cargo_bin("glassurn").unwrap();
    program.current_dir(folder).args(["reconcile", "one.csv", "two.csv"]).args(args);
    program.output().unwrap()
}

#[test]
fn what_is_open_is_written_decided_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let open = folder.path().join("open.csv");
    let args = ["--key", "sheet", "--undecided", "open.csv", "--no-report", "--exit-code"];
    let first = reconcile(folder.path(), &args);
    assert_eq!(first.status.code(), Some(1), "{}", String::from_utf8_lossy(&first.stderr));
    let shown = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(shown.contains("On 1 sheet the entries give different"), "{shown}");
    let text = std::fs::read_to_string(&open).unwrap();
    assert!(text.contains("A2,votes,,3,45,3,54"), "{text}");
    let decided = text
        .replace("A2,votes,,", "A2,votes,45,")
        .replace("A3,(row),,", "A3,(row),keep,")
        .replace("A4,(row),,", "A4,(row),drop,");
    std::fs::write(&open, decided).unwrap();
    let args =
        ["--key", "sheet", "--adjudicated", "open.csv", "--consensus", "all.csv", "--exit-code"];
    let second = reconcile(folder.path(), &args);
    assert_eq!(second.status.code(), Some(0), "{}", String::from_utf8_lossy(&second.stderr));
    let consensus = std::fs::read_to_string(folder.path().join("all.csv")).unwrap();
    let rows: Vec<_> = consensus.lines().skip(1).collect();
    assert_eq!(rows, ["A1,120,200,agreed,2,2", "A2,45,90,decided,3,3", "A3,7,20,decided,4,"]);
    assert!(folder.path().join("reconciliation-report.html").is_file());
}

#[test]
fn without_key_equal_rows_are_matched() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        reconcile(folder.path(), &["--compare", "votes,valid", "--no-report", "--json", "-"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let measures = json["answers"][0]["measures"].as_array().unwrap();
    assert_eq!(measures[0]["value"], 1.0, "{measures:?}");
}

#[test]
fn a_column_that_a_file_lacks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = reconcile(folder.path(), &["--compare", "voters"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("one.csv has no column voters"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}
