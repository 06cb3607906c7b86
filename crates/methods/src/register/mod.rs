//! The list of analyses of the register: who watched, who claimed what, who endorsed whom. One analysis is
//! one file, its form, and one line here.
//!
//! Each is a pure function of a [`Register`](glassurn_model::register::Register) and its settings, and
//! answers with an [`Answer`](glassurn_model::Answer). What is not on record is said to be unknown; it is
//! never counted as a no.

pub mod anchors;
mod attendance;
pub mod observers;
mod rated;
mod say;

pub use crate::Method;

crate::method::methods! {
    election_sheet,
    conflicts,
    dyads,
    mutual_endorsement,
    scorecard,
    observer_agreement,
    anchor_residual,
    leniency,
    evidence_grade,
    reaction_timeline,
}
