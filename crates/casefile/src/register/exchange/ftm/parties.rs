//! Who acts: organisations on record, states, and whoever is known only by the name in one record.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::{
    Grounds, Organisation, OrganisationKind as Kind, Register, Source, state_name,
};

use super::super::words::{address, name};
use super::entity::Entity;

/// Languages by their two and their three letters.
const LANGUAGES: &str = "arara azaze bebel bgbul bnben csces dadan dedeu elell eneng esspa etest fafas fifin \
    frfra heheb hihin hrhrv huhun hyhye idind itita jajpn kakat kkkaz kmkhm kokor kykir lolao ltlit lvlav mkmkd \
    mnmon msmsa mymya nenep nlnld nonor plpol ptpor roron rurus sisin skslk slslv sqsqi srsrp svswe swswa tatam \
    tgtgk ththa tktuk trtur ukukr ururd uzuzb vivie zhzho";

/// Every source that is evidence, as an article.
pub(super) fn articles(register: &Register) -> Vec<Entity> {
    register.sources.iter().filter(|s| s.is_evidence()).map(article).collect()
}

fn article(source: &Source) -> Entity {
    let mut pairs = LANGUAGES.split_whitespace().filter_map(|pair| pair.split_at_checked(2));
    let language = pairs.find(|(two, _)| *two == source.language).map(|(_, three)| three);
    Entity::new("Article", name("source", &source.id))
        .with("title", &source.title)
        .with("publisher", &source.publisher)
        .with_all("sourceUrl", source.url.as_deref().and_then(address))
        .dated("publishedAt", source.published)
        .with_all("language", language)
        .with("notes", &source.note)
}

/// The parties that records name, each made once.
pub(super) struct Parties<'r> {
    register: &'r Register,
    made: BTreeMap<String, Entity>,
    memberships: Vec<Entity>,
}

impl<'r> Parties<'r> {
    /// All organisations on record.
    pub(super) fn new(register: &'r Register) -> Self {
        let mut new = Parties { register, made: BTreeMap::new(), memberships: Vec::new() };
        for o in &register.organisations {
            let id = name("organisation", &o.id);
            new.made.insert(id.clone(), organisation(register, o, id));
        }
        let pairs = register.organisations.iter().flat_map(belongings).collect::<BTreeSet<_>>();
        for (member, whole, of) in pairs {
            new.belongs(member, whole, of);
        }
        new
    }

    /// Puts on record that one belongs to another, where both are known.
    fn belongs(&mut self, member: &str, whole: &str, grounds: &str) {
        let Some(of) = self.register.organisation(grounds) else { return };
        let (Some(member_id), Some(whole_id)) = (self.coded(member), self.known(whole)) else {
            return;
        };
        let id = name("membership", &format!("{member}.{whole}"));
        let entity =
            Entity::new("Membership", id).with("member", member_id).with("organization", whole_id);
        self.memberships.push(entity.resting_on(self.register, &of.grounds));
    }

    /// The entity of an organisation on record.
    fn known(&self, id: &str) -> Option<String> {
        self.register.organisation(id).map(|o| name("organisation", &o.id))
    }

    /// The entity of an organisation on record or of a state; `None` of any other code.
    pub(super) fn coded(&mut self, code: &str) -> Option<String> {
        self.known(code).or_else(|| self.state(code))
    }

    fn state(&mut self, code: &str) -> Option<String> {
        let title = state_name(code)?;
        let id = name("state", code);
        let new = || Entity::new("PublicBody", id.clone()).with("name", title).country(Some(code));
        self.made.entry(id.clone()).or_insert_with(new);
        Some(id)
    }

    /// The entities of codes; of one that nobody knows, and where there is none, whoever a record names.
    pub(super) fn of_record(
        &mut self,
        codes: &[String],
        record: &str,
        named: &str,
        grounds: &Grounds,
    ) -> Vec<String> {
        let known: Vec<String> = codes.iter().filter_map(|code| self.coded(code)).collect();
        if known.len() == codes.len() && !known.is_empty() {
            return known;
        }
        known.into_iter().chain([self.named(record, named, grounds)]).collect()
    }

    /// Whoever a record names: of this record alone.
    pub(super) fn named(&mut self, record: &str, text: &str, grounds: &Grounds) -> String {
        let id = name("named-in", &format!("{record}.{text}"));
        let entity = Entity::new("LegalEntity", id.clone()).with("name", or_unnamed(text));
        self.made.entry(id.clone()).or_insert_with(|| entity.resting_on(self.register, grounds));
        id
    }

    /// Everything that was made, by name; then who belongs to whom.
    pub(super) fn into_entities(self) -> impl Iterator<Item = Entity> {
        self.made.into_values().chain(self.memberships)
    }
}

fn or_unnamed(text: &str) -> &str {
    if text.trim().is_empty() { "not named" } else { text }
}

/// Member, whole, and the organisation whose record says so.
fn belongings(o: &Organisation) -> impl Iterator<Item = (&str, &str, &str)> {
    let parts = o.members.iter().map(move |m| (m.as_str(), o.id.as_str(), o.id.as_str()));
    o.parent.iter().map(move |p| (o.id.as_str(), p.as_str(), o.id.as_str())).chain(parts)
}

fn organisation(register: &Register, o: &Organisation, id: String) -> Entity {
    let public = matches!(o.kind, Some(Kind::StateBody | Kind::Commission | Kind::State));
    let schema = if public { "PublicBody" } else { "Organization" };
    let (first, others) =
        o.names.split_first().map_or(("", &[][..]), |(f, o)| (f.text.as_str(), o));
    let first = if first.trim().is_empty() { o.id.as_str() } else { first };
    Entity::new(schema, id)
        .with("name", first)
        .with_all("alias", others.iter().map(|n| &n.text).chain(&o.aliases))
        .country(o.country.as_deref())
        .with_all("classification", o.kind.as_ref().map(ToString::to_string))
        .with_all("notes", o.endorsed.iter().map(|e| format!("Has endorsed {}.", e.which)))
        .with_all(
            "notes",
            o.not_to_confuse_with.iter().map(|other| format!("Not to be confused with {other}.")),
        )
        .resting_on(register, &o.grounds)
}
