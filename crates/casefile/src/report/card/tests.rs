//! The page of one sheet: what it must say, what it must not make up, and names that try to leave it.

use glassurn_model::{Answer, Claim, ClaimClass, CountKind, LeftOut, Provenance, Reason, Verdict};

use super::account_card;
use crate::Account;
use crate::account::{Coverage, Input};
use crate::report::{figures, testing::HOSTILE};

fn claim(class: ClaimClass, verdict: Verdict, headline: &str) -> Claim {
    Claim {
        class,
        verdict,
        headline: headline.to_owned(),
        base: "valid votes at 8 reporting stations".to_owned(),
        limits: vec!["the stations were drawn at random".to_owned()],
        unsupported: "that the votes were cast freely".to_owned(),
    }
}

fn account(claims: Vec<Claim>) -> Account {
    let mut account = Account::new("Quick count", "Somewhere", "glassurn quickcount x.csv");
    let left_out = vec![LeftOut { why: Reason::Missing, stations: 3 }];
    account.answers = vec![Answer { claims, left_out, ..Answer::new("P210", "shares") }];
    account.inputs = vec![Input { kind: Some(CountKind::Sample), ..Input::default() }];
    account.coverage = Some(Coverage {
        all: Some(1_200),
        planned: Some(10),
        listed: None,
        in_hand: 8,
        incomplete: 3,
    });
    account
}

fn estimated() -> Account {
    account(vec![claim(ClaimClass::Order, Verdict::Estimated, "A has most votes.")])
}

#[track_caller]
fn says(page: &str, all: &[&str]) {
    for text in all {
        assert!(page.contains(text), "{text} is not in\n{page}");
    }
}

#[test]
fn the_sentence_never_stands_alone() {
    let page = account_card(&estimated());
    let order = ["A has most votes.", "valid votes at 8", "That the votes were cast freely."];
    let places: Vec<_> = order.iter().map(|t| page.find(t).unwrap()).collect();
    assert!(places.is_sorted());
    says(&page, &["Estimated", "about who has most votes", "glassurn quickcount x.csv"]);
}

#[test]
fn stations_are_counted_and_what_is_left_out_has_its_reason() {
    let page = account_card(&estimated());
    says(&page, &["1,200", "80.0\u{a0}% of the plan", "3 of those with counts lack some"]);
    says(&page, &["Left out of the figure: 3 stations, <bdi>a value is missing"]);
    says(&page, &["without counts</th><td>2<", "Why these have none: not stated."]);
}

#[test]
fn what_nobody_stated_is_not_stated() {
    let mut account = estimated();
    account.coverage = None;
    let page = account_card(&account);
    says(&page, &["Sample of stations: not stated.", "Not stated: no method here asks it."]);
    says(&page, &["stand behind the figures: not stated"]);
    account.inputs[0].stations = Some(24);
    says(&account_card(&account), &["24 stations."]);
    assert_eq!(page.matches("<bdi>Not stated.</bdi>").count(), 1, "why these stations");
}

#[test]
fn what_the_inputs_state_is_quoted() {
    let mut account = estimated();
    account.inputs[0].provenance = Provenance {
        publisher: Some("The observers".to_owned()),
        selection: Some("Drawn by lot on 3 May".to_owned()),
    };
    let page = account_card(&account);
    says(&page, &["Sample of stations: The observers.", "Drawn by lot on 3 May."]);
    account.inputs[0].provenance.selection = None;
    says(&account_card(&account), &["is assumed and not shown"]);
}

#[test]
fn missing_stations_cannot_change_arithmetic_and_bounds_are_quoted() {
    let said = "rests on what is in hand alone";
    let sentence = |class| account(vec![claim(class, Verdict::Impossible, "Too many votes.")]);
    says(&account_card(&sentence(ClaimClass::OfficialFigure)), &[said]);
    assert!(!account_card(&sentence(ClaimClass::Data)).contains(said));
    let mut account = estimated();
    let order = claim(ClaimClass::Order, Verdict::Estimated, "Whatever is missing, A leads.");
    account.answers.push(Answer { claims: vec![order], ..Answer::new("P240", "") });
    let page = account_card(&account);
    assert_eq!(
        page.matches("Whatever is missing, A leads.").count(),
        1,
        "an answer, not said again"
    );
}

#[test]
fn no_name_leaves_its_place_and_long_ones_are_cut() {
    let all = HOSTILE.join(" ").repeat(40);
    let mut account = account(vec![Claim {
        base: all.clone(),
        limits: vec![all.clone()],
        unsupported: all.clone(),
        ..claim(ClaimClass::Order, Verdict::Inconsistent, &all)
    }]);
    account.title.clone_from(&all);
    account.command.clone_from(&all);
    account.inputs[0].provenance =
        Provenance { publisher: Some(all.clone()), selection: Some(all.clone()) };
    let page = account_card(&account);
    for tag in ["<script", "<img", "</title></style>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(!page.contains(figures::steers));
    says(&page, &["class=\"sheet tight\"", "cut; the report has it whole"]);
    assert!(page.len() < 40_000, "{}", page.len());
}

#[test]
fn an_account_without_claims_is_a_page_too() {
    says(&account_card(&account(Vec::new())), &["carry no claim", "How to make it again"]);
}
