//! The answer of the conflict check.

use glassurn_model::{
    Answer, Cell, Claim, Measure, Table, Unit, Verdict,
    register::{ClaimKind, Register, ResultClaim},
};

use super::super::say::{self, some};
use super::{Conflict, METHOD, Rule};

const UNSUPPORTED: &str = "Which record is right: a conflict says that somebody must look, not who erred.";

pub(super) fn answer(register: &Register, found: &[Conflict]) -> Answer {
    let subject = format!(
        "{}, {}",
        some(register.elections.len(), "election", "elections"),
        some(register.sources.len(), "source", "sources")
    );
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = found.iter().map(claim).collect();
    if found.is_empty() {
        answer.claims.push(none());
    }
    answer.measures = measures(found);
    answer.tables = vec![conflicts(found), incomplete(register)];
    answer.notes = vec![
        "Two bases, two elections or two speakers explain most conflicts: such records are both right once each says \
         what it is of."
            .to_owned(),
    ];
    answer
}

fn claim(conflict: &Conflict) -> Claim {
    let base = format!("{}: {}", conflict.rule.title(), conflict.records.join(", "));
    say::claim(Verdict::Inconsistent, conflict.sentence.clone(), base, &[], UNSUPPORTED)
}

fn none() -> Claim {
    say::claim(
        Verdict::Consistent,
        "No rule found records that conflict.".to_owned(),
        "every record of the register".to_owned(),
        &["A conflict outside the rules, or in words that they do not know, is not found."],
        "That the records are right.",
    )
}

fn measures(found: &[Conflict]) -> Vec<Measure> {
    let kinds = Rule::ALL.iter().filter(|r| found.iter().any(|c| c.rule == **r)).count();
    vec![
        Measure::plain("conflicts", "n", found.len() as f64, Unit::None),
        Measure::plain("rules that found any", "k", kinds as f64, Unit::None),
    ]
}

fn conflicts(found: &[Conflict]) -> Table {
    let row = |c: &Conflict| {
        vec![
            Cell::from(c.rule.title()),
            say::text(c.election.as_deref().unwrap_or_default()),
            say::ids(&c.records),
            Cell::from(c.sentence.as_str()),
            Cell::from(c.rule.advice()),
        ]
    };
    let columns = ["kind", "election", "records", "what conflicts", "what to do"];
    say::table("conflicts", "Records that conflict", &columns, found.iter().map(row).collect())
}

/// Claims that do not say of what, or where: no conflict, but the beginning of one.
fn incomplete(register: &Register) -> Table {
    let lacks = |c: &ResultClaim| {
        let share = matches!(c.kind, ClaimKind::VoteShare | ClaimKind::Turnout) && c.low.is_some();
        let missing = [("of what", c.basis.is_none()), ("where", c.scope.is_none())];
        let missing: Vec<_> = missing.iter().filter(|m| m.1).map(|m| m.0).collect();
        (share && !missing.is_empty()).then(|| {
            vec![
                Cell::from(c.id.as_str()),
                Cell::from(c.election.as_str()),
                Cell::from(c.claimant.as_str()),
                say::text(&c.written),
                Cell::from(missing.join(" and ")),
            ]
        })
    };
    let rows = register.claims.iter().filter_map(lacks).collect();
    let columns = ["claim", "election", "claimant", "as it was written", "lacks"];
    say::table("incomplete", "Claims of a share that do not say of what, or where", &columns, rows)
}
