//! Stations with and without observers, as a user goes through it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, path::PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/observers").join(name)
}

/// Runs and returns (exit code, standard output, standard error).
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("glassurn").unwrap();
    command.current_dir(folder).env_remove("GLASSURN_DATA").env("XDG_CACHE_HOME", folder);
    let output = command.env("NO_COLOR", "1").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The account of a comparison as JSON.
fn account(folder: &Path, args: &[&str]) -> Value {
    let args = [&["observers"], args, &["--no-report", "--json", "-"]].concat();
    let (code, out, err) = run(folder, &args);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// The error of a comparison that ends with this code.
fn error(folder: &Path, exit: i32, args: &[&str]) -> String {
    let args = [&["observers"], args, &["--no-report"]].concat();
    let (code, out, err) = run(folder, &args);
    assert!(code == exit && out.is_empty(), "{code}: {out}{err}");
    err
}

fn measure(account: &Value, symbol: &str) -> Option<f64> {
    let measures = account["answers"][0]["measures"].as_array().unwrap();
    measures.iter().find(|m| m["symbol"] == symbol)?["value"].as_f64()
}

fn headline(account: &Value) -> &str {
    account["answers"][0]["claims"][0]["headline"].as_str().unwrap()
}

/// The lines of the test table after a change of one cell's text.
fn changed(folder: &Path, from: &str, to: &str) -> String {
    let text = fs::read_to_string(data("stations.csv")).unwrap();
    assert!(text.contains(from), "{from}");
    let file = folder.join("changed.csv");
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn with_a_lot_there_is_a_test_and_a_page() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let args = ["observers", stations.to_str().unwrap(), "--block", "District"];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("P510") && out.contains("[inconsistent, P510]"), "{out}");
    let page = fs::read_to_string(dir.path().join("stations-observers-report.html")).unwrap();
    assert!(page.contains("Observed and unobserved stations by block"));
    assert!(page.contains("observers were assigned at random within each block"));
    let all = account(dir.path(), &args[1..]);
    // 18 of 48 stations were watched; the difference is of the means within the six districts.
    let base = all["answers"][0]["claims"][0]["base"].as_str().unwrap();
    assert!(base.starts_with("18 observed and 30 unobserved stations in 6 blocks"), "{base}");
    assert!((measure(&all, "D").unwrap() + 0.0731).abs() < 1e-4);
    assert!(measure(&all, "p").unwrap() < 0.01 && measure(&all, "D_s").is_none());
}

#[test]
fn an_earlier_figure_and_dense_areas_are_used() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let stations = stations.to_str().unwrap();
    let args = [stations, "--block", "District", "--earlier", "share before", "--near", "dense"];
    let all = account(dir.path(), &args);
    let [lin, direct, over] = ["D_L", "D_d", "D_s"].map(|s| measure(&all, s).unwrap());
    assert!(direct < lin && lin < 0.0 && over > 0.0, "{direct} {lin} {over}");
    let sd = |m: &Value| m["sd"].as_f64().is_some_and(|sd| sd > 0.0);
    let measures = all["answers"][0]["measures"].as_array().unwrap();
    assert!(measures.iter().filter(|m| m["symbol"] == "D_d" || m["symbol"] == "D_s").all(sd));
}

#[test]
fn without_a_lot_only_an_association_is_told() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    for more in [&[][..], &["--within", "District"], &["--turnout"]] {
        let all = account(dir.path(), &[&[stations.to_str().unwrap()], more].concat());
        assert!(headline(&all).contains("association"), "{}", headline(&all));
        assert_eq!(all["answers"][0]["claims"][0]["class"], "data");
        assert!(measure(&all, "p").is_none());
        let methods: Vec<_> =
            all["answers"].as_array().unwrap().iter().map(|a| a["method"].clone()).collect();
        assert_eq!(methods, ["P510", "P520"]);
    }
    let turnout = account(dir.path(), &[stations.to_str().unwrap(), "--turnout"]);
    assert!(headline(&turnout).starts_with("Turnout:"));
}

#[test]
fn of_a_device_votes_are_carried_over_within_districts() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let args = [stations.to_str().unwrap(), "--within", "District", "--device"];
    let all = account(dir.path(), &args);
    let answers = all["answers"].as_array().unwrap();
    let methods: Vec<_> = answers.iter().map(|a| a["method"].clone()).collect();
    assert_eq!(methods, ["P510", "P520", "P530"]);
    let claim = answers[2]["claims"][0]["headline"].as_str().unwrap();
    assert!(
        claim.starts_with("Votes of ") && claim.contains("stations without one would have"),
        "{claim}"
    );
    let plain = account(dir.path(), &args[..3]);
    assert_eq!(plain["answers"].as_array().unwrap().len(), 2);
    assert!(error(dir.path(), 2, &[args[0], "--device", "--turnout"]).contains("--turnout"));
}

#[test]
fn a_list_of_observed_stations_says_the_same_as_the_column() {
    let dir = TempDir::new().unwrap();
    let (stations, list) = (data("stations.csv"), data("list.csv"));
    let [stations, list] = [&stations, &list].map(|p| p.to_str().unwrap());
    let by_column = account(dir.path(), &[stations, "--block", "District"]);
    let by_list = account(dir.path(), &[stations, "--with", list, "--block", "District"]);
    assert_eq!(by_column["answers"], by_list["answers"]);
    let settings = by_list["settings"].to_string();
    assert!(settings.contains("being on the list"), "{settings}");
    assert_eq!(by_list["inputs"][1]["stations"], 18);
}

#[test]
fn what_cannot_be_read_says_where_it_stands_and_what_to_do() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let stations = stations.to_str().unwrap();
    let bad = changed(dir.path(), ",0,yes,50.9", ",perhaps,yes,50.9");
    let told = error(dir.path(), 3, &[&bad]);
    assert!(told.contains("changed.csv, row 2, column `observers`: `perhaps`"), "{told}");
    assert!(told.contains("hint: write yes or no"), "{told}");
    let bad = changed(dir.path(), ",0,yes,50.9", ",0,yes,half");
    let told = error(dir.path(), 3, &[&bad, "--earlier", "share before"]);
    assert!(told.contains("row 2, column `share before`: `half` is no number"), "{told}");
    let told = error(dir.path(), 3, &[stations, "--choice", "Ada Rown"]);
    assert!(told.contains("no choice is called") && told.contains("- Ada Rowan"), "{told}");
    let told = error(dir.path(), 3, &[stations, "--observed", "observer"]);
    assert!(told.contains("has no column `observer`") && told.contains("- observers"), "{told}");
    let told = error(dir.path(), 3, &[stations, "--observed", "Ada Rowan"]);
    assert!(told.contains("no station was not observed"), "{told}");
    error(dir.path(), 2, &[stations, "--block", "District", "--within", "District"]);
    error(dir.path(), 2, &[stations, "--choice", "Ada Rowan", "--turnout"]);
}

#[test]
fn lists_that_fit_nothing_or_name_a_station_twice_are_refused() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let list = |rows: &str| {
        let file = dir.path().join("list.csv");
        fs::write(&file, format!("name,code,watched\n{rows}")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let with = |rows: &str, more: &[&str]| {
        let list = list(rows);
        let args = [&[stations.to_str().unwrap(), "--with", &list], more].concat();
        error(dir.path(), 3, &args)
    };
    let told = with("x,A-02,1\ny,A-04,1\n", &[]);
    assert!(told.contains("no `name` of") && told.contains("--key"), "{told}");
    let twice = "x,A-02,1\ny,A-02,1\n";
    let told = with(twice, &["--key", "code", "--observed", "watched"]);
    assert!(told.contains("row 3: the station `A-02` stands in row 2 already"), "{told}");
    let told = with("+44 20 7946 0018,A-02,1\n(020) 7946-0019,A-04,0\n", &["--key", "code"]);
    assert!(told.contains("telephone numbers"), "{told}");
    // Two observers of one station on a list of observers are one observed station.
    let file = list("x,A-02,1\ny,A-02,1\nz,A-04,1\n");
    let args = [stations.to_str().unwrap(), "--with", &file, "--key", "code"];
    let all = account(dir.path(), &args);
    assert!(all["answers"][0]["claims"][0]["base"].as_str().unwrap().starts_with("2 observed"));
}

#[test]
fn stations_of_no_block_are_left_out_and_told() {
    let dir = TempDir::new().unwrap();
    let file = changed(dir.path(), "Alder,A-01", ",A-01");
    let all = account(dir.path(), &[&file, "--block", "District"]);
    let base = all["answers"][0]["claims"][0]["base"].as_str().unwrap();
    assert!(base.starts_with("18 observed and 29 unobserved"), "{base}");
    assert!(all["notes"][0].as_str().unwrap().starts_with("1 stations name no"));
}

#[test]
fn pairs_say_how_much_hidden_bias_would_explain() {
    let dir = TempDir::new().unwrap();
    let stations = data("stations.csv");
    let args = [stations.to_str().unwrap(), "--within", "District", "--earlier", "share before"];
    let pairs = |caliper: &str| account(dir.path(), &[&args[..], &["--caliper", caliper]].concat());
    let all = pairs("2");
    let answer = &all["answers"][1];
    let headline = answer["claims"][0]["headline"].as_str().unwrap();
    assert!(headline.contains("times as likely to be observed"), "{headline}");
    let symbols: Vec<_> =
        answer["measures"].as_array().unwrap().iter().map(|m| m["symbol"].clone()).collect();
    assert!(symbols.contains(&"Γ*".into()), "{symbols:?}");
    let balance = answer["tables"].as_array().unwrap().iter().find(|t| t["name"] == "balance");
    assert_eq!(balance.unwrap()["rows"].as_array().unwrap().len(), 2);
    // Nobody is as near as that: the answer says so and the others stand.
    let refused = pairs("0.000001")["answers"][1]["refused"].as_str().unwrap().to_owned();
    assert!(refused.contains("pairs of like stations"), "{refused}");
    error(dir.path(), 2, &[&args[..], &["--caliper", "0"]].concat());
}
