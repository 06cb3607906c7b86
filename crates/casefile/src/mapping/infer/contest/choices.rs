//! Settles which columns are the choices: those that add up to a column or, where none is their sum, those
//! that a named total bounds. Where neither holds there is an error with the candidates. The columns that
//! are no choices after all go back among the other columns of counts.

use glassurn_model::Field;

use super::{ORDERED, Resolver};
use crate::mapping::MappingError;
use crate::mapping::infer::HINT;
use crate::mapping::infer::fit::Fit;
use crate::mapping::infer::identity::{Share, at_most, total};
use crate::mapping::infer::report::{Report, confidence};

impl Resolver<'_> {
    /// Settles the choices, or says that there are none.
    pub(super) fn choose(&mut self, report: &mut Report) -> Result<(), MappingError> {
        if let Some(fit) = self.fit.clone() {
            self.take_fit(&fit, report);
            return Ok(());
        }
        self.restrict();
        let bound = self.bound();
        let varied = self.choices.iter().filter(|c| !self.columns.0[**c].constant).count();
        let Some((what, column, share)) = bound.filter(|_| varied >= 2) else {
            return Err(self.no_choices());
        };
        report.decide("choice", &self.choices, 0.55 * share.ratio(), format!(
            "no column is known for something else; together never above {what} `{}` {}; no column is their sum, \
             so that they may not be all choices",
            self.columns.0[column].reference, share.words()
        ));
        Ok(())
    }

    /// Gives the roles that follow from the sum of the choices.
    fn take_fit(&mut self, fit: &Fit, report: &mut Report) {
        let field = if fit.with.is_empty() { Field::Valid } else { Field::Cast };
        self.fields.insert(field, vec![fit.target]);
        let with = if fit.with.is_empty() {
            String::new()
        } else {
            format!(", with {},", self.columns.names(&fit.with))
        };
        let target = &self.columns.0[fit.target].reference;
        report.decide(
            "choice",
            &fit.choices,
            confidence(0.0, fit.share.ratio()),
            format!(
                "these {} columns{with} add up to `{target}` {}",
                fit.choices.len(),
                fit.share.words()
            ),
        );
        let name = self.draft.named.iter().find(|n| n.column == fit.target);
        let (score, why) = match name {
            Some(n) if n.field == field => (n.score, format!("{}; ", n.why)),
            Some(n) => (0.0, format!("{}, but ", n.why)),
            None => (0.0, String::new()),
        };
        let parts = if fit.with.is_empty() {
            "the sum of the choices"
        } else {
            "the sum of the choices and the invalid or blank ballots"
        };
        report.decide(
            field.key(),
            &[fit.target],
            confidence(score, fit.share.ratio()),
            format!("{why}{parts} {}", fit.share.words()),
        );
        let taken = |c: &usize| *c == fit.target || fit.choices.contains(c);
        self.draft.unnamed.retain(|c| !taken(c));
        self.draft.named.retain(|n| !taken(&n.column));
        self.draft.others.retain(|c| !taken(c));
        self.draft.others.extend(&self.draft.unnamed);
    }

    /// Without a sum: where some unnamed columns share a suffix that means votes, those are the choices.
    fn restrict(&mut self) {
        let is_votes = |&c: &usize| {
            let matches = &self.columns.0[c].matches;
            matches.iter().any(|m| (m.role == "votes" || m.role == "cast") && m.score >= 0.6)
        };
        let votes: Vec<usize> = self.choices.iter().copied().filter(is_votes).collect();
        self.draft.unnamed.clear();
        if votes.len() >= 2 && votes.len() < self.choices.len() {
            let rest = self.choices.iter().filter(|c| !votes.contains(c));
            self.draft.others.extend(rest);
            self.choices = votes;
            self.sum = self.columns.sum(&self.choices);
        }
    }

    /// The named total that bounds the choices, where two lines at least are named.
    fn bound(&self) -> Option<(&'static str, usize, Share)> {
        if self.draft.named.len() < 2 {
            return None;
        }
        let order = [Field::Valid, Field::Cast, Field::Registered];
        let bounds = order.iter().filter_map(|f| {
            let named = self.draft.named.iter().find(|n| n.field == *f)?;
            let values = self.columns.values(named.column);
            let share = at_most(&self.sum, values);
            let enough = total(&self.sum).saturating_mul(4) >= total(values);
            (share.ratio() >= ORDERED && enough).then_some((f.title(), named.column, share))
        });
        bounds.into_iter().next()
    }

    /// The error when no columns can be the choices.
    pub(super) fn no_choices(&self) -> MappingError {
        let named = self.draft.named.iter().map(|n| {
            format!("`{}` {} (score {:.2})", self.columns.0[n.column].reference, n.why, n.score)
        });
        let candidates = self
            .choices
            .iter()
            .take(12)
            .map(|c| format!("`{}`: perhaps votes for a choice", self.columns.0[*c].reference));
        let problem = if self.choices.iter().all(|c| self.columns.0[*c].constant) {
            "no column holds the votes for a choice".to_owned()
        } else {
            format!(
                "{} columns could be votes for choices, but they add up to no other column and no named total bounds them",
                self.choices.len()
            )
        };
        MappingError {
            problem,
            candidates: named.chain(candidates).collect(),
            hint: HINT.to_owned(),
        }
    }
}
