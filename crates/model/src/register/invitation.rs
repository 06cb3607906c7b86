//! Who was invited to observe, by whom, and what came of it.

use serde::Serialize;

use super::{Grounds, Id, PartialDate, words::words};

words! {
    /// What became of an invitation.
    InvitationStatus {
        /// Invited; what followed is not recorded here.
        Invited = "invited",
        /// Invited too late.
        InvitedTooLate = "invited_too_late",
        /// Accepted.
        Accepted = "accepted",
        /// Attended; the invitation itself is not recorded here.
        Attended = "attended",
        /// Invited, and attended.
        InvitedAndAttended = "invited_and_attended",
        /// Invited, and declined.
        InvitedDeclined = "invited_declined",
        /// Asked to observe, and refused by the host.
        Refused = "refused",
        /// Not invited.
        NotInvited = "not_invited",
    }
}

/// An invitation to observe one election, or the lack of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// Its name.
    pub id: Id,
    /// The election.
    pub election: Id,
    /// Who invites: a country code or an organisation.
    pub host: Id,
    /// Who is invited: country codes or organisations.
    pub invitees: Vec<Id>,
    /// What became of it.
    pub status: InvitationStatus,
    /// When.
    pub date: Option<PartialDate>,
    /// The invitation that this one answers, where somebody says so.
    pub reciprocal_of: Option<Id>,
    /// Details, as they were written.
    pub detail: String,
    /// What this rests on.
    pub grounds: Grounds,
}
