//! Gives the lines of the protocol to the columns whose names stand for them: the best name for the whole
//! line, else the sum of its parts, unless the arithmetic contradicts the name. Other columns with the
//! name of a line that is given become further columns.

use glassurn_model::Field;

use super::Resolver;
use super::witness::{refuted, weight};
use crate::mapping::MappingError;
use crate::mapping::infer::named::Named;
use crate::mapping::infer::report::{Report, confidence};

/// Names whose scores differ by less are candidates for the same line.
const CLOSE: f64 = 0.08;

impl Resolver<'_> {
    /// Gives one line its columns.
    pub(super) fn assign(&mut self, field: Field, report: &mut Report) -> Result<(), MappingError> {
        if self.fields.contains_key(&field) {
            self.demote(field);
            return Ok(());
        }
        let mut whole: Vec<Named> = self.of(field).filter(|n| n.part.is_empty()).cloned().collect();
        whole.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.column.cmp(&b.column)));
        if let Some(best) = whole.first().map(|n| n.score) {
            whole.retain(|n| n.score + CLOSE >= best);
            let chosen = self.contested(field, whole)?;
            let (share, words) = self.witness(field, &[chosen.column]);
            if refuted(field, share) {
                report.decide(
                    "extra",
                    &[chosen.column],
                    0.5,
                    format!("{}, but {words}", chosen.why),
                );
                self.drop_name(chosen.column);
                return Ok(());
            }
            report.decide(
                field.key(),
                &[chosen.column],
                confidence(chosen.score, weight(field, share)),
                joined(&chosen.why, &words),
            );
            self.fields.insert(field, vec![chosen.column]);
            self.demote(field);
            return Ok(());
        }
        self.assign_parts(field, report);
        Ok(())
    }

    /// Gives a line the sum of its parts.
    fn assign_parts(&mut self, field: Field, report: &mut Report) {
        let mut parts: Vec<Named> =
            self.of(field).filter(|n| !n.part.is_empty()).cloned().collect();
        parts.sort_by(|a, b| a.part.cmp(b.part).then(b.score.total_cmp(&a.score)));
        parts.dedup_by(|b, a| a.part == b.part);
        parts.sort_by_key(|n| n.column);
        let lone = parts.len() == 1 && !parts.iter().any(|n| matches!(n.part, "main" | "station"));
        if parts.is_empty() || lone {
            return;
        }
        let columns: Vec<usize> = parts.iter().map(|n| n.column).collect();
        let (share, words) = self.witness(field, &columns);
        if refuted(field, share) {
            return;
        }
        let score = parts.iter().map(|n| n.score).fold(1.0, f64::min);
        let why = parts.iter().map(|n| n.why.as_str()).collect::<Vec<_>>().join("; ");
        report.decide(
            field.key(),
            &columns,
            confidence(score, weight(field, share)),
            joined(&format!("the sum of its parts: {why}"), &words),
        );
        self.fields.insert(field, columns);
        self.demote(field);
    }

    /// Other columns with a line's name become extras.
    fn demote(&mut self, field: Field) {
        let taken: Vec<usize> = self.fields.get(&field).cloned().unwrap_or_default();
        let gone: Vec<usize> =
            self.of(field).map(|n| n.column).filter(|c| !taken.contains(c)).collect();
        self.draft.named.retain(|n| !gone.contains(&n.column));
        self.draft.others.extend(gone);
    }

    /// A column's name is not believed.
    fn drop_name(&mut self, column: usize) {
        self.draft.named.retain(|n| n.column != column);
        self.draft.others.push(column);
    }
}

/// Two reasons as one.
fn joined(a: &str, b: &str) -> String {
    if b.is_empty() { a.to_owned() } else { format!("{a}; {b}") }
}
