//! The register as a user meets it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

/// Runs `glassurn register …` and returns (exit code, standard output, standard error).
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("glassurn").unwrap();
    command.current_dir(folder).env("GLASSURN_BY", "Ada").env("NO_COLOR", "1").arg("register");
    let output = command.args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// What a command prints; it must succeed.
fn ok(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run(folder, args);
    assert_eq!(code, 0, "{args:?}: {err}");
    out
}

/// What a command says when it is refused.
fn refused(folder: &Path, args: &[&str], exit: i32) -> String {
    let (code, out, err) = run(folder, args);
    assert_eq!((code, out.as_str()), (exit, ""), "{args:?}: {err}");
    assert!(err.contains("hint: "), "{err}");
    err
}

fn demo() -> TempDir {
    let dir = TempDir::new().unwrap();
    ok(dir.path(), &["demo"]);
    dir
}

#[test]
fn demo_makes_a_register_and_says_what_to_be_wary_of() {
    let dir = TempDir::new().unwrap();
    let out = ok(dir.path(), &["demo"]);
    assert!(out.contains("46  missions") && out.contains("check_first"), "{out}");
    assert!(refused(dir.path(), &["demo"], 3).contains("it is there already"));
}

#[test]
fn a_folder_comes_back_to_the_byte() {
    let dir = demo();
    ok(dir.path(), &["export", "one"]);
    ok(dir.path(), &["init", "--register", "other"]);
    ok(dir.path(), &["import", "one", "--register", "other"]);
    ok(dir.path(), &["export", "two", "--register", "other"]);
    let files: Vec<_> =
        fs::read_dir(dir.path().join("one")).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(files.len(), 10);
    for file in files {
        let read = |folder: &str| fs::read(dir.path().join(folder).join(&file)).unwrap();
        assert!(read("one") == read("two"), "{file:?}");
    }
    let (_, _, err) = run(dir.path(), &["import", "one"]);
    assert!(err.contains("nothing is new") && err.contains("C004"), "{err}");
}

#[test]
fn a_record_is_shown_with_its_sources_and_with_what_rests_on_memory() {
    let dir = demo();
    let out = ok(dir.path(), &["show", "M014"]);
    assert!(out.contains("rests on S012: BelTA") && out.contains("named by V009"), "{out}");
    assert!(!out.contains("CHECK FIRST"));
    assert!(ok(dir.path(), &["show", "M030"]).contains("CHECK FIRST"));
    let json: serde_json::Value =
        serde_json::from_str(&ok(dir.path(), &["show", "M030", "--json"])).unwrap();
    assert_eq!(
        (json["rests_on_memory"].as_bool(), json["cells"]["mission_id"].as_str()),
        (Some(true), Some("M030"))
    );
    assert!(refused(dir.path(), &["show", "M999"], 3).contains("search"));
}

#[test]
fn words_are_found_in_any_script() {
    let dir = demo();
    assert!(ok(dir.path(), &["search", "ရွေးကောက်ပွဲ"]).starts_with("MMR-UEC"));
    assert!(ok(dir.path(), &["search", "выбарчая"]).starts_with("BLR-CEC"));
    assert!(ok(dir.path(), &["search", "组织"]).starts_with("SCO"));
    assert!(ok(dir.path(), &["search", "zzzz"]).contains("no record"));
    let json: serde_json::Value =
        serde_json::from_str(&ok(dir.path(), &["search", "election", "--most", "2", "--json"]))
            .unwrap();
    assert_eq!(
        (json["records"].as_array().unwrap().len(), json["more"].as_bool()),
        (2, Some(true))
    );
}

#[test]
fn a_fact_without_a_source_is_refused_and_one_with_a_source_is_not() {
    let dir = demo();
    let mission =
        ["add", "mission", "--set", "election_id=BLR-2025-P", "--set", "observer=Example"];
    assert!(refused(dir.path(), &mission, 3).contains("without a source"));
    let sourced = [&mission[..], &["--set", "source_ids=S013"]].concat();
    assert_eq!(ok(dir.path(), &sourced).trim(), "M047");
    assert!(
        refused(dir.path(), &["add", "mission", "--set", "source_ids=S013"], 3)
            .contains("--set election_id=")
    );
    let wrong = [&mission[..], &["--set", "source_ids=S999"]].concat();
    assert!(refused(dir.path(), &wrong, 3).contains("no source is named `S999`"));
    let dated = [&sourced[..], &["--set", "first_day=soon"]].concat();
    assert!(refused(dir.path(), &dated, 3).contains("it is no date"));
    assert!(run(dir.path(), &["add", "person"]).2.contains("no kind of record"));
}

#[test]
fn the_past_stays_open_and_undo_is_an_operation() {
    let dir = demo();
    ok(dir.path(), &["edit", "M014", "--set", "observers_total=297"]);
    assert!(ok(dir.path(), &["show", "M014"]).contains("297"));
    assert!(ok(dir.path(), &["show", "M014", "--at", "1"]).contains("296"));
    assert!(ok(dir.path(), &["show", "M014", "--history"]).contains("replaced by statement"));
    ok(dir.path(), &["undo", "2"]);
    assert!(ok(dir.path(), &["show", "M014"]).contains("296"));
    let log = ok(dir.path(), &["log"]);
    assert!(log.lines().count() == 3 && log.contains("Ada") && log.contains("undo of 2"), "{log}");
    assert!(refused(dir.path(), &["undo", "9"], 3).contains("no operation 9"));
    assert!(refused(dir.path(), &["show", "M014", "--at", "9"], 3).contains("no operation 9"));
}

#[test]
fn passages_and_answers_are_recorded_with_what_they_rest_on() {
    let dir = demo();
    fs::write(dir.path().join("page.html"), "<p>290 observers</p>").unwrap();
    let cite =
        ["cite", "M014", "--source", "S079", "--exact", "290 observers", "--capture", "page.html"];
    assert_eq!(ok(dir.path(), &cite).trim(), "Q001");
    assert_eq!(ok(dir.path(), &cite).trim(), "Q002");
    let shown = ok(dir.path(), &["show", "Q001"]);
    assert!(shown.contains("supports") && shown.contains("S079"), "{shown}");
    let judge = ["judge", "M014", "P6=yes", "--evidence", "S012"];
    assert_eq!(ok(dir.path(), &judge).trim(), "A001");
    assert_eq!(
        ok(dir.path(), &["judge", "M014", "P6=partly", "--evidence", "S012"]).trim(),
        "A001"
    );
    assert!(ok(dir.path(), &["show", "A001"]).contains("partly"));
    assert!(
        refused(dir.path(), &["judge", "M014", "P7=perhaps", "--evidence", "S012"], 3)
            .contains("it is no answer")
    );
    assert!(
        refused(dir.path(), &["judge", "M014", "P7=no", "--evidence", ""], 3)
            .contains("without a source")
    );
}

#[test]
fn nothing_is_merged_without_a_yes() {
    let dir = demo();
    let proposals = ok(dir.path(), &["merge", "--propose"]);
    for pair in ["PACE-COE  PACE-MMR", "CIS  CIS-EMO", "ICES  IFES"] {
        assert!(proposals.contains(pair), "{pair}: {proposals}");
    }
    assert!(
        refused(dir.path(), &["merge", "RUS-CEC", "--into", "BLR-CEC"], 2)
            .contains("nobody said yes")
    );
    assert_eq!(ok(dir.path(), &["log"]).lines().count(), 1);
    ok(dir.path(), &["merge", "RUS-CEC", "--into", "BLR-CEC", "--yes"]);
    ok(dir.path(), &["undo", "2"]);
    ok(dir.path(), &["merge", "EU", "--apart-from", "EP"]);
    assert!(ok(dir.path(), &["show", "EU"]).contains("EP"));
}

#[test]
fn a_register_that_is_not_there_says_how_to_make_one() {
    let dir = TempDir::new().unwrap();
    let err = refused(dir.path(), &["log"], 3);
    assert!(err.contains("there is no register") && err.contains("register init"), "{err}");
    fs::write(dir.path().join("register.glassurn"), "x".repeat(5000)).unwrap();
    assert!(refused(dir.path(), &["log"], 3).contains("it is no register"));
}

#[test]
fn what_others_wrote_cannot_steer_the_terminal() {
    let dir = TempDir::new().unwrap();
    ok(dir.path(), &["init"]);
    let evil = "title=\u{1b}[31mred\u{202e}abc\u{7}";
    let add = ["add", "source", "--set", "publisher=P", "--set", evil];
    assert_eq!(ok(dir.path(), &add).trim(), "S001");
    for args in [&["show", "S001"][..], &["search", "red"], &["show", "S001", "--history"]] {
        let out = ok(dir.path(), args);
        assert!(out.contains("red") && !out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{out:?}");
    }
}
