//! Rules on figures: bases, elections, counts.

use std::collections::BTreeMap;

use glassurn_model::register::{
    Basis, ClaimKind, Decimal, Election, Grounds, Id, Mission, Precision, Register, ResultClaim, Scope,
};

use super::{
    super::observers,
    Conflict, Rule,
    text::{clauses, figures, says, share},
};

/// A share of one election with what it is a share of.
struct Share {
    value: Decimal,
    basis: Basis,
    records: Vec<Id>,
}

/// Bases by which a result is counted; what a poll asked or voters sent in is no result.
fn of_result(basis: &Basis) -> bool {
    matches!(basis, Basis::OfParticipants | Basis::OfValid | Basis::OfRegistered)
}

/// Shares of the announced winner: in claims, and in what the compiler noted beside the election.
fn shares(register: &Register, election: &Election) -> Vec<Share> {
    let fits = |c: &&ResultClaim| {
        c.election == election.id
            && c.kind == ClaimKind::VoteShare
            && !matches!(c.scope, Some(Scope::Part(_)))
            && c.stage != "preliminary"
            && Some(&c.about) == election.winner.as_ref()
    };
    let claimed = register.claims.iter().filter(fits).filter_map(|c| {
        let value = c.low.filter(|low| Some(*low) == c.high)?;
        Some(Share { value, basis: c.basis.clone()?, records: named(&c.id, &c.grounds) })
    });
    let noted = clauses(&election.grounds.note).filter_map(share);
    let records = || named(&election.id, &election.grounds);
    let noted = noted.map(|(value, basis)| Share { value, basis, records: records() });
    claimed.chain(noted).collect()
}

fn named(id: &Id, grounds: &Grounds) -> Vec<Id> {
    std::iter::once(id).chain(&grounds.sources).cloned().collect()
}

/// One result with figures that differ.
pub(super) fn bases(register: &Register) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for election in &register.elections {
        let Some((official, basis)) = election.winner_share.zip(election.share_basis.clone()) else { continue };
        let mut seen = Vec::new();
        for other in shares(register, election) {
            if other.value == official || !of_result(&other.basis) || seen.contains(&other.value) {
                continue;
            }
            seen.push(other.value);
            let explained = if other.basis == basis {
                "both on one basis: they cannot both be the final result".to_owned()
            } else {
                format!("{} and {}: neither contradicts the other", words(&basis), words(&other.basis))
            };
            let sentence = format!("{official} % and {} % are given for {}, {explained}.", other.value, election.id);
            let mut records = vec![election.id.clone()];
            records.extend(other.records.into_iter().filter(|r| *r != election.id));
            found.push(Conflict { rule: Rule::Basis, election: Some(election.id.clone()), records, sentence });
        }
    }
    found
}

fn words(basis: &Basis) -> String {
    match basis {
        Basis::OfParticipants => "of those who took part".to_owned(),
        Basis::OfValid => "of valid votes".to_owned(),
        Basis::OfRegistered => "of registered voters".to_owned(),
        other => other.to_string(),
    }
}

/// A claimant's figure for one election beside its silence on another of the same country.
pub(super) fn other_elections(register: &Register) -> Vec<Conflict> {
    let mut found = Vec::new();
    for silent in register.claims.iter().filter(|c| c.low.is_none() && c.high.is_none()) {
        let Some(held) = register.election(&silent.election) else { continue };
        let Some(official) = held.winner_share else { continue };
        let rival = |c: &&ResultClaim| {
            c.claimant == silent.claimant
                && c.election != silent.election
                && c.kind == ClaimKind::VoteShare
                && Some(&c.about) != held.winner.as_ref()
                && register.election(&c.election).is_some_and(|e| e.country == held.country)
        };
        for claim in register.claims.iter().filter(rival) {
            let part = match &claim.scope {
                Some(Scope::Part(scope)) => format!(", and only for a part ({scope})"),
                _ => String::new(),
            };
            let sentence = format!(
                "{official} % is the announced share of {}; {} % is what {} claimed for {}{part}. These are two elections, \
                 and each figure rests on one announcement, that of whoever claims it; for the first this claimant gave \
                 no figure.",
                dated(register, &held.id),
                range(claim),
                claim.claimant,
                dated(register, &claim.election),
            );
            let records = vec![silent.id.clone(), claim.id.clone()];
            found.push(Conflict { rule: Rule::OtherElection, election: Some(held.id.clone()), records, sentence });
        }
    }
    found
}

/// An election as a reader knows it: its name and day.
fn dated(register: &Register, id: &str) -> String {
    let of = register.election(id);
    let day = of.and_then(|e| e.start).map_or_else(|| id.to_owned(), |d| d.to_string());
    of.map_or_else(|| id.to_owned(), |e| format!("{} ({day})", e.name))
}

fn range(claim: &ResultClaim) -> String {
    match (claim.low, claim.high) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (low, high) => low.or(high).map_or_else(String::new, |v| v.to_string()),
    }
}

/// A share, printed with decimals, that stands for two elections.
pub(super) fn same_numbers(register: &Register) -> Vec<Conflict> {
    let mut elections: BTreeMap<Decimal, Vec<(&Id, Id)>> = BTreeMap::new();
    let announced = register.elections.iter().filter_map(|e| Some((e.winner_share?, &e.id, e.id.clone())));
    let claimed = register.claims.iter().filter(|c| c.kind == ClaimKind::VoteShare && c.low == c.high);
    let claimed = claimed.filter_map(|c| Some((c.low?, &c.election, c.id.clone())));
    for (value, election, record) in announced.chain(claimed).filter(|f| f.0.places() > 0) {
        elections.entry(value).or_default().push((election, record));
    }
    let twice = elections.into_iter().filter(|(_, of)| of.iter().any(|(e, _)| *e != of[0].0));
    let conflict = |(value, of): (Decimal, Vec<(&Id, Id)>)| {
        let mut names: Vec<&str> = of.iter().map(|(e, _)| e.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        Conflict {
            rule: Rule::SameNumber,
            election: None,
            records: of.iter().map(|(_, record)| record.clone()).collect(),
            sentence: format!("{value} % stands for different elections: {}.", names.join(" and ")),
        }
    };
    twice.map(conflict).collect()
}

/// Two counts of one thing: in a note that names two speakers, or in two records of one mission.
pub(super) fn two_counts(register: &Register) -> Vec<Conflict> {
    let elections = register.elections.iter().map(|e| (&e.id, Some(&e.id), &e.grounds));
    let claims = register.claims.iter().map(|c| (&c.id, Some(&c.election), &c.grounds));
    let missions = register.missions.iter().map(|m| (&m.id, Some(&m.election), &m.grounds));
    let reactions = register.reactions.iter().map(|r| (&r.id, Some(&r.election), &r.grounds));
    let noted = elections.chain(claims).chain(missions).chain(reactions).flat_map(|(id, election, grounds)| {
        clauses(&grounds.note).filter(|c| differ(c)).map(move |clause| Conflict {
            rule: Rule::TwoCounts,
            election: election.cloned(),
            records: named(id, grounds),
            sentence: format!("Two counts of one thing differ at {id}: {clause}."),
        })
    });
    noted.chain(headcounts(register)).collect()
}

/// Whether a clause has two speakers with two whole numbers.
fn differ(clause: &str) -> bool {
    let counts: Vec<_> = figures(clause)
        .into_iter()
        .filter(|f| f.text.bytes().all(|b| b.is_ascii_digit()) && f.next.starts_with(char::is_alphabetic))
        .collect();
    let two = counts.len() == 2 && counts[0].text != counts[1].text;
    two && says(clause, &["say", "says", "said", "gives", "reports", "counts"])
}

/// Two records of one observer at one election with different exact numbers.
fn headcounts(register: &Register) -> Vec<Conflict> {
    let exact = |m: &Mission| m.observers.as_ref().filter(|h| h.precision == Precision::Exact).map(|h| h.number);
    let mut found = Vec::new();
    for (i, a) in register.missions.iter().enumerate().filter(|(_, m)| m.attended()) {
        for b in register.missions[i + 1..].iter().filter(|b| b.election == a.election && b.attended()) {
            let (Some(of_a), Some(of_b)) = (exact(a), exact(b)) else { continue };
            if of_a != of_b && observers::of_mission(register, a) == observers::of_mission(register, b) && a.observer == b.observer {
                found.push(Conflict {
                    rule: Rule::TwoCounts,
                    election: Some(a.election.clone()),
                    records: vec![a.id.clone(), b.id.clone()],
                    sentence: format!("{} has {of_a} observers in {} and {of_b} in {}.", a.observer, a.id, b.id),
                });
            }
        }
    }
    found
}
