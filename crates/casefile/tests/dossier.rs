//! A dossier of the shipped register: what a stranger learns from it, and what its folder holds.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs, path::Path};

use glassurn_casefile::{
    Dossier,
    dossier::{FolderError, write_dossier},
    register::seed,
    report::{dossier_html, dossier_text, press_html},
};
use glassurn_model::register::Register;
use sha2::{Digest as _, Sha256};

fn register() -> Register {
    seed().unwrap().tables.register().unwrap()
}

fn dossier(register: &Register, election: &str) -> Dossier {
    let command = format!("glassurn dossier {election} --register demo");
    Dossier::new(register, election, Vec::new(), None, command).unwrap()
}

/// The text between a mark and the next quotation mark, for each place where the mark stands.
fn after<'a>(page: &'a str, mark: &str) -> BTreeSet<&'a str> {
    page.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

// --- what a reader learns ------------------------------------------------------------------------

#[test]
fn two_figures_belong_to_two_elections() {
    let text = dossier_text(&dossier(&register(), "BLR-2025-P"), 120, false);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (official, claimed) = (
        "86.82 % is the announced share of Presidential election 2025 (2025-01-26",
        "60 to 70 % is what Sviatlana Tsikhanouskaya claimed for Presidential election 2020 (2020-08-09",
    );
    assert!(text.contains(official) && text.contains(claimed), "{text}");
}

#[test]
fn who_observed_whom_stands_on_both_dossiers() {
    let register = register();
    for election in ["BLR-2025-P", "MMR-2025-G-P3"] {
        let text = dossier_text(&dossier(&register, election), 100, false);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains(
                "Myanmar (state) attended Presidential election 2025 in Belarus (2025-01-26)"
            ),
            "{text}"
        );
    }
}

#[test]
fn a_minute_tells_what_each_figure_rests_on_and_who_concluded_what_when() {
    let dossier = dossier(&register(), "BLR-2025-P");
    let text = dossier_text(&dossier, 120, false);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "rests on one announcement, its claimant's own: 86.82 %",
        "These are two elections, and each figure rests on one announcement",
        "CIS +2 (2025-02-03)",
        "and congratulated (2025-03-07)",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // Each sentence about records leads to sources, on the press page too.
    let sentences = || dossier.press.carried.iter().chain(&dossier.press.mistaken);
    assert!(sentences().all(|s| !s.sources.is_empty()), "{:?}", dossier.press);
    let page = press_html(&dossier);
    let (linked, there) = (after(&page, "href=\"#source-"), after(&page, "id=\"source-"));
    assert!(!linked.is_empty() && linked.is_subset(&there), "{linked:?}");
}

#[test]
fn nothing_stands_there_twice_or_for_programs_only() {
    let page = dossier_html(&dossier(&register(), "BLR-2025-P"));
    // Once in short, once in the section on conflicts.
    let said = page.replace('\u{a0}', " ").matches("86.82 % is the announced share").count();
    assert_eq!(said, 2);
    let headings = after(&page, "scope=\"col\">");
    assert!(!headings.iter().any(|h| h.contains("for exchange")) && !page.contains("C011"));
}

#[test]
fn individuals_are_not_the_group_that_names_them() {
    let text = dossier_text(&dossier(&register(), "BLR-2025-P"), 120, false);
    assert!(!text.contains("European Platform for Democratic Elections +2"), "{text}");
}

#[test]
fn every_source_is_one_click_away() {
    let register = register();
    for election in &register.elections {
        let page = dossier_html(&dossier(&register, &election.id));
        let (linked, there) = (after(&page, "href=\"#source-"), after(&page, "id=\"source-"));
        assert!(!linked.is_empty() && linked.is_subset(&there), "{}: {linked:?}", election.id);
    }
}

#[test]
fn what_is_not_known_is_said() {
    let unknown = dossier(&register(), "MMR-2025-G-P1").unknown.join(" ");
    assert!(unknown.contains("What these observers concluded"), "{unknown}");
    assert!(unknown.contains("independent counts"), "{unknown}");
}

#[test]
fn an_election_that_is_not_recorded_has_no_dossier() {
    assert!(Dossier::new(&register(), "XXX-2025-P", Vec::new(), None, String::new()).is_none());
}

// --- what must not happen ------------------------------------------------------------------------

#[test]
fn names_of_strangers_are_text() {
    let mut register = register();
    let hostile = "<script>alert(1)</script>";
    register.elections.iter_mut().for_each(|e| e.name = hostile.to_owned());
    register.sources.iter_mut().for_each(|s| s.url = Some("javascript:alert(1)".to_owned()));
    register.reactions.iter_mut().for_each(|r| r.actor = "=HYPERLINK(\"http://x\")".to_owned());
    let dossier = dossier(&register, "BLR-2025-P");
    for page in [dossier_html(&dossier), press_html(&dossier)] {
        assert!(!page.contains("<script") && !page.contains("href=\"javascript"));
    }
    let place = tempfile::tempdir().unwrap();
    write_dossier(&dossier, &place.path().join("d"), None, &[]).unwrap();
    let table = fs::read_to_string(place.path().join("d/records/R195-reactions.csv")).unwrap();
    assert!(table.contains("'=HYPERLINK") && !table.contains(",\"=HYPERLINK"), "{table}");
}

#[test]
fn no_page_names_an_offence_as_its_own() {
    let register = register();
    for election in &register.elections {
        let page = dossier_text(&dossier(&register, &election.id), 100, false).to_lowercase();
        for word in ["fraud", "rigged", "stolen"] {
            assert!(!page.contains(word), "{word} in {}", election.id);
        }
    }
}

// --- the folder ----------------------------------------------------------------------------------

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let names = sums.lines().map(|l| l.split_once("  ").unwrap().1.to_owned());
    names.map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

#[test]
fn the_folder_can_be_checked_by_anybody_and_made_again() {
    let (register, place) = (register(), tempfile::tempdir().unwrap());
    let dossier = dossier(&register, "MMR-2025-G-P3");
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    let written = write_dossier(&dossier, &one, Some("2026-11-24"), &[]).unwrap();
    write_dossier(&dossier, &two, Some("2026-11-24"), &[]).unwrap();
    assert_eq!(files(&one), files(&two));
    let sums = fs::read_to_string(one.join("SHA256SUMS")).unwrap();
    for (line, (name, bytes)) in sums.lines().zip(files(&one)) {
        let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(line, format!("{sum}  {name}"));
    }
    assert_eq!(written.len(), sums.lines().count() + 1);
    let left: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing half-written stays: {left:?}");
}

#[test]
fn the_description_lists_every_file_and_source() {
    let place = tempfile::tempdir().unwrap();
    let dossier = dossier(&register(), "BLR-2020-P");
    let folder = place.path().join("dossier");
    write_dossier(&dossier, &folder, Some("2026-11-24"), &[]).unwrap();
    let text = fs::read_to_string(folder.join("ro-crate-metadata.json")).unwrap();
    let crate_: serde_json::Value = serde_json::from_str(&text).unwrap();
    let graph = crate_["@graph"].as_array().unwrap();
    let of_type = |kind: &str| graph.iter().filter(|e| e["@type"] == kind).count();
    // The description does not describe itself, nor the sums that are taken over it.
    assert_eq!(of_type("File") + 1, files(&folder).len());
    assert_eq!(of_type("CreativeWork"), 1 + dossier.sources.len());
    assert_eq!(graph[1]["datePublished"], "2026-11-24");
}

#[test]
fn what_was_made_elsewhere_is_listed_like_the_rest() {
    let place = tempfile::tempdir().unwrap();
    let (dossier, folder) = (dossier(&register(), "BLR-2020-P"), place.path().join("dossier"));
    write_dossier(&dossier, &folder, None, &[("dossier.pdf", b"%PDF".to_vec())]).unwrap();
    assert!(files(&folder).contains(&("dossier.pdf".to_owned(), b"%PDF".to_vec())));
    let text = fs::read_to_string(folder.join("ro-crate-metadata.json")).unwrap();
    assert!(text.contains("application/pdf"));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("mine.txt"), "mine").unwrap();
    let dossier = dossier(&register(), "BLR-2020-P");
    let refused = write_dossier(&dossier, place.path(), None, &[]);
    assert!(matches!(refused, Err(FolderError::Occupied(_))));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}
