//! R190: how well is one statement of the register supported, by independent lineages of sources?

mod figures;
mod lineage;
mod say;

pub use figures::{Grade, Graded, Statement, figures};
pub use lineage::{Lineage, Weight};

use glassurn_model::{Answer, register::Register};

use super::Method;

#[doc = include_str!("evidence_grade.md")]
pub const METHOD: Method = Method {
    code: "R190",
    name: "evidence-grade",
    title: "Grade of evidence",
    doc: include_str!("evidence_grade.md"),
};

/// Grades one record, or all. Refused: a record that is not there or makes no statement.
pub fn grade(register: &Register, record: Option<&str>) -> Answer {
    let graded = figures(register, record);
    let subject = record.map_or_else(|| "every record".to_owned(), str::to_owned);
    if graded.is_empty() {
        let why = "no such claim, mission, invitation, verdict or reaction is on record";
        return Answer::refused(METHOD.code, subject, why);
    }
    say::answer(subject, &graded)
}

/// Grades every record of one election. Refused: none that makes a statement.
pub fn of_election(register: &Register, election: &str) -> Answer {
    let records = register.records_of(election);
    let mut graded = figures(register, None);
    graded.retain(|g| records.contains(g.statement.record.as_str()));
    if graded.is_empty() {
        return Answer::refused(METHOD.code, election, "no record of it makes a statement");
    }
    let mut answer = say::answer(election.to_owned(), &graded);
    // The count of grades stands first, whatever the number of statements.
    answer.claims = vec![say::all(&graded)];
    answer.claims.extend(say::announcements(register, &graded));
    answer
}
