//! How long a register of a given number of statements takes to open and to search.
//!
//! `cargo run --release -p glassurn-casefile --example register_size -- 100000`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]

use std::time::{Duration, Instant};

use glassurn_casefile::register::{Act, At, Author, Change, Fact, Kind, Store};

/// Values of one record.
const VALUES: usize = 10;

/// Words that titles are made of.
const WORDS: [&str; 12] = [
    "observer",
    "mission",
    "наблюдатели",
    "выборы",
    "commission",
    "ရွေးကောက်ပွဲ",
    "الانتخابات",
    "选举观察",
    "statement",
    "delegation",
    "congratulation",
    "turnout",
];

fn record(n: usize) -> impl Iterator<Item = Fact> {
    let words = |step: usize| {
        (0..8)
            .map(|w| WORDS[(n * step + w * w + n / 7) % WORDS.len()])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let cells = [
        ("source_id", format!("S{n:06}")),
        ("publisher", format!("publisher {}", n % 500)),
        ("publisher_type", "independent_media".to_owned()),
        ("published", format!("20{:02}-{:02}-{:02}", n % 26, n % 12 + 1, n % 28 + 1)),
        ("url", format!("https://example.org/{n}/{}", words(5).replace(' ', "-"))),
        ("title", words(3)),
        ("language", "en".to_owned()),
        ("suggested_admiralty_reliability", "B".to_owned()),
        ("how_read", "excerpt of a stored copy, not the live page".to_owned()),
        ("note", format!("{} number{n}x", words(7))),
    ];
    assert_eq!(cells.len(), VALUES);
    cells.into_iter().map(move |(column, value)| Fact {
        kind: Kind::Source,
        id: format!("S{n:06}"),
        column: column.to_owned(),
        value: Some(value),
        capture: None,
    })
}

/// The middle of seven times.
fn timed<T>(mut what: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(what());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[3]
}

fn main() {
    let statements: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.glassurn");
    let author = Author { by: "bench".to_owned(), at: "2026-11-24T10:00:00Z".to_owned() };
    let facts = (0..statements / VALUES).flat_map(record).collect();
    let start = Instant::now();
    let mut store = Store::create(&path).unwrap();
    let change = Change { facts, columns: Vec::new() };
    store.write(&author, &Act::default(), |_| Ok(change)).unwrap();
    drop(store);
    println!(
        "import\t{:?}\t{} MiB",
        start.elapsed(),
        std::fs::metadata(&path).unwrap().len() >> 20
    );
    println!("open\t{:?}", timed(|| Store::open(&path).unwrap()));
    println!(
        "open and build the tables\t{:?}",
        timed(|| Store::open(&path).unwrap().tables(&At::Now).unwrap())
    );
    println!(
        "open and build the nouns\t{:?}",
        timed(|| { Store::open(&path).unwrap().tables(&At::Now).unwrap().register().unwrap() })
    );
    let mut store = Store::open(&path).unwrap();
    for words in [
        "number777x",
        "S004242",
        "наблюдатели выборы",
        "ရွေးကောက်ပွဲ",
        "الانتخابات",
        "选举",
        "statement turnout",
        "zzzz",
    ] {
        let found = store.search(words, &At::Now, 21).unwrap().len();
        println!(
            "search {words}\t{:?}\t{found} shown",
            timed(|| store.search(words, &At::Now, 21).unwrap())
        );
    }
    let change = || Change { facts: record(statements).collect(), columns: Vec::new() };
    let start = Instant::now();
    store.write(&author, &Act::default(), |_| Ok(change())).unwrap();
    println!("add one record\t{:?}", start.elapsed());
}
