//! R190.

use glassurn_methods::register::evidence_grade::{Grade, figures, grade};
use glassurn_model::register::{Citation, Letter, Quote, Register, Reliability, Source, Stance};

use crate::{assert_sound, made, printed, seed};

fn source(id: &str, publisher: &str, kind: &str, letter: Letter) -> Source {
    let mut source = made::source(id, publisher, kind, "");
    source.published = made::date("2025-01-27");
    source.reliability = Reliability { overall: Some(letter), by_matter: Vec::new() };
    source
}

/// One reaction that rests on these sources.
fn register(sources: Vec<Source>) -> Register {
    let mut reaction = made::reaction("R1", "BLR-2025-P", "condemnation", "EU", "2025-01-26");
    reaction.actor = "European Union".to_owned();
    reaction.grounds.sources = sources.iter().map(|s| s.id.clone()).collect();
    Register { sources, reactions: vec![reaction], ..Register::default() }
}

#[track_caller]
fn graded(sources: Vec<Source>) -> Grade {
    figures(&register(sources), Some("R1"))[0].grade
}

#[test]
fn each_grade_by_hand() {
    let paper = |id: &str, name: &str| source(id, name, "independent_media", Letter::B);
    let own = || source("S9", "European Union, press office", "igo", Letter::A);
    assert_eq!(graded(vec![]), Grade::Unsupported);
    assert_eq!(graded(vec![paper("S1", "One")]), Grade::Reported);
    assert_eq!(graded(vec![paper("S1", "One"), paper("S2", "Two")]), Grade::WellSupported);
    assert_eq!(graded(vec![own()]), Grade::WellSupported);
    assert_eq!(graded(vec![own(), paper("S1", "One")]), Grade::Established);
    // One wire under two mastheads, or one lineage on record, is one.
    assert_eq!(graded(vec![paper("S1", "One (AFP)"), paper("S2", "AFP via Two")]), Grade::Reported);
    let mut same = [paper("S1", "One"), paper("S2", "Two")];
    same.iter_mut().for_each(|s| s.lineage = Some("release".to_owned()));
    assert_eq!(graded(same.to_vec()), Grade::Reported);
}

#[test]
fn leads_carry_nothing_alone() {
    let mut undated = source("S1", "One", "media", Letter::A);
    undated.published = None;
    let mut machine = source("S2", "Two", "media", Letter::A);
    machine.machine_made = Some(true);
    let memory = source("S3", "compiler", "general_knowledge", Letter::A);
    let bad = source("S4", "Four", "media", Letter::D);
    assert_eq!(graded(vec![undated, machine, memory, bad]), Grade::Unsupported);
}

#[test]
fn what_contradicts_makes_it_contested() {
    let mut register = register(vec![source("S1", "One", "media", Letter::B)]);
    register.sources.push(source("S2", "Two", "media", Letter::B));
    register.citations.push(Citation {
        id: "Q1".to_owned(),
        fact: "R1".to_owned(),
        field: None,
        source: "S2".to_owned(),
        capture: None,
        quote: Quote::default(),
        page: None,
        stance: Stance::Contradicts,
    });
    assert_eq!(figures(&register, Some("R1"))[0].grade, Grade::Contested);
}

#[test]
fn everybody_who_prints_a_figure_repeats_the_claimant() {
    let claim = made::claim("C1", "BLR-2025-P", "Commission", "86.82", "86.82");
    let sources: Vec<_> = ["One", "Two", "Three"]
        .iter()
        .enumerate()
        .map(|(i, n)| source(&format!("S{i}"), n, "media", Letter::B))
        .collect();
    let mut register = Register { sources, claims: vec![claim], ..Register::default() };
    register.claims[0].grounds.sources = made::list("S0;S1;S2");
    let grades: Vec<_> =
        figures(&register, Some("C1")).iter().map(|g| (g.grade, g.lineages.len())).collect();
    assert_eq!(grades, [(Grade::WellSupported, 3), (Grade::Claimed, 1)]);
    let answer = grade(&register, Some("C1"));
    assert!(printed(&answer).contains("What would raise it"), "{}", printed(&answer));
    assert_sound(&answer);
}

#[test]
fn what_is_not_there_is_refused() {
    assert!(grade(&Register::default(), Some("C1")).refused.is_some());
}

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("evidence_grade::belarus_and_myanmar") else { return };
    let of = |id: &str| figures(&register, Some(id)).iter().map(|g| g.grade).collect::<Vec<_>>();
    assert_eq!(of("C005"), [Grade::Reported, Grade::Claimed]);
    assert_eq!(of("C004"), [Grade::Unsupported, Grade::Unsupported]);
    assert_sound(&grade(&register, None));
}
