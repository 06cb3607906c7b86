//! What is not known: as much a part of a dossier as what is.

use glassurn_model::register::{InvitationStatus, Register, ResultClaim, Unit, state_name};

use super::sources;
use crate::{Account, Examination, register::withheld};

/// What nobody has put on record, or given; one sentence each.
pub(super) fn unknown(
    register: &Register,
    election: &str,
    returns: &[Examination],
    counts: Option<&Account>,
) -> Vec<String> {
    let of = |id: &str| id == election;
    let silent = |id: &str| {
        register.verdicts.iter().all(|v| v.mission.as_deref() != Some(id) || v.scale.is_none())
    };
    let missions =
        register.missions.iter().filter(|m| of(&m.election) && m.attended() && silent(&m.id));
    let claims = || register.claims.iter().filter(|c| of(&c.election) && c.low.is_some());
    let open =
        |s: &InvitationStatus| matches!(s, InvitationStatus::Invited | InvitationStatus::Accepted);
    let invited = register.invitations.iter().filter(|i| of(&i.election) && open(&i.status));
    let mut came: Vec<String> = invited
        .flat_map(|i| &i.invitees)
        .map(|code| state_name(code).unwrap_or(code).to_owned())
        .collect();
    came.dedup();
    let whose = |c: &ResultClaim| format!("{} ({})", c.claimant, c.id);
    let undated = register.reactions.iter().filter(|r| of(&r.election) && r.date.is_none());
    let memory = sources::grounds(register, election).filter(|g| g.from_memory()).count();
    let share = claims().filter(|c| c.unit == Some(Unit::Percent));
    let lists: [(&str, Vec<String>); 5] = [
        ("What these observers concluded", missions.map(|m| m.observer.clone()).collect()),
        (
            "Of what the shares are that they claimed",
            share.filter(|c| c.basis.is_none()).map(whose).collect(),
        ),
        (
            "Where the figures hold that they claimed",
            claims().filter(|c| c.scope.is_none()).map(whose).collect(),
        ),
        ("Whether they came after an invitation", came),
        ("On which day they reacted", undated.map(|r| r.actor.clone()).collect()),
    ];
    let listed = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let mut sentences: Vec<String> =
        listed.map(|(what, names)| format!("{what}: {}.", names.join("; "))).collect();
    if memory > 0 {
        let records = if memory == 1 { "record is" } else { "records are" };
        sentences.push(format!(
            "Whether {memory} {records} right, resting in part or whole on the compiler's memory."
        ));
    }
    sentences.extend(withheld(register));
    if returns.is_empty() {
        sentences.push(
            "What the results of single polling stations show: none were put into this dossier."
                .to_owned(),
        );
    }
    if counts.is_none() {
        sentences.push("What independent counts show: none were put into this dossier.".to_owned());
    }
    sentences
}
