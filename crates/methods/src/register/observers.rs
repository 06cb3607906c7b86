//! Who an observer is: one house under all its names, in one of two groups.

use glassurn_model::register::{
    Id, Mission, ObserverKind, Organisation, OrganisationKind, Register, Verdict, leading_state,
    state_name,
};

/// The two groups of observers. Their verdicts are never averaged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Bound by published principles of observation.
    Credible,
    /// Everybody else.
    Other,
}

impl Group {
    /// Both, in reading order.
    pub const ALL: [Group; 2] = [Group::Credible, Group::Other];

    /// The rule by which an observer is put into a group; it looks at no verdict.
    pub const RULE: &'static str = "credible: the organisation, or one that it belongs to, is on record as having \
        endorsed the Declaration of Principles for International Election Observation (2005) or that for citizen \
        observers (2012), or it is citizens who observe at home; other: everybody else. No verdict plays a part, \
        and an endorsement is a promise, not a proof of quality";

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Group::Credible => "credible",
            Group::Other => "other",
        }
    }
}

/// An observer under all its names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct House {
    /// Short stable name.
    pub id: Id,
    /// What a reader sees.
    pub name: String,
    /// Its group.
    pub group: Group,
}

/// A well-known organisation, used where the register has no record of its own of it.
struct Known {
    id: &'static str,
    name: &'static str,
    spellings: &'static [&'static str],
    group: Group,
}

const fn known(
    id: &'static str,
    name: &'static str,
    group: Group,
    spellings: &'static [&'static str],
) -> Known {
    Known { id, name, spellings, group }
}

/// The house of citizens who observe at home: each group alone has too few verdicts to be told from another.
const CITIZENS: &str = "citizen groups";

/// Organisations that observe, with the spellings under which records name them. Who has endorsed the
/// Declaration of Principles: the list of 1 March 2016 kept by The Carter Center. `PACE` alone is none: two
/// organisations have that abbreviation.
const KNOWN: &[Known] = &[
    known("OSCE", "OSCE", Group::Credible, &["OSCE", "ODIHR"]),
    known(
        "CoE",
        "Council of Europe",
        Group::Credible,
        &["Council of Europe", "PACE (Council of Europe)", "Venice Commission"],
    ),
    known(
        "EU",
        "European Union",
        Group::Credible,
        &["EU", "European Union", "European Parliament", "European Commission"],
    ),
    known("Carter", "The Carter Center", Group::Credible, &["Carter Center"]),
    known("ANFREL", "ANFREL", Group::Credible, &["ANFREL", "Asian Network for Free Elections"]),
    known(
        CITIZENS,
        CITIZENS,
        Group::Credible,
        &["ENEMO", "European Network of Election Monitoring Organizations"],
    ),
    known("AU", "African Union", Group::Credible, &["African Union"]),
    known(
        "OAS",
        "Organization of American States",
        Group::Credible,
        &["OAS", "Organization of American States"],
    ),
    known(
        "Commonwealth",
        "Commonwealth",
        Group::Credible,
        &["Commonwealth Secretariat", "Commonwealth Observer Group"],
    ),
    known("EISA", "EISA", Group::Credible, &["EISA"]),
    known("ECOWAS", "ECOWAS", Group::Credible, &["ECOWAS"]),
    known("NDI", "NDI", Group::Credible, &["NDI", "National Democratic Institute"]),
    known("IRI", "IRI", Group::Credible, &["IRI", "International Republican Institute"]),
    known("CIS", "CIS", Group::Other, &["CIS", "Commonwealth of Independent States"]),
    known(
        "SCO",
        "SCO",
        Group::Other,
        &["SCO", "Shanghai Cooperation Organisation", "Shanghai Cooperation Organization"],
    ),
    known("CSTO", "CSTO", Group::Other, &["CSTO"]),
    known(
        "OTS",
        "Organization of Turkic States",
        Group::Other,
        &["OTS", "Organization of Turkic States"],
    ),
    known("ASEAN", "ASEAN", Group::Other, &["ASEAN"]),
];

/// What a record says of an observer.
struct Described<'a> {
    organisations: &'a [Id],
    sender: Option<&'a str>,
    kind: Option<&'a ObserverKind>,
    written: &'a str,
}

/// The house of who gave a verdict. A verdict of a recorded mission takes from the mission what it lacks.
pub fn of_verdict(register: &Register, verdict: &Verdict) -> House {
    let mission = verdict.mission.as_deref().and_then(|id| register.mission(id));
    let own = Described {
        organisations: &verdict.organisations,
        sender: verdict.sender.as_deref(),
        kind: verdict.observer_kind.as_ref(),
        written: &verdict.observer,
    };
    match mission {
        Some(mission) => resolve(
            register,
            &Described {
                organisations: if own.organisations.is_empty() {
                    &mission.organisations
                } else {
                    own.organisations
                },
                sender: own.sender.or(mission.sender.as_deref()),
                kind: own.kind.or(mission.observer_kind.as_ref()),
                written: if own.written.is_empty() { &mission.observer } else { own.written },
            },
        ),
        None => resolve(register, &own),
    }
}

/// The house of a mission.
pub fn of_mission(register: &Register, mission: &Mission) -> House {
    resolve(
        register,
        &Described {
            organisations: &mission.organisations,
            sender: mission.sender.as_deref(),
            kind: mission.observer_kind.as_ref(),
            written: &mission.observer,
        },
    )
}

/// The house of a code among invitees or actors: a state, an organisation, or a name.
pub fn of_code(register: &Register, code: &str) -> House {
    let state = state_name(code).map(|_| code);
    resolve(register, &Described { organisations: &[], sender: state, kind: None, written: code })
}

/// The state that a record of a delegation is of.
pub fn sender<'a>(
    own: Option<&'a str>,
    kind: Option<&ObserverKind>,
    written: &str,
) -> Option<&'a str> {
    let of_state = matches!(
        kind,
        Some(ObserverKind::Bilateral | ObserverKind::Government | ObserverKind::Commission)
    );
    own.or_else(|| leading_state(written).filter(|_| of_state))
}

fn resolve(register: &Register, of: &Described<'_>) -> House {
    let citizens =
        || House { id: CITIZENS.to_owned(), name: CITIZENS.to_owned(), group: Group::Credible };
    if of.kind == Some(&ObserverKind::Citizen) {
        return citizens();
    }
    if let Some(state) = sender(of.sender, of.kind, of.written) {
        let name = format!("{} (state)", state_name(state).unwrap_or(state));
        return House { id: state.to_owned(), name, group: Group::Other };
    }
    let named =
        || House { id: of.written.to_owned(), name: of.written.to_owned(), group: Group::Other };
    let of_record = |o| by_record(register, o).unwrap_or_else(citizens);
    if let Some(listed) = of.organisations.first().and_then(|id| register.organisation(id)) {
        return of_record(listed);
    }
    // Persons are no organisation, whatever names stand in the words about them.
    use ObserverKind::{Government, Individuals, Private};
    if matches!(of.kind, Some(Individuals | Private | Government)) {
        return named();
    }
    let recorded = recorded(register, of.written).map(of_record);
    recorded.or_else(|| well_known(of.written).map(house)).unwrap_or_else(named)
}

fn house(known: &Known) -> House {
    House { id: known.id.to_owned(), name: known.name.to_owned(), group: known.group }
}

/// The house of a recorded organisation: the organisation at the top of those it belongs to; `None` for
/// citizens who observe at home.
fn by_record(register: &Register, organisation: &Organisation) -> Option<House> {
    let mut chain = vec![organisation];
    while let Some(parent) = chain.last().and_then(|o| o.parent.as_deref()) {
        match register.organisation(parent) {
            Some(next) if !chain.iter().any(|o| o.id == next.id) => chain.push(next),
            _ => break,
        }
    }
    if organisation.kind == Some(OrganisationKind::Citizen) {
        return None;
    }
    let top = chain.last().copied().unwrap_or(organisation);
    let names = top.names.iter().map(|n| n.text.as_str()).chain([top.id.as_str()]);
    let known = names.clone().find_map(well_known);
    let endorsed = chain.iter().any(|o| !o.endorsed.is_empty());
    let group = if endorsed { Group::Credible } else { known.map_or(Group::Other, |k| k.group) };
    let fallback = || House {
        id: top.id.clone(),
        name: top.names.first().map_or(&top.id, |n| &n.text).clone(),
        group,
    };
    Some(known.map_or_else(fallback, |k| House { group, ..house(k) }))
}

/// The register's own organisation that is named first in a text.
fn recorded<'a>(register: &'a Register, written: &str) -> Option<&'a Organisation> {
    let place = |o: &'a Organisation| {
        let names = o.names.iter().map(|n| &n.text).chain(&o.aliases).chain([&o.id]);
        names.filter_map(|n| at_word(written, n)).min().map(|at| (at, o))
    };
    register.organisations.iter().filter_map(place).min_by_key(|p| p.0).map(|p| p.1)
}

/// The well-known organisation that is named first in a text.
fn well_known(written: &str) -> Option<&'static Known> {
    let place = |k: &'static Known| {
        k.spellings.iter().filter_map(|s| at_word(written, s)).min().map(|at| (at, k))
    };
    KNOWN.iter().filter_map(place).min_by_key(|p| p.0).map(|p| p.1)
}

/// Every well-known organisation that a text names.
pub(super) fn named_in(text: &str) -> Vec<House> {
    let names = |k: &&Known| k.spellings.iter().any(|s| at_word(text, s).is_some());
    KNOWN.iter().filter(names).map(house).collect()
}

/// Where a name stands in a text as words of its own; a hyphen belongs to a word (`CIS-EMO` is not `CIS`).
fn at_word(text: &str, name: &str) -> Option<usize> {
    let of_word = |c: char| c.is_alphanumeric() || c == '-';
    let alone = |at: usize| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        !before.ends_with(of_word) && !after.starts_with(of_word)
    };
    let found = |at: &usize| !name.is_empty() && alone(*at);
    text.match_indices(name).map(|(at, _)| at).find(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, kind: &str) -> House {
        let kind = ObserverKind::known(kind);
        let of = Described { organisations: &[], sender: None, kind: kind.as_ref(), written: text };
        resolve(&Register::default(), &of)
    }

    #[test]
    fn one_house_under_all_its_names() {
        for (text, kind, id) in [
            ("OSCE/ODIHR, OSCE PA, PACE, European Parliament", "igo_joint", "OSCE"),
            ("CIS observers (head Sergei Lebedev)", "igo", "CIS"),
            ("CIS-EMO", "ngo", "CIS-EMO"),
            ("PACE (Council of Europe)", "igo", "CoE"),
            (
                "PACE - People's Alliance for Credible Elections (citizen observers)",
                "citizen",
                CITIZENS,
            ),
            ("ENEMO", "ngo_network", CITIZENS),
            ("EU EOM (chief observer Alexander Graf Lambsdorff)", "igo", "EU"),
            ("EU and US observers", "government", "EU and US observers"),
            ("Belarus (CEC, MPs, diplomats)", "bilateral", "BLR"),
            (
                "Foreign individuals named by EPDE",
                "individuals",
                "Foreign individuals named by EPDE",
            ),
        ] {
            assert_eq!(written(text, kind).id, id, "{text}");
        }
    }

    #[test]
    fn a_code_is_a_state_or_an_organisation() {
        let register = Register::default();
        assert_eq!(of_code(&register, "MMR").name, "Myanmar (state)");
        assert_eq!(of_code(&register, "ASEAN").id, "ASEAN");
        assert_eq!(of_code(&register, "Defend Myanmar Democracy").id, "Defend Myanmar Democracy");
    }
}
