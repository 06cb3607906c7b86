//! R120.

use glassurn_methods::register::{
    anchors::Anchors,
    conflicts::{Conflict, Rule, check, find},
};
use glassurn_model::{
    Verdict,
    register::{Basis, ClaimKind, Register, Scope},
};

use crate::{assert_sound, made, seed, table, words};

fn found(register: &Register) -> Vec<Conflict> {
    find(register, &Anchors::default())
}

#[track_caller]
fn only(register: &Register, rule: Rule) -> Conflict {
    let all = found(register);
    assert_eq!(all.iter().map(|c| c.rule).collect::<Vec<_>>(), [rule], "{all:?}");
    all.into_iter().next().unwrap()
}

/// An election of which a share of participants is announced.
fn announced(id: &str, day: &str, share: &str) -> glassurn_model::register::Election {
    let mut election = made::election(id, day);
    election.winner = Some("Ada".to_owned());
    election.winner_share = share.parse().ok();
    election.share_basis = Some(Basis::OfParticipants);
    election
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn a_share_on_another_basis_is_explained() {
    let mut claim = made::claim("C1", "AAA-2020-P", "A wiki", "84.4", "84.4");
    claim.basis = Some(Basis::OfValid);
    let elections = vec![announced("AAA-2020-P", "2020-05-01", "83.0")];
    let register = Register { elections, claims: vec![claim], ..Register::default() };
    let conflict = only(&register, Rule::Basis);
    assert!(conflict.sentence.contains("neither contradicts the other"), "{}", conflict.sentence);
    assert_eq!(conflict.records, ["AAA-2020-P", "C1"]);

    let mut same = register.clone();
    same.claims[0].basis = Some(Basis::OfParticipants);
    assert!(only(&same, Rule::Basis).sentence.contains("cannot both be"));
    type Change = fn(&mut glassurn_model::register::ResultClaim);
    let changes: [Change; 5] = [
        |c| c.scope = Some(Scope::Part("abroad".into())),
        |c| c.stage = "preliminary".into(),
        |c| c.basis = Some(Basis::OfPolled),
        |c| c.about = "Alan".into(),
        |c| c.kind = ClaimKind::Turnout,
    ];
    for change in changes {
        let mut other = register.clone();
        change(&mut other.claims[0]);
        assert_eq!(found(&other), []);
    }
}

#[test]
fn a_figure_of_another_election_is_told_apart() {
    let elections = vec![
        announced("AAA-2020-P", "2020-05-01", "80.1"),
        announced("AAA-2025-P", "2025-05-01", "86.8"),
    ];
    let mut then = made::claim("C1", "AAA-2020-P", "Alan", "60", "70");
    then.about = "Alan".to_owned();
    let mut now = made::claim("C2", "AAA-2025-P", "Alan", "", "");
    now.kind = ClaimKind::Legitimacy;
    let register = Register { elections, claims: vec![then, now], ..Register::default() };
    let conflict = only(&register, Rule::OtherElection);
    let shares = "86.8 % is the announced share of Election AAA-2025-P (2025-05-01); 60 to 70 %";
    assert!(conflict.sentence.starts_with(shares), "{}", conflict.sentence);
}

#[test]
fn one_figure_for_two_elections() {
    let elections = vec![
        announced("AAA-2020-P", "2020-05-01", "80.1"),
        announced("BBB-2021-P", "2021-05-01", "80.10"),
    ];
    only(&Register { elections, ..Register::default() }, Rule::SameNumber);
    let whole = vec![
        announced("AAA-2020-P", "2020-05-01", "80"),
        announced("BBB-2021-P", "2021-05-01", "80"),
    ];
    assert_eq!(found(&Register { elections: whole, ..Register::default() }), []);
}

#[test]
fn words_in_anothers_mouth() {
    let mut register =
        made::judged(&[("AAA-2020-P", "CIS", "igo", 2), ("AAA-2020-P", "OSCE", "igo", -1)]);
    register.sources = vec![
        made::source("S1", "Wire", "state_media", "CIS, OSCE observers say vote was good"),
        made::source("S2", "OSCE", "igo", "Statement"),
    ];
    register.wider_verdicts[0].grounds = made::grounds("S1");
    register.wider_verdicts[1].grounds = made::grounds("S2");
    assert_eq!(
        only(&register, Rule::Attribution).records,
        ["AAA-2020-P/CIS", "S1", "AAA-2020-P/OSCE", "S2"]
    );
    register.sources[0].title = "CIS observers at work; OSCE absent".to_owned();
    assert_eq!(found(&register), []);
    register.wider_verdicts[0].attributed_to = Some("OSCE".to_owned());
    only(&register, Rule::Attribution);
}

#[test]
fn none_since_a_year_that_was_acceptable() {
    let mut register = Register {
        elections: vec![made::election("BLR-1994-P", "1994-07-10")],
        ..Register::default()
    };
    register.sources =
        vec![made::source("S1", "Assembly", "igo", "No fair election in Belarus since 1994")];
    assert_eq!(found(&register), []);
    let anchors = Anchors::new("measure", [("BLR".to_owned(), 1994, 0.5)]);
    let by_measure = find(&register, &anchors);
    assert!(by_measure[0].sentence.contains("measure 0.5"), "{by_measure:?}");
    register.elections[0].grounds.note = "coders call it acceptable".to_owned();
    only(&register, Rule::SinceYear);
    register.sources[0].title = "No fair election in Poland since 1994".to_owned();
    assert_eq!(found(&register), []);
    register.sources[0].title = "Elections in Belarus since 1994".to_owned();
    assert_eq!(found(&register), []);
}

#[test]
fn machines_years_counts_and_dates() {
    let mut register = Register {
        elections: vec![
            made::election("AAA-2020-P", "2020-05-01"),
            made::election("AAA-2025-P", "2025-05-01"),
        ],
        ..Register::default()
    };
    let mut machine = made::source("S1", "A page", "media", "News (citing The Paper)");
    machine.machine_made = Some(true);
    let mut misdated = made::source("S2", "Paper", "media", "Protests");
    misdated.note = "places the protests of the 2020 election in 2025".to_owned();
    register.sources = vec![machine, misdated];
    register.elections[1].grounds.note = "the wire says 63 places, the host 61 towns".to_owned();
    register.reactions =
        vec![made::reaction("R1", "AAA-2025-P", "congratulation", "BBB", "2025-04")];
    let rules: Vec<_> = found(&register).iter().map(|c| c.rule).collect();
    assert_eq!(rules, [Rule::MachineText, Rule::Misdated, Rule::TwoCounts, Rule::BeforeEvent]);
    // A month that holds the day decides nothing.
    register.reactions[0].date = made::date("2025-05");
    register.sources[0].machine_made = Some(false);
    register.sources[1].note = "of the 2020 and 2025 elections".to_owned();
    register.elections[1].grounds.note = "the wire says 63 of 100 places".to_owned();
    assert_eq!(found(&register).len(), 1, "{:?}", found(&register));
}

// --- refusals, words -------------------------------------------------------------------------------

#[test]
fn an_empty_register_is_refused_and_silence_is_said() {
    assert!(check(&Register::default(), &Anchors::default()).refused.is_some());
    let register =
        Register { elections: vec![made::election("AAA-2020-P", "2020")], ..Register::default() };
    let answer = check(&register, &Anchors::default());
    assert_eq!(answer.claims[0].verdict, Verdict::Consistent);
    assert_sound(&answer);
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn the_seven_teaching_cases_and_no_eighth() {
    let Some(register) = seed::register("conflicts::the_seven_teaching_cases") else { return };
    let found = found(&register);
    for conflict in &found {
        println!("{:?} {:?} {}", conflict.rule, conflict.records, conflict.sentence);
    }
    let of = |rule: Rule| -> Vec<&Conflict> { found.iter().filter(|c| c.rule == rule).collect() };
    // Case 2, with the 1994 first round that the same note explains.
    let bases: Vec<_> = of(Rule::Basis).iter().map(|c| c.election.as_deref().unwrap()).collect();
    assert_eq!(bases, ["BLR-1994-P-R1", "BLR-2001-P", "BLR-2006-P", "BLR-2015-P"]);
    for (at, figures) in
        [(1, "75.65 % and 77.4 %"), (2, "83.0 % and 84.4 %"), (3, "83.47 % and 84.1 %")]
    {
        assert!(
            of(Rule::Basis)[at].sentence.starts_with(figures),
            "{}",
            of(Rule::Basis)[at].sentence
        );
    }
    for (rule, record, sentence) in [
        (Rule::OtherElection, "C002", "Presidential election 2025 (2025-01-26); 60 to 70 %"),
        (Rule::Attribution, "S030", "ascribes to OSCE"),
        (Rule::SinceYear, "S039", "not since that year"),
        (Rule::MachineText, "S082", "cites Nikkei Asia"),
        (Rule::Misdated, "S003", "they followed the 2020 one"),
        (Rule::TwoCounts, "MMR-2025-G-P3", "63 localities, the Myanmar government 61 townships"),
    ] {
        let cases = of(rule);
        assert_eq!(cases.len(), 1, "{rule:?}");
        assert!(cases[0].records.iter().any(|r| r == record), "{:?}", cases[0]);
        assert!(cases[0].sentence.contains(sentence), "{}", cases[0].sentence);
    }
    assert_eq!(found.len(), 4 + 6);
    let answer = check(&register, &Anchors::default());
    assert_eq!(answer.measure("k").unwrap().value, 7.0);
    assert_sound(&answer);
    let open = table(&answer, "incomplete");
    assert!(open.rows.iter().any(|r| words(r)[0] == "C011"), "{open:?}");
}
