//! What a person may do, and what is refused with the next step.

use super::*;
use crate::register::seed;

fn tables() -> Tables {
    seed().unwrap().tables
}

fn cells(given: &[(&str, &str)]) -> Cells {
    given.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect()
}

const MISSION: [(&str, &str); 3] =
    [("election_id", "BLR-2025-P"), ("observer", "Example delegation"), ("source_ids", "S013")];

#[test]
fn a_new_record_gets_the_next_name_and_holds_what_was_given() {
    let (id, change) = tables().adding(Kind::Mission, cells(&MISSION)).unwrap();
    let after = tables().with(&change);
    let sheet = after.sheet(Kind::Mission).unwrap();
    assert_eq!((id.as_str(), sheet.rows.len()), ("M047", 47));
    assert_eq!(sheet.cell(sheet.find("M047").unwrap(), "observer"), "Example delegation");
    assert!(after.faults().is_empty());
}

#[test]
fn a_fact_without_a_source_is_not_recorded() {
    let problem = |kind, given: &[(&str, &str)]| tables().adding(kind, cells(given)).unwrap_err();
    let error = problem(Kind::Mission, &MISSION[..2]);
    assert_eq!(error.problem, "a mission without a source is not recorded");
    assert!(error.hint.contains("--set source_ids="), "{}", error.hint);
    let wider = [("election_id", "X"), ("observer", "O")];
    assert!(problem(Kind::WiderVerdict, &wider).problem.contains("without a source"));
    let edit = tables().editing("M014", cells(&[("source_ids", " ")])).unwrap_err();
    assert!(edit.problem.contains("without a source"), "{edit}");
    // Two claims of the shipped register have no listed source: they can be edited once they have one.
    assert!(tables().editing("C004", cells(&[("note", "n")])).is_err());
    assert!(tables().editing("C004", cells(&[("note", "n"), ("source_ids", "S026")])).is_ok());
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    let error = |kind, given: &[(&str, &str)]| tables().adding(kind, cells(given)).unwrap_err();
    let missing = error(Kind::Mission, &[("observer", "O"), ("source_ids", "S013")]);
    assert_eq!(missing.hint, "add --set election_id=…");
    assert!(error(Kind::Mission, &[("observr", "O")]).problem.contains("no field `observr`"));
    assert!(error(Kind::Election, &[("name", "N")]).problem.contains("election_id"));
    let twice = [
        ("mission_id", "M014"),
        ("election_id", "BLR-2025-P"),
        ("observer", "O"),
        ("source_ids", "S013"),
    ];
    assert_eq!(error(Kind::Mission, &twice).problem, "there is a mission `M014` already");
}

#[test]
fn editing_replaces_withdraws_and_keeps_the_name() {
    let change = tables()
        .editing("M014", cells(&[("observers_total", "297"), ("head", ""), ("form", "mission")]))
        .unwrap();
    let values: Vec<_> =
        change.facts.iter().map(|f| (f.column.as_str(), f.value.as_deref())).collect();
    assert_eq!(values, [("observers_total", Some("297")), ("head", None)]);
    let error = tables().editing("M014", cells(&[("mission_id", "M900")])).unwrap_err();
    assert!(error.hint.contains("merge"), "{}", error.hint);
}

#[test]
fn a_record_is_found_by_its_name_or_the_next_step_is_told() {
    let tables = tables();
    assert_eq!(tables.locate("M014").unwrap().0.kind, Kind::Mission);
    assert_eq!(tables.locate("mission/M014").unwrap().1.id, "M014");
    assert!(tables.locate("source/M014").is_err());
    assert!(tables.locate("M999").unwrap_err().hint.contains("search"));
}

#[test]
fn an_import_replaces_only_when_it_may() {
    let mut other = tables();
    let sheet = other.sheet_mut(Kind::Mission);
    let column = sheet.index("observers_total").unwrap();
    sheet.rows[13].cells[column] = "300".to_owned();
    sheet.rows[12].cells[column] = String::new();
    let error = tables().importing(&other, false).unwrap_err();
    assert_eq!(
        (error.place.as_str(), error.more.len()),
        ("mission M014, column observers_total", 0)
    );
    let change = tables().importing(&other, true).unwrap();
    assert_eq!(change.facts.len(), 1, "a blank withdraws nothing");
}

#[test]
fn merging_takes_a_word_and_goes_no_circles() {
    let tables = tables();
    let change = tables.merging("CIS-EMO", "CIS").unwrap();
    let after = tables.clone().with(&change);
    let nouns = after.register().unwrap();
    assert_eq!(nouns.organisation("CIS-EMO"), None);
    let cis = nouns.organisation("CIS").unwrap();
    assert!(cis.aliases.iter().any(|a| a == "CIS-EMO"), "{:?}", cis.aliases);
    assert!(after.merging("CIS", "CIS-EMO").unwrap_err().problem.contains("stands for"));
    assert!(tables.merging("CIS", "CIS").is_err());
    assert!(tables.merging("CIS", "M014").is_err() && tables.merging("V001", "V002").is_err());
}

#[test]
fn what_was_told_apart_stays_apart() {
    let tables = tables();
    let change = tables.parting("EU", "EP").unwrap();
    assert_eq!(change.facts[0].column, "not_to_confuse_with");
    let after = tables.with(&change);
    assert_eq!(after.parting("EU", "EP").unwrap(), Change::default());
    assert_eq!(after.parting("S001", "S002").unwrap().facts[0].column, "differs_from");
}

#[test]
fn traps_of_the_shipped_register_are_shown_and_known_to_be_two() {
    let proposals = tables().proposals();
    for (a, b) in [("PACE-COE", "PACE-MMR"), ("CIS", "CIS-EMO"), ("ICES", "IFES")] {
        let found = proposals.iter().find(|p| (p.a.as_str(), p.b.as_str()) == (a, b));
        assert!(found.is_some_and(|p| p.apart), "{a} {b}: {proposals:#?}");
    }
    let fresh: Vec<_> = proposals.iter().filter(|p| !p.apart).map(|p| (&*p.a, &*p.b)).collect();
    assert!(fresh.len() < 10, "{fresh:?}");
}

#[test]
fn a_form_asks_first_for_what_must_be_there() {
    let asked = Kind::Mission.asked(&cells(&[("observer", "O")]));
    let names: Vec<&str> = asked.iter().map(|c| c.name).collect();
    assert_eq!(names[0], "election_id");
    assert!(
        !names.contains(&"mission_id")
            && !names.contains(&"observer")
            && names.contains(&"source_ids")
    );
    assert_eq!(Kind::Organisation.asked(&[])[0].name, "organisation_id");
}
