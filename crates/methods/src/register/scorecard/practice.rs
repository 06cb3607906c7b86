//! P1 to P15: how a mission worked, from what is on record. What is not known stays unknown.

use glassurn_model::register::{
    Answer, AssessmentItem, InvitationStatus, Mission, PartialDate, ReactionKind, Register, Standard,
    Subject, Verdict,
};

use super::SCHEME;
use super::super::observers::{self, Group};

/// The questions.
pub const PRACTICE: [(&str, &str); 15] = [
    ("P1", "endorses the principles of observation"),
    ("P2", "invited in time"),
    ("P3", "no hospitality of the host; funding disclosed"),
    ("P4", "no conflict of interest"),
    ("P5", "mandate, composition and duration announced"),
    ("P6", "long-term presence"),
    ("P7", "size and choice of stations"),
    ("P8", "access to count, tabulation and all actors"),
    ("P9", "judged by international standards"),
    ("P10", "findings in figures"),
    ("P11", "preliminary statement after the polls, final report"),
    ("P12", "nothing evaluative before polls close"),
    ("P13", "limits of scope stated"),
    ("P14", "says that presence does not legitimise"),
    ("P15", "contact with opposition and citizen observers"),
];

/// An answer with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The question: `P2`.
    pub item: &'static str,
    /// The answer.
    pub answer: Answer,
    /// What it rests on.
    pub evidence: Vec<String>,
    /// Why, in words; empty where it is unknown.
    pub note: String,
}

type Found = Option<(Answer, Vec<String>, String)>;

/// Every question answered for a mission: by a person where one has, else by what is on record.
pub fn practice(register: &Register, mission: &Mission) -> Vec<Item> {
    let verdicts: Vec<&Verdict> =
        register.verdicts.iter().filter(|v| v.mission.as_ref() == Some(&mission.id)).collect();
    let item = |(item, _): (&'static str, &str)| {
        let found = judged(register, mission, item).or_else(|| derived(register, mission, &verdicts, item));
        let (answer, evidence, note) = found.unwrap_or((Answer::Unknown, Vec::new(), String::new()));
        Item { item, answer, evidence, note }
    };
    PRACTICE.into_iter().map(item).collect()
}

/// A person's answer, the last recorded; for the mission, else for its organisation.
fn judged(register: &Register, mission: &Mission, item: &str) -> Found {
    let about = |subject: &Subject| match subject {
        Subject::Mission(id) | Subject::Record(id) => *id == mission.id,
        Subject::Organisation(id) => mission.organisations.contains(id),
        Subject::Election(_) => false,
    };
    let of = register.assessments.iter().filter(|a| a.scheme == SCHEME && about(&a.subject));
    let mut answers = of.flat_map(|a| &a.items).filter(|i| i.item == item);
    answers.next_back().map(|i: &AssessmentItem| (i.answer, i.evidence.clone(), i.note.clone()))
}

fn derived(register: &Register, mission: &Mission, verdicts: &[&Verdict], item: &str) -> Found {
    match item {
        "P1" => principles(register, mission),
        "P2" => notice(register, mission),
        "P3" => hospitality(mission),
        "P4" => interests(register, mission),
        "P6" => presence(register, mission),
        "P7" => mission.stations_visited.as_ref().map(|s| {
            let note = format!("{} stations visited; how they were chosen is not on record", s.written);
            (Answer::Partly, sources(mission), note)
        }),
        "P9" => standard(verdicts),
        "P11" => reports(register, mission, verdicts),
        "P12" => prejudgement(register, mission, verdicts),
        _ => None,
    }
}

fn sources(mission: &Mission) -> Vec<String> {
    mission.grounds.sources.clone()
}

fn principles(register: &Register, mission: &Mission) -> Found {
    let house = observers::of_mission(register, mission);
    let endorsed = mission.organisations.iter().filter_map(|id| register.organisation(id));
    let recorded = endorsed.into_iter().find(|o| !o.endorsed.is_empty());
    match recorded {
        Some(o) => Some((Answer::Yes, o.grounds.sources.clone(), "an endorsement is on record".to_owned())),
        // Of citizens it is not known which group endorsed what.
        None if house.group == Group::Credible && house.id != "citizen groups" => {
            Some((Answer::Yes, Vec::new(), format!("{} is on the list of endorsers of 1 March 2016", house.name)))
        }
        None => None,
    }
}

/// The days of notice, by this mission's own invitation.
fn notice(register: &Register, mission: &Mission) -> Found {
    let house = observers::of_mission(register, mission);
    let start = register.election(&mission.election)?.start?;
    let own = register.invitations.iter().filter(|i| {
        i.election == mission.election
            && i.status != InvitationStatus::Attended
            && i.invitees.iter().any(|code| observers::of_code(register, code).id == house.id)
    });
    let dated = own.filter_map(|i| i.date.map(|d| (i, d))).min_by_key(|(_, d)| *d)?;
    let (fewest, most) = dated.1.days_until(start);
    let answer = match () {
        () if fewest >= 60 => Answer::Yes,
        () if most < 30 => Answer::No,
        () => Answer::Partly,
    };
    let days = if fewest == most { format!("{most}") } else { format!("{fewest} to {most}") };
    Some((answer, vec![dated.0.id.clone()], format!("{days} days before the vote")))
}

fn hospitality(mission: &Mission) -> Found {
    match (&mission.host_hospitality, &mission.funding) {
        (Some(host), _) => Some((Answer::No, sources(mission), format!("host: {host}"))),
        (None, Some(funding)) => Some((Answer::Partly, sources(mission), format!("funding: {funding}"))),
        (None, None) => None,
    }
}

/// A sanction on record that names a member of the mission.
fn interests(register: &Register, mission: &Mission) -> Found {
    let house = observers::of_mission(register, mission);
    let named = register.reactions.iter().find(|r| {
        let said = format!("{} {}", r.detail, r.reason.as_deref().unwrap_or_default());
        r.kind == ReactionKind::Sanction
            && r.election == mission.election
            && said.contains("observ")
            && observers::named_in(&said).contains(&house)
    })?;
    Some((Answer::No, vec![named.id.clone()], "a sanction on record names a member of the mission".to_owned()))
}

fn presence(register: &Register, mission: &Mission) -> Found {
    let start = register.election(&mission.election)?.start?;
    let days = mission.first_day.map(|d| d.days_until(start));
    let long = mission.long_term.as_ref();
    let answer = match (days, long) {
        (Some((fewest, _)), Some(l)) if fewest >= 28 && l.number > 0 => Answer::Yes,
        (Some((fewest, _)), _) if fewest >= 28 => Answer::Partly,
        (_, Some(l)) if l.number > 0 => Answer::Partly,
        (Some((_, most)), _) if most <= 7 => Answer::No,
        _ => return None,
    };
    let arrived = days.map_or_else(String::new, |(fewest, _)| format!("arrived {fewest} days before; "));
    let stayed = long.map_or("long-term observers not on record", |l| &l.written);
    Some((answer, sources(mission), format!("{arrived}long-term: {stayed}")))
}

fn standard(verdicts: &[&Verdict]) -> Found {
    let of = |v: &&Verdict| match v.standard {
        Some(Standard::International | Standard::Both) => Some((Answer::Yes, "international standards")),
        Some(Standard::NationalLaw) => Some((Answer::No, "national law alone")),
        Some(Standard::Unnamed) => Some((Answer::No, "no standard named")),
        _ => None,
    };
    verdicts.iter().find_map(|v| of(v).map(|(a, note)| (a, vec![v.id.clone()], note.to_owned())))
}

fn reports(register: &Register, mission: &Mission, verdicts: &[&Verdict]) -> Found {
    // What was said while people voted is no statement on the voting.
    let stage = |word: &str| {
        verdicts.iter().find(|v| v.stage.contains(word) && !early(register, mission, v.date))
    };
    match (stage("preliminary"), stage("final")) {
        (Some(a), Some(b)) => Some((Answer::Yes, vec![a.id.clone(), b.id.clone()], "both on record".to_owned())),
        (Some(v), None) | (None, Some(v)) => {
            Some((Answer::Partly, vec![v.id.clone()], format!("on record: {}", v.stage)))
        }
        (None, None) => None,
    }
}

/// Whether a date certainly lies before the last day of voting.
fn early(register: &Register, mission: &Mission, date: Option<PartialDate>) -> bool {
    let end = register.election(&mission.election).and_then(|e| e.end.or(e.start));
    date.zip(end).is_some_and(|(d, end)| d.certainly_before(end) == Some(true))
}

/// Praise or verdict before the polls closed. That none is on record does not show that there was none.
fn prejudgement(register: &Register, mission: &Mission, verdicts: &[&Verdict]) -> Found {
    let verdict = verdicts.iter().find(|v| v.scale.is_some() && early(register, mission, v.date));
    let said = register.statements.iter().find(|s| {
        s.about == Some(Subject::Mission(mission.id.clone())) && s.before_polls_close == Some(true)
    });
    let record = verdict.map(|v| v.id.clone()).or_else(|| said.map(|s| s.id.clone()))?;
    Some((Answer::No, vec![record], "said before the polls closed".to_owned()))
}
