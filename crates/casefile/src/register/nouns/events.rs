//! Missions, invitations, statements, verdicts and reactions.

use glassurn_model::register::{
    AbsenceReason, Headcount, Invitation, InvitationStatus, Mission, Mode, ObserverKind, Reaction,
    ReactionKind, Scale, Standard, Statement, Subject, Verdict,
};

use super::{Kind, Row};

pub(super) fn mission(row: &Row) -> Mission {
    Mission {
        id: row.id(),
        election: row.text("election_id"),
        observer: row.text("observer"),
        organisations: row.many("organisation_ids", Kind::Organisation),
        sender: row.maybe("sender"),
        observer_kind: ObserverKind::known(row.cell("observer_type")),
        mode: mode(row),
        form: row.text("form"),
        first_day: row.date("first_day"),
        last_day: row.date("last_day"),
        observers: Headcount::parse(row.cell("observers_total")),
        long_term: Headcount::parse(row.cell("long_term_observers")),
        stations_visited: Headcount::parse(row.cell("stations_visited")),
        head: row.maybe("head"),
        roster: row.list("roster"),
        funding: row.maybe("funding"),
        host_hospitality: row.maybe("host_hospitality"),
        invited: row.text("invited"),
        grounds: row.grounds(),
    }
}

/// The mode that is stated, else what form and kind of observer say.
fn mode(row: &Row) -> Mode {
    let (form, invited) = (row.cell("form").to_lowercase(), row.cell("invited"));
    let kind = ObserverKind::known(row.cell("observer_type"));
    let stated = row.cell("absence_reason");
    let reason = || {
        let keyed = AbsenceReason::ALL.into_iter().find(|r| r.key() == stated);
        keyed
            .or_else(|| AbsenceReason::from_words(invited))
            .or_else(|| AbsenceReason::from_words(&form))
    };
    match row.cell("mode") {
        "absent" => Mode::Absent(reason()),
        "mission" => Mode::Mission,
        "delegation" => Mode::Delegation,
        "individuals" => Mode::Individuals,
        _ if form.contains("none deployed") || form.starts_with("refused") => {
            Mode::Absent(reason())
        }
        _ if kind == Some(ObserverKind::Individuals) => Mode::Individuals,
        _ if kind == Some(ObserverKind::Bilateral) || form.contains("delegation") => {
            Mode::Delegation
        }
        _ => Mode::Mission,
    }
}

pub(super) fn invitation(row: &Row) -> Invitation {
    Invitation {
        id: row.id(),
        election: row.text("election_id"),
        host: row.text("host"),
        invitees: row.list("invitee"),
        status: InvitationStatus::of(row.cell("status")),
        date: row.date("date"),
        reciprocal_of: row.one("reciprocal_of", Kind::Invitation),
        detail: row.text("detail"),
        grounds: row.grounds(),
    }
}

/// What a name refers to.
pub(super) fn subject(row: &Row, column: &str) -> Option<Subject> {
    let id = row.maybe(column)?;
    let is = |kind: Kind| row.merged.find(kind, &id).is_some();
    Some(match () {
        () if is(Kind::Election) => Subject::Election(row.one(column, Kind::Election)?),
        () if is(Kind::Mission) => Subject::Mission(row.one(column, Kind::Mission)?),
        () if is(Kind::Organisation) => Subject::Organisation(row.one(column, Kind::Organisation)?),
        () => Subject::Record(id),
    })
}

pub(super) fn statement(row: &Row) -> Statement {
    Statement {
        id: row.id(),
        speaker: row.text("speaker"),
        attributed_to: row.maybe("attributed_to"),
        about: subject(row, "about"),
        date: row.date("date"),
        venue: row.text("venue"),
        text: row.text("text_original"),
        lang: row.text("lang"),
        translation: row.maybe("translation"),
        before_polls_close: row.yes("before_polls_close"),
        grounds: row.grounds(),
    }
}

fn scale(row: &Row, column: &str) -> Option<Scale> {
    let step = row.cell(column).replace('\u{2212}', "-");
    step.strip_prefix('+').unwrap_or(&step).parse().ok().and_then(Scale::new)
}

/// A verdict of a recorded mission: who and where follow from the mission.
pub(super) fn verdict(row: &Row) -> Verdict {
    let mission = row.one("mission_id", Kind::Mission);
    let of = |column: &str| row.of(Kind::Mission, mission.as_deref()?, column);
    let observer = of("observer").unwrap_or_default();
    let election = row.text("election_id");
    Verdict {
        country: row.of(Kind::Election, &election, "country_iso3"),
        election_date: None,
        speaker: row.maybe("speaker").unwrap_or_else(|| observer.clone()),
        organisations: of("organisation_ids").map(|t| ids(row, &t)).unwrap_or_default(),
        sender: of("sender"),
        observer_kind: of("observer_type").as_deref().and_then(ObserverKind::known),
        date: row.date("date"),
        address: None,
        observer,
        mission,
        election,
        ..judgement(row)
    }
}

/// A verdict on another election: everything stands in its own row.
pub(super) fn wider_verdict(row: &Row) -> Verdict {
    let observer = row.text("observer");
    Verdict {
        mission: None,
        election: row.text("election_id"),
        country: row.maybe("country_iso3"),
        election_date: row.date("date"),
        speaker: row.maybe("speaker").unwrap_or_else(|| observer.clone()),
        organisations: row.many("organisation_ids", Kind::Organisation),
        sender: row.maybe("sender"),
        observer_kind: ObserverKind::known(row.cell("observer_type")),
        date: row.date("said_on"),
        address: row.maybe("source_url"),
        observer,
        ..judgement(row)
    }
}

/// What both kinds of verdict have in common.
fn judgement(row: &Row) -> Verdict {
    Verdict {
        id: row.id(),
        mission: None,
        election: String::new(),
        country: None,
        observer: String::new(),
        organisations: Vec::new(),
        sender: None,
        observer_kind: None,
        scale: scale(row, "verdict_5"),
        phrase: row.text("phrase"),
        speaker: String::new(),
        attributed_to: row.maybe("attributed_to"),
        standard: Standard::known(row.cell("standard")),
        stage: row.text("stage"),
        date: None,
        election_date: None,
        coder: row.maybe("coder"),
        second_coder: row.maybe("second_coder"),
        second_scale: scale(row, "second_verdict_5"),
        address: None,
        grounds: row.grounds(),
    }
}

/// Organisations that a list names, under the names that they go by.
fn ids(row: &Row, list: &str) -> Vec<String> {
    let name = |id: &str| row.merged.name(Kind::Organisation, id).to_owned();
    crate::register::content::parts(list).map(name).collect()
}

pub(super) fn reaction(row: &Row) -> Reaction {
    Reaction {
        id: row.id(),
        election: row.text("election_id"),
        kind: ReactionKind::of(row.cell("kind")),
        actor: row.text("actor"),
        actors: row.list("actor_code"),
        target: row.maybe("target"),
        date: row.date("date"),
        legal_act: row.maybe("legal_act"),
        reason: row.maybe("reason"),
        amount: row.maybe("amount"),
        detail: row.text("detail"),
        grounds: row.grounds(),
    }
}
