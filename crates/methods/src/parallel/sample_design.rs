//! P410: how many stations to draw, how to share them among strata, and which.

mod draw;
mod say;
mod size;

pub use draw::{Allocation, Draw, allocate, draw};
pub use size::{Aim, Past, Sizes, detection_miss, sizes, wrong_stations};

use glassurn_model::Answer;

use super::Method;

#[doc = include_str!("sample_design.md")]
pub const METHOD: Method = Method {
    code: "P410",
    name: "sample-design",
    title: "Design of a sample of stations",
    doc: include_str!("sample_design.md"),
};

/// What a sample of these sizes would need; refused where [`sizes`] has nothing to go by.
pub fn design(subject: &str, past: &[Past], frame: &[(String, u64)], aim: Aim) -> Answer {
    match sizes(past, frame, aim) {
        Ok(sizes) => say::answer(subject, &sizes, aim),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}
