//! FollowTheMoney: entities of its own schemata, one a line of JSON.
//!
//! Nothing in that model judges an election, so a conclusion, a claim, a statement and an invitation are
//! links between who speaks and what is spoken of, with the words in them. Whoever is known only by name is
//! a `LegalEntity` of that one record: no two become one here.

mod entity;
mod events;
mod links;
mod parties;

use glassurn_model::register::Register;

use super::Exchanged;
use entity::Entity;
use parties::Parties;

/// Entities, one a line.
pub(super) fn write(register: &Register) -> Exchanged {
    let mut graph =
        Graph { register, parties: Parties::new(register), records: Vec::new(), lost: 0 };
    graph.events();
    graph.missions();
    graph.links();
    let lost = graph.lost;
    let mut all = parties::articles(register);
    all.extend(graph.parties.into_entities());
    all.extend(graph.records);
    let lines: Vec<String> = all.iter().map(Entity::line).collect();
    Exchanged { text: lines.concat(), written: lines.len(), left_out: left_out(register, lost) }
}

/// What is being made.
struct Graph<'r> {
    register: &'r Register,
    parties: Parties<'r>,
    records: Vec<Entity>,
    /// Records that refer to something outside the snapshot.
    lost: usize,
}

/// What the model has no place for.
fn left_out(register: &Register, lost: usize) -> Vec<String> {
    let papers = register.captures.len() + register.citations.len() + register.assessments.len();
    let memory = register.sources.iter().filter(|s| !s.is_evidence()).count();
    let all = [
        (papers, "captures, citations and assessments: FollowTheMoney has no place for them"),
        (memory, "sources that are somebody's memory: they are no document"),
        (lost, "records that refer to something that is not exported"),
    ];
    all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
}
