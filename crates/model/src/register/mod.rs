//! The register's nouns: who watched an election, who claimed what of it, who was invited, who reacted, and
//! what each of these facts rests on.
//!
//! A fact keeps its sources, how it is known and how sure its compiler is ([`Grounds`]). What is not known
//! is `None` and never zero; a word that the lists do not have is kept as it was written.

mod assessment;
mod citation;
mod claim;
mod date;
mod decimal;
mod election;
mod grounds;
mod headcount;
mod invitation;
mod mission;
mod organisation;
mod reaction;
mod snapshot;
mod source;
mod state;
mod statement;
mod verdict;
mod words;

pub use assessment::{Answer, Assessment, AssessmentItem};
pub use citation::{Capture, Citation, Quote, Stance};
pub use claim::{Basis, ClaimKind, ClaimantRole, ResultClaim, Scope, Unit};
pub use date::{DateError, PartialDate};
pub use decimal::Decimal;
pub use election::{Election, ElectionKind};
pub use grounds::{Confidence, Grounds};
pub use headcount::{Headcount, Precision};
pub use invitation::{Invitation, InvitationStatus};
pub use mission::{AbsenceReason, Mission, Mode, ObserverKind};
pub use organisation::{Endorsement, Name, Organisation, OrganisationKind};
pub use reaction::{Reaction, ReactionKind};
pub use snapshot::Register;
pub use source::{Letter, Matter, PublisherKind, Reliability, Source};
pub use state::{leading_state, state_name, state_named, state_two_letters};
pub use statement::{Statement, Subject};
pub use verdict::{Scale, Standard, Verdict};

/// The name by which a record is cited: `BLR-2025-P`, `S012`, `M014`.
pub type Id = String;
