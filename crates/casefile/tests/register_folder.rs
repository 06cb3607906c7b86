//! A register as a folder: the counts of the register compiled by hand, the identity of a round trip, and
//! errors that say where and what next.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and say what it skips"
)]

use std::{fs, path::PathBuf};

use glassurn_casefile::register::{
    self, Kind, RegisterError, Tables, read_folder, seed, write_folder,
};
use glassurn_model::register::{
    AbsenceReason, Basis, Confidence, InvitationStatus, Letter, Matter, Mode, Scope, Subject, Unit,
};
use tempfile::TempDir;

mod common;

/// The folder of the register compiled by hand, beside the published data.
fn compiled() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let data = std::env::var_os("GLASSURN_DATA").map_or(root, PathBuf::from);
    let near = [data.join("../register/belarus-myanmar"), data.join("register/belarus-myanmar")];
    let found = near.into_iter().find(|f| f.is_dir());
    if found.is_none() {
        println!("skipped: the register compiled by hand (no data)");
    }
    found
}

/// Its tables and rows.
const COMPILED: [(Kind, usize); 8] = [
    (Kind::Source, 87),
    (Kind::Election, 18),
    (Kind::Claim, 13),
    (Kind::Mission, 46),
    (Kind::Verdict, 24),
    (Kind::Invitation, 26),
    (Kind::Reaction, 34),
    (Kind::WiderVerdict, 37),
];

fn counts(tables: &Tables) -> Vec<(Kind, usize)> {
    COMPILED.map(|(kind, _)| (kind, tables.count(kind))).to_vec()
}

/// Files with this text, and what reading them says.
fn refused(files: &[(&str, &str)]) -> RegisterError {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    match read_folder(dir.path()) {
        Ok(folder) => folder.tables.register().unwrap_err(),
        Err(error) => error,
    }
}

// --- the register compiled by hand ---------------------------------------------------------------

#[test]
fn it_loads_with_the_counts_that_its_compiler_states() {
    let Some(path) = compiled() else { return };
    let folder = read_folder(&path).unwrap();
    assert_eq!(counts(&folder.tables), COMPILED);
    let notes: Vec<&str> = folder.notes.iter().map(|n| n.file.as_str()).collect();
    assert_eq!(notes, ["SOURCE.md"]);
    let nouns = folder.tables.register().unwrap();
    assert_eq!(
        (nouns.sources.len(), nouns.missions.len(), nouns.wider_verdicts.len()),
        (87, 46, 37)
    );
}

#[test]
fn it_leaves_as_it_came_to_the_byte() {
    let Some(path) = compiled() else { return };
    let folder = read_folder(&path).unwrap();
    let out = TempDir::new().unwrap();
    let written = write_folder(&folder.tables, out.path()).unwrap();
    assert_eq!(written.len(), COMPILED.len());
    for name in written {
        let (before, after) = (fs::read(path.join(&name)), fs::read(out.path().join(&name)));
        assert!(before.unwrap() == after.unwrap(), "{name}");
    }
}

// --- the shipped register --------------------------------------------------------------------------

#[test]
fn the_shipped_register_has_the_same_records_and_one_source_more() {
    let tables = seed().unwrap().tables;
    let mut expected = COMPILED.to_vec();
    expected[0].1 += 1;
    assert_eq!(counts(&tables), expected);
    assert_eq!((tables.count(Kind::Organisation), tables.count(Kind::Statement)), (33, 8));
}

#[test]
fn what_rests_on_memory_is_marked() {
    let tables = seed().unwrap().tables;
    let mut marked = 0;
    for sheet in &tables.sheets {
        for row in &sheet.rows {
            let sources = sheet.cell(row, "source_ids").split(';').any(|s| s == "S084");
            let memory = sources || sheet.cell(row, "how_known").contains("general knowledge");
            assert_eq!(memory, !sheet.cell(row, "check_first").is_empty(), "{}", row.id);
            marked += usize::from(memory);
        }
    }
    assert!(marked > 10, "{marked}");
    let nouns = tables.register().unwrap();
    assert!(
        !nouns.source("S084").unwrap().is_evidence() && nouns.source("S012").unwrap().is_evidence()
    );
}

#[test]
fn nouns_say_what_the_rows_say() {
    let r = seed().unwrap().tables.register().unwrap();
    let claim = |id: &str| r.claims.iter().find(|c| c.id == id).unwrap();
    let official = claim("C005");
    assert_eq!(official.low.unwrap().to_string(), "86.82");
    assert_eq!(
        (official.basis.clone(), official.scope.clone()),
        (Some(Basis::OfParticipants), Some(Scope::Whole))
    );
    assert!(matches!(claim("C002").scope, Some(Scope::Part(_))) && claim("C002").basis.is_none());
    assert_eq!(claim("C009").unit, Some(Unit::Seats { of: Some(263) }));
    assert_eq!((claim("C007").low, claim("C008").unit), (None, None));

    let mission = |id: &str| r.mission(id).unwrap();
    assert_eq!(mission("M013").mode, Mode::Absent(Some(AbsenceReason::Late)));
    assert_eq!(mission("M021").mode, Mode::Absent(Some(AbsenceReason::RefusedByHost)));
    assert_eq!(
        (mission("M040").mode, mission("M040").sender.as_deref()),
        (Mode::Delegation, Some("BLR"))
    );
    assert_eq!(mission("M014").observers.as_ref().unwrap().number, 296);
    assert_eq!(mission("M014").grounds.confidence, Some(Confidence::High));

    let verdict = |id: &str| r.all_verdicts().find(|v| v.id == id).unwrap();
    assert_eq!(verdict("V009").organisations, ["CIS"]);
    assert_eq!(verdict("V007").scale, None, "an unknown conclusion is not zero");
    assert_eq!(verdict("V021").attributed_to.as_deref(), Some("Russian observers"));
    assert_eq!(verdict("W005").scale.unwrap().step(), 1);

    let belta = r.source("S012").unwrap();
    let letters = [Matter::OwnWords, Matter::Conduct].map(|m| belta.reliability.letter_for(&m));
    assert_eq!(letters, [Some(Letter::B), Some(Letter::E)]);
    assert_eq!(r.source("S073").unwrap().published_until.unwrap().to_string(), "2026");
    assert_eq!(r.invitations[25].invitees.len(), 10);
    assert_eq!(r.invitations[6].status, InvitationStatus::InvitedTooLate);
    assert_eq!(r.statements[0].about, Some(Subject::Election("BLR-2010-P".to_owned())));
}

#[test]
fn the_raw_words_give_the_same_absences_as_the_shipped_columns() {
    let Some(path) = compiled() else { return };
    let absent = |tables: &Tables| {
        let nouns = tables.register().unwrap();
        nouns
            .missions
            .iter()
            .filter(|m| !m.attended())
            .map(|m| (m.id.clone(), m.mode))
            .collect::<Vec<_>>()
    };
    let raw = absent(&read_folder(&path).unwrap().tables);
    assert_eq!(raw, absent(&seed().unwrap().tables));
    assert_eq!(raw.len(), 7);
}

// --- any folder ------------------------------------------------------------------------------------

#[test]
fn unknown_columns_odd_cells_and_their_order_are_kept() {
    let text = "note,source_id,my column,publisher,title\n\"a\nb\",S1,\"=1+1, \"\"x\"\"\", P ,T\n,S2,,Ж,မြန်မာ\n";
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("sources.csv"), text).unwrap();
    let folder = read_folder(dir.path()).unwrap();
    folder.tables.register().unwrap();
    let out = TempDir::new().unwrap();
    write_folder(&folder.tables, out.path()).unwrap();
    assert_eq!(fs::read_to_string(out.path().join("sources.csv")).unwrap(), text);
}

#[test]
fn blank_rows_at_the_end_of_a_spreadsheet_are_no_records() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("sources.csv"), "source_id,publisher,title\nS1,P,T\n,,\n , ,\n")
        .unwrap();
    assert_eq!(read_folder(dir.path()).unwrap().tables.count(Kind::Source), 1);
}

#[test]
fn a_workbook_is_a_folder_of_sheets() {
    let dir = TempDir::new().unwrap();
    let text = |t: &str| format!(r#"<c t="inlineStr"><is><t>{t}</t></is></c>"#);
    let row = |cells: &[&str]| {
        format!("<row>{}</row>", cells.iter().map(|c| text(c)).collect::<String>())
    };
    let rows = row(&["source_id", "publisher", "title"]) + &row(&["S1", "P", "T"]);
    let book = common::xlsx(&rows, "<sst/>", "<styleSheet/>");
    fs::write(dir.path().join("sources.xlsx"), book).unwrap();
    let folder = read_folder(&dir.path().join("sources.xlsx")).unwrap();
    assert_eq!(folder.tables.count(Kind::Source), 1);
    assert_eq!(folder.tables.sheets[0].rows[0].cells, ["S1", "P", "T"]);
}

const SOURCES: (&str, &str) = ("sources.csv", "source_id,publisher,title\nS1,P,T\n");
const ELECTIONS: (&str, &str) = (
    "elections.csv",
    "election_id,country_iso3,name,start_date,source_ids\nE1,BLR,N,2025-01-26,S1\n",
);

/// A file, the text of it, the place of its fault and what is wrong.
const FAULTS: [(&str, &str, &str, &str); 10] = [
    (
        "elections.csv",
        "election_id,country_iso3,name,start_date\nE1,BLR,N,soon\n",
        ", row 2, column start_date, value `soon`",
        "it is no date",
    ),
    (
        "elections.csv",
        "election_id,country_iso3,name,source_ids\nE1,BLR,N,S1;S9\n",
        ", row 2, column source_ids, value `S1;S9`",
        "no source is named `S9`",
    ),
    (
        "elections.csv",
        "election_id,country_iso3,name\nE1,Belarus,N\n",
        ", row 2, column country_iso3, value `Belarus`",
        "it is no country code",
    ),
    (
        "elections.csv",
        "election_id,country_iso3,name\nE1,BLR,\n",
        ", row 2, column name",
        "it is blank",
    ),
    (
        "sources.csv",
        "source_id,publisher,title\nS1,P,T\nS1,Q,U\n",
        ", row 3, column source_id, value `S1`",
        "another row has the same name",
    ),
    ("sources.csv", "source_id,publisher,title\n,P,T\n", ", row 2", "the record has no name"),
    ("sources.csv", "source_id,title,title\nS1,P,T\n", "", "two columns are named `title`"),
    ("sources.csv", "id,publisher,title\nS1,P,T\n", "", "it has no column source_id"),
    (
        "sources.csv",
        "source_id,publisher,title\nS1,P,T,U\n",
        ", row 2",
        "it has 4 cells, and there are 3 columns",
    ),
    ("people.csv", "person_id,name\nP1,N\n", "", "no table of a register is called `people`"),
];

#[test]
fn errors_say_file_row_column_value_and_what_to_do() {
    for (file, text, place, problem) in FAULTS {
        let sources = [SOURCES, (file, text)];
        let error = refused(if file == "sources.csv" { &sources[1..] } else { &sources });
        assert_eq!((error.place, error.problem.as_str()), (format!("{file}{place}"), problem));
        assert!(error.hint.len() > 15, "{problem}: {}", error.hint);
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let missions =
        "mission_id,election_id,observer,first_day,confidence\nM1,E1,O,soon,sure\nM2,E9,,,\n";
    let error = refused(&[SOURCES, ELECTIONS, ("missions.csv", missions)]);
    assert_eq!((error.place.contains("first_day"), error.more.len()), (true, 3));
}

#[test]
fn a_verdict_belongs_to_the_election_of_its_mission() {
    let two = "election_id,country_iso3,name\nE1,BLR,N\nE2,BLR,M\n";
    let missions = "mission_id,election_id,observer\nM1,E1,O\n";
    let verdicts = "verdict_id,mission_id,election_id\nV1,M1,E2\n";
    let files = [("elections.csv", two), ("missions.csv", missions), ("verdicts.csv", verdicts)];
    assert_eq!(refused(&files).problem, "its mission M1 was sent to E1");
}

#[test]
fn merged_records_stand_for_one_and_nothing_is_lost() {
    let organisations = "organisation_id,name,same_as\nCIS,CIS,\nSNG,СНГ,CIS\n";
    let missions = "mission_id,election_id,observer,organisation_ids\nM1,E1,СНГ,SNG;CIS\n";
    let dir = TempDir::new().unwrap();
    for (name, text) in
        [SOURCES, ELECTIONS, ("organisations.csv", organisations), ("missions.csv", missions)]
    {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let tables = read_folder(dir.path()).unwrap().tables;
    let nouns = tables.register().unwrap();
    assert_eq!(
        (nouns.organisations.len(), nouns.missions[0].organisations.clone()),
        (1, vec!["CIS".to_owned()])
    );
    assert_eq!(tables.count(Kind::Organisation), 2);
}

#[test]
fn an_empty_folder_says_what_a_register_has() {
    let dir = TempDir::new().unwrap();
    let error = register::read_folder(dir.path()).unwrap_err();
    assert!(error.hint.contains("missions.csv"), "{}", error.hint);
}
