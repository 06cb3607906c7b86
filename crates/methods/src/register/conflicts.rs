//! R120: records that contradict each other, or seem to, each with the sentence that explains it.

mod dates;
mod figures;
mod say;
mod sources;
mod text;

use glassurn_model::{
    Answer, Cell,
    register::{Id, Register},
};

use super::{Method, anchors::Anchors};

#[doc = include_str!("conflicts.md")]
pub const METHOD: Method = Method {
    code: "R120",
    name: "conflicts",
    title: "Conflicts among records",
    doc: include_str!("conflicts.md"),
};

/// A conflict that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The rule.
    pub rule: Rule,
    /// The election, where it is of one.
    pub election: Option<Id>,
    /// The records and sources that are concerned.
    pub records: Vec<Id>,
    /// What conflicts, and why it does or only seems to.
    pub sentence: String,
}

/// The rules, in the order in which they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One result, two figures that are shares of different things, or of the same thing.
    Basis,
    /// One claimant gave a figure for one election and none for another.
    OtherElection,
    /// The same figure is claimed for two elections.
    SameNumber,
    /// Somebody is said to have said the opposite of what it said itself.
    Attribution,
    /// "None since" a year whose own election was rated acceptable.
    SinceYear,
    /// A machine's text that leans on a real paper.
    MachineText,
    /// A source that puts an event into another year.
    Misdated,
    /// Two counts of one thing.
    TwoCounts,
    /// Something dated before what it follows.
    BeforeEvent,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 9] = [
        Rule::Basis,
        Rule::OtherElection,
        Rule::SameNumber,
        Rule::Attribution,
        Rule::SinceYear,
        Rule::MachineText,
        Rule::Misdated,
        Rule::TwoCounts,
        Rule::BeforeEvent,
    ];

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Rule::Basis => "one election, two bases",
            Rule::OtherElection => "figures of different elections",
            Rule::SameNumber => "one figure, two elections",
            Rule::Attribution => "words put into another's mouth",
            Rule::SinceYear => "a year that does not belong",
            Rule::MachineText => "a machine's text with a real paper",
            Rule::Misdated => "an event in the wrong year",
            Rule::TwoCounts => "two counts of one thing",
            Rule::BeforeEvent => "dated before the event",
        }
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Rule::Basis => "print the basis with every share, and compare shares of one basis only",
            Rule::OtherElection => "name the election with every figure",
            Rule::SameNumber => "check that neither figure was copied from the other election",
            Rule::Attribution => "quote each speaker from its own statement, and keep who says apart from who is said to say",
            Rule::SinceYear => "write `since the election of that year`, or quote the condition in full",
            Rule::MachineText => "cite the paper itself after reading it, or nothing",
            Rule::Misdated => "take the date from another source, and say so beside this one",
            Rule::TwoCounts => "print both with their sources until a list decides",
            Rule::BeforeEvent => "look again at the date, or at the election it was filed under",
        }
    }
}

/// Every conflict, in the order of the rules.
pub fn find(register: &Register, anchors: &Anchors) -> Vec<Conflict> {
    let mut found = figures::bases(register);
    found.extend(figures::other_elections(register));
    found.extend(figures::same_numbers(register));
    found.extend(sources::attributions(register));
    found.extend(sources::since_years(register, anchors));
    found.extend(sources::machine_texts(register));
    found.extend(dates::misdated(register));
    found.extend(figures::two_counts(register));
    found.extend(dates::before_events(register));
    found.sort_by_key(|c| c.rule);
    found
}

/// Looks for conflicts. Refused: an empty register.
pub fn check(register: &Register, anchors: &Anchors) -> Answer {
    if register.elections.is_empty() && register.sources.is_empty() {
        return Answer::refused(METHOD.code, "no records", "the register is empty");
    }
    say::answer(register, &find(register, anchors))
}

/// The conflicts that concern one election: filed under it, or with one of its records in them.
pub fn of_election(register: &Register, anchors: &Anchors, election: &str) -> Answer {
    let records = register.records_of(election);
    let of = |record: &Id| records.contains(record.as_str());
    let concerns = |c: &Conflict| c.election.as_deref() == Some(election) || c.records.iter().any(of);
    let found: Vec<_> = find(register, anchors).into_iter().filter(concerns).collect();
    let mut answer = say::answer(register, &found);
    answer.subject = election.to_owned();
    // A claim that lacks something is of interest here only if it is this election's, or in a conflict of it.
    let named = |record: &str| of(&record.to_owned()) || found.iter().any(|c| c.records.iter().any(|r| r == record));
    for table in answer.tables.iter_mut().filter(|t| t.name == "incomplete") {
        table.rows.retain(|row| matches!(row.first(), Some(Cell::Text(record)) if named(record)));
    }
    answer
}
