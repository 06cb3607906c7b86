//! Popolo: persons, organizations, memberships, areas and events in one document.
//!
//! Conclusions of observers are left out: Popolo could write them as votes, and votes are there to be
//! counted, which the conclusions of observers who chose where to go must not be.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::{
    Election, Grounds, Mission, Organisation, PartialDate, Reaction, Register, state_name,
};
use serde_json::{Map, Value, json};

use super::{
    Exchanged,
    words::{self, address, name},
};

/// The document.
pub(super) fn write(register: &Register) -> Exchanged {
    let missions: Vec<&Mission> = present(register).collect();
    let states: BTreeSet<&str> = missions.iter().filter_map(|m| sender(m)).collect();
    let mut organizations: Vec<Value> =
        register.organisations.iter().map(|o| organization(register, o)).collect();
    organizations.extend(states.iter().map(|code| state(code)));
    organizations.extend(missions.iter().map(|m| mission(register, m)));
    let mut events: Vec<Value> = register.elections.iter().map(|e| election(register, e)).collect();
    let of_known = |r: &&Reaction| register.election(&r.election).is_some();
    events.extend(register.reactions.iter().filter(of_known).map(|r| reaction(register, r)));
    let parts = [
        ("persons", missions.iter().filter_map(|m| head(register, m)).collect()),
        ("organizations", organizations),
        ("memberships", missions.iter().flat_map(|m| memberships(register, m)).collect()),
        ("areas", areas(register, &states)),
        ("events", events),
    ];
    let written = parts.iter().map(|(_, all): &(_, Vec<Value>)| all.len()).sum();
    let document: BTreeMap<_, _> = parts.into_iter().collect();
    Exchanged { text: format!("{:#}\n", json!(document)), written, left_out: left_out(register) }
}

/// Missions that were there, to elections in the snapshot.
fn present(register: &Register) -> impl Iterator<Item = &Mission> {
    register.missions.iter().filter(|m| m.attended() && register.election(&m.election).is_some())
}

/// The state that sent a mission, where no organisation of the snapshot did.
fn sender(m: &Mission) -> Option<&str> {
    m.sender.as_deref().filter(|code| m.organisations.is_empty() && state_name(code).is_some())
}

/// A record without the fields of which nothing is known.
fn record(fields: Value) -> Value {
    let Value::Object(fields) = fields else { return fields };
    let blank = |v: &Value| match v {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    };
    Value::Object(fields.into_iter().filter(|(_, v)| !blank(v)).collect::<Map<_, _>>())
}

fn sources(register: &Register, grounds: &Grounds) -> Value {
    let link = |s: &glassurn_model::register::Source| {
        let url = address(s.url.as_deref()?)?;
        Some(json!({ "url": url, "note": format!("{}, {}", s.publisher, s.title) }))
    };
    words::sources(register, grounds).filter_map(link).collect()
}

fn day(date: Option<PartialDate>) -> Value {
    date.map_or(Value::Null, |d| json!(d.to_string()))
}

fn caution(register: &Register, grounds: &Grounds) -> String {
    words::caution(register, grounds).join(" ")
}

fn organization(register: &Register, o: &Organisation) -> Value {
    let (first, others) =
        o.names.split_first().map_or((o.id.as_str(), &[][..]), |(f, all)| (f.text.as_str(), all));
    let other = |n: &glassurn_model::register::Name| {
        let tag = [n.lang.as_str(), n.script.as_str()].into_iter().filter(|t| !t.is_empty());
        record(json!({ "name": n.text, "note": tag.collect::<Vec<_>>().join("-") }))
    };
    let aliases = o.aliases.iter().map(|a| json!({ "name": a }));
    record(json!({
        "id": name("organisation", &o.id),
        "name": first,
        "other_names": others.iter().map(other).chain(aliases).collect::<Vec<_>>(),
        "classification": o.kind.as_ref().map(ToString::to_string),
        "parent_id": o.parent.as_ref().filter(|p| register.organisation(p).is_some()).map(|p| name("organisation", p)),
        "area_id": o.country.as_ref().map(|c| name("area", c)),
        "description": caution(register, &o.grounds),
        "sources": sources(register, &o.grounds),
    }))
}

fn state(code: &str) -> Value {
    json!({
        "id": name("state", code), "name": state_name(code), "classification": "state",
        "area_id": name("area", code),
    })
}

/// A mission is an organization of a few weeks.
fn mission(register: &Register, m: &Mission) -> Value {
    record(json!({
        "id": name("mission", &m.id),
        "name": format!("Observation of {} by {}", m.election, m.observer),
        "classification": "observer mission",
        "identifiers": [{ "scheme": "register", "identifier": m.id }],
        "description": format!("{} {}", m.form, caution(register, &m.grounds)),
        "sources": sources(register, &m.grounds),
    }))
}

/// The head of a mission, by this office: a person of this record alone.
fn head(register: &Register, m: &Mission) -> Option<Value> {
    let summary = format!("head of the observer mission {}: {}", m.id, m.observer);
    Some(record(json!({
        "id": name("head-of", &m.id),
        "name": m.head.as_ref()?,
        "summary": summary,
        "sources": sources(register, &m.grounds),
    })))
}

/// Who takes part in a mission, and who leads it.
fn memberships(register: &Register, m: &Mission) -> Vec<Value> {
    let known = m.organisations.iter().filter_map(|id| register.organisation(id));
    let organisations = known.map(|o| {
        (name("organisation", &o.id), o.names.first().map_or(o.id.clone(), |n| n.text.clone()))
    });
    let states =
        sender(m).map(|code| (name("state", code), state_name(code).unwrap_or(code).to_owned()));
    let of = |role: &str, n: usize| {
        json!({
            "id": name("membership", &format!("{}.{role}.{n}", m.id)),
            "organization_id": name("mission", &m.id),
            "role": role,
            "start_date": day(m.first_day),
            "end_date": day(m.last_day),
            "sources": sources(register, &m.grounds),
        })
    };
    let observer = |(n, (id, title)): (usize, (String, String))| {
        let mut one = of("observer", n);
        one["member"] = json!({ "id": id, "name": title });
        record(one)
    };
    let mut all: Vec<Value> = organisations.chain(states).enumerate().map(observer).collect();
    if m.head.is_some() {
        let mut one = of("head of mission", 0);
        one["person_id"] = json!(name("head-of", &m.id));
        all.push(record(one));
    }
    all
}

/// The countries that anything exported lies in.
fn areas(register: &Register, states: &BTreeSet<&str>) -> Vec<Value> {
    let elections = register.elections.iter().map(|e| e.country.as_str());
    let organisations = register.organisations.iter().filter_map(|o| o.country.as_deref());
    let codes: BTreeSet<&str> =
        elections.chain(organisations).chain(states.iter().copied()).collect();
    let area = |code: &str| {
        json!({
            "id": name("area", code), "name": state_name(code).unwrap_or(code), "identifier": code,
            "classification": "country",
        })
    };
    codes.into_iter().map(area).collect()
}

fn election(register: &Register, e: &Election) -> Value {
    let item = e.wikidata.iter().map(|q| json!({ "scheme": "wikidata", "identifier": q }));
    let own = [json!({ "scheme": "register", "identifier": e.id })];
    record(json!({
        "id": name("election", &e.id),
        "name": e.name,
        "classification": e.kind.as_ref().map(|k| format!("{k} election")),
        "start_date": day(e.start),
        "end_date": day(e.end),
        "location": state_name(&e.country).unwrap_or(&e.country),
        "identifiers": own.into_iter().chain(item).collect::<Vec<_>>(),
        "description": caution(register, &e.grounds),
        "sources": sources(register, &e.grounds),
    }))
}

fn reaction(register: &Register, r: &Reaction) -> Value {
    let details = [Some(&r.detail), r.target.as_ref(), r.legal_act.as_ref(), r.reason.as_ref()];
    let details: Vec<&str> =
        details.into_iter().flatten().map(String::as_str).filter(|t| !t.is_empty()).collect();
    record(json!({
        "id": name("reaction", &r.id),
        "name": format!("{}: {}", r.kind, r.actor),
        "classification": r.kind.to_string(),
        "start_date": day(r.date),
        "parent_id": name("election", &r.election),
        "description": format!("{} {}", details.join("; "), caution(register, &r.grounds)),
        "sources": sources(register, &r.grounds),
    }))
}

/// What Popolo has no place for, or what would be misread in it.
fn left_out(register: &Register) -> Vec<String> {
    let absent = register.missions.iter().filter(|m| !m.attended()).count();
    let verdicts = register.all_verdicts().count();
    let others = register.claims.len() + register.statements.len() + register.invitations.len();
    let papers = register.captures.len() + register.citations.len() + register.assessments.len();
    let all = [
        (verdicts, "conclusions of observers: as votes they would invite counting"),
        (absent, "absences of observers: nothing took place"),
        (others, "claims, statements and invitations: Popolo has no place for them"),
        (papers, "captures, citations and assessments: Popolo has no place for them"),
    ];
    all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
}
