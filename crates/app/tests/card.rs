//! The summary of one page as a user asks for it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use assert_cmd::Command;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/readme").join(name)
}

fn compare(card: &str, folder: &std::path::Path) -> std::process::Output {
    let with = format!("protocol-copy={}", sample("copies.csv").display());
    let mut program = Command::cargo_bin("glassurn").unwrap();
    program.current_dir(folder).arg("compare").arg(sample("results.csv"));
    program.args(["--with", &with, "--no-report", "--card", card]).output().unwrap()
}

#[test]
fn a_card_has_the_sentence_its_files_and_the_command() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(compare("card.html", folder.path()).status.code(), Some(0));
    let page = std::fs::read_to_string(folder.path().join("card.html")).unwrap();
    for text in ["at 3 of 24 stations", "What this does not show", "SHA-256", "--card card.html"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(
        !page.contains("<script") && !page.contains("http:") && !page.contains("https:"),
        "loads and runs nothing"
    );
}

#[test]
fn a_card_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = compare("no/such/folder/card.html", folder.path());
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stderr).contains("card.html cannot be written"));
}
