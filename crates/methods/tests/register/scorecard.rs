//! R150.

use glassurn_methods::register::{
    anchors::Anchors,
    scorecard::{SCHEME, behaviour, practice, scorecard},
};
use glassurn_model::register::{
    Answer, Assessment, AssessmentItem, Headcount, Register, Standard, Subject,
};

use crate::{assert_sound, made, seed, table, words};

fn register() -> Register {
    let mut mission = made::mission("M1", "BLR-2025-P", "CIS observers", "igo");
    mission.first_day = made::date("2024-12-18");
    mission.long_term = Headcount::parse("40");
    let mut verdict = made::verdict("BLR-2025-P", "CIS observers", "igo", 2);
    verdict.mission = Some("M1".to_owned());
    verdict.standard = Some(Standard::NationalLaw);
    verdict.date = made::date("2025-01-20");
    Register {
        elections: vec![made::election("BLR-2025-P", "2025-01-26")],
        missions: vec![mission],
        invitations: vec![made::invitation(
            "I1",
            "BLR-2025-P",
            "BLR",
            "CIS",
            "invited",
            "2025-01-17",
        )],
        verdicts: vec![verdict],
        ..Register::default()
    }
}

fn answer_of(register: &Register, item: &str) -> Answer {
    let items = practice(register, &register.missions[0]);
    items.into_iter().find(|i| i.item == item).unwrap().answer
}

#[test]
fn items_by_hand_and_unknown_is_not_no() {
    let register = register();
    let known: Vec<_> = practice(&register, &register.missions[0])
        .into_iter()
        .filter(|i| i.answer != Answer::Unknown)
        .map(|i| (i.item, i.answer))
        .collect();
    let want = [("P2", Answer::No), ("P6", Answer::Yes), ("P9", Answer::No), ("P12", Answer::No)];
    assert_eq!(known, want);
    let card = scorecard(&register, &Anchors::default());
    assert_eq!(words(&table(&card, "practice").rows[0])[3..5], ["?", "no"]);
    assert_eq!(card.measure("?").unwrap().value, 11.0);
    assert!(words(&table(&card, "practice").rows[0]).contains(&"none on record".to_owned()));
    assert_sound(&card);
}

#[test]
fn a_person_goes_before_the_rule_and_the_reply_is_shown() {
    let mut register = register();
    register.assessments.push(Assessment {
        id: "A1".to_owned(),
        subject: Subject::Mission("M1".to_owned()),
        scheme: SCHEME.to_owned(),
        items: vec![AssessmentItem {
            item: "P2".to_owned(),
            answer: Answer::Partly,
            evidence: vec!["S1".to_owned()],
            note: String::new(),
        }],
        assessor: "Somebody".to_owned(),
        date: None,
        reply: Some("we were invited earlier".to_owned()),
    });
    assert_eq!(answer_of(&register, "P2"), Answer::Partly);
    let card = scorecard(&register, &Anchors::default());
    assert!(
        words(&table(&card, "practice").rows[0]).contains(&"we were invited earlier".to_owned())
    );
}

#[test]
fn never_critical_needs_five_verdicts_and_the_opposition_does_not_count() {
    let rows: Vec<String> = (0..5).map(|y| format!("BLR-{}-P", 2000 + y)).collect();
    let mut register = Register {
        wider_verdicts: rows.iter().map(|e| made::verdict(e, "CIS", "igo", 2)).collect(),
        ..Register::default()
    };
    let critical = |r: &Register| behaviour(r, &Anchors::default())[0].critical;
    assert_eq!(critical(&register), Answer::No);
    register.wider_verdicts[0].scale = glassurn_model::register::Scale::new(-2);
    assert_eq!(critical(&register), Answer::Yes);
    register.wider_verdicts[0].grounds.note = "it was won by the opposition".to_owned();
    assert_eq!(critical(&register), Answer::No);
    register.wider_verdicts.truncate(3);
    assert_eq!(critical(&register), Answer::Unknown);
}

#[test]
fn the_gap_is_to_other_credible_observers() {
    let register =
        made::judged(&[("BLR-2010-P", "CIS", "igo", 2), ("BLR-2010-P", "OSCE", "igo", -1)]);
    let all = behaviour(&register, &Anchors::default());
    let gap = |id: &str| all.iter().find(|b| b.house.id == id).unwrap().gap;
    assert_eq!((gap("CIS"), gap("OSCE")), (Some((3.0, 1)), None));
}

#[test]
fn no_mission_is_refused() {
    assert!(scorecard(&Register::default(), &Anchors::default()).refused.is_some());
}

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("scorecard::belarus_and_myanmar") else { return };
    let card = scorecard(&register, &seed::anchors());
    let missions: f64 = seed::counts("sheet").iter().map(|s| s["missions"].as_f64().unwrap()).sum();
    assert_eq!(table(&card, "practice").rows.len() as f64, missions);
    let behaviour = behaviour(&register, &seed::anchors());
    let cis = behaviour.iter().find(|b| b.house.id == "CIS").unwrap();
    assert_eq!((cis.critical, cis.negative), (Answer::No, [1, 1]));
    assert_sound(&card);
}
