//! Which sources a dossier rests on.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::{
    Cell,
    register::{Grounds, Id, Register, Source},
};

use crate::Account;

/// The sources of records, by the record's name.
pub type Rests = BTreeMap<Id, Vec<Id>>;

/// Every record of an election: its name, the election, what it rests on.
fn records(register: &Register) -> impl Iterator<Item = (&Id, &Id, &Grounds)> {
    let elections = register.elections.iter().map(|e| (&e.id, &e.id, &e.grounds));
    let claims = register.claims.iter().map(|c| (&c.id, &c.election, &c.grounds));
    let missions = register.missions.iter().map(|m| (&m.id, &m.election, &m.grounds));
    let verdicts = register.all_verdicts().map(|v| (&v.id, &v.election, &v.grounds));
    let invitations = register.invitations.iter().map(|i| (&i.id, &i.election, &i.grounds));
    let reactions = register.reactions.iter().map(|r| (&r.id, &r.election, &r.grounds));
    elections.chain(claims).chain(missions).chain(verdicts).chain(invitations).chain(reactions)
}

/// What every record of an election rests on.
pub(super) fn grounds<'a>(
    register: &'a Register,
    election: &'a str,
) -> impl Iterator<Item = &'a Grounds> {
    records(register).filter(move |(_, of, _)| *of == election).map(|(_, _, grounds)| grounds)
}

/// What the records rest on that the dossier names: this election's, and others beside them.
pub(super) fn rests(register: &Register, election: &str, account: &Account) -> Rests {
    let tables = account.answers.iter().flat_map(|a| &a.tables);
    let cells = tables.flat_map(|t| t.rows.iter().flatten());
    let written = cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let claims = account.answers.iter().flat_map(|a| &a.claims);
    let texts = written.chain(claims.map(|c| c.base.as_str()));
    let named: BTreeSet<&str> = texts.flat_map(names).collect();
    let of = records(register).filter(|(id, of, _)| *of == election || named.contains(id.as_str()));
    of.map(|(id, _, grounds)| (id.clone(), grounds.sources.clone())).collect()
}

/// Words of a text that may be names of records.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';', ':', '(', ')']).filter(|word| !word.is_empty())
}

/// The sources behind those records, in the order of the register.
pub(super) fn cited(register: &Register, rests: &Rests) -> Vec<Source> {
    let named: BTreeSet<&str> = rests.values().flatten().map(String::as_str).collect();
    register.sources.iter().filter(|s| named.contains(s.id.as_str())).cloned().collect()
}
