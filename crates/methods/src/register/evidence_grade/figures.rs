//! Statements of the register with their grades.

use glassurn_model::register::{Id, Matter, Register, ResultClaim, Stance};

use super::lineage::{Lineage, Weight, lineages};
use super::super::{observers, say};

/// How well a statement is supported, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Two lineages or more, one of them original, none credible against.
    Established,
    /// One original, or two secondary.
    WellSupported,
    /// One secondary.
    Reported,
    /// An interested party only.
    Claimed,
    /// Credible lineages on both sides.
    Contested,
    /// Nothing that counts.
    Unsupported,
}

impl Grade {
    /// Every grade.
    pub const ALL: [Grade; 6] = [
        Grade::Established,
        Grade::WellSupported,
        Grade::Reported,
        Grade::Claimed,
        Grade::Contested,
        Grade::Unsupported,
    ];

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Grade::Established => "established",
            Grade::WellSupported => "well supported",
            Grade::Reported => "reported",
            Grade::Claimed => "claimed",
            Grade::Contested => "contested",
            Grade::Unsupported => "unsupported",
        }
    }

    /// The rule that gave it.
    pub fn rule(self) -> &'static str {
        match self {
            Grade::Established => "two lineages or more, at least one original, none credible against",
            Grade::WellSupported => "one original lineage, or two secondary ones",
            Grade::Reported => "one secondary lineage",
            Grade::Claimed => "an interested party alone",
            Grade::Contested => "credible lineages on both sides",
            Grade::Unsupported => "no lineage that counts",
        }
    }

    /// What would raise it.
    pub fn raise(self) -> &'static str {
        match self {
            Grade::Established => "nothing more is needed; keep copies of the sources",
            Grade::WellSupported => "a second, independent lineage beside an original document",
            Grade::Reported => "the original document, or a second independent report",
            Grade::Claimed => "a report or document by somebody without an interest in it",
            Grade::Contested => "the original document that decides between the sides",
            Grade::Unsupported => "a dated source of known reliability, written by a person",
        }
    }

    /// The number for exchange with other programs; `None` where none is defined.
    pub fn exchange(self) -> Option<u8> {
        match self {
            Grade::Established => Some(90),
            Grade::WellSupported => Some(75),
            Grade::Reported => Some(50),
            Grade::Claimed => Some(30),
            Grade::Contested => None,
            Grade::Unsupported => Some(0),
        }
    }
}

/// What a record states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The record.
    pub record: Id,
    /// In words.
    pub words: String,
    /// What kind of thing a source is asked for.
    pub matter: Matter,
    /// Who would know best, by the names that a publisher may have.
    pub actors: Vec<String>,
    /// The record's sources.
    pub sources: Vec<Id>,
}

/// A statement with its grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The statement.
    pub statement: Statement,
    /// Its lineages, best first.
    pub lineages: Vec<Lineage>,
    /// Lineages that contradict it.
    pub against: Vec<Lineage>,
    /// The grade.
    pub grade: Grade,
}

/// Every statement of a record, or of all, graded.
pub fn figures(register: &Register, record: Option<&str>) -> Vec<Graded> {
    let wanted = |s: &Statement| record.is_none_or(|r| s.record == r);
    statements(register).into_iter().filter(wanted).map(|s| graded(register, s)).collect()
}

fn statements(register: &Register) -> Vec<Statement> {
    let new = |record: &Id, words: String, matter: Matter, actors: Vec<String>, sources: &[Id]| Statement {
        record: record.clone(),
        words,
        matter,
        actors,
        sources: sources.to_vec(),
    };
    let mut found = Vec::new();
    for c in &register.claims {
        let actors = vec![c.claimant.clone()];
        let what = claimed(c);
        let words = format!("{} claimed {what}", c.claimant);
        found.push(new(&c.id, words, Matter::OwnWords, actors.clone(), &c.grounds.sources));
        // Whoever prints a claimant's figure repeats the claimant: one lineage, and an interested one.
        let words = format!("it is so, as {} claimed: {what}", c.claimant);
        found.push(new(&c.id, words, Matter::Figures, actors, &c.grounds.sources));
    }
    for m in register.missions.iter() {
        let seen = if m.attended() { "observed" } else { "did not observe" };
        let words = format!("{} {seen} {}", m.observer, m.election);
        found.push(new(&m.id, words, Matter::OwnAct, vec![observers::of_mission(register, m).name], &m.grounds.sources));
    }
    for i in &register.invitations {
        let invitees: Vec<&str> = i.invitees.iter().map(|i| say::party(i)).collect();
        let words = format!("{} to {}: {} to {}", say::party(&i.host), invitees.join(", "), i.status, i.election);
        found.push(new(&i.id, words, Matter::OwnAct, Vec::new(), &i.grounds.sources));
    }
    for v in register.verdicts.iter().filter(|v| v.scale.is_some()) {
        let house = observers::of_verdict(register, v).name;
        let words = format!("{house} concluded so of {}", v.election);
        found.push(new(&v.id, words, Matter::OwnWords, vec![house], &v.grounds.sources));
    }
    for r in &register.reactions {
        let words = format!("{}: {} ({})", r.actor, r.kind, r.election);
        found.push(new(&r.id, words, Matter::OwnAct, vec![r.actor.clone()], &r.grounds.sources));
    }
    found
}

/// What a claim says, in words.
fn claimed(claim: &ResultClaim) -> String {
    let of = if claim.about.is_empty() { String::new() } else { format!(" for {}", claim.about) };
    match say::figures(claim) {
        figures if figures.is_empty() => format!("{}{of} ({})", claim.kind, claim.election),
        figures => format!("{figures}{of} ({})", claim.election),
    }
}

fn graded(register: &Register, statement: Statement) -> Graded {
    let cited = |stance: Stance| {
        let of = register.citations.iter().filter(|c| c.fact == statement.record && c.stance == stance);
        of.map(|c| c.source.clone()).collect::<Vec<Id>>()
    };
    let against = cited(Stance::Contradicts);
    let mut sources: Vec<Id> = statement.sources.iter().cloned().chain(cited(Stance::Supports)).collect();
    sources.retain(|s| !against.contains(s));
    let weigh = |sources: &[Id]| lineages(register, sources, &statement.matter, &statement.actors);
    let (mut lineages, against) = (weigh(&sources), weigh(&against));
    if statement.matter == Matter::Figures {
        lineages = one_claimant(&statement, lineages);
    }
    let grade = grade(&lineages, &against);
    Graded { statement, lineages, against, grade }
}

/// A figure that many print and one announced.
fn one_claimant(statement: &Statement, lineages: Vec<Lineage>) -> Vec<Lineage> {
    let sources: Vec<Id> = lineages.iter().flat_map(|l| l.sources.clone()).collect();
    let name = format!("announced by {}", statement.actors.join(", "));
    // A lead is no more than that, whoever announced.
    let weight = lineages.iter().map(|l| l.weight).min().map(|w| w.max(Weight::Interested));
    weight.map(|weight| Lineage { name, sources, weight }).into_iter().collect()
}

/// The grade by the plain rules.
fn grade(lineages: &[Lineage], against: &[Lineage]) -> Grade {
    let count = |of: &[Lineage], weight: Weight| of.iter().filter(|l| l.weight == weight).count();
    let (original, secondary) = (count(lineages, Weight::Original), count(lineages, Weight::Secondary));
    let credible_against = count(against, Weight::Original) + count(against, Weight::Secondary);
    match (original, secondary) {
        (0, 0) if count(lineages, Weight::Interested) > 0 => Grade::Claimed,
        (0, 0) => Grade::Unsupported,
        _ if credible_against > 0 => Grade::Contested,
        (o, s) if o > 0 && o + s > 1 => Grade::Established,
        (o, s) if o > 0 || s > 1 => Grade::WellSupported,
        _ => Grade::Reported,
    }
}
