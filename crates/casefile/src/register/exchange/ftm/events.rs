//! Elections as events, missions as projects with those who take part.

use glassurn_model::register::{AbsenceReason, Election, Mission, Mode, Verdict};

use super::super::words::name;
use super::{Graph, entity::Entity};

impl Graph<'_> {
    /// Elections on record, and those that only verdicts name.
    pub(super) fn events(&mut self) {
        let register = self.register;
        self.records.extend(
            register.elections.iter().map(|e| election(e).resting_on(register, &e.grounds)),
        );
        let mut named: Vec<&str> = Vec::new();
        for v in &register.wider_verdicts {
            if register.election(&v.election).is_none() && !named.contains(&&*v.election) {
                named.push(&v.election);
                self.records.push(elsewhere(v));
            }
        }
    }

    /// Missions that were there; an absence is a link, not a project.
    pub(super) fn missions(&mut self) {
        for m in &self.register.missions {
            if self.register.election(&m.election).is_none() {
                self.lost += 1;
            } else if let Mode::Absent(reason) = m.mode {
                self.absence(m, reason);
            } else {
                self.mission(m);
            }
        }
    }

    /// Who observed: organisations, else a state, else the name.
    pub(super) fn observers(&mut self, m: &Mission) -> Vec<String> {
        let sender: Vec<String> = m.sender.iter().cloned().collect();
        let codes = if m.organisations.is_empty() { sender } else { m.organisations.clone() };
        self.parties.of_record(&codes, &m.id, &m.observer, &m.grounds)
    }

    fn absence(&mut self, m: &Mission, reason: Option<AbsenceReason>) {
        let why = reason.map_or("why, it is not known".to_owned(), |r| r.key().replace('_', " "));
        for (n, observer) in self.observers(m).into_iter().enumerate() {
            let link = self.link(name("absence", &format!("{}.{n}", m.id)), &observer, &m.election);
            let link =
                link.with("role", format!("did not observe: {why}")).with("summary", &m.form);
            self.records.push(link.resting_on(self.register, &m.grounds));
        }
    }

    fn mission(&mut self, m: &Mission) {
        let project = name("mission", &m.id);
        let counted = |what: &str, n: &Option<glassurn_model::register::Headcount>| {
            n.as_ref().map(|n| format!("{what}: {}", n.written))
        };
        self.records.push(
            Entity::new("Project", project.clone())
                .with("name", format!("Observation of {} by {}", m.election, m.observer))
                .with("projectId", &m.id)
                .dated("startDate", m.first_day)
                .dated("endDate", m.last_day)
                .with("summary", &m.form)
                .with_all("notes", counted("observers", &m.observers))
                .with_all("notes", counted("long-term observers", &m.long_term))
                .with_all("notes", counted("polling stations visited", &m.stations_visited))
                .resting_on(self.register, &m.grounds),
        );
        let link =
            self.link(name("observed", &m.id), &project, &m.election).with("role", "observed");
        self.records.push(link.resting_on(self.register, &m.grounds));
        for (n, observer) in self.observers(m).into_iter().enumerate() {
            self.participant(m, &project, &observer, &format!("{}.{n}", m.id), "observer");
        }
        if let Some(head) = &m.head {
            // By office: each mission's head is a person of this record, never joined with another.
            let id = name("head-of", &m.id);
            let person = Entity::new("Person", id.clone())
                .with("name", head)
                .with("position", format!("head of the observer mission {}: {}", m.id, m.observer));
            self.records.push(person.resting_on(self.register, &m.grounds));
            self.participant(m, &project, &id, &format!("{}.head", m.id), "head of mission");
        }
    }

    fn participant(&mut self, m: &Mission, project: &str, who: &str, id: &str, role: &str) {
        let entity = Entity::new("ProjectParticipant", name("participant", id))
            .with("project", project)
            .with("participant", who)
            .with("role", role);
        self.records.push(entity.resting_on(self.register, &m.grounds));
    }
}

fn election(e: &Election) -> Entity {
    let share = e.winner_share.map(|s| {
        let basis = e.share_basis.as_ref().map_or_else(String::new, |b| format!(" ({b})"));
        format!("Announced share: {s} %{basis}.")
    });
    let turnout = Some(&e.turnout_written).filter(|t| !t.is_empty());
    Entity::new("Event", name("election", &e.id))
        .with("name", &e.name)
        .with("recordId", &e.id)
        .country(Some(&e.country))
        .dated("startDate", e.start)
        .dated("endDate", e.end)
        .with_all("wikidataId", e.wikidata.as_deref().filter(|q| is_item(q)))
        .with_all("notes", e.winner.as_ref().map(|w| format!("Announced as winner: {w}.")))
        .with_all("notes", share)
        .with_all("notes", turnout.map(|t| format!("Announced turnout: {t}.")))
}

/// `Q42`.
fn is_item(text: &str) -> bool {
    text.strip_prefix('Q')
        .is_some_and(|n| (1..=12).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// An election that only a verdict names.
fn elsewhere(v: &Verdict) -> Entity {
    Entity::new("Event", name("election", &v.election))
        .with("name", format!("Election {}", v.election))
        .with("recordId", &v.election)
        .country(v.country.as_deref())
        .dated("startDate", v.election_date)
}
