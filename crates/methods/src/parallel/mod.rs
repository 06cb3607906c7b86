//! The list of methods that weigh independent counts. One method is one file, its form, and one line
//! here; the command line, the manual, the report and the registry tests follow from the list.
//!
//! A method is a pure function from its inputs to an [`Answer`](glassurn_model::Answer); inputs differ
//! too much from method to method for one signature, so what the list holds is [`Method`]: code, name,
//! documentation.

use glassurn_model::Form;

pub mod beside;

/// What is fixed about a method.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// Stable code, never reused (`P110`).
    pub code: &'static str,
    /// Stable name: what is compared, never an offence (`area-excess`).
    pub name: &'static str,
    /// What a reader sees.
    pub title: &'static str,
    /// Documentation form; its first line is the question.
    pub doc: &'static str,
}

impl Method {
    /// The documentation as a form.
    pub fn form(&self) -> Form {
        Form::new(self.doc)
    }
}

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! methods {
    ($($module:ident),* $(,)?) => {
        $(pub mod $module;)*

        /// Every method, ordered by code.
        pub const ALL: &[Method] = &[$($module::METHOD),*];
    };
}

mod station_sample;
mod station_table;

pub use glassurn_stats::survey::Single;
pub use station_sample::{Absent, FrameStratum, LEVEL, Report, StationSample};
pub use station_table::{Official, TABLE, table};

methods! {
    area_excess,
    station_excess,
    implied_remainder,
    missing_bounds,
    selection_factor,
    reweighted,
    sum_chain,
    station_match,
    turnout_tally,
    quick_count,
    joint_verdict,
    arrival,
    non_response,
    published_estimate,
    transcriptions,
    sample_design,
    observed_unobserved,
    matched_pairs,
    sample_audit,
}

/// The method with this code.
pub fn find(code: &str) -> Option<Method> {
    ALL.iter().find(|m| m.code == code).copied()
}
