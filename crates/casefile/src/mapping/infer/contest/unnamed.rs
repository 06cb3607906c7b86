//! Finds the lines of the protocol among columns whose names say nothing, once the named lines are given:
//! the column that equals a sum, the pair that differs by the valid votes, the only column that is never
//! below the ballots.

use glassurn_model::Field;

use super::{ORDERED, Resolver};
use crate::mapping::infer::fit::SETTLED;
use crate::mapping::infer::identity::{self, Share, at_most, below, equal, total};
use crate::mapping::infer::report::{Report, confidence};

impl Resolver<'_> {
    /// Finds lines whose columns have no name, by arithmetic.
    pub(super) fn complete(&mut self, report: &mut Report) {
        let choices = self.fit.is_some().then(|| self.sum.clone());
        self.find_equal(Field::Valid, choices, "the sum of the choices", report);
        let gap = self.gap();
        self.find_equal(Field::Invalid, gap, "the ballots less valid votes", report);
        let counted = self.counted();
        self.find_equal(Field::Cast, counted, "valid and invalid ballots together", report);
        self.find_pair(report);
        if !self.fields.contains_key(&Field::Registered) {
            self.find_register(report);
        }
    }

    /// Finds the column that equals `values`.
    fn find_equal(
        &mut self,
        field: Field,
        values: Option<Vec<Option<i64>>>,
        what: &str,
        report: &mut Report,
    ) {
        let Some(values) = values.filter(|_| !self.fields.contains_key(&field)) else { return };
        let mut found: Vec<(usize, Share)> = self
            .draft
            .others
            .iter()
            .map(|&c| (c, equal(&values, self.columns.values(c))))
            .collect();
        found.retain(|(_, share)| share.ratio() >= SETTLED);
        if let Some((column, share)) =
            found.into_iter().max_by(|a, b| a.1.ratio().total_cmp(&b.1.ratio()))
        {
            report.decide(
                field.key(),
                &[column],
                confidence(0.0, share.ratio()),
                format!("equal to {what} {}", share.words()),
            );
            self.fields.insert(field, vec![column]);
            self.draft.others.retain(|c| *c != column);
        }
    }

    /// Finds two unnamed columns of which one is the other and the valid votes together.
    fn find_pair(&mut self, report: &mut Report) {
        let known = [Field::Cast, Field::Invalid].iter().any(|f| self.fields.contains_key(f));
        let Some(valid) = self.line(Field::Valid).filter(|_| !known) else { return };
        let free: Vec<usize> =
            self.draft.unnamed.iter().copied().filter(|c| !self.taken(*c)).collect();
        let pairs = free.iter().flat_map(|&part| free.iter().map(move |&whole| (part, whole)));
        let fits = pairs.filter(|(part, whole)| part != whole).map(|(part, whole)| {
            let sum = identity::sum([valid.as_slice(), self.columns.values(part)]);
            (part, whole, equal(&sum, self.columns.values(whole)))
        });
        let best = fits.max_by(|a, b| a.2.ratio().total_cmp(&b.2.ratio()));
        let Some((part, whole, share)) = best.filter(|b| b.2.ratio() >= SETTLED) else { return };
        let reason = format!(
            "with the valid votes it adds up to `{}` {}",
            self.columns.0[whole].reference,
            share.words()
        );
        report.decide("invalid", &[part], 0.8 * share.ratio(), reason);
        let reason = format!(
            "the valid votes and `{}` together {}",
            self.columns.0[part].reference,
            share.words()
        );
        report.decide("cast", &[whole], 0.8 * share.ratio(), reason);
        self.fields.insert(Field::Invalid, vec![part]);
        self.fields.insert(Field::Cast, vec![whole]);
    }

    /// Finds the only unnamed column that is never below the ballots.
    fn find_register(&mut self, report: &mut Report) {
        let ballots = self.largest();
        let found: Vec<(usize, Share)> = self
            .draft
            .unnamed
            .iter()
            .filter_map(|&c| {
                let values = self.columns.values(c);
                let (share, above) = (at_most(&ballots, values), below(&ballots, values));
                let near = total(values) / 20 <= total(&ballots);
                (share.ratio() >= ORDERED && above.ratio() >= 0.5 && near && !self.taken(c))
                    .then_some((c, share))
            })
            .collect();
        match found.as_slice() {
            [(column, share)] => {
                report.decide("registered", &[*column], 0.8 * share.ratio(), format!(
                    "its name says nothing; the only column that is never below the ballots ({})", share.words()));
                self.fields.insert(Field::Registered, vec![*column]);
                self.draft.others.retain(|c| c != column);
            }
            [] => {}
            several => {
                let columns: Vec<usize> = several.iter().map(|s| s.0).collect();
                report.decide("extra", &columns, 0.5, "more than one column is never below the ballots; which is the register is not known".to_owned());
            }
        }
    }
}
