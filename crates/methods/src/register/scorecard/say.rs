//! The answer of the scorecard: two tables that are never added up.

use glassurn_model::{
    Answer, Cell, Claim, Measure, Table, Unit, Verdict,
    register::{self, Mission, Register, Subject},
};

use super::super::{
    observers,
    say::{self, fixed, some},
};
use super::{Behaviour, Item, METHOD, PRACTICE, SCHEME, practice};

const UNSUPPORTED: &str = "That a mission was good or bad: items are published, not a grade, and how a mission worked \
    and how its organisation judges are two things.";

pub(super) fn answer(register: &Register, missions: &[&Mission], behaviour: &[Behaviour]) -> Answer {
    let cards: Vec<(&Mission, Vec<Item>)> =
        missions.iter().map(|m| (*m, practice(register, m))).collect();
    let mut answer = Answer::new(METHOD.code, some(missions.len(), "mission", "missions"));
    answer.claims = vec![headline(&cards)];
    answer.measures = measures(&cards);
    answer.tables = vec![practices(register, &cards), behaviours(behaviour), items(&cards)];
    answer.notes = vec![
        "Unknown is unknown: it is shown as ? and never counted as no.".to_owned(),
        "The two tables are two axes. A label that mixes them would find lenient observers lenient by definition.".to_owned(),
        "Items are answered from what is on record; a person's answer (`register judge`) goes before.".to_owned(),
    ];
    answer
}

fn count(cards: &[(&Mission, Vec<Item>)], of: register::Answer) -> usize {
    cards.iter().flat_map(|c| &c.1).filter(|i| i.answer == of).count()
}

fn headline(cards: &[(&Mission, Vec<Item>)]) -> Claim {
    let n = |of| count(cards, of);
    let headline = format!(
        "Of {} on {}: yes {}, partly {}, no {}, unknown {}.",
        some(cards.len() * PRACTICE.len(), "answer", "answers"),
        some(cards.len(), "mission", "missions"),
        n(register::Answer::Yes),
        n(register::Answer::Partly),
        n(register::Answer::No),
        n(register::Answer::Unknown)
    );
    let base = "fifteen questions for each mission that attended".to_owned();
    let limits = ["What is not on record is unknown, not absent."];
    say::claim(Verdict::Recorded, headline, base, &limits, UNSUPPORTED)
}

fn measures(cards: &[(&Mission, Vec<Item>)]) -> Vec<Measure> {
    const SYMBOLS: [&str; 4] = ["yes", "partly", "no", "?"];
    let one = |(answer, symbol): (register::Answer, &'static str)| {
        let name = format!("items answered {}", answer.key());
        Measure::plain(name, symbol, count(cards, answer) as f64, Unit::None)
    };
    register::Answer::ALL.into_iter().zip(SYMBOLS).map(one).collect()
}

fn mark(answer: register::Answer) -> &'static str {
    match answer {
        register::Answer::Unknown => "?",
        known => known.key(),
    }
}

/// What the assessed answered.
fn reply(register: &Register, mission: &Mission) -> String {
    let about = |subject: &Subject| match subject {
        Subject::Mission(id) | Subject::Record(id) => *id == mission.id,
        Subject::Organisation(id) => mission.organisations.contains(id),
        Subject::Election(_) => false,
    };
    let of = register.assessments.iter().filter(|a| a.scheme == SCHEME && about(&a.subject));
    of.filter_map(|a| a.reply.clone()).next_back().unwrap_or_else(|| "none on record".to_owned())
}

fn practices(register: &Register, cards: &[(&Mission, Vec<Item>)]) -> Table {
    let row = |(mission, items): &(&Mission, Vec<Item>)| {
        let known = items.iter().filter(|i| i.answer != register::Answer::Unknown).count();
        let first = [
            Cell::from(mission.id.as_str()),
            Cell::from(observers::of_mission(register, mission).name),
            Cell::from(mission.election.as_str()),
        ];
        let last = [Cell::from(known), Cell::Text(reply(register, mission))];
        first.into_iter().chain(items.iter().map(|i| Cell::from(mark(i.answer)))).chain(last).collect()
    };
    let columns = ["mission", "observer", "election"].into_iter();
    let columns = columns.chain(PRACTICE.iter().map(|p| p.0)).chain(["known", "reply of the organisation"]);
    let columns: Vec<&str> = columns.collect();
    say::table("practice", "How missions worked (? is unknown)", &columns, cards.iter().map(row).collect())
}

fn behaviours(behaviour: &[Behaviour]) -> Table {
    let row = |b: &Behaviour| {
        let [negative, opposed] = b.negative;
        let leniency = b.leniency.map(|(value, [low, high])| {
            format!("{} ({} to {})", fixed(value, 1), fixed(low, 1), fixed(high, 1))
        });
        vec![
            Cell::from(b.house.name.as_str()),
            Cell::from(b.house.group.title()),
            Cell::from(b.verdicts),
            Cell::from(mark(b.critical)),
            Cell::Text(format!("{negative}, {opposed} of them where the opposition won")),
            b.gap.map_or(Cell::from("?"), |(gap, n)| {
                Cell::Text(format!("{} on {}", fixed(gap, 1), some(n, "election", "elections")))
            }),
            leniency.map_or(Cell::from("too few verdicts"), Cell::Text),
        ]
    };
    let columns = [
        "observer", "group", "verdicts", "B1 ever critical", "negative verdicts", "B2 gap to credible observers",
        "B3 leniency",
    ];
    say::table("behaviour", "How organisations judge", &columns, behaviour.iter().map(row).collect())
}

/// Every known item with what it rests on, and the questions.
fn items(cards: &[(&Mission, Vec<Item>)]) -> Table {
    let mut rows = Vec::new();
    for (mission, items) in cards {
        for (item, (_, question)) in items.iter().zip(PRACTICE) {
            if item.answer != register::Answer::Unknown {
                rows.push(vec![
                    Cell::from(mission.id.as_str()),
                    Cell::from(item.item),
                    Cell::from(question),
                    Cell::from(item.answer.key()),
                    say::text(&item.note),
                    say::text(&item.evidence.join(", ")),
                ]);
            }
        }
    }
    let columns = ["mission", "item", "question", "answer", "why", "evidence"];
    say::table("items", "Items that are known, with what they rest on", &columns, rows)
}
