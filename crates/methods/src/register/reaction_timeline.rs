//! R195: what others did and said after an election, day by day.

use std::collections::BTreeMap;

use glassurn_model::{
    Answer, Cell, Claim, Measure, Picture, Table, Unit, Verdict,
    register::{Reaction, Register},
};

use super::{
    Method,
    say::{self, date, ids, some, text},
};

#[doc = include_str!("reaction_timeline.md")]
pub const METHOD: Method = Method {
    code: "R195",
    name: "reaction-timeline",
    title: "Timeline of reactions",
    doc: include_str!("reaction_timeline.md"),
};

/// A reaction with its distance from the vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// The reaction.
    pub reaction: &'a Reaction,
    /// Fewest and most days after the last day of voting; negative before it.
    pub days: Option<(i64, i64)>,
    /// Elections of the register that the reason given names by their year.
    pub named: Vec<&'a str>,
}

/// The reactions to one election, or to all, by date; those without one last.
pub fn events<'a>(register: &'a Register, election: Option<&str>) -> Vec<Event<'a>> {
    let of = register.reactions.iter().filter(|r| election.is_none_or(|e| r.election == e));
    let mut of: Vec<&Reaction> = of.collect();
    of.sort_by_key(|r| (r.date.is_none(), r.date, r.id.clone()));
    of.into_iter().map(|r| event(register, r)).collect()
}

fn event<'a>(register: &'a Register, reaction: &'a Reaction) -> Event<'a> {
    let of = register.election(&reaction.election);
    let end = of.and_then(|e| e.end.or(e.start));
    let days = end.zip(reaction.date).map(|(end, date)| end.days_until(date));
    let country = of.map(|e| e.country.as_str());
    let said = reaction.reason.as_deref().unwrap_or(&reaction.detail).to_lowercase();
    let names = |year: u16| said.contains("election") && said.contains(&year.to_string());
    let named = register.elections.iter().filter(|e| {
        Some(e.country.as_str()) == country && e.start.is_some_and(|d| names(d.year()))
    });
    Event { reaction, days, named: named.map(|e| e.id.as_str()).collect() }
}

/// The timeline. Refused: no reaction on record.
pub fn timeline(register: &Register, election: Option<&str>) -> Answer {
    let events = events(register, election);
    let subject =
        election.map_or_else(|| "all elections".to_owned(), |id| say::election(register, id));
    if events.is_empty() {
        return Answer::refused(METHOD.code, subject, "no reaction is on record");
    }
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(headline(&events));
    answer.measures = measures(&events);
    answer.tables = vec![table(&events), kinds(&events)];
    answer.pictures.push(picture(&events));
    answer.notes = vec![
        "A reaction that is not listed may have happened all the same; congratulations that nobody reported are unknown."
            .to_owned(),
        "Where only the month is on record, the days after the vote are the fewest and the most that it allows."
            .to_owned(),
    ];
    answer
}

/// How many of each kind, in the order of the kinds.
fn counts<'a>(events: &[Event<'a>]) -> BTreeMap<String, Vec<&'a Reaction>> {
    let mut kinds: BTreeMap<String, Vec<&Reaction>> = BTreeMap::new();
    for event in events {
        kinds.entry(event.reaction.kind.to_string()).or_default().push(event.reaction);
    }
    kinds
}

fn headline(events: &[Event<'_>]) -> Claim {
    let counted: Vec<_> = counts(events).iter().map(|(kind, of)| format!("{kind} {}", of.len())).collect();
    let headline =
        format!("{} on record: {}.", some(events.len(), "reaction", "reactions"), counted.join(", "));
    let base = "recorded reactions, each once, whoever reacted";
    let limits = ["The date is the one on record; where only a month is known the days are a range."];
    let unsupported = "That the election was good or bad, or why anybody reacted as they did.";
    say::claim(Verdict::Recorded, headline, base.to_owned(), &limits, unsupported)
}

fn measures(events: &[Event<'_>]) -> Vec<Measure> {
    let undated = events.iter().filter(|e| e.reaction.date.is_none()).count();
    vec![
        Measure::plain("reactions", "n", events.len() as f64, Unit::None),
        Measure::plain("of these, without a date", "n_0", undated as f64, Unit::None),
    ]
}

fn table(events: &[Event<'_>]) -> Table {
    let days = |e: &Event<'_>| match e.days {
        Some((a, b)) if a == b => a.to_string(),
        Some((a, b)) => format!("{a} to {b}"),
        None => String::new(),
    };
    let row = |e: &Event<'_>| {
        let r = e.reaction;
        vec![
            date(r.date),
            text(&days(e).replace('-', "−")),
            Cell::from(r.election.as_str()),
            Cell::Text(r.kind.to_string()),
            text(&r.actor),
            text(&r.detail),
            text(r.reason.as_deref().unwrap_or_default()),
            text(&e.named.join(", ")),
            ids(&r.grounds.sources),
        ]
    };
    let columns = [
        "date", "days after the vote", "election", "kind", "who", "detail", "reason given",
        "elections named in it", "sources",
    ];
    say::table("reactions", "Reactions by date", &columns, events.iter().map(row).collect())
}

fn kinds(events: &[Event<'_>]) -> Table {
    let mut of: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for e in events {
        *of.entry((e.reaction.election.as_str(), e.reaction.kind.to_string())).or_default() += 1;
    }
    let row = |((election, kind), n): ((&str, String), usize)| {
        vec![Cell::from(election), Cell::Text(kind), Cell::from(n)]
    };
    let title = "How many of each kind";
    say::table("kinds", title, &["election", "kind", "reactions"], of.into_iter().map(row).collect())
}

fn picture(events: &[Event<'_>]) -> Picture {
    let counts = counts(events);
    let observed: Vec<f64> = counts.values().map(|of| of.len() as f64).collect();
    Picture::Bars {
        title: "Reactions on record by kind".to_owned(),
        axis: "kind of reaction".to_owned(),
        labels: counts.into_keys().collect(),
        expected: Vec::new(),
        sd: Vec::new(),
        observed,
    }
}
