//! Rules on sources: who is quoted, what a year means, what a machine wrote.

use glassurn_model::register::{Register, Source, Verdict, state_name};

use super::{
    super::{
        anchors::Anchors,
        observers::{self, House},
        rated::{self, Rated},
    },
    Conflict, Rule,
    text::{says, years},
};

const SPEAKS: &[&str] = &["say", "says", "said", "call", "calls", "called", "praise", "praises", "confirm", "confirms"];

/// A title, or a verdict by hearsay, that ascribes to an observer the opposite of its own verdict.
pub(super) fn attributions(register: &Register) -> Vec<Conflict> {
    let rated = rated::all(register);
    let mut found: Vec<Conflict> = Vec::new();
    for one in &rated {
        for (house, source) in ascribed(register, one) {
            let own = |r: &&Rated<'_>| {
                r.house.id == house.id
                    && r.verdict.election == one.verdict.election
                    && i32::from(r.step) * i32::from(one.step) < 0
                    && r.verdict.attributed_to.is_none()
                    && !source.is_some_and(|s| r.verdict.grounds.sources.contains(&s.id))
            };
            let Some(own) = rated.iter().find(own) else { continue };
            let conflict = ascription(one.verdict, own.verdict, &house, source);
            if !found.iter().any(|c| c.sentence == conflict.sentence) {
                found.push(conflict);
            }
        }
    }
    found
}

/// To whom a verdict's record ascribes it besides the observer itself.
fn ascribed<'a>(register: &'a Register, one: &Rated<'_>) -> Vec<(House, Option<&'a Source>)> {
    let sources = one.verdict.grounds.sources.iter().filter_map(|id| register.source(id));
    let speaking = sources.filter(|s| says(&s.title, SPEAKS));
    let titles = speaking.flat_map(|s| observers::named_in(&s.title).into_iter().map(move |h| (h, Some(s))));
    let hearsay = one.verdict.attributed_to.iter().flat_map(|to| observers::named_in(to)).map(|h| (h, None));
    titles.filter(|(h, _)| h.id != one.house.id).chain(hearsay).collect()
}

fn ascription(said: &Verdict, own: &Verdict, house: &House, source: Option<&Source>) -> Conflict {
    let says = source.map_or_else(|| said.id.clone(), |s| format!("{} (“{}”)", s.id, s.title.trim_matches('"')));
    let rests = own.grounds.sources.first().map_or(&own.id, |s| s);
    let words = own.phrase.trim_matches('"');
    let sentence = format!(
        "{says} ascribes to {} a verdict on {} that is the opposite of its own: {} in {rests} has “{words}”.",
        house.name, own.election, own.id
    );
    let source = source.map(|s| s.id.clone());
    let records = [Some(said.id.clone()), source, Some(own.id.clone()), Some(rests.clone())];
    let mut records: Vec<_> = records.into_iter().flatten().collect();
    records.dedup();
    Conflict { rule: Rule::Attribution, election: Some(own.election.clone()), records, sentence }
}

/// "No … election since YEAR" where the election of that year was rated acceptable.
pub(super) fn since_years(register: &Register, anchors: &Anchors) -> Vec<Conflict> {
    let sources = register.sources.iter().map(|s| (&s.id, &s.title));
    let statements = register.statements.iter().map(|s| (&s.id, s.translation.as_ref().unwrap_or(&s.text)));
    let claims = register.claims.iter().map(|c| (&c.id, &c.grounds.note));
    let mut found = Vec::new();
    for (id, text) in sources.chain(statements).chain(claims) {
        let Some((before, after)) = text.split_once(" since ") else { continue };
        let Some(year) = years(after).first().copied() else { continue };
        if !says(before, &["no", "none"]) || !after.trim_start().starts_with(&year.to_string()) {
            continue;
        }
        let of_year = register.elections.iter().find_map(|e| {
            let named = state_name(&e.country).is_some_and(|n| text.contains(n));
            let held = e.start.is_some_and(|d| d.year() == year);
            (named && held).then(|| rating(register, anchors, &e.country, year)).flatten().map(|r| (e, r))
        });
        found.extend(of_year.map(|(election, rating)| Conflict {
            rule: Rule::SinceYear,
            election: Some(election.id.clone()),
            records: vec![id.clone(), election.id.clone()],
            sentence: format!(
                "{id} (“{text}”) does not say whether {year} itself is meant: the election of {year} was rated \
                 acceptable ({rating}), so the statement holds since that election, not since that year."
            ),
        }));
    }
    found
}

/// What says that a country's election of a year was acceptable.
fn rating(register: &Register, anchors: &Anchors, country: &str, year: u16) -> Option<String> {
    let of_year = |e: &&glassurn_model::register::Election| {
        e.country == country && e.start.is_some_and(|d| d.year() == year)
    };
    let noted = register.elections.iter().filter(of_year).find_map(|e| {
        let known = [&e.grounds.how_known, &e.grounds.note].into_iter();
        let clauses = known.flat_map(|t| t.split(';')).map(str::trim);
        clauses.into_iter().find(|c| says(c, &["acceptable"])).map(str::to_owned)
    });
    let measured = anchors.of(country, year).filter(|v| *v > 0.0);
    let measured = measured.map(|v| format!("{} {v}", anchors.name));
    match (noted, measured) {
        (Some(noted), Some(measured)) => Some(format!("{noted}; {measured}")),
        (noted, measured) => noted.or(measured),
    }
}

/// A text written by a machine that names a paper as its authority.
pub(super) fn machine_texts(register: &Register) -> Vec<Conflict> {
    let made = |s: &&Source| {
        let text = format!("{} {}", s.title, s.note).to_lowercase();
        s.machine_made == Some(true) || ["ai-generated", "machine-made", "machine-written"].iter().any(|w| text.contains(w))
    };
    let cites = |s: &Source| {
        let text = [&s.title, &s.note].into_iter().find_map(|t| t.split_once("citing ").map(|p| p.1))?;
        Some(text.split([')', ';']).next().unwrap_or(text).trim().to_owned())
    };
    let conflict = |s: &Source| {
        let cited = cites(s)?;
        Some(Conflict {
            rule: Rule::MachineText,
            election: None,
            records: vec![s.id.clone()],
            sentence: format!(
                "{} was written by a machine and cites {cited}: the paper is real, but nothing shows that it says so.",
                s.id
            ),
        })
    };
    register.sources.iter().filter(made).filter_map(conflict).collect()
}
