//! Records that are marked sensitive stay on this machine, and nothing that leaves leads to them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use glassurn_casefile::register::{Kind, Record, Tables, read_folder, seed, write_folder};

/// The shipped register with some records marked.
fn marked(ids: &[(Kind, &str)]) -> Tables {
    let mut tables = seed().unwrap().tables;
    for sheet in &mut tables.sheets {
        sheet.columns.push("sensitive".to_owned());
        for row in &mut sheet.rows {
            let is = ids.contains(&(sheet.kind, &*row.id));
            row.cells.push(if is { "yes" } else { "" }.to_owned());
        }
    }
    tables
}

fn row(tables: &Tables, kind: Kind, id: &str) -> Option<Record> {
    tables.sheet(kind)?.find(id).cloned()
}

#[test]
fn nothing_marked_nothing_withheld() {
    let tables = seed().unwrap().tables;
    assert_eq!(tables.clone().without_sensitive(), tables);
}

#[test]
fn what_leans_on_a_withheld_record_is_withheld_too() {
    let whole = marked(&[]);
    let kept = marked(&[(Kind::Election, "BLR-2020-P")]).without_sensitive();
    for kind in [Kind::Claim, Kind::Mission, Kind::Invitation, Kind::Verdict, Kind::Reaction] {
        let of = |tables: &Tables| {
            let sheet = tables.sheet(kind).unwrap();
            sheet.rows.iter().filter(|r| sheet.cell(r, "election_id") == "BLR-2020-P").count()
        };
        assert!(of(&whole) > 0 && of(&kept) == 0, "{kind:?}");
    }
    let count = |tables: &Tables| tables.sheets.iter().map(|s| s.rows.len()).sum::<usize>();
    assert_eq!(count(&kept) + kept.withheld, count(&whole));
    assert_eq!(kept.register().unwrap().withheld, kept.withheld);
}

#[test]
fn a_record_with_another_source_stays_and_loses_the_name_of_the_withheld_one() {
    let whole = marked(&[]);
    let claims = whole.sheet(Kind::Claim).unwrap();
    let several = |r: &&Record| claims.cell(r, "source_ids").split(';').count() > 1;
    let claim = claims.rows.iter().find(several).unwrap();
    let sources: Vec<&str> = claims.cell(claim, "source_ids").split(';').map(str::trim).collect();
    let kept = marked(&[(Kind::Source, sources[0])]).without_sensitive();
    let left = row(&kept, Kind::Claim, &claim.id).unwrap();
    assert_eq!(kept.sheet(Kind::Claim).unwrap().cell(&left, "source_ids"), sources[1..].join(";"));

    let all: Vec<(Kind, &str)> = sources.iter().map(|s| (Kind::Source, *s)).collect();
    assert_eq!(row(&marked(&all).without_sensitive(), Kind::Claim, &claim.id), None);
}

#[test]
fn what_is_written_can_be_read_again_and_names_nothing_withheld() {
    for source in ["S001", "S013", "S084"] {
        let kept = marked(&[(Kind::Source, source)]).without_sensitive();
        assert!(kept.faults().is_empty(), "{source}");
        let dir = tempfile::tempdir().unwrap();
        write_folder(&kept, dir.path()).unwrap();
        let again = read_folder(dir.path()).unwrap().tables;
        for sheet in &again.sheets {
            for column in sheet.kind.columns().iter().filter(|c| c.name.contains("source")) {
                let named = |r: &Record| sheet.cell(r, column.name).split(';').any(|s| s == source);
                assert!(!sheet.rows.iter().any(named), "{source} {}", column.name);
            }
        }
    }
}
