//! The analyses on the register that is shipped: the figures that were computed by hand from its tables.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use glassurn_casefile::{
    Account,
    register::{Analysis, analyse, seed},
    report::{account_html, account_json, account_text},
};
use glassurn_methods::register::mutual_endorsement::Settings;
use glassurn_model::{Cell, register::Register};

fn register() -> Register {
    seed().unwrap().tables.register().unwrap()
}

fn run(analysis: &Analysis) -> Account {
    analyse(&register(), analysis, None, "glassurn register".to_owned())
}

fn every() -> Vec<Analysis> {
    vec![
        Analysis::Sheet("BLR-2025-P".to_owned()),
        Analysis::Conflicts,
        Analysis::Dyads,
        Analysis::Endorsement(Settings::DEFAULT),
        Analysis::Scorecard,
        Analysis::Agreement,
        Analysis::Leniency,
        Analysis::Grade(None),
        Analysis::Timeline(None),
    ]
}

fn value(account: &Account, symbol: &str) -> f64 {
    account.answers[0].measure(symbol).unwrap().value
}

#[test]
fn observers_agree_and_disagree_as_counted_by_hand() {
    let account = run(&Analysis::Agreement);
    assert!((value(&account, "α") - -0.158).abs() < 5e-4, "{}", value(&account, "α"));
    assert!((value(&account, "α_c") - 0.972).abs() < 5e-4, "{}", value(&account, "α_c"));
}

#[test]
fn one_pair_of_states_observed_each_other() {
    let account = run(&Analysis::Dyads);
    assert_eq!((value(&account, "L"), value(&account, "L_m")), (24.0, 1.0));
    let claims: Vec<_> = account.answers[0].claims.iter().map(|c| c.headline.as_str()).collect();
    assert!(
        claims
            .iter()
            .any(|c| c.contains("attended Presidential election 2025 in Belarus (2025-01-26)")),
        "{claims:?}"
    );
}

#[test]
fn the_seven_teaching_cases() {
    assert_eq!(value(&run(&Analysis::Conflicts), "k"), 7.0);
}

#[test]
fn too_few_pairs_give_a_table_and_no_p() {
    let answer = &run(&Analysis::Endorsement(Settings::DEFAULT)).answers[0];
    assert!(answer.p.is_none(), "24 edges are below 30");
    assert!(!answer.tables.is_empty());
}

#[test]
fn what_is_unknown_is_not_counted_as_no() {
    let answer = &run(&Analysis::Scorecard).answers[0];
    let practice = answer.tables.iter().find(|t| t.name == "practice").unwrap();
    let cells = || practice.rows.iter().flatten();
    let marks = |mark: &str| cells().filter(|c| matches!(c, Cell::Text(t) if t == mark)).count();
    assert!(marks("?") > marks("no"), "{} unknown, {} no", marks("?"), marks("no"));
}

#[test]
fn every_view_of_every_analysis_is_there_and_names_no_offence() {
    for analysis in every() {
        let account = run(&analysis);
        let said = account.answers.iter().any(|a| !a.claims.is_empty() || a.refused.is_some());
        assert!(said, "{analysis:?}");
        let (text, page) = (account_text(&account, 100, false), account_html(&account));
        assert!(page.contains("<h1>") && account_json(&account).starts_with('{'));
        for word in ["rigged", "stolen"] {
            assert!(!text.to_lowercase().contains(word), "{word} in {analysis:?}");
        }
    }
}
