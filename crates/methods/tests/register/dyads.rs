//! R130.

use glassurn_methods::register::dyads::{dyads, figures};
use glassurn_model::register::{Mode, Register};

use crate::{assert_sound, made, printed, seed, table, words};

/// AAA and BBB attend each other's elections; CCC attends AAA's.
fn register() -> Register {
    let elections = vec![
        made::election("POL-2020-P", "2020-05-01"),
        made::election("CZE-2021-P", "2021-05-01"),
    ];
    let invitations = vec![
        made::invitation("I1", "POL-2020-P", "POL", "CZE;SVK", "attended", "2020-04"),
        made::invitation("I2", "CZE-2021-P", "CZE", "POL", "invited_and_attended", "2021-04"),
        made::invitation("I3", "CZE-2021-P", "CZE", "SVK", "invited", "2021-04"),
    ];
    Register { elections, invitations, ..Register::default() }
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn both_directions_by_hand() {
    let got = figures(&register());
    assert_eq!((got.pairs(|_| true), got.mutual.len(), got.open_invitations), (3, 1, 1));
    assert_eq!(got.hosts, ["CZE", "POL"]);
    let answer = dyads(&register());
    assert_sound(&answer);
    assert!(printed(&answer).contains("hosts covered: 2 (CZE, POL)"), "{}", printed(&answer));
    let rows: Vec<_> = table(&answer, "dyads").rows.iter().map(|r| words(r)).collect();
    assert_eq!(rows[0][..2], ["Czech Republic (state)", "Poland"], "{rows:?}");
}

#[test]
fn a_delegation_counts_without_an_invitation_and_once_with_it() {
    let mut register = register();
    let mut mission = made::mission("M1", "POL-2020-P", "Czechia delegation", "bilateral");
    mission.mode = Mode::Delegation;
    register.missions.push(mission.clone());
    mission.observer = "Hungary delegation".to_owned();
    register.missions.push(mission.clone());
    mission.observer = "Austria delegation".to_owned();
    mission.mode = Mode::Absent(None);
    register.missions.push(mission);
    let got = figures(&register);
    assert_eq!((got.pairs(|d| d.by_invitation), got.pairs(|_| true)), (3, 4));
}

#[test]
fn congratulations_count_for_sixty_days() {
    let mut register = register();
    register.reactions = vec![
        made::reaction("R1", "POL-2020-P", "congratulation", "CZE", "2020-06-30"),
        made::reaction("R2", "POL-2020-P", "congratulation", "SVK", "2020-07-01"),
        made::reaction("R3", "POL-2020-P", "congratulation", "CZE", "2020-04"),
        made::reaction("R4", "POL-2020-P", "congratulation", "CZE", ""),
    ];
    let got = figures(&register);
    let of = |code: &str| {
        got.directions.iter().find(|d| d.sender.id == code).unwrap().congratulations.clone()
    };
    assert_eq!(of("CZE"), ["2020-06-30"]);
    assert!(of("SVK").is_empty(), "day 61");
}

#[test]
fn visits_under_different_rulers_are_no_one_relation() {
    let mut register = register();
    register.elections[0].regime_spell = Some("POL-old".to_owned());
    register.elections.push(made::election("POL-2019-L", "2019-01-01"));
    assert_eq!(figures(&register).mutual.len(), 1);
    // Power is seized in POL between its being host and its being guest.
    register.reactions = vec![made::reaction("R1", "POL-2020-P", "coup", "POL", "2020-12-01")];
    let got = figures(&register);
    assert!(got.mutual.is_empty(), "{got:?}");
    let guest = got.directions.iter().find(|d| d.sender.id == "POL").unwrap();
    assert!(guest.sender_spell.as_deref().unwrap().contains("2020-12-01"));
}

#[test]
fn the_order_of_records_does_not_matter() {
    let mut turned = register();
    turned.invitations.reverse();
    turned.elections.reverse();
    assert_eq!(figures(&turned), figures(&register()));
}

#[test]
fn nothing_on_record_is_refused() {
    assert!(dyads(&Register::default()).refused.is_some());
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("dyads::belarus_and_myanmar") else { return };
    let got = figures(&register);
    assert_eq!(got.pairs(|d| d.by_invitation), 24);
    assert_eq!(got.hosts, ["AZE", "BLR", "MMR", "RUS"]);
    let graph = &seed::counts("graph")[0];
    assert_eq!(graph["links"], got.pairs(|d| d.by_invitation));
    assert_eq!(graph["hosts"], serde_json::json!(got.hosts));
    assert_eq!(graph["mutual"], serde_json::json!([["BLR", "MMR"]]));
    let [(i, j)] = got.mutual[..] else { panic!("{:?}", got.mutual) };
    let (a, b) = (&got.directions[i], &got.directions[j]);
    assert_eq!([&a.sender.id, &a.host, &b.sender.id, &b.host], ["BLR", "MMR", "MMR", "BLR"]);
    assert_eq!(a.verdicts, [2]);
    assert_eq!(b.congratulations, ["2025-03-07"]);
    assert!(b.sender_spell.as_deref().unwrap().contains("2021-02-01"));
    assert_sound(&dyads(&register));
}
