//! `glassurn compare` as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use assert_cmd::Command;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/readme").join(name)
}

fn compare(args: &[&str], folder: &std::path::Path) -> std::process::Output {
    let mut program = Command::cargo_bin("glassurn").unwrap();
    program.current_dir(folder).arg("compare").arg(sample("results.csv")).args(args);
    program.output().unwrap()
}

#[test]
fn copies_beside_official_figures_name_the_stations_that_differ() {
    let folder = tempfile::tempdir().unwrap();
    let with = format!("protocol-copy={}", sample("copies.csv").display());
    let output = compare(&["--with", &with, "--csv", "tables", "--exit-code"], folder.path());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("differs from the other count at 3 of 24 stations"), "{text}");
    assert!(text.contains("60 votes higher in all"), "{text}");
    assert_eq!(output.status.code(), Some(1), "figures that differ end with 1 when asked");
    let stations = std::fs::read_to_string(folder.path().join("tables/P180-stations.csv")).unwrap();
    assert_eq!(stations.lines().count(), 1 + 3);
    let page =
        std::fs::read_to_string(folder.path().join("results-comparison-report.html")).unwrap();
    assert!(page.contains("This does not show"), "the page says what it does not show");
}

#[test]
fn an_announced_total_below_the_stations_cannot_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let output = compare(&["--announced", "Ada Rowan=1,000", "--json", "-"], folder.path());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let claims = json["answers"][0]["claims"].as_array().unwrap();
    assert_eq!(claims[0]["verdict"], "impossible");
    assert_eq!(claims[0]["class"], "official_figure");
}

#[test]
fn official_figures_alone_have_nothing_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let output = compare(&[], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--with"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
