//! The report of every data set that ships with a mapping: bounded, closed, the same twice. The files are
//! not in the repository: without them each test says that it is skipped.
//!
//! With `GLASSURN_LOOK=FOLDER` the pages and envelopes are kept there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use glassurn_casefile::examination::{MappingFrom, Settings};
use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::{Examination, catalogue, examine, mapping, report};

/// The largest page and the largest envelope, in bytes: an envelope has every figure of every region.
const PAGE: usize = 2_000_000;
const ENVELOPE: usize = 7_000_000;

/// The folder of published files: `GLASSURN_DATA`, or beside the repository.
fn data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from)
}

/// Examines a data set by name; nothing when its file is not at hand.
fn examination(name: &str) -> Option<Examination> {
    let Some(path) = catalogue::locate(name, Some(&data()), None) else {
        println!("skipped: report of {name} (no data)");
        return None;
    };
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    // Whether a file is read is another test's question (`known_totals`).
    let reading = read(&path, &ReadOptions::default()).map_err(|e| e.to_string());
    let returns = reading
        .and_then(|r| mapping::apply(&r.tables, &map).map_err(|e| e.to_string()))
        .inspect_err(|e| println!("skipped: report of {name} (not read: {e})"))
        .ok()?;
    let from = MappingFrom::Catalogue { name: name.to_owned() };
    let command = format!("glassurn examine {name}");
    Some(examine(returns, map, from, Settings::default(), command))
}

/// The report keeps what it promises on this data set.
fn keeps_its_promises(name: &str) {
    let Some(examination) = examination(name) else { return };
    let start = Instant::now();
    let page = report::html(&examination);
    let html_took = start.elapsed();
    let start = Instant::now();
    let envelope = report::json(&examination);
    let json_took = start.elapsed();
    println!(
        "{name}: page {} bytes in {html_took:?}, envelope {} bytes in {json_took:?}",
        page.len(),
        envelope.len()
    );
    if let Some(folder) = std::env::var_os("GLASSURN_LOOK").map(PathBuf::from) {
        report::write_atomically(&folder.join(format!("{name}.html")), page.as_bytes()).unwrap();
        report::write_atomically(&folder.join(format!("{name}.json")), envelope.as_bytes())
            .unwrap();
        let text = report::text(&examination, 100, false);
        report::write_atomically(&folder.join(format!("{name}.txt")), text.as_bytes()).unwrap();
    }
    assert!(page.len() < PAGE, "page of {} bytes", page.len());
    assert!(envelope.len() < ENVELOPE, "envelope of {} bytes", envelope.len());
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    assert!(!page.contains("NaN") && !page.contains("inf\u{a0}"), "{name}: a number that is none");
    assert_eq!(page, report::html(&examination));
    let text = report::text(&examination, 100, false);
    assert!(text.lines().count() < 60, "{} lines", text.lines().count());
}

/// One test a data set.
macro_rules! reports {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(#[test] fn $test() { keeps_its_promises($name); })*

        #[test]
        fn every_data_set_has_its_test() {
            let tested = [$($name),*];
            for set in catalogue::all() {
                assert!(tested.contains(&set.name), "{} has no test here", set.name);
            }
        }
    };
}

reports! {
    albania_2013: "albania-2013",
    albania_2017: "albania-2017",
    belarus_2020: "belarus-2020",
    bolivia_2019: "bolivia-2019",
    bolivia_2019_trep_1829: "bolivia-2019-trep-1829",
    bolivia_2019_trep_1940: "bolivia-2019-trep-1940",
    georgia_2012: "georgia-2012",
    georgia_2012_majoritarian: "georgia-2012-majoritarian",
    indonesia_2024_kawalpemilu: "indonesia-2024-kawalpemilu",
    israel_2015: "israel-2015",
    kenya_2013: "kenya-2013",
    kenya_2013_map: "kenya-2013-map",
    koeln_2013: "koeln-2013",
    myanmar_2010: "myanmar-2010",
    russia_2004: "russia-2004",
    russia_2011: "russia-2011",
    russia_2018: "russia-2018",
    uganda_2016: "uganda-2016",
    uganda_2016_districts: "uganda-2016-districts",
    venezuela_2024: "venezuela-2024",
    venezuela_2024_actas: "venezuela-2024-actas",
    venezuela_2024_qr: "venezuela-2024-qr",
}
