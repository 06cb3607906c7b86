//! The tables of a sheet.

use glassurn_model::{
    Cell, Table,
    register::{
        AbsenceReason, Basis, ClaimantRole, Election, Headcount, Invitation, InvitationStatus, Mission, Mode,
        Reaction, Register, ResultClaim, Scope, Verdict,
    },
};

use super::super::{
    observers::{self, Group},
    say::{self, date, ids, table, text},
};

pub(super) fn all(register: &Register, election: &Election) -> Vec<Table> {
    vec![
        claims(register, election),
        verdicts(register, election, Group::Credible),
        verdicts(register, election, Group::Other),
        missions(register, election),
        absences(register, election),
        invitations(register, election),
        reactions(register, election),
    ]
}

/// A basis in words.
pub(super) fn basis(basis: &Basis) -> String {
    match basis {
        Basis::OfParticipants => "of those who took part".to_owned(),
        other => other.to_string(),
    }
}

/// Why nobody observed, in words.
pub(super) fn reason(reason: Option<AbsenceReason>) -> String {
    reason.map_or_else(|| "reason not on record".to_owned(), |r| r.key().replace('_', " "))
}

fn count(headcount: Option<&Headcount>) -> Cell {
    text(headcount.map_or("", |h| &h.written))
}

/// Whether a claim is the announced result itself, which needs no row of its own beside it.
fn is_announced(claim: &ResultClaim, election: &Election) -> bool {
    claim.role == Some(ClaimantRole::Official)
        && claim.stage == "final"
        && claim.low.is_some()
        && claim.low == election.winner_share
        && claim.high == claim.low
        && claim.basis == election.share_basis
        && Some(&claim.about) == election.winner.as_ref()
}

/// Claims by basis and scope, the announced result first.
fn claims(register: &Register, election: &Election) -> Table {
    let scope = |c: &ResultClaim| match &c.scope {
        Some(Scope::Whole) => "everywhere".to_owned(),
        Some(Scope::Part(part)) => part.clone(),
        None => String::new(),
    };
    let of = |c: &ResultClaim| c.basis.as_ref().map_or_else(String::new, basis);
    let mut claims: Vec<&ResultClaim> = register.claims.iter().filter(|c| c.election == election.id).collect();
    claims.sort_by_key(|c| (!is_announced(c, election), c.low.is_none(), of(c), scope(c), c.id.clone()));
    let stated = claims.iter().any(|c| is_announced(c, election));
    let row = |c: &&ResultClaim| {
        vec![
            Cell::from(c.id.as_str()),
            Cell::from(c.claimant.as_str()),
            text(&c.role.as_ref().map_or_else(String::new, ToString::to_string)),
            text(&c.about),
            text(&c.kind.to_string()),
            text(&say::figures(c)),
            text(&of(c)),
            text(&scope(c)),
            text(&c.written),
            text(&c.stage),
            date(c.date),
            text(&c.grounds.note),
            ids(&c.grounds.sources),
        ]
    };
    let announced = election.winner_share.filter(|_| !stated).map(|share| {
        vec![
            Cell::from(election.id.as_str()),
            text(&election.commission),
            Cell::from("official"),
            text(election.winner.as_deref().unwrap_or_default()),
            Cell::from("vote share"),
            Cell::Text(format!("{share} %")),
            text(&election.share_basis.as_ref().map_or_else(String::new, basis)),
            Cell::from("everywhere"),
            Cell::Missing,
            Cell::from("announced"),
            Cell::Missing,
            Cell::Missing,
            ids(&election.grounds.sources),
        ]
    });
    let rows = announced.into_iter().chain(claims.iter().map(row)).collect();
    let columns = [
        "record", "claimant", "role", "about", "kind", "figure", "share of what", "where", "as it was written",
        "stage", "date", "compiler's note", "sources",
    ];
    table("claims", "Claims about the result, the announced one first: a share of what, and where", &columns, rows)
}

fn verdicts(register: &Register, election: &Election, group: Group) -> Table {
    let of = register.all_verdicts().filter(|v| v.election == election.id);
    let of = of.map(|v| (v, observers::of_verdict(register, v))).filter(|(_, h)| h.group == group);
    let standard = |v: &Verdict| v.standard.as_ref().map_or_else(String::new, ToString::to_string);
    let row = |(v, house): (&Verdict, observers::House)| {
        vec![
            Cell::from(v.id.as_str()),
            Cell::from(house.name),
            text(&v.observer),
            v.scale.map_or(Cell::from("no verdict known"), |s| Cell::Text(say::step(s))),
            text(&v.phrase),
            text(&standard(v)),
            text(&v.stage),
            date(v.date),
            text(v.attributed_to.as_deref().unwrap_or_default()),
            ids(&v.grounds.sources),
        ]
    };
    let (name, title) = match group {
        Group::Credible => ("credible", "Verdicts of credible observers"),
        Group::Other => ("other", "Verdicts of other observers"),
    };
    let columns = [
        "record", "observer", "as it was written", "verdict", "words", "standard", "stage", "date",
        "ascribed to", "sources",
    ];
    table(name, title, &columns, of.map(row).collect())
}

fn missions(register: &Register, election: &Election) -> Table {
    let of = register.missions.iter().filter(|m| m.election == election.id && m.attended());
    let row = |m: &Mission| {
        let mode = match m.mode {
            Mode::Mission => "mission",
            Mode::Delegation => "delegation",
            Mode::Individuals => "individuals",
            Mode::Absent(_) => "absent",
        };
        vec![
            Cell::from(m.id.as_str()),
            Cell::from(m.observer.as_str()),
            Cell::from(mode),
            text(&m.form),
            date(m.first_day),
            date(m.last_day),
            count(m.observers.as_ref()),
            count(m.long_term.as_ref()),
            count(m.stations_visited.as_ref()),
            ids(&m.grounds.sources),
        ]
    };
    let columns = [
        "record", "observer", "mode", "form", "first day", "last day", "observers", "long-term", "stations",
        "sources",
    ];
    table("missions", "Who observed", &columns, of.map(row).collect())
}

fn absences(register: &Register, election: &Election) -> Table {
    let of = register.missions.iter().filter(|m| m.election == election.id);
    let rows = of.filter_map(|m| match m.mode {
        Mode::Absent(why) => Some(vec![
            Cell::from(m.id.as_str()),
            Cell::from(m.observer.as_str()),
            Cell::Text(reason(why)),
            text(&m.invited),
            ids(&m.grounds.sources),
        ]),
        _ => None,
    });
    let columns = ["record", "observer", "reason", "as it was written", "sources"];
    table("absences", "Who did not observe, and why", &columns, rows.collect())
}

/// Days between an invitation and the first day of voting; the date of a visit is none of an invitation.
fn notice(invitation: &Invitation, election: &Election) -> Option<String> {
    let visit = matches!(invitation.status, InvitationStatus::Attended | InvitationStatus::NotInvited);
    let (fewest, most) = invitation.date.filter(|_| !visit)?.days_until(election.start?);
    Some(match fewest {
        _ if fewest == most => most.to_string(),
        // An invitation of a month in which the vote was held may have come on any day before it.
        ..0 if most >= 0 => format!("at most {most}"),
        _ => format!("{fewest} to {most}"),
    })
}

fn invitations(register: &Register, election: &Election) -> Table {
    let of = register.invitations.iter().filter(|i| i.election == election.id);
    let row = |i: &Invitation| {
        vec![
            Cell::from(i.id.as_str()),
            text(&i.invitees.iter().map(|i| say::party(i)).collect::<Vec<_>>().join(", ")),
            Cell::Text(i.status.to_string()),
            date(i.date),
            text(&notice(i, election).unwrap_or_default()),
            text(&i.detail),
            ids(&i.grounds.sources),
        ]
    };
    let columns = ["record", "invitee", "status", "date", "days before", "detail", "sources"];
    table("invitations", "Invitations", &columns, of.map(row).collect())
}

fn reactions(register: &Register, election: &Election) -> Table {
    let mut of: Vec<&Reaction> =
        register.reactions.iter().filter(|r| r.election == election.id).collect();
    of.sort_by_key(|r| (r.date.is_none(), r.date, r.id.clone()));
    let row = |r: &&Reaction| {
        vec![
            Cell::from(r.id.as_str()),
            date(r.date),
            Cell::Text(r.kind.to_string()),
            text(&r.actor),
            text(&r.detail),
            ids(&r.grounds.sources),
        ]
    };
    let columns = ["record", "date", "kind", "who", "detail", "sources"];
    table("reactions", "Reactions", &columns, of.iter().map(row).collect())
}
