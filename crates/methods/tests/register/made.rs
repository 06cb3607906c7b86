//! Records made by hand.

use glassurn_model::register::{
    Confidence, Election, ElectionKind, Grounds, Invitation, InvitationStatus, Mission, Mode,
    ObserverKind, PartialDate, Reaction, ReactionKind, Register, ResultClaim, Scale, Source,
    Verdict,
};

pub(crate) fn date(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text).unwrap()
}

pub(crate) fn grounds(sources: &str) -> Grounds {
    Grounds {
        sources: list(sources),
        how_known: "source excerpt".to_owned(),
        confidence: Some(Confidence::High),
        note: String::new(),
    }
}

pub(crate) fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// An election named like `BLR-2020-P`, held on a day.
pub(crate) fn election(id: &str, day: &str) -> Election {
    Election {
        id: id.to_owned(),
        country: id[..3].to_owned(),
        name: format!("Election {id}"),
        kind: Some(ElectionKind::Presidential),
        level: "national".to_owned(),
        regime_spell: None,
        start: date(day),
        end: date(day),
        winner: None,
        winner_share: None,
        share_basis: None,
        turnout: None,
        turnout_written: String::new(),
        seats: String::new(),
        commission: String::new(),
        wikidata: None,
        grounds: grounds(""),
    }
}

pub(crate) fn mission(id: &str, election: &str, observer: &str, kind: &str) -> Mission {
    Mission {
        id: id.to_owned(),
        election: election.to_owned(),
        observer: observer.to_owned(),
        organisations: Vec::new(),
        sender: None,
        observer_kind: ObserverKind::known(kind),
        mode: Mode::Mission,
        form: String::new(),
        first_day: None,
        last_day: None,
        observers: None,
        long_term: None,
        stations_visited: None,
        head: None,
        roster: Vec::new(),
        funding: None,
        host_hospitality: None,
        invited: String::new(),
        grounds: grounds(""),
    }
}

pub(crate) fn verdict(election: &str, observer: &str, kind: &str, step: i8) -> Verdict {
    Verdict {
        id: format!("{election}/{observer}"),
        mission: None,
        election: election.to_owned(),
        country: Some(election[..3].to_owned()),
        observer: observer.to_owned(),
        organisations: Vec::new(),
        sender: None,
        observer_kind: ObserverKind::known(kind),
        scale: Scale::new(step),
        phrase: String::new(),
        speaker: observer.to_owned(),
        attributed_to: None,
        standard: None,
        stage: "preliminary".to_owned(),
        date: None,
        election_date: None,
        coder: None,
        second_coder: None,
        second_scale: None,
        address: None,
        grounds: grounds(""),
    }
}

pub(crate) fn invitation(
    id: &str,
    election: &str,
    host: &str,
    invitees: &str,
    status: &str,
    day: &str,
) -> Invitation {
    Invitation {
        id: id.to_owned(),
        election: election.to_owned(),
        host: host.to_owned(),
        invitees: list(invitees),
        status: InvitationStatus::of(status),
        date: date(day),
        reciprocal_of: None,
        detail: String::new(),
        grounds: grounds(""),
    }
}

pub(crate) fn reaction(id: &str, election: &str, kind: &str, actors: &str, day: &str) -> Reaction {
    Reaction {
        id: id.to_owned(),
        election: election.to_owned(),
        kind: ReactionKind::of(kind),
        actor: actors.to_owned(),
        actors: list(actors),
        target: None,
        date: date(day),
        legal_act: None,
        reason: None,
        amount: None,
        detail: String::new(),
        grounds: grounds(""),
    }
}

pub(crate) fn claim(
    id: &str,
    election: &str,
    claimant: &str,
    low: &str,
    high: &str,
) -> ResultClaim {
    ResultClaim {
        id: id.to_owned(),
        election: election.to_owned(),
        kind: glassurn_model::register::ClaimKind::VoteShare,
        about: "Ada".to_owned(),
        low: low.parse().ok(),
        high: high.parse().ok(),
        unit: None,
        basis: None,
        scope: None,
        written: String::new(),
        claimant: claimant.to_owned(),
        role: None,
        stage: "public claim".to_owned(),
        date: None,
        grounds: grounds(""),
    }
}

pub(crate) fn source(id: &str, publisher: &str, kind: &str, title: &str) -> Source {
    Source {
        id: id.to_owned(),
        publisher: publisher.to_owned(),
        publisher_kind: glassurn_model::register::PublisherKind::known(kind),
        published: None,
        published_until: None,
        url: None,
        title: title.to_owned(),
        language: "en".to_owned(),
        reliability: glassurn_model::register::Reliability::default(),
        lineage: None,
        machine_made: None,
        how_read: String::new(),
        note: String::new(),
    }
}

/// A register of verdicts alone: (election, observer, kind, step).
pub(crate) fn judged(rows: &[(&str, &str, &str, i8)]) -> Register {
    let wider = rows.iter().map(|r| verdict(r.0, r.1, r.2, r.3)).collect();
    Register { wider_verdicts: wider, ..Register::default() }
}
