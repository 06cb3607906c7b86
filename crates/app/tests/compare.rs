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

#[test]
fn a_tally_at_the_door_is_set_beside_the_ballots_cast() {
    let folder = tempfile::tempdir().unwrap();
    // Officially 1,034, 341 and 1,124 ballots were cast; the tally is below, above and near.
    let tally =
        "Station,Registered voters,Voters who voted\nA-01,1506,700\nA-02,565,345\nA-03,1956,1100\n";
    std::fs::write(folder.path().join("door.csv"), tally).unwrap();
    let run = |more: &[&str]| {
        let args = [&["--with", "observer=door.csv", "--no-report"], more].concat();
        let output = compare(&args, folder.path());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run(&["--seen", "0.95"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "At 1 of 3 stations people seen voting exceed the official ballots cast: by 4 in all."
        ),
        "{text}"
    );
    // ⌊700/0.95⌋ = 736: 298 ballots beyond; 1,100 seen admit 1,157 voters.
    assert!(text.contains("298 ballots at 1 stations are beyond that too"), "{text}");
    assert!(!text.contains("P180"), "a tally is no second count of the ballots: {text}");
    assert!(run(&[]).contains("[not tested, P190]"));
    let output = compare(&["--with", "observer=door.csv", "--seen", "0"], folder.path());
    assert_eq!(output.status.code(), Some(2));
}
