//! R195.

use glassurn_methods::register::reaction_timeline::{events, timeline};
use glassurn_model::register::Register;

use crate::{assert_sound, made, seed};

fn register() -> Register {
    let mut sanction = made::reaction("R1", "BLR-2020-P", "sanction", "EU", "2021-06-21");
    sanction.reason = Some("responsible for the course of the 2020 election".to_owned());
    Register {
        elections: vec![
            made::election("BLR-2020-P", "2020-08-09"),
            made::election("BLR-2025-P", "2025-01-26"),
        ],
        reactions: vec![
            sanction,
            made::reaction("R2", "BLR-2020-P", "congratulation", "RUS", "2020-08-10"),
            made::reaction("R3", "BLR-2020-P", "protest", "BLR", ""),
            made::reaction("R4", "BLR-2025-P", "refusal_to_observe", "EU", "2025-01"),
        ],
        ..Register::default()
    }
}

#[test]
fn days_from_the_vote_by_hand() {
    let register = register();
    let all = events(&register, None);
    let days: Vec<_> = all.iter().map(|e| (e.reaction.id.as_str(), e.days)).collect();
    let want =
        [("R2", Some((1, 1))), ("R1", Some((316, 316))), ("R4", Some((-25, 5))), ("R3", None)];
    assert_eq!(days, want);
    assert_eq!(all[1].named, ["BLR-2020-P"]);
    assert_eq!(events(&register, Some("BLR-2025-P")).len(), 1);
    assert_sound(&timeline(&register, None));
}

#[test]
fn a_year_alone_names_no_election() {
    let mut register = register();
    register.reactions[0].reason = Some("for events of 2020".to_owned());
    assert!(events(&register, None).iter().all(|e| e.named.is_empty()));
}

#[test]
fn the_order_of_records_does_not_matter() {
    let mut turned = register();
    turned.reactions.reverse();
    let ids =
        |r: &Register| events(r, None).iter().map(|e| e.reaction.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&turned), ids(&register()));
}

#[test]
fn silence_is_refused() {
    assert!(timeline(&register(), Some("MMR-2020-G")).refused.is_some());
}

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("reaction_timeline::belarus_and_myanmar") else { return };
    for (election, kinds) in seed::counts("reactions")[0]["kinds"].as_object().unwrap() {
        let of = events(&register, Some(election));
        for (kind, n) in kinds.as_object().unwrap() {
            let got = of.iter().filter(|e| e.reaction.kind.key() == kind).count();
            assert_eq!(Some(got as u64), n.as_u64(), "{election} {kind}");
        }
        assert_sound(&timeline(&register, Some(election)));
    }
}
