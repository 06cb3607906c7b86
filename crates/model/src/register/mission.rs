//! An observer mission, or its recorded absence.

use serde::Serialize;

use super::{Grounds, Headcount, Id, PartialDate, words::words};

words! {
    /// Who observes.
    ObserverKind {
        /// An organisation of states.
        Igo = "igo",
        /// Several organisations together.
        IgoJoint = "igo_joint",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A network of these.
        NgoNetwork = "ngo_network",
        /// Citizens of the country itself.
        Citizen = "citizen",
        /// A delegation of one state.
        Bilateral = "bilateral",
        /// A government.
        Government = "government",
        /// An election commission.
        Commission = "emb",
        /// A private association.
        Private = "private",
        /// Persons, each invited alone.
        Individuals = "individuals",
    }
}

/// How somebody observed, or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A mission.
    Mission,
    /// A delegation.
    Delegation,
    /// Persons alone.
    Individuals,
    /// Nobody observed.
    Absent(Option<AbsenceReason>),
}

/// Why nobody observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceReason {
    /// Not invited.
    NotInvited,
    /// Invited too late, or not in time.
    Late,
    /// The host refused.
    RefusedByHost,
    /// The observer declined.
    Declined,
}

impl AbsenceReason {
    /// Every reason.
    pub const ALL: [AbsenceReason; 4] = [
        AbsenceReason::NotInvited,
        AbsenceReason::Late,
        AbsenceReason::RefusedByHost,
        AbsenceReason::Declined,
    ];

    /// The word as it is written in tables.
    pub fn key(self) -> &'static str {
        match self {
            AbsenceReason::NotInvited => "not_invited",
            AbsenceReason::Late => "late",
            AbsenceReason::RefusedByHost => "refused_by_host",
            AbsenceReason::Declined => "declined",
        }
    }

    /// The reason that words give, as in `no timely invitation` or `invited, declined`.
    pub fn from_words(text: &str) -> Option<AbsenceReason> {
        let text = text.to_lowercase().replace('_', " ");
        let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
        match () {
            () if says(&["declined"]) => Some(AbsenceReason::Declined),
            () if says(&["refused"]) => Some(AbsenceReason::RefusedByHost),
            () if says(&["not invited"]) => Some(AbsenceReason::NotInvited),
            () if says(&["timely", "late", "days before", "before election day"]) => {
                Some(AbsenceReason::Late)
            }
            () => None,
        }
    }
}

/// An observer mission to one election, or its recorded absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mission {
    /// Its name.
    pub id: Id,
    /// The election.
    pub election: Id,
    /// Who observed, as it was written.
    pub observer: String,
    /// The organisations that this is, where somebody has said so.
    pub organisations: Vec<Id>,
    /// The state that sent it, three letters, where a state did.
    pub sender: Option<String>,
    /// What kind of observer.
    pub observer_kind: Option<ObserverKind>,
    /// How, or why not.
    pub mode: Mode,
    /// How, as it was written.
    pub form: String,
    /// First day in the country.
    pub first_day: Option<PartialDate>,
    /// Last day in the country.
    pub last_day: Option<PartialDate>,
    /// Observers in all.
    pub observers: Option<Headcount>,
    /// Of these, long-term observers.
    pub long_term: Option<Headcount>,
    /// Polling stations visited.
    pub stations_visited: Option<Headcount>,
    /// Who led it.
    pub head: Option<String>,
    /// Who else took part, office-holders only.
    pub roster: Vec<String>,
    /// Who paid; `None` when not known.
    pub funding: Option<String>,
    /// What the host paid or offered; `None` when not known.
    pub host_hospitality: Option<String>,
    /// Whether and when it was invited, as it was written.
    pub invited: String,
    /// What this rests on.
    pub grounds: Grounds,
}

impl Mission {
    /// Whether anybody observed.
    pub fn attended(&self) -> bool {
        !matches!(self.mode, Mode::Absent(_))
    }
}
