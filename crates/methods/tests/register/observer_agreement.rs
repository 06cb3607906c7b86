//! R160.

use glassurn_methods::register::{
    observer_agreement::{agreement, figures},
    observers::Group,
};
use glassurn_model::{Picture, register::Register};
use serde_json::Value;

use crate::{assert_sound, made, printed, seed, table, words};

#[track_caller]
fn near(got: Option<f64>, want: Option<f64>, within: f64) {
    assert_eq!(got.is_some(), want.is_some(), "{got:?} {want:?}");
    assert!((got.unwrap_or(0.0) - want.unwrap_or(0.0)).abs() < within, "{got:?} {want:?}");
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn divergence_by_hand() {
    let register = made::judged(&[
        ("AAA-2020-P", "OSCE/ODIHR", "igo", -2),
        ("AAA-2020-P", "Some citizens", "citizen", -1),
        ("AAA-2020-P", "CIS observers", "igo", 2),
        ("BBB-2021-P", "The Carter Center", "ngo", 1),
        ("BBB-2021-P", "SCO", "igo", 2),
        ("CCC-2022-P", "SCO", "igo", 2),
    ]);
    let figures = figures(&register);
    let found: Vec<_> = figures.divergence.iter().map(|d| (d.distance, d.opposed)).collect();
    assert_eq!(found, [(-3.5, true), (-1.0, false)]);
    assert_eq!((figures.all.units, figures.all.values), (2, 5));
    let answer = agreement(&register);
    assert_sound(&answer);
    assert!(answer.claims[1].headline.starts_with("In 1 of 2 elections"), "{}", printed(&answer));
    let Picture::Intervals { rows, .. } = &answer.pictures[0] else { panic!() };
    assert_eq!((rows[0].low, rows[0].high, rows[0].mark), (-2.0, -1.0, Some(2.0)));
}

#[test]
fn equal_verdicts_are_no_variation() {
    let register = made::judged(&[
        ("AAA-2020-P", "CIS", "igo", 2),
        ("AAA-2020-P", "SCO", "igo", 2),
        ("BBB-2020-P", "CIS", "igo", 2),
        ("BBB-2020-P", "SCO", "igo", 2),
    ]);
    let answer = agreement(&register);
    assert!(answer.measure("α").is_none());
    assert!(printed(&answer).contains("no variation, not perfect agreement"));
    assert_eq!(words(&table(&answer, "pairs").rows[0])[2..], ["2", "2", "no variation"]);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_other_implementations() {
    let file: Value =
        serde_json::from_str(include_str!("../oracle/observer_agreement.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let mut register = Register::default();
        for row in case["verdicts"].as_array().unwrap() {
            let text = |i: usize| row[i].as_str().unwrap();
            let step = i8::try_from(row[3].as_i64().unwrap()).unwrap();
            register.wider_verdicts.push(made::verdict(text(0), text(1), text(2), step));
        }
        let got = figures(&register);
        near(got.all.alpha, case["alpha"].as_f64(), 1e-10);
        near(got.all_ordinal.alpha, case["alpha_ordinal"].as_f64(), 1e-10);
        near(got.within[0].1.alpha, case["alpha_credible"].as_f64(), 1e-10);
        for want in case["pairs"].as_array().unwrap() {
            let named = |i: usize| want[i].as_str().unwrap();
            let pair =
                got.pairs.iter().find(|p| p.first.name == named(0) && p.second.name == named(1));
            let pair = pair.unwrap();
            assert_eq!(Some(pair.elections as u64), want[2].as_u64());
            assert_eq!(Some(pair.same_sign as u64), want[3].as_u64());
            near(pair.kappa, want[4].as_f64(), 1e-10);
        }
    }
}

// --- what must not matter --------------------------------------------------------------------------

#[test]
fn order_names_of_elections_and_lone_presence_do_not_matter() {
    let rows = [
        ("AAA-2020-P", "OSCE", "igo", -2),
        ("AAA-2020-P", "CIS", "igo", 2),
        ("BBB-2020-P", "OSCE", "igo", 1),
        ("BBB-2020-P", "CIS", "igo", 2),
    ];
    let mut turned = made::judged(&rows);
    turned.wider_verdicts.reverse();
    let mut silent = made::verdict("CCC-2020-P", "SCO", "igo", 9);
    silent.scale = None;
    turned.wider_verdicts.push(silent);
    assert_eq!(figures(&made::judged(&rows)), figures(&turned));
}

#[test]
fn the_group_looks_at_no_verdict() {
    let praise =
        made::judged(&[("AAA-2020-P", "OSCE", "igo", 2), ("AAA-2020-P", "CIS", "igo", -2)]);
    let of = |d: &glassurn_methods::register::observer_agreement::Divergence| {
        (d.credible[0], d.other[0])
    };
    assert_eq!(of(&figures(&praise).divergence[0]), (2, -2));
}

// --- refusals, real data ---------------------------------------------------------------------------

#[test]
fn one_verdict_is_refused() {
    let lone = made::judged(&[("AAA-2020-P", "OSCE", "igo", 1)]);
    assert!(agreement(&lone).refused.is_some());
}

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("observer_agreement::belarus_and_myanmar") else { return };
    let got = figures(&register);
    near(got.all.alpha, Some(-0.158), 5e-4);
    assert_eq!((got.all.units, got.all.values), (17, 43));
    let (group, credible) = got.within[0];
    near(credible.alpha, Some(0.972), 5e-4);
    assert_eq!((group, credible.units, credible.values), (Group::Credible, 7, 17));
    assert_eq!(got.within[1].1.alpha, None);
    let pair = &got.pairs[0];
    assert_eq!([pair.first.id.as_str(), pair.second.id.as_str()], ["CIS", "OSCE"]);
    assert_eq!((pair.elections, pair.same_sign), (9, 0));
    near(pair.kappa, Some(-0.19), 5e-3);
    assert_sound(&agreement(&register));
}
