//! Glassurn's nouns: what a polling-station return is made of, what a check or a screen says of it.
//!
//! Nothing here reads files, prints, or asks the clock. Missing is `None` and never zero; counts are
//! integers; a number that was not in the source says how it was derived.

mod answer;
mod arrival;
pub mod check;
pub mod checks;
mod claim;
mod column;
mod contest;
mod count_kind;
mod earlier;
mod field;
pub mod finding;
mod form;
pub mod register;
mod returns;
mod source;
mod station;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use answer::{Answer, Cell, Heading, Table};
pub use arrival::{Arrival, Quantity, Scale, Threshold};
pub use check::{Check, CheckMeta, CheckOutcome, Flag, Severity, Words};
pub use claim::{Claim, ClaimClass, Verdict};
pub use column::{Column, Count, Counts, Origin};
pub use contest::{Contest, Tally};
pub use count_kind::CountKind;
pub use earlier::{Earlier, Partners};
pub use field::Field;
pub use finding::{
    Caveat, Effect, Finding, IntervalRow, LeftOut, MapArea, Measure, Outcome, P, PKind, Picture,
    Reason, Scope, Subject, Unit,
};
pub use form::{Form, FormError};
pub use returns::{Oddity, OddityKind, ParentRow, Provenance, Returns, SetAside};
pub use source::Source;
pub use station::{Areas, Kind, Level, Place, Stations};
