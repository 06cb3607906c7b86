//! Which sources a dossier rests on.

use std::collections::BTreeSet;

use glassurn_model::register::{Grounds, Register, Source};

/// What every record of an election rests on.
pub(super) fn grounds<'a>(
    register: &'a Register,
    election: &'a str,
) -> impl Iterator<Item = &'a Grounds> {
    let of = move |id: &str| id == election;
    let elections = register.elections.iter().filter(move |e| of(&e.id)).map(|e| &e.grounds);
    let claims = register.claims.iter().filter(move |c| of(&c.election)).map(|c| &c.grounds);
    let missions = register.missions.iter().filter(move |m| of(&m.election)).map(|m| &m.grounds);
    let verdicts = register.all_verdicts().filter(move |v| of(&v.election)).map(|v| &v.grounds);
    let invitations =
        register.invitations.iter().filter(move |i| of(&i.election)).map(|i| &i.grounds);
    let reactions = register.reactions.iter().filter(move |r| of(&r.election)).map(|r| &r.grounds);
    elections.chain(claims).chain(missions).chain(verdicts).chain(invitations).chain(reactions)
}

/// The sources that the records of an election cite, in the order of the register.
pub(super) fn cited(register: &Register, election: &str) -> Vec<Source> {
    let named: BTreeSet<&str> =
        grounds(register, election).flat_map(|g| g.sources.iter().map(String::as_str)).collect();
    register.sources.iter().filter(|s| named.contains(s.id.as_str())).cloned().collect()
}
