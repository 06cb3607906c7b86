//! What a notice must keep, pair and refuse.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, Measure, Source, Table, Unit, Verdict,
};

use super::{correction_html, correction_json, correction_tables, correction_text};
use crate::account::Input;
use crate::correction::{Circumstances, Correction, ReadingError, Value, correct};
use crate::report::{account_json, figures, testing::HOSTILE, tests::validate};
use crate::{Account, report};

fn claim(verdict: Verdict, headline: &str) -> Claim {
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline: headline.to_owned(),
        base: "valid votes".to_owned(),
        limits: Vec::new(),
        unsupported: String::new(),
    }
}

/// A quick count whose estimate is `share`, from a file of this fingerprint.
fn account(share: f64, sha256: &str, claims: Vec<Claim>) -> Account {
    let mut account = Account::new("Quick count", "Somewhere", "glassurn quickcount x.csv");
    let shares = Heading::new("estimate", Unit::Share);
    let table = Table {
        name: "summary",
        title: "Shares".to_owned(),
        columns: vec![Heading::new("candidate", Unit::None), shares],
        rows: vec![vec!["A".into(), share.into()], vec!["B".into(), Cell::Missing]],
    };
    account.answers = vec![Answer {
        claims,
        measures: vec![Measure::plain("turnout", "T", 0.5, Unit::Share)],
        tables: vec![table],
        ..Answer::new("P210", format!("shares from {sha256}"))
    }];
    let source =
        Source { name: "x.csv".to_owned(), sha256: sha256.to_owned(), ..Source::default() };
    account.inputs = vec![Input { sources: vec![source], ..Input::default() }];
    account
}

fn circumstances() -> Circumstances {
    let reason = "rejected ballots were counted in the denominator".to_owned();
    Circumstances { reason, date: "2020-12-11".to_owned(), renamed: false }
}

fn notice(before: &Account, now: &Account) -> Result<Correction, ReadingError> {
    let [before, now] = [before, now].map(account_json);
    correct(before.as_bytes(), now.as_bytes(), &circumstances())
}

fn corrected() -> Correction {
    let before = vec![
        claim(Verdict::Inconsistent, "A has 45.8 %: outside."),
        claim(Verdict::Estimated, "The order is open between all of them."),
    ];
    let now = vec![
        claim(Verdict::Consistent, "A has 47.6 %: inside."),
        claim(Verdict::NotTested, "Something that nobody said before, at length."),
    ];
    notice(&account(0.458, "aa", before), &account(0.476, "bb", now)).unwrap()
}

#[test]
fn the_old_figure_stays_beside_the_new_one() {
    let notice = corrected();
    let [change] = notice.figures.as_slice() else { panic!("{:?}", notice.figures) };
    assert_eq!(change.path, ["answers", "P210", "tables", "summary", "A", "estimate"]);
    assert_eq!(change.before, Some(Value::Number(0.458)));
    assert_eq!(change.now, Some(Value::Number(0.476)));
    for view in [correction_html(&notice), correction_text(&notice, 100, false)] {
        for text in ["45.80\u{a0}%", "47.60\u{a0}%", "2020-12-11", "rejected ballots were counted"]
        {
            assert!(view.contains(text), "{text} is not in {view}");
        }
    }
}

#[test]
fn sentences_change_fall_away_and_come() {
    let notice = corrected();
    let ends = notice.claims.iter().map(|c| (c.before.is_some(), c.now.is_some()));
    assert_eq!(ends.collect::<Vec<_>>(), [(true, true), (true, false), (false, true)]);
    let changed = &notice.claims[0];
    assert_eq!(changed.before.as_ref().unwrap().verdict, "inconsistent");
    assert_eq!(changed.now.as_ref().unwrap().verdict, "consistent");
    assert!(notice.changes_what_is_said());
    assert!(correction_html(&notice).contains("A sentence falls away"));
}

#[test]
fn files_settings_and_version_are_told() {
    let mut now = account(0.458, "bb", Vec::new());
    now.program = "9.9.9".to_owned();
    now.settings = vec![("level of intervals".to_owned(), "90 %".to_owned())];
    let notice = notice(&account(0.458, "aa", Vec::new()), &now).unwrap();
    let files: Vec<_> = notice.files.iter().map(|f| (f.sha256.as_str(), f.before, f.now)).collect();
    assert_eq!(files, [("aa", true, false), ("bb", false, true)]);
    assert_eq!(notice.program.now, "9.9.9");
    assert_eq!(notice.settings[0].now.as_deref(), Some("90 %"));
    assert!(notice.figures.is_empty() && !notice.changes_what_is_said());
}

#[test]
fn results_of_other_tasks_and_versions_are_refused() {
    let one = account(0.458, "aa", Vec::new());
    let same = notice(&one, &one).unwrap_err();
    assert!(same.problem.contains("nothing differs"));
    let kind = Account { kind: "Audit".to_owned(), ..account(0.4, "aa", Vec::new()) };
    assert!(notice(&one, &kind).unwrap_err().problem.contains("different kinds"));
    let title = Account { title: "Elsewhere".to_owned(), ..account(0.4, "aa", Vec::new()) };
    assert!(notice(&one, &title).unwrap_err().hint.contains("--renamed"));
    let renamed = Circumstances { renamed: true, ..circumstances() };
    let [a, b] = [&one, &title].map(account_json);
    assert_eq!(correct(a.as_bytes(), b.as_bytes(), &renamed).unwrap().title.now, "Elsewhere");
    let version = Account { envelope: 2, ..account(0.4, "aa", Vec::new()) };
    assert!(notice(&one, &version).unwrap_err().problem.contains("version 2 of its schema"));
    for other in ["", "{}", "[1]", r#"{"envelope": 1, "screens": []}"#] {
        assert!(correct(a.as_bytes(), other.as_bytes(), &renamed).is_err(), "{other}");
    }
    let examination = report::json(&report::testing::examination());
    assert!(
        correct(a.as_bytes(), examination.as_bytes(), &renamed)
            .unwrap_err()
            .problem
            .contains("kinds")
    );
}

#[test]
fn examinations_are_compared_figure_by_figure() {
    let before = report::testing::examination();
    let mut now = before.clone();
    now.results[0].totals[0].total = Some(7);
    let [a, b] = [&before, &now].map(report::json);
    let notice = correct(a.as_bytes(), b.as_bytes(), &circumstances()).unwrap();
    let [change] = notice.figures.as_slice() else { panic!("{:?}", notice.figures) };
    assert_eq!(change.path.last().unwrap(), "total");
    assert_eq!(change.now, Some(Value::Number(7.0)));
}

#[test]
fn the_envelope_is_the_published_schema_and_names_stay_in_their_place() {
    let all = HOSTILE.join(" ");
    let mut now = account(0.476, &all, vec![claim(Verdict::Impossible, &all)]);
    now.command.clone_from(&all);
    let mut before = account(0.458, "aa", Vec::new());
    before.answers[0].tables[0].rows[0][0] = Cell::Text(all.clone());
    let mut notice = notice(&before, &now).unwrap();
    notice.reason.clone_from(&all);
    validate("correction-1.json", &correction_json(&notice));
    let page = correction_html(&notice);
    for tag in ["<script", "<img", "</title></style>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(!page.contains(figures::steers));
    assert!(!correction_text(&notice, 80, false).contains(figures::steers));
    let folder = tempfile::tempdir().unwrap();
    for path in correction_tables(&notice, folder.path()).unwrap() {
        let text = std::fs::read_to_string(path).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        for row in rows.records() {
            assert!(row.unwrap().iter().all(|c| !c.starts_with(['=', '+', '@', '\t'])));
        }
    }
}
