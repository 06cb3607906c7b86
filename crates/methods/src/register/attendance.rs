//! Who attended whose election, from invitations and missions, with who ruled on either side.

use std::collections::BTreeMap;

use glassurn_model::register::{
    InvitationStatus, Mode, PartialDate, ReactionKind, Register, state_name,
};

use super::observers::{self, House};

/// One record that a sender attended an election.
#[derive(Debug, Clone)]
pub(super) struct Attended<'a> {
    pub(super) sender: House,
    pub(super) host: &'a str,
    pub(super) election: &'a str,
    pub(super) date: Option<PartialDate>,
    /// The record: an invitation's or a mission's name.
    pub(super) record: &'a str,
    /// Whether the record is an invitation.
    pub(super) invited: bool,
}

/// Every record of attendance by a state or an organisation.
pub(super) fn all(register: &Register) -> Vec<Attended<'_>> {
    let mut found = Vec::new();
    for i in &register.invitations {
        if matches!(i.status, InvitationStatus::Attended | InvitationStatus::InvitedAndAttended) {
            let one = |code: &String| Attended {
                sender: observers::of_code(register, code),
                host: host(register, &i.election, &i.host),
                election: &i.election,
                date: held(register, &i.election).or(i.date),
                record: &i.id,
                invited: true,
            };
            found.extend(i.invitees.iter().map(one));
        }
    }
    let delegations =
        register.missions.iter().filter(|m| m.mode == Mode::Delegation && m.attended());
    for m in delegations {
        let kind = m.observer_kind.as_ref();
        // A delegation of an organisation inside another's mission is the other's.
        let state = observers::sender(m.sender.as_deref(), kind, &m.observer);
        found.extend(state.map(|state| Attended {
            sender: observers::of_code(register, state),
            host: host(register, &m.election, ""),
            election: &m.election,
            date: held(register, &m.election).or(m.first_day),
            record: &m.id,
            invited: false,
        }));
    }
    found
}

/// Countries on whose elections any mission or invitation is on record.
pub(super) fn covered(register: &Register) -> Vec<&str> {
    let invitations = register.invitations.iter().map(|i| host(register, &i.election, &i.host));
    let missions = register.missions.iter().map(|m| host(register, &m.election, ""));
    let mut hosts: Vec<&str> = invitations.chain(missions).filter(|h| !h.is_empty()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}

fn host<'a>(register: &'a Register, election: &'a str, otherwise: &'a str) -> &'a str {
    let named = election.split('-').next().filter(|c| state_name(c).is_some());
    register.election(election).map(|e| e.country.as_str()).or(named).unwrap_or(otherwise)
}

fn held(register: &Register, election: &str) -> Option<PartialDate> {
    register.election(election).and_then(|e| e.start)
}

/// Who ruled a country on a day, as far as the register says: the spell that its last election before names.
/// After a seizure of power it is the spell that the next election names, or the seizure itself.
pub(super) fn spell(register: &Register, country: &str, on: Option<PartialDate>) -> Option<String> {
    let on = on?.first_day();
    let elections = || register.elections.iter().filter(|e| e.country == country);
    let named = elections().filter_map(|e| Some((e.start?.last_day(), e.regime_spell.clone()?)));
    let named: Vec<(i64, String)> = named.collect();
    let of = |id: &str| elections().any(|e| e.id == id);
    let coups =
        register.reactions.iter().filter(|r| r.kind == ReactionKind::Coup && of(&r.election));
    let coups: Vec<PartialDate> = coups.filter_map(|r| r.date).collect();
    let last = named.iter().filter(|s| s.0 <= on).max_by_key(|s| s.0);
    let seized = coups.iter().filter(|d| d.last_day() <= on).max();
    match seized.filter(|d| last.is_none_or(|s| s.0 < d.first_day())) {
        None => last.map(|s| s.1.clone()),
        Some(day) => {
            let next = named.iter().filter(|s| s.0 > on).min_by_key(|s| s.0);
            let between =
                |until: i64| coups.iter().any(|d| d.first_day() > on && d.first_day() < until);
            let next = next.filter(|s| !between(s.0)).map(|s| s.1.clone());
            Some(next.unwrap_or_else(|| format!("since {day} (power taken by force)")))
        }
    }
}

/// The records of each sender and host, in the order of their names.
pub(super) fn pairs<'a, 'b>(
    attended: &'b [Attended<'a>],
) -> BTreeMap<(&'b House, &'a str), Vec<&'b Attended<'a>>> {
    let mut pairs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in attended {
        pairs.entry((&one.sender, one.host)).or_default().push(one);
    }
    pairs
}

/// Whether the house is a state.
pub(super) fn is_state(house: &House) -> bool {
    state_name(&house.id).is_some()
}
