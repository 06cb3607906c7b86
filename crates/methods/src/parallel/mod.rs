//! The list of methods that weigh independent counts. One method is one file, its form, and one line
//! here; the command line, the manual, the report and the registry tests follow from the list.
//!
//! A method is a pure function from its inputs to an [`Answer`](glassurn_model::Answer); inputs differ
//! too much from method to method for one signature, so what the list holds is [`Method`].

pub mod beside;
mod station_sample;
mod station_table;

pub use glassurn_stats::survey::Single;
pub use station_sample::{Absent, FrameStratum, LEVEL, Report, StationSample};
pub use station_table::{Official, TABLE, table};

pub use crate::Method;

crate::method::methods! {
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
    device_stations,
    sample_audit,
}
