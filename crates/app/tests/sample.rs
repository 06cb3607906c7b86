//! A sample from its design to its audit, as a user goes through it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fmt::Write as _, fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

/// Runs and returns (exit code, standard output, standard error).
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("glassurn").unwrap();
    command.current_dir(folder).env_remove("GLASSURN_DATA").env("XDG_CACHE_HOME", folder);
    let output = command.env("NO_COLOR", "1").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const HEAD: &str =
    "region,station,registered voters,ballots cast,valid votes,invalid votes,Ada,Bea\n";

/// Station `i` of a hundred: 100 voters, 80 ± 5 for Ada.
fn row(i: usize) -> String {
    let ada = 75 + i % 11;
    let region = if i <= 50 { "North" } else { "South" };
    format!("{region},{i},100,100,100,0,{ada},{}\n", 100 - ada)
}

fn returns(folder: &Path) {
    let rows: String = (1..=100).map(row).collect();
    fs::write(folder.join("official.csv"), format!("{HEAD}{rows}")).unwrap();
}

/// The stations of a `sample.csv`, as numbers.
fn listed(folder: &Path, file: &str) -> Vec<usize> {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let station = |l: &str| l.rsplit([',', ' ', '/']).next().unwrap().parse().unwrap();
    text.lines().skip(1).map(station).collect()
}

/// Draws 20 stations and returns them.
fn drawn(folder: &Path) -> Vec<usize> {
    returns(folder);
    let args = ["design", "official.csv", "--stations", "20", "--seed", "7", "--no-report"];
    let (code, out, err) = run(folder, &args);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("P410"), "{out}");
    listed(folder, "design/sample.csv")
}

/// The p-value in the account of an audit, and its text.
fn audit(folder: &Path, rows: &str, more: &[&str]) -> (f64, String) {
    fs::write(folder.join("copies.csv"), format!("{HEAD}{rows}")).unwrap();
    let mut args = vec!["audit", "official.csv", "--copies", "copies.csv", "--no-report"];
    args.extend(["--json", "-"]);
    args.extend(more);
    let (code, out, err) = run(folder, &args);
    assert_eq!(code, 0, "{err}");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let measures = json["answers"][0]["measures"].as_array().unwrap();
    let p = measures.iter().find(|m| m["symbol"] == "p").unwrap();
    (p["value"].as_f64().unwrap(), out)
}

#[test]
fn a_design_draws_what_it_was_asked_and_the_same_again() {
    let dir = TempDir::new().unwrap();
    let first = drawn(dir.path());
    assert_eq!(first.len(), 20);
    let spare = listed(dir.path(), "design/replacements.csv");
    assert!(spare.len() == 10 && spare.iter().all(|s| !first.contains(s)));
    assert_eq!(listed(dir.path(), "design/frame.csv").len(), 100);
    let plan = fs::read(dir.path().join("design/plan.toml")).unwrap();
    assert_eq!(drawn(dir.path()), first);
    assert_eq!(fs::read(dir.path().join("design/plan.toml")).unwrap(), plan);
}

#[test]
fn a_design_by_strata_draws_from_each() {
    let dir = TempDir::new().unwrap();
    returns(dir.path());
    let args = ["design", "official.csv", "--strata", "region", "--stations", "20", "--no-report"];
    let (code, _, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    let drawn = listed(dir.path(), "design/sample.csv");
    assert_eq!((drawn.len(), drawn.iter().filter(|s| **s <= 50).count()), (20, 10));
    let (code, _, err) = run(dir.path(), &["design", "official.csv", "--strata", "county"]);
    assert!(code == 3 && err.contains("region"), "{err}");
}

#[test]
fn copies_that_agree_support_the_order_and_a_missing_one_counts_at_its_worst() {
    let dir = TempDir::new().unwrap();
    let drawn = drawn(dir.path());
    let copies: String = drawn.iter().map(|i| row(*i)).collect();
    let list = ["--sample", "design/sample.csv"];
    let (all, text) = audit(dir.path(), &copies, &list);
    assert!(all < 0.001, "{all}");
    assert!(!text.contains("taken as the draw"));
    let fewer: String = drawn.iter().skip(2).map(|i| row(*i)).collect();
    let (worst, _) = audit(dir.path(), &fewer, &list);
    assert!(worst > all, "{worst} and {all}");
    // Without the list nobody can know that two are missing; the account says so.
    let (_, text) = audit(dir.path(), &fewer, &[]);
    assert!(text.contains("taken as the draw"));
}

#[test]
fn copies_that_turn_the_order_round_do_not_support_it() {
    let dir = TempDir::new().unwrap();
    let mut copies = String::new();
    for i in drawn(dir.path()) {
        let region = if i <= 50 { "North" } else { "South" };
        writeln!(copies, "{region},{i},100,100,100,0,45,55").unwrap();
    }
    let (p, _) = audit(dir.path(), &copies, &["--sample", "design/sample.csv"]);
    assert!(p > 0.9, "{p}");
}

#[test]
fn a_drawn_station_that_is_not_in_the_returns_is_refused() {
    let dir = TempDir::new().unwrap();
    returns(dir.path());
    fs::write(dir.path().join("sample.csv"), "stratum,order,station\nall,1,nowhere\n").unwrap();
    let args = [
        "audit",
        "official.csv",
        "--copies",
        "official.csv",
        "--sample",
        "sample.csv",
        "--no-report",
    ];
    let (code, _, err) = run(dir.path(), &args);
    assert!(code == 3 && err.contains("nowhere"), "{err}");
}
