//! R110.

use glassurn_methods::register::election_sheet::sheet;
use glassurn_model::register::{AbsenceReason, Basis, Mode, Register, Scope};

use crate::{assert_sound, made, printed, seed, table, words};

/// An election with one of everything.
fn register() -> Register {
    let mut election = made::election("BLR-2020-P", "2020-08-09");
    election.winner = Some("Ada".to_owned());
    election.winner_share = "80.10".parse().ok();
    election.share_basis = Some(Basis::OfParticipants);
    let mut part = made::claim("C1", "BLR-2020-P", "Alan", "60", "70");
    part.scope = Some(Scope::Part("where counted fairly".to_owned()));
    let mut absent = made::mission("M1", "BLR-2020-P", "OSCE", "igo");
    absent.mode = Mode::Absent(Some(AbsenceReason::Late));
    let silent = made::verdict("BLR-2020-P", "SCO", "igo", 9);
    Register {
        elections: vec![election],
        claims: vec![part],
        missions: vec![absent, made::mission("M2", "BLR-2020-P", "CIS", "igo")],
        verdicts: vec![
            made::verdict("BLR-2020-P", "Citizens", "citizen", -2),
            made::verdict("BLR-2020-P", "CIS", "igo", 2),
            silent,
        ],
        invitations: vec![
            made::invitation("I1", "BLR-2020-P", "BLR", "OSCE", "invited_too_late", "2020-07-15"),
            made::invitation("I2", "BLR-2020-P", "BLR", "CIS", "attended", "2020-08-09"),
            made::invitation("I3", "BLR-2020-P", "BLR", "SCO", "invited", "2020-07"),
        ],
        reactions: vec![
            made::reaction("R1", "BLR-2020-P", "sanction", "EU", "2020-10-02"),
            made::reaction("R2", "BLR-2020-P", "congratulation", "RUS", "2020-08-10"),
        ],
        ..Register::default()
    }
}

fn rows(answer: &glassurn_model::Answer, name: &str) -> Vec<Vec<String>> {
    table(answer, name).rows.iter().map(|r| words(r)).collect()
}

#[test]
fn one_of_everything_by_hand() {
    let answer = sheet(&register(), "BLR-2020-P");
    assert_sound(&answer);
    let claims = rows(&answer, "claims");
    assert_eq!([&claims[0][5], &claims[0][6]], ["80.10 %", "of those who took part"]);
    assert_eq!(
        [&claims[1][5], &claims[1][6], &claims[1][7]],
        ["60 to 70", "", "where counted fairly"]
    );
    assert_eq!(rows(&answer, "credible")[0][3], "−2 rejects");
    let other = rows(&answer, "other");
    assert_eq!([&other[0][3], &other[1][3]], ["+2 endorses", "no verdict known"]);
    assert_eq!(rows(&answer, "absences")[0][2], "late");
    let notice: Vec<_> = rows(&answer, "invitations").iter().map(|r| r[4].clone()).collect();
    assert_eq!(notice, ["25", "", "9 to 39"]);
    assert_eq!(rows(&answer, "reactions")[0][0], "R2");
    let text = printed(&answer);
    assert!(text.contains("Credible observers: citizen groups −2 ("), "{text}");
    assert!(text.contains("Did not observe: OSCE (late)."), "{text}");
    assert!(text.contains("Ada has 80.10 % of those who took part"), "{text}");
}

#[test]
fn other_elections_do_not_leak_in() {
    let mut register = register();
    register.elections.push(made::election("BLR-2025-P", "2025-01-26"));
    let answer = sheet(&register, "BLR-2025-P");
    assert!(answer.tables.iter().all(|t| t.rows.is_empty()), "{:?}", answer.tables);
    assert!(answer.measures.iter().all(|m| m.value == 0.0));
    assert!(
        printed(&answer).contains("Credible observers: none on record. Others: none on record.")
    );
}

#[test]
fn an_election_not_recorded_is_refused() {
    assert!(sheet(&register(), "AAA-1999-P").refused.is_some());
}

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("election_sheet::belarus_and_myanmar") else { return };
    let sheets = seed::counts("sheet");
    assert_eq!(sheets.len(), register.elections.len());
    for want in sheets {
        let id = want["election"].as_str().unwrap();
        let answer = sheet(&register, id);
        let value = |symbol: &str| answer.measure(symbol).unwrap().value;
        let number = |key: &str| want[key].as_f64().unwrap();
        // Verdicts on these elections that stand in the wider table come on top.
        let wider =
            register.wider_verdicts.iter().filter(|v| v.election == id && v.scale.is_some());
        let verdicts = number("verdicts") + wider.count() as f64;
        assert_eq!(value("n_c"), number("claims"), "{id}");
        assert_eq!([value("n_m"), value("n_a")], [number("missions"), number("absent")], "{id}");
        assert_eq!(value("v_c") + value("v_x"), verdicts, "{id}");
        assert_eq!(
            [value("n_i"), value("n_r")],
            [number("invitations"), number("reactions")],
            "{id}"
        );
        assert_sound(&answer);
    }
}
