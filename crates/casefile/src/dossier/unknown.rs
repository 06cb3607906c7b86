//! What is not known: as much a part of a dossier as what is.

use glassurn_model::register::{InvitationStatus, Register, Unit};

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
    let undated = register.reactions.iter().filter(|r| of(&r.election) && r.date.is_none());
    let memory = sources::grounds(register, election).filter(|g| g.from_memory()).count();
    let share = claims().filter(|c| c.unit == Some(Unit::Percent));
    let lists: [(&str, Vec<String>); 5] = [
        ("What these observers concluded", missions.map(|m| m.observer.clone()).collect()),
        (
            "Of what these claims are a share",
            share.filter(|c| c.basis.is_none()).map(|c| c.id.clone()).collect(),
        ),
        (
            "Where these claims hold",
            claims().filter(|c| c.scope.is_none()).map(|c| c.id.clone()).collect(),
        ),
        ("Whether these came who were invited", invited.map(|i| i.invitees.join(", ")).collect()),
        ("When these reacted", undated.map(|r| r.actor.clone()).collect()),
    ];
    let listed = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let mut sentences: Vec<String> =
        listed.map(|(what, names)| format!("{what}: {}.", names.join("; "))).collect();
    if memory > 0 {
        sentences.push(format!("Whether {memory} of the records are right that rest, in part or whole, on the compiler's memory."));
    }
    sentences.extend(withheld(register));
    if returns.is_empty() {
        sentences
            .push("What the results of single polling stations show: none were given.".to_owned());
    }
    if counts.is_none() {
        sentences.push("What independent counts show: none were given.".to_owned());
    }
    sentences
}
