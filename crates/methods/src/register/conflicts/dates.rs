//! Rules on dates.

use glassurn_model::register::{PartialDate, ReactionKind, Register, Source, Stance};

use super::{
    Conflict, Rule,
    text::{says, years},
};

const MISPLACES: &[&str] = &["attributes", "places", "dates", "misdates", "puts"];

/// A source that, as its compiler noted or a citation shows, puts an event into the year of another election.
pub(super) fn misdated(register: &Register) -> Vec<Conflict> {
    let held = |year: &u16| register.elections.iter().any(|e| e.start.is_some_and(|d| d.year() == *year));
    let two_years = |s: &&Source| {
        let mut of: Vec<u16> = years(&s.note).into_iter().filter(held).collect();
        of.sort_unstable();
        of.dedup();
        of.len() > 1 && says(&s.note, MISPLACES)
    };
    let noted = register.sources.iter().filter(two_years).map(|s| Conflict {
        rule: Rule::Misdated,
        election: None,
        records: vec![s.id.clone()],
        sentence: format!("{} is no source for when it happened: {}.", s.id, s.note.trim_end_matches('.')),
    });
    let against = register.citations.iter().filter(|c| {
        c.stance == Stance::Contradicts && c.field.as_deref().is_some_and(|f| says(&f.replace('_', " "), &["date", "day", "start", "end"]))
    });
    let cited = against.map(|c| Conflict {
        rule: Rule::Misdated,
        election: None,
        records: vec![c.fact.clone(), c.source.clone(), c.id.clone()],
        sentence: format!("{} gives another date for {} than the register has: “{}”.", c.source, c.fact, c.quote.exact),
    });
    noted.chain(cited).collect()
}

/// What can only follow an election and is dated before it.
pub(super) fn before_events(register: &Register) -> Vec<Conflict> {
    let praise = |kind: &ReactionKind| matches!(kind, ReactionKind::Congratulation | ReactionKind::Endorsement);
    let reactions = register.reactions.iter().filter(|r| praise(&r.kind));
    let reactions = reactions.map(|r| (&r.id, &r.election, r.date, r.kind.to_string()));
    let verdicts = register.all_verdicts().filter(|v| v.scale.is_some());
    let verdicts = verdicts.map(|v| (&v.id, &v.election, v.date, "verdict".to_owned()));
    let claims = register.claims.iter().filter(|c| ["final", "preliminary"].contains(&c.stage.as_str()));
    let claims = claims.map(|c| (&c.id, &c.election, c.date, format!("{} result", c.stage)));
    let all = reactions.chain(verdicts).chain(claims);
    let early = |(id, election, date, what): (&String, &String, Option<PartialDate>, String)| {
        let start = register.election(election)?.start?;
        let date = date.filter(|d| d.certainly_before(start) == Some(true))?;
        Some(Conflict {
            rule: Rule::BeforeEvent,
            election: Some(election.clone()),
            records: vec![id.clone()],
            sentence: format!("{id} is a {what} dated {date}, and {election} began on {start}."),
        })
    };
    all.filter_map(early).collect()
}
