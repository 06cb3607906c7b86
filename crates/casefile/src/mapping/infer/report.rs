//! What was decided, how surely and why, in the words that the mapping keeps.

use glassurn_model::Field;

use super::profile::Profile;
use crate::mapping::Decision;

/// Collects decisions.
#[derive(Debug)]
pub(super) struct Report<'a> {
    profiles: &'a [Profile],
    /// Prefix of roles where several contests are told apart.
    pub(super) contest: Option<String>,
    /// The decisions.
    pub(super) decisions: Vec<Decision>,
}

/// How sure a role is: the chance that neither the name nor the arithmetic misleads, were they independent.
pub(super) fn confidence(name: f64, arithmetic: f64) -> f64 {
    1.0 - (1.0 - 0.85 * name) * (1.0 - 0.9 * arithmetic)
}

impl<'a> Report<'a> {
    /// An empty report.
    pub(super) fn new(profiles: &'a [Profile]) -> Self {
        Report { profiles, contest: None, decisions: Vec::new() }
    }

    /// Notes a decision about columns.
    pub(super) fn decide(
        &mut self,
        role: &str,
        columns: &[usize],
        confidence: f64,
        reason: String,
    ) {
        let columns = columns.iter().map(|&c| self.profiles[c].reference.clone()).collect();
        self.note(role, columns, confidence, reason);
    }

    /// Notes that a line is derived.
    pub(super) fn derive(&mut self, field: Field, parts: &[String]) {
        let role = format!("derive {}", field.key());
        let reason = format!("the file has no such column; it is {}", parts.join(" + "));
        self.note(&role, Vec::new(), 0.6, reason);
    }

    /// Notes a decision.
    pub(super) fn note(
        &mut self,
        role: &str,
        columns: Vec<String>,
        confidence: f64,
        reason: String,
    ) {
        let role = match &self.contest {
            Some(contest) => format!("{contest}: {role}"),
            None => role.to_owned(),
        };
        let confidence = (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        self.decisions.push(Decision { role, columns, confidence, reason });
    }
}
