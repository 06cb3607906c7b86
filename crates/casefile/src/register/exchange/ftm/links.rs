//! Claims, conclusions, invitations, statements and reactions: links with the words in them.

use glassurn_model::register::{
    Invitation, Reaction, ReactionKind, ResultClaim, Statement, Subject, Verdict,
};

use super::super::words::{self, name};
use super::{Graph, entity::Entity};

impl<'r> Graph<'r> {
    pub(super) fn links(&mut self) {
        let register = self.register;
        register.claims.iter().for_each(|c| self.claim(c));
        register.invitations.iter().for_each(|i| self.invitation(i));
        register.statements.iter().for_each(|s| self.statement(s));
        register.all_verdicts().for_each(|v| self.verdict(v));
        register.reactions.iter().for_each(|r| self.reaction(r));
    }

    /// A link from somebody to an election.
    pub(super) fn link(&self, id: String, from: &str, election: &str) -> Entity {
        Entity::new("UnknownLink", id)
            .with("subject", from)
            .with("object", name("election", election))
    }

    /// Whether the election is exported; where it is not, what speaks of it is left out.
    fn holds(&mut self, election: &str) -> bool {
        let held = self.register.election(election).is_some();
        self.lost += usize::from(!held);
        held
    }

    fn claim(&mut self, c: &'r ResultClaim) {
        if self.holds(&c.election) {
            let claimant = self.parties.named(&c.id, &c.claimant, &c.grounds);
            let link = self.link(name("claim", &c.id), &claimant, &c.election);
            let link = link.with("role", format!("claims: {}", c.kind)).with("status", &c.stage);
            let link = link.with("summary", words::claim(c)).dated("date", c.date);
            self.records.push(link.resting_on(self.register, &c.grounds));
        }
    }

    fn invitation(&mut self, i: &'r Invitation) {
        if !self.holds(&i.election) {
            return;
        }
        let host =
            self.parties.of_record(std::slice::from_ref(&i.host), &i.id, &i.host, &i.grounds);
        for (n, invitee) in i.invitees.iter().enumerate() {
            let guests =
                self.parties.of_record(std::slice::from_ref(invitee), &i.id, invitee, &i.grounds);
            let link = Entity::new("UnknownLink", name("invitation", &format!("{}.{n}", i.id)))
                .with_all("subject", &host)
                .with_all("object", &guests)
                .with("role", format!("invitation to observe {}: {}", i.election, i.status))
                .with("summary", &i.detail)
                .dated("date", i.date);
            self.records.push(link.resting_on(self.register, &i.grounds));
        }
    }

    fn statement(&mut self, s: &'r Statement) {
        let Some(object) = self.subject(s.about.as_ref()) else {
            self.lost += 1;
            return;
        };
        let speaker = self.parties.named(&s.id, &s.speaker, &s.grounds);
        let ascribed = s.attributed_to.as_ref().map(|to| {
            format!("The speaker ascribes it to {to}: it is not on record as {to}'s own word.")
        });
        let link = Entity::new("UnknownLink", name("statement", &s.id))
            .with("subject", speaker)
            .with("object", object)
            .with("role", "said")
            .with("summary", &s.text)
            .with_all("description", &s.translation)
            .with_all("description", ascribed)
            .dated("date", s.date);
        self.records.push(link.resting_on(self.register, &s.grounds));
    }

    /// What a statement is about, where that is exported.
    fn subject(&self, about: Option<&Subject>) -> Option<String> {
        let register = self.register;
        match about? {
            Subject::Election(id) => register.election(id).map(|e| name("election", &e.id)),
            Subject::Organisation(id) => {
                register.organisation(id).map(|o| name("organisation", &o.id))
            }
            Subject::Mission(id) => {
                let mission = register.mission(id).filter(|m| m.attended())?;
                register.election(&mission.election).map(|_| name("mission", id))
            }
            Subject::Record(_) => None,
        }
    }

    fn verdict(&mut self, v: &'r Verdict) {
        if v.mission.is_some() && !self.holds(&v.election) {
            return;
        }
        let sender: Vec<String> = v.sender.iter().cloned().collect();
        let codes = if v.organisations.is_empty() { &sender } else { &v.organisations };
        let who = self.parties.of_record(codes, &v.id, &v.observer, &v.grounds);
        let step = v.scale.map_or("no conclusion on record".to_owned(), words::step);
        let standard = v.standard.as_ref().map(|s| format!("Standard applied: {s}."));
        let url = v.address.as_deref().and_then(words::address);
        let link = Entity::new("UnknownLink", name("verdict", &v.id))
            .with_all("subject", who)
            .with("object", name("election", &v.election))
            .with("role", format!("concluded of the election: {step}"))
            .with("status", &v.stage)
            .with("summary", &v.phrase)
            .with_all("description", words::voices(v))
            .with_all("description", standard)
            .with_all("sourceUrl", url)
            .dated("date", v.date);
        self.records.push(link.resting_on(self.register, &v.grounds));
    }

    fn reaction(&mut self, r: &'r Reaction) {
        if !self.holds(&r.election) {
            return;
        }
        let actors = self.parties.of_record(&r.actors, &r.id, &r.actor, &r.grounds);
        let link = Entity::new("UnknownLink", name("reaction", &r.id))
            .with_all("subject", actors)
            .with("object", name("election", &r.election))
            .with("role", r.kind.to_string())
            .with("summary", if r.detail.is_empty() { &r.actor } else { &r.detail })
            .with_all("description", r.target.as_ref().map(|t| format!("Towards: {t}.")))
            .with_all("description", &r.reason)
            .dated("date", r.date);
        self.records.push(link.resting_on(self.register, &r.grounds));
        if let (ReactionKind::Sanction, Some(target)) = (&r.kind, &r.target) {
            self.sanction(r, target);
        }
    }

    /// A listing of somebody who is named.
    fn sanction(&mut self, r: &'r Reaction, target: &str) {
        let listed = self.parties.named(&r.id, target, &r.grounds);
        let entity = Entity::new("Sanction", name("sanction", &r.id))
            .with("entity", listed)
            .with("authority", &r.actor)
            .with_all("program", &r.legal_act)
            .with_all("reason", &r.reason)
            .with_all("provisions", &r.amount)
            .dated("listingDate", r.date);
        self.records.push(entity.resting_on(self.register, &r.grounds));
    }
}
