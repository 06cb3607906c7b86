//! Reading transcriptions, deciding and reading back, and the pair of Venezuela 2024.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{self, ReadOptions};
use glassurn_casefile::reconcile::{Names, Reconciliation, Settings, decisions, reconcile};
use glassurn_casefile::report::{consensus_table, undecided_table};

fn table(name: &str, text: &str) -> RawTable {
    let options = ReadOptions::default();
    formats::read_bytes(name, text.as_bytes().to_vec(), &options).unwrap().tables.remove(0)
}

fn names(names: &[&str]) -> Vec<Names> {
    names.iter().map(|n| Names::parse(n)).collect()
}

fn run(tables: &[RawTable], settings: &Settings) -> Reconciliation {
    reconcile(tables, settings, "glassurn reconcile".to_owned()).unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').to_owned()
}

const ONE: &str =
    "code,place,votes,note\n=A1,Old Town,\"1,234\",x\nA2,Harbour,45,x\nA3,Hill,7,x\n,,,\n";
const TWO: &str = "Code;Place;ayes\n=A1;old  town;1234\nA2;Harbour;54\nA4;Field;9\n";

fn pair() -> [RawTable; 2] {
    [table("one.csv", ONE), table("two.csv", TWO)]
}

fn settings() -> Settings {
    Settings {
        key: names(&["code"]),
        compare: names(&["place", "votes=ayes"]),
        ..Settings::default()
    }
}

#[test]
fn numbers_and_names_are_compared_as_what_they_mean() {
    let done = run(&pair(), &settings());
    let found = done.found.as_ref().unwrap();
    assert_eq!((found.rows.len(), found.open.len(), found.alone.len()), (2, 1, 2));
    let consensus = text(consensus_table(&done).unwrap());
    let lines: Vec<_> = consensus.lines().collect();
    assert_eq!(lines[0], "code,place,votes,settled,row in one.csv,row in two.csv");
    assert_eq!(lines[1], "'=A1,OLD TOWN,1234,agreed,2,2");
    assert_eq!(lines[2], "A2,HARBOUR,,open,3,3");
    assert_eq!(done.account.inputs[0].notes, ["1 rows without any value were set aside"]);
}

#[test]
fn what_is_decided_in_the_file_wins_when_it_is_read_back() {
    let open = text(undecided_table(&run(&pair(), &settings())).unwrap());
    assert!(open.contains("A2,votes,,3,45,3,54\n"), "{open}");
    assert!(open.contains("A3,(row),,4,HILL · 7,,\n"), "{open}");
    let filled = open
        .replace("A2,votes,,", "A2,votes,54,")
        .replace("A3,(row),,", "A3,(row),keep,")
        .replace("A4,(row),,", "A4,(row),Drop,");
    let decided = decisions(&table("open.csv", &filled)).unwrap();
    assert_eq!(decided.len(), 3);
    let done = run(&pair(), &Settings { decisions: decided, ..settings() });
    let found = done.found.as_ref().unwrap();
    assert_eq!((found.decided, found.unused, found.open.len(), found.alone.len()), (3, 0, 0, 0));
    let consensus = text(consensus_table(&done).unwrap());
    assert!(consensus.contains("A2,HARBOUR,54,decided,3,3\n"), "{consensus}");
    assert!(
        consensus.contains("A3,HILL,7,decided,4,\n") && !consensus.contains("A4"),
        "{consensus}"
    );
}

#[test]
fn a_guarded_key_is_read_back_as_it_was() {
    let two = TWO.replace("=A1;old  town;1234", "=A1;old town;1243");
    let tables = [table("one.csv", ONE), table("two.csv", &two)];
    let open = text(undecided_table(&run(&tables, &settings())).unwrap());
    let filled = open.replace("'=A1,votes,,", "'=A1,votes,1234,");
    assert_ne!(filled, open);
    let decided = decisions(&table("open.csv", &filled)).unwrap();
    assert_eq!(decided[0].key, "=A1");
}

#[test]
fn without_compare_the_common_columns_are_compared() {
    let done = run(&pair(), &Settings { key: names(&["code"]), ..Settings::default() });
    assert_eq!(done.columns, ["place"]);
}

#[test]
fn refusals_name_file_and_column() {
    let refusal = |tables: &[RawTable], s: &Settings| {
        let error = reconcile(tables, s, String::new()).unwrap_err();
        (error.problem, error.candidates)
    };
    let (problem, candidates) =
        refusal(&pair(), &Settings { compare: names(&["votes"]), ..settings() });
    assert!(problem.contains("two.csv has no column votes"), "{problem}");
    assert_eq!(candidates, ["Code", "Place", "ayes"]);
    let phone = table("p.csv", "code,phone\nA1,+44 20 7946 0018\nA2,+44 20 7946 0019\n");
    let (problem, _) = refusal(&[phone.clone(), phone], &settings());
    assert!(
        problem.contains("phone holds telephone numbers") && !problem.contains("7946"),
        "{problem}"
    );
    let apart = [table("one.csv", "a,b\n1,2\n"), table("two.csv", "c,d\n1,2\n")];
    assert!(refusal(&apart, &Settings::default()).0.contains("no column in common"));
    let wrong = table("d.csv", "sheet,column,decided\nA,(row),perhaps\n");
    assert!(decisions(&wrong).unwrap_err().problem.contains("keep or drop"));
}

#[test]
fn venezuela_2024_leaves_thirty_three_rows() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let raw =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let folder = raw.join("../parallel/ve2024-actas");
    if !folder.is_dir() {
        println!("skipped: venezuela_2024_leaves_thirty_three_rows (no data)");
        return;
    }
    let read = |name: &str| {
        formats::read(&folder.join(name), &ReadOptions::default()).unwrap().tables.remove(0)
    };
    let tables = [read("RESULTADOS_2024_CSV_V1.csv"), read("2024_vzla_presidential.csv")];
    let compare = names(&["Estado", "egu=Gonzalez", "nm=Maduro", "otros"]);
    let plain = Settings { compare, ..Settings::default() };
    let found = run(&tables, &plain).found.unwrap();
    let alias = found.suggestions.iter().find(|a| a.from == "CAPITAL").unwrap();
    assert_eq!(alias.to, "DISTRITO CAPITAL");
    let same = vec![("CAPITAL".to_owned(), "DISTRITO CAPITAL".to_owned())];
    let found = run(&tables, &Settings { same, ..plain }).found.unwrap();
    let left = |entry| found.alone.iter().filter(|a| a.entry == entry).count();
    assert_eq!((found.rows.len(), left(1), left(0)), (21_919, 33, 24_532 - 21_919));
}
