//! `glassurn correct` as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/readme").join(name)
}

/// Runs and returns (exit code, standard output, standard error).
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output =
        Command::cargo_bin("glassurn").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Compares the sample with an announced total, and writes the JSON.
fn compared(folder: &Path, announced: &str, json: &str) {
    let results = sample("results.csv");
    let args = ["compare", results.to_str().unwrap(), "--announced", announced, "--json", json];
    assert_eq!(run(folder, &[&args[..], &["--no-report"]].concat()).0, 0);
}

const WHY: [&str; 4] = ["--reason", "the total was misprinted", "--date", "2024-08-03"];

#[test]
fn a_misprinted_total_is_corrected_and_stays_in_the_notice() {
    let folder = tempfile::tempdir().unwrap();
    compared(folder.path(), "Ada Rowan=1,000", "old.json");
    compared(folder.path(), "Ada Rowan=1,000,000", "new.json");
    let args = [&["correct", "old.json", "new.json", "--exit-code"], &WHY[..]].concat();
    let (code, text, _) = run(folder.path(), &args);
    assert_eq!(code, 1, "a sentence says something else: {text}");
    let page = std::fs::read_to_string(folder.path().join("correction-report.html")).unwrap();
    for part in
        ["the total was misprinted", "2024-08-03", "Ada Rowan = 1000,", "Ada Rowan = 1000000,"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_notice_needs_a_reason_a_day_and_two_results() {
    let folder = tempfile::tempdir().unwrap();
    compared(folder.path(), "Ada Rowan=1,000", "old.json");
    assert_eq!(
        run(folder.path(), &["correct", "old.json", "old.json", "--date", "2024-08-03"]).0,
        2
    );
    for day in ["3 August", "2024-13-01", "2024-8-3"] {
        let args = ["correct", "old.json", "old.json", "--reason", "x", "--date", day];
        assert_eq!(run(folder.path(), &args).0, 2, "{day}");
    }
    let same = [&["correct", "old.json", "old.json"], &WHY[..]].concat();
    let (code, _, err) = run(folder.path(), &same);
    assert!(code == 3 && err.contains("nothing differs"), "{err}");
    let other = [&["correct", "old.json", "none.json"], &WHY[..]].concat();
    assert!(run(folder.path(), &other).2.contains("none.json cannot be read"));
}
