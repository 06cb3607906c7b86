//! The program as a user meets it: results on standard output, the rest on standard error, documented
//! exit codes, the same bytes every time.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use assert_cmd::Command;
use tempfile::TempDir;

/// The program, in a folder of its own, with no data and no cache of the machine's user.
fn glassurn(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("glassurn").unwrap();
    command.current_dir(folder).env_remove("GLASSURN_DATA").env("XDG_CACHE_HOME", folder);
    command.env("NO_COLOR", "1");
    command
}

/// Runs and returns (exit code, standard output, standard error).
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = glassurn(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const RESULTS: &str = "\
region,station,registered voters,ballots cast,valid votes,invalid votes,Ada Lovelace,Alan Turing
North,1,1000,600,590,10,300,290
North,2,900,500,495,5,200,295
South,3,1100,700,690,10,400,290
South,4,800,401,399,2,100,299
";

fn results(folder: &Path) -> &'static str {
    fs::write(folder.join("results.csv"), RESULTS).unwrap();
    "results.csv"
}

// --- examine -----------------------------------------------------------------------------------

#[test]
fn examine_prints_a_summary_and_writes_a_report() {
    let dir = TempDir::new().unwrap();
    let (code, out, err) = run(dir.path(), &["examine", results(dir.path())]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Ada Lovelace") || out.contains("Alan Turing"), "{out}");
    assert!(err.contains("results-report.html"), "{err}");
    assert!(
        fs::read_to_string(dir.path().join("results-report.html")).unwrap().contains("</html>")
    );
}

#[test]
fn examine_demo_needs_nothing_else() {
    let dir = TempDir::new().unwrap();
    let (code, out, err) = run(dir.path(), &["examine", "demo", "--csv", "tables"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("cannot show"), "{out}");
    assert!(dir.path().join("demo-report.html").exists());
    assert!(dir.path().join("tables").read_dir().unwrap().count() >= 3);
}

#[test]
fn same_bytes_on_one_thread_and_two_and_twice_in_a_row() {
    let dir = TempDir::new().unwrap();
    let outputs: Vec<_> = ["1", "2", "2"]
        .iter()
        .map(|threads| {
            let out = glassurn(dir.path())
                .args(["examine", "demo", "--json", "-", "--report", "r.html"])
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            (out.stdout, fs::read(dir.path().join("r.html")).unwrap())
        })
        .collect();
    assert!(!outputs[0].0.is_empty());
    assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2]);
}

#[test]
fn json_on_standard_output_is_the_only_thing_there() {
    let dir = TempDir::new().unwrap();
    let (_, out, _) = run(dir.path(), &["examine", "demo", "--no-report", "--json", "-"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["envelope"], 1);
    assert!(fs::read_dir(dir.path()).unwrap().all(|f| f.unwrap().path().extension().is_none()));
}

/// A count of 300 stations in thirty places, and two earlier states of it as files.
fn count_in_states(folder: &Path) {
    let line = |i: i64| {
        let late = i % 10 >= if i / 10 % 2 == 0 { 8 } else { 4 };
        let votes = 40 + 20 * (i / 10 % 2) + i % 7;
        (late, format!("{},S{i:03},200,100,{votes},{}\n", i / 10, 100 - votes))
    };
    let file = |name: &str, keep: &dyn Fn(i64, bool) -> bool| {
        let lines = (0..300).map(|i| (i, line(i))).filter(|(i, (late, _))| keep(*i, *late));
        let lines: String = lines.map(|(_, (_, text))| text).collect();
        let head = "Place,Station,Registered voters,Ballots cast,Ada Rowan,Ben Hazel\n";
        fs::write(folder.join(name), head.to_owned() + &lines).unwrap();
    };
    file("evening.csv", &|_, late| !late);
    file("night.csv", &|i, late| !late || i % 10 < 9);
    file("final.csv", &|_, _| true);
}

#[test]
fn earlier_states_give_the_order_of_the_count() {
    let dir = TempDir::new().unwrap();
    count_in_states(dir.path());
    let args = ["examine", "final.csv", "--states", "evening.csv", "night.csv", "--screen", "S910"];
    let json = [&args[..], &["--no-report", "--json", "-"]].concat();
    let (code, out, err) = run(dir.path(), &json);
    assert_eq!(code, 0, "{err}");
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let notes = value["returns"]["notes"].to_string();
    assert!(notes.contains("180 stations, 180 of them not in a state before"), "{notes}");
    assert!(notes.contains("30 stations are in none of the 2 states"), "{notes}");
    assert!(out.contains("late less early share within the same"), "{out}");
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!((code, out.contains("S910")), (0, true), "{err}{out}");
}

#[test]
fn an_interruption_needs_an_order_and_a_threshold_a_rate() {
    let dir = TempDir::new().unwrap();
    count_in_states(dir.path());
    let (code, _, err) = run(dir.path(), &["examine", "final.csv", "--interruption", "19:40"]);
    assert!(code == 2 && err.contains("--states"), "{code}: {err}");
    let states = ["examine", "final.csv", "--states", "evening.csv", "--interruption", "7"];
    let (code, _, err) = run(dir.path(), &states);
    assert!(code != 0 && err.contains("no interruption of the count at `7`"), "{code}: {err}");
    for wrong in ["turnout=2", "quorum=0.5", "turnout"] {
        let (code, _, err) = run(dir.path(), &["examine", "final.csv", "--threshold", wrong]);
        assert_eq!(code, 2, "{err}");
    }
}

#[test]
fn a_mapping_replays() {
    let dir = TempDir::new().unwrap();
    let file = results(dir.path());
    let (code, mapping, err) = run(dir.path(), &["map", file]);
    assert_eq!(code, 0, "{err}");
    assert!(mapping.contains("confidence") && mapping.contains("registered"), "{mapping}");
    fs::write(dir.path().join("m.toml"), mapping).unwrap();
    let args = ["examine", file, "--mapping", "m.toml", "--no-report", "--json", "-"];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let totals = value["results"][0]["totals"].as_array().unwrap();
    assert!(totals.iter().any(|t| t["field"] == "registered" && t["total"] == 3800));
}

#[test]
fn an_earlier_election_is_joined_by_station_and_named_in_every_view() {
    let dir = TempDir::new().unwrap();
    let file = results(dir.path());
    // The same stations in another order, without the last.
    let mut lines: Vec<&str> = RESULTS.lines().collect();
    lines.truncate(4);
    lines.swap(1, 3);
    fs::write(dir.path().join("before.csv"), lines.join("\n")).unwrap();
    let args = ["examine", file, "--before", "before.csv", "--json", "all.json"];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("before: before.csv") && out.contains("3 stations have a partner"),
        "{out}"
    );
    let json = fs::read_to_string(dir.path().join("all.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let earlier = &value["returns"]["earlier"];
    assert_eq!(earlier["partners"]["by_id"], 3);
    let hash = earlier["sources"]["listed"][0]["sha256"].as_str().unwrap();
    assert_eq!(hash.len(), 64);
    let page = fs::read_to_string(dir.path().join("results-report.html")).unwrap();
    assert!(page.contains("The earlier election beside them") && page.contains(hash));
}

#[test]
fn elections_without_common_stations_are_not_joined() {
    let dir = TempDir::new().unwrap();
    let file = results(dir.path());
    let other =
        RESULTS.replace("North,", "East,").replace("South,", "West,").replace("station", "box");
    fs::write(dir.path().join("other.csv"), other).unwrap();
    let (code, _, err) =
        run(dir.path(), &["examine", file, "--before", "other.csv", "--no-report"]);
    assert_ne!(code, 0);
    assert!(err.contains("only 0 of 4 stations") && err.contains("--before-mapping"), "{err}");
}

#[test]
fn exit_code_tells_only_when_asked() {
    let dir = TempDir::new().unwrap();
    let wrong = RESULTS.replace("900,500,495", "900,950,945").replace("200,295", "200,745");
    fs::write(dir.path().join("wrong.csv"), wrong).unwrap();
    assert_eq!(run(dir.path(), &["check", "wrong.csv"]).0, 0);
    assert_eq!(run(dir.path(), &["check", "wrong.csv", "--exit-code"]).0, 1);
    assert_eq!(run(dir.path(), &["check", results(dir.path()), "--exit-code"]).0, 0);
}

// --- errors ------------------------------------------------------------------------------------

#[test]
fn a_missing_file_is_exit_3_with_a_hint() {
    let dir = TempDir::new().unwrap();
    let (code, out, err) = run(dir.path(), &["examine", "nowhere.csv"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("nowhere.csv") && err.contains("hint: "), "{err}");
}

#[test]
fn typos_are_answered_with_the_nearest() {
    let dir = TempDir::new().unwrap();
    let file = results(dir.path());
    let (code, _, err) = run(dir.path(), &["examine", file, "--choice", "Ada Lovelase"]);
    assert_eq!(code, 2);
    assert!(err.contains("Ada Lovelace"), "{err}");
    let (code, _, err) = run(dir.path(), &["examine", file, "--maping", "m.toml"]);
    assert_eq!(code, 2);
    assert!(err.contains("--mapping"), "{err}");
    let (code, _, err) = run(dir.path(), &["explain", "last-digitt"]);
    assert_eq!(code, 2);
    assert!(err.contains("last-digit"), "{err}");
    let (code, _, err) = run(dir.path(), &["get", "rusia-2018"]);
    assert_eq!(code, 2);
    assert!(err.contains("russia-2018"), "{err}");
}

#[test]
fn a_known_data_set_that_is_not_here_says_how_to_get_it() {
    let dir = TempDir::new().unwrap();
    let (code, _, err) = run(dir.path(), &["examine", "russia-2018"]);
    assert_eq!(code, 3);
    assert!(err.contains("glassurn get russia-2018"), "{err}");
}

#[test]
fn an_output_that_cannot_be_written_is_exit_6() {
    let dir = TempDir::new().unwrap();
    let args = ["examine", results(dir.path()), "--report", "no/such/folder/r.html"];
    let (code, _, err) = run(dir.path(), &args);
    assert_eq!(code, 6, "{err}");
    assert!(err.contains("r.html"), "{err}");
}

// --- the rest ----------------------------------------------------------------------------------

#[test]
fn every_screen_and_check_is_listed_and_explained() {
    let dir = TempDir::new().unwrap();
    let (_, list, _) = run(dir.path(), &["screens"]);
    let codes = glassurn_methods::screens::ALL.iter().map(|s| s.meta().code);
    for code in codes.chain(glassurn_model::checks::ALL.iter().map(|c| c.meta().code)) {
        assert!(list.contains(code), "{code}");
        let (exit, text, _) = run(dir.path(), &["explain", &code.to_lowercase()]);
        assert_eq!(exit, 0);
        assert!(text.contains("# What it cannot show"), "{code}");
    }
}

#[test]
fn completions_know_the_commands() {
    let dir = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(run(dir.path(), &["completions", shell]).1.contains("examine"), "{shell}");
    }
}

#[test]
fn simulate_says_by_how_much_and_examine_reads_it() {
    let dir = TempDir::new().unwrap();
    let args = [
        "simulate",
        "--to",
        "s.csv",
        "--stations",
        "400",
        "--regions",
        "4",
        "--tamper",
        "rounding",
    ];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("votes changed at"), "{out}");
    let (code, out, err) = run(dir.path(), &["examine", "s.csv", "--no-report"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("400"), "{out}");
}

#[test]
fn no_output_names_an_offence() {
    let dir = TempDir::new().unwrap();
    let (_, out, _) = run(dir.path(), &["examine", "demo"]);
    let page = fs::read_to_string(dir.path().join("demo-report.html")).unwrap().to_lowercase();
    let body = page.split("references").next().unwrap();
    for word in ["fraud", "rigged", "stolen", "falsified"] {
        assert!(!out.to_lowercase().contains(word) && !body.contains(word), "{word}");
    }
}

// --- quickcount, published ---------------------------------------------------------------------

#[test]
fn a_quick_count_by_hand() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    // Weights 5 and 10: A has 60 of 300.
    at("sample.txt", "4\nh|s|A|B|T\n1|1|1|9|10\n1|2|3|7|10\n2|3|2|8|10\n2|4|2|8|10\n");
    at("frame.csv", "h,N\n1,10\n2,20\n");
    let args =
        ["quickcount", "sample.txt", "--frame", "frame.csv", "--stratum", "h", "--votes", "A,B"];
    let args = [&args[..], &["--total", "T", "--json", "-", "--no-report"]].concat();
    let (code, out, _) = run(folder.path(), &args);
    let account: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    let first = &account["answers"][0];
    assert_eq!(
        (&first["method"], &first["tables"][1]["rows"][1][0]),
        (&"P210".into(), &"A".into())
    );
    assert!((first["tables"][1]["rows"][1][1].as_f64().unwrap() - 0.2).abs() < 1e-12);
    let (code, out, _) = run(folder.path(), &args[..8]);
    assert_eq!((code, out.is_empty()), (2, true));
    let (code, out, err) = run(
        folder.path(),
        &[&args[..8], &["--total", "T", "--official", "B=10", "--exit-code"]].concat(),
    );
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("inconsistent") && err.contains("sample-quickcount-report.html"));
    let (code, _, err) = run(folder.path(), &[&args[..8], &["--total", "TT"]].concat());
    assert_eq!(code, 3);
    assert!(err.contains("no column `TT`"), "{err}");
    let (code, _, err) =
        run(folder.path(), &[&args[..8], &["--total", "T", "--official", "C=3"]].concat());
    assert_eq!(code, 2);
    assert!(err.contains("none of the columns of --votes"), "{err}");
}

#[test]
fn published_estimates_with_exchanged_columns() {
    let folder = TempDir::new().unwrap();
    let rows = "election,party,estimate,lower,upper,moe,official\n\
                E,A,47.6,0.7,46.9,48.3,48.14\nE,B,27.4,0.6,26.8,28.0,26.1\n";
    fs::write(folder.path().join("pvt.csv"), rows).unwrap();
    let (code, out, _) =
        run(folder.path(), &["published", "pvt.csv", "--no-report", "--exit-code"]);
    assert_eq!(code, 1);
    assert!(out.contains("the columns are exchanged"), "{out}");
    assert!(out.contains("In 1 of 2 rows that can be tested"), "{out}");
}
