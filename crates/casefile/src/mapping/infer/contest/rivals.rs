//! Decides between columns with equally good names for one line. The arithmetic decides or the columns are
//! equal in nearly every row; else the answer is an error that names them all.

use glassurn_model::Field;

use super::Resolver;
use crate::mapping::MappingError;
use crate::mapping::infer::HINT;
use crate::mapping::infer::fit::SAID;
use crate::mapping::infer::identity::{Share, equal};
use crate::mapping::infer::named::Named;

impl Resolver<'_> {
    /// Chooses between columns with equally good names by arithmetic, or refuses.
    pub(super) fn contested(
        &self,
        field: Field,
        mut whole: Vec<Named>,
    ) -> Result<Named, MappingError> {
        let first = whole.first().cloned();
        let ratio = |n: &Named| self.witness(field, &[n.column]).0.map_or(0.0, Share::ratio);
        whole.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)));
        match (whole.as_slice(), first) {
            ([only], _) => Ok(only.clone()),
            ([best, second, ..], Some(first)) => {
                let (r, s) = (ratio(best), ratio(second));
                let same =
                    equal(self.columns.values(best.column), self.columns.values(second.column));
                if r >= SAID && r > s + 0.2 {
                    Ok(best.clone())
                } else if same.ratio() >= 0.99 {
                    Ok(first)
                } else {
                    Err(self.ambiguous(field, &whole))
                }
            }
            _ => Err(self.no_choices()),
        }
    }

    /// The error when two columns claim one line.
    fn ambiguous(&self, field: Field, whole: &[Named]) -> MappingError {
        let candidates = whole.iter().map(|n| {
            let (share, words) = self.witness(field, &[n.column]);
            let arithmetic = if share.is_some() { format!(", {words}") } else { String::new() };
            format!(
                "`{}` {} (score {:.2}{arithmetic})",
                self.columns.0[n.column].reference, n.why, n.score
            )
        });
        MappingError {
            problem: format!(
                "{} columns could be the {}, and arithmetic does not decide",
                whole.len(),
                field.title()
            ),
            candidates: candidates.collect(),
            hint: HINT.to_owned(),
        }
    }
}
