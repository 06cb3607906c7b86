//! A program that is killed in the middle of writing: the register opens, holds everything that was
//! acknowledged, and nothing by halves.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use glassurn_casefile::register::{Act, At, Author, Change, Fact, Kind, Store};

/// Names the register to the child, and the first number it shall write.
const FILE: &str = "GLASSURN_CRASH_FILE";
const FIRST: &str = "GLASSURN_CRASH_FIRST";

/// Writes that the children have had acknowledged when the test is over.
const WRITES: u32 = 1_000;

fn source(n: u32) -> Change {
    let fact = |column: &str, value: String| Fact {
        kind: Kind::Source,
        id: format!("S{n}"),
        column: column.to_owned(),
        value: Some(value),
        capture: None,
    };
    let title = format!("title {n} {}", "наблюдатели ".repeat((n % 40) as usize));
    let facts = vec![
        fact("source_id", format!("S{n}")),
        fact("publisher", format!("publisher {n}")),
        fact("title", title),
    ];
    Change { facts, columns: Vec::new() }
}

#[test]
#[ignore = "the child of the other test: it writes until it is killed"]
fn child() {
    let path = PathBuf::from(std::env::var_os(FILE).unwrap());
    let first: u32 = std::env::var(FIRST).unwrap().parse().unwrap();
    let mut store = Store::open(&path).unwrap();
    let author = Author { by: "child".to_owned(), at: "2026-11-24T10:00:00Z".to_owned() };
    for n in first.. {
        store.write(&author, &Act::default(), |_| Ok(source(n))).unwrap();
        println!("\nacknowledged {n}");
        std::io::stdout().flush().unwrap();
    }
}

/// Lets a child write and kills it some time after it has had `most` writes acknowledged.
fn killed(path: &Path, first: u32, most: usize, wait: Duration) -> Vec<u32> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--ignored", "--nocapture"])
        .env(FILE, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let number = |line: String| line.strip_prefix("acknowledged ").map(|n| n.parse().unwrap());
    let mut seen: Vec<u32> =
        lines.by_ref().map_while(Result::ok).filter_map(number).take(most).collect();
    std::thread::sleep(wait);
    child.kill().unwrap();
    seen.extend(lines.map_while(Result::ok).filter_map(number));
    child.wait().unwrap();
    seen
}

#[test]
fn what_was_acknowledged_survives_kills_at_random_points() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.glassurn");
    drop(Store::create(&path).unwrap());
    let mut acknowledged: BTreeSet<u32> = BTreeSet::new();
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = 0;
    while next < WRITES {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let wait = Duration::from_micros(random % 6_000);
        let seen = killed(&path, next, 20 + usize::try_from(random % 30).unwrap(), wait);
        assert!(!seen.is_empty());
        acknowledged.extend(&seen);
        let held = held(&path);
        assert!(acknowledged.is_subset(&held), "lost: {:?}", acknowledged.difference(&held));
        next = held.last().unwrap() + 1;
    }
    assert!(acknowledged.len() > WRITES as usize * 9 / 10);
    let check: String = rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}

/// The numbers that the register holds, every one of them whole and to be found.
fn held(path: &Path) -> BTreeSet<u32> {
    let store = Store::open(path).unwrap();
    let tables = store.tables(&At::Now).unwrap();
    let sheet = tables.sheet(Kind::Source).unwrap();
    let statements: i64 = store.log().unwrap().iter().map(|o| o.statements).sum();
    assert_eq!(
        usize::try_from(statements).unwrap(),
        sheet.rows.len() * 3,
        "no operation is half-written"
    );
    assert_eq!(store.search("publisher", &At::Now, usize::MAX).unwrap().len(), sheet.rows.len());
    let whole = |r: &glassurn_casefile::register::Record| {
        let n: u32 = r.id[1..].parse().unwrap();
        let facts = source(n).facts;
        assert!(facts.iter().all(|f| sheet.cell(r, &f.column) == f.value.as_deref().unwrap()));
        n
    };
    sheet.rows.iter().map(whole).collect()
}
