//! One contest: its protocol lines, its choices, and what can be derived.

use std::collections::BTreeMap;

use glassurn_model::Field;

use super::fit::{Columns, Fit, Known, SAID, SETTLED};
use super::identity::{Share, at_most, below, difference, equal, total};
use super::named::Named;
use super::report::{Report, confidence};
use crate::mapping::{ChoiceMap, ContestMap, MappingError};

/// Names whose scores differ by less are candidates for the same line.
const CLOSE: f64 = 0.08;
/// An order (registered ≥ cast) must hold on so many rows.
const ORDERED: f64 = 0.98;

/// The columns of one contest before they have roles.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// The contest's name.
    pub(super) name: String,
    /// Columns whose names stand for protocol lines.
    pub(super) named: Vec<Named>,
    /// Columns whose names say nothing: the choices are among them.
    pub(super) unnamed: Vec<usize>,
    /// Further columns of counts.
    pub(super) others: Vec<usize>,
    /// Columns that name stations, as far as names go.
    pub(super) keys: Vec<usize>,
}

/// A contest whose columns have roles.
#[derive(Debug)]
pub(super) struct Resolved {
    /// As the mapping writes it.
    pub(super) map: ContestMap,
    /// Columns by line.
    pub(super) fields: BTreeMap<Field, Vec<usize>>,
    /// The choices.
    pub(super) choices: Vec<usize>,
}

/// Resolves one contest.
pub(super) struct Resolver<'a> {
    columns: Columns<'a>,
    draft: Draft,
    fit: Option<Fit>,
    fields: BTreeMap<Field, Vec<usize>>,
    choices: Vec<usize>,
    /// Sum of the choices.
    sum: Vec<Option<i64>>,
}

/// Gives roles to the columns of a draft.
pub(super) fn resolve(
    columns: Columns,
    draft: Draft,
    report: &mut Report,
) -> Result<Resolved, MappingError> {
    let mut resolver = Resolver::new(columns, draft);
    resolver.choose(report)?;
    for field in [
        Field::Valid,
        Field::Invalid,
        Field::Blank,
        Field::Cast,
        Field::Registered,
        Field::Received,
        Field::Issued,
        Field::Cancelled,
        Field::Found,
    ] {
        resolver.assign(field, report)?;
    }
    resolver.complete(report);
    Ok(resolver.finish(report))
}

impl Draft {
    /// What is known before sums are looked at.
    pub(super) fn known(&self) -> Known {
        let of = |field: Field| -> Vec<usize> {
            self.named
                .iter()
                .filter(|n| n.field == field && n.part.is_empty())
                .map(|n| n.column)
                .collect()
        };
        let ours = [Field::Valid, Field::Cast, Field::Invalid, Field::Blank];
        let rest = self.named.iter().filter(|n| !ours.contains(&n.field)).map(|n| n.column);
        Known {
            valid: of(Field::Valid),
            cast: of(Field::Cast),
            invalid: of(Field::Invalid),
            blank: of(Field::Blank),
            others: rest.chain(self.others.iter().chain(&self.keys).copied()).collect(),
        }
    }
}

impl<'a> Resolver<'a> {
    /// Finds the choices and their sum.
    fn new(columns: Columns<'a>, draft: Draft) -> Self {
        let fit = columns.best_fit(&draft.unnamed, &draft.known());
        let choices = fit.as_ref().map_or_else(|| draft.unnamed.clone(), |f| f.choices.clone());
        let sum = columns.sum(&choices);
        Resolver { columns, draft, fit, fields: BTreeMap::new(), choices, sum }
    }

    /// Settles the choices, or says that there are none.
    fn choose(&mut self, report: &mut Report) -> Result<(), MappingError> {
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
        let left = self.draft.unnamed.iter().copied().filter(|c| !taken(c));
        let left: Vec<usize> = left.collect();
        self.draft.named.retain(|n| !taken(&n.column));
        self.draft.others.retain(|c| !taken(c));
        self.draft.others.extend(left.iter().copied());
        self.draft.unnamed = left;
    }

    /// Without a sum: where some unnamed columns share a suffix that means votes, those are the choices.
    fn restrict(&mut self) {
        let is_votes = |&c: &usize| {
            let matches = &self.columns.0[c].matches;
            matches.iter().any(|m| (m.role == "votes" || m.role == "cast") && m.score >= 0.6)
        };
        let votes: Vec<usize> = self.choices.iter().copied().filter(is_votes).collect();
        if votes.len() >= 2 && votes.len() < self.choices.len() {
            let rest = self.choices.iter().filter(|c| !votes.contains(c));
            self.draft.others.extend(rest);
            self.draft.unnamed.clear();
            self.choices = votes;
            self.sum = self.columns.sum(&self.choices);
        } else {
            self.draft.unnamed.clear();
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
    fn no_choices(&self) -> MappingError {
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
            hint: super::HINT.to_owned(),
        }
    }

    /// Gives one line its columns.
    fn assign(&mut self, field: Field, report: &mut Report) -> Result<(), MappingError> {
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
            if self.refuted(field, share) {
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
                confidence(chosen.score, self.weight(field, share)),
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
        if self.refuted(field, share) {
            return;
        }
        let score = parts.iter().map(|n| n.score).fold(1.0, f64::min);
        let why = parts.iter().map(|n| n.why.as_str()).collect::<Vec<_>>().join("; ");
        report.decide(
            field.key(),
            &columns,
            confidence(score, self.weight(field, share)),
            joined(&format!("the sum of its parts: {why}"), &words),
        );
        self.fields.insert(field, columns);
        self.demote(field);
    }

    /// Named columns of a line.
    fn of(&self, field: Field) -> impl Iterator<Item = &Named> {
        self.draft.named.iter().filter(move |n| n.field == field)
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

    /// Chooses between columns with equally good names by arithmetic, or refuses.
    fn contested(&self, field: Field, mut whole: Vec<Named>) -> Result<Named, MappingError> {
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
            hint: super::HINT.to_owned(),
        }
    }

    /// What the arithmetic says of columns as a line, in words.
    fn witness(&self, field: Field, columns: &[usize]) -> (Option<Share>, String) {
        let values = self.columns.sum(columns);
        let (share, what) = match field {
            Field::Registered => (
                self.largest().map(|c| at_most(&c, &without_zeros(&values))),
                "not below the ballots",
            ),
            Field::Received => (
                self.line(Field::Registered).map(|_| at_most(&self.sum, &values)),
                "not below the votes",
            ),
            Field::Issued => (Some(at_most(&self.sum, &values)), "not below the votes"),
            Field::Found => (
                self.counted().map(|c| equal(&c, &values)),
                "equal to valid and invalid ballots together",
            ),
            Field::Cast => (
                self.counted().map(|c| equal(&c, &values)),
                "equal to valid and invalid ballots together",
            ),
            Field::Invalid => {
                (self.gap().map(|g| equal(&g, &values)), "equal to the ballots less valid votes")
            }
            Field::Blank => (self.largest().map(|c| at_most(&values, &c)), "not above the ballots"),
            Field::Valid => (Some(equal(&self.sum, &values)), "equal to the sum of the choices"),
            Field::Cancelled => (None, ""),
        };
        let words = share.map_or_else(String::new, |s| format!("{what} {}", s.words()));
        (share, words)
    }

    /// How much a witness counts: an order says less than an equality.
    fn weight(&self, field: Field, share: Option<Share>) -> f64 {
        let ratio = share.map_or(0.0, Share::ratio);
        match field {
            Field::Found | Field::Cast | Field::Invalid | Field::Valid => {
                if ratio >= SAID {
                    ratio
                } else {
                    0.0
                }
            }
            _ => {
                if ratio >= ORDERED {
                    0.4
                } else {
                    0.0
                }
            }
        }
    }

    /// Whether the arithmetic contradicts the name.
    fn refuted(&self, field: Field, share: Option<Share>) -> bool {
        let orders = [Field::Registered, Field::Received, Field::Issued, Field::Blank];
        orders.contains(&field) && share.is_some_and(|s| s.of > 0 && s.ratio() < 0.5)
    }

    /// A line's values.
    fn line(&self, field: Field) -> Option<Vec<Option<i64>>> {
        self.fields.get(&field).map(|c| self.columns.sum(c))
    }

    /// The largest known count of ballots.
    fn largest(&self) -> Option<Vec<Option<i64>>> {
        self.line(Field::Cast)
            .or_else(|| self.counted())
            .or_else(|| self.line(Field::Valid))
            .or_else(|| Some(self.sum.clone()))
    }

    /// Valid and invalid (and blank) ballots together.
    fn counted(&self) -> Option<Vec<Option<i64>>> {
        let invalid = self.fields.get(&Field::Invalid)?;
        let valid = self.line(Field::Valid).unwrap_or_else(|| self.sum.clone());
        let mut with = invalid.clone();
        with.extend(self.fields.get(&Field::Blank).into_iter().flatten());
        let values = with.iter().map(|&c| self.columns.values(c));
        Some(super::identity::sum([valid.as_slice()].into_iter().chain(values)))
    }

    /// Ballots cast less valid votes.
    fn gap(&self) -> Option<Vec<Option<i64>>> {
        let valid = self.line(Field::Valid).unwrap_or_else(|| self.sum.clone());
        let cast = self.line(Field::Cast).or_else(|| {
            let named = self.of(Field::Cast).find(|n| n.part.is_empty()).map(|n| n.column);
            let found = || self.of(Field::Found).map(|n| n.column).collect();
            let columns: Vec<usize> = named.map_or_else(found, |c| vec![c]);
            (!columns.is_empty()).then(|| self.columns.sum(&columns))
        })?;
        Some(difference(&cast, &valid))
    }

    /// Finds lines whose columns have no name, by arithmetic.
    fn complete(&mut self, report: &mut Report) {
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
            let sum = super::identity::sum([valid.as_slice(), self.columns.values(part)]);
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
        let Some(ballots) = self.largest() else { return };
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

    /// Whether a column has a line.
    fn taken(&self, column: usize) -> bool {
        self.fields.values().flatten().any(|c| *c == column)
    }

    /// Which lines the mapping derives from others.
    fn derived(&self) -> BTreeMap<Field, Vec<String>> {
        let mut derive = BTreeMap::new();
        let has = |f: Field| self.fields.contains_key(&f);
        let summed = self.fit.as_ref().is_none_or(|f| !f.with.is_empty());
        let valid = has(Field::Valid) || summed;
        if !has(Field::Valid) && summed {
            derive.insert(Field::Valid, vec!["choices".to_owned()]);
        }
        if !has(Field::Cast) && valid && (has(Field::Invalid) || has(Field::Blank)) {
            let parts = [Field::Valid, Field::Invalid, Field::Blank];
            let parts = parts.into_iter().filter(|f| *f == Field::Valid || has(*f));
            derive.insert(Field::Cast, parts.map(|f| f.key().to_owned()).collect());
        }
        derive
    }

    /// The contest as the mapping writes it.
    fn finish(self, report: &mut Report) -> Resolved {
        let reference = |c: &usize| self.columns.0[*c].reference.clone();
        let exhaustive = self.fit.as_ref().is_some_and(|f| f.share.ratio() >= SETTLED);
        let derive = self.derived();
        for (field, parts) in &derive {
            report.derive(*field, parts);
        }
        let choice = |c: &usize| {
            let name = &self.columns.0[*c].name;
            let shown = (*name != reference(c)).then(|| name.clone()).filter(|n| !n.is_empty());
            ChoiceMap { column: reference(c), name: shown }
        };
        let mut extras: Vec<usize> = self
            .draft
            .others
            .iter()
            .chain(self.draft.named.iter().map(|n| &n.column))
            .copied()
            .filter(|c| !self.taken(*c) && !self.choices.contains(c))
            .filter(|c| !self.columns.0[*c].constant)
            .collect();
        extras.sort_unstable();
        extras.dedup();
        let map = ContestMap {
            name: self.draft.name.clone(),
            fields: self
                .fields
                .iter()
                .map(|(f, c)| (*f, c.iter().map(reference).collect()))
                .collect(),
            derive,
            choices: self.choices.iter().map(choice).collect(),
            exhaustive,
            extras: extras.iter().map(reference).collect(),
            ..ContestMap::default()
        };
        Resolved { map, fields: self.fields, choices: self.choices }
    }
}

/// Values with zeros left out.
fn without_zeros(values: &[Option<i64>]) -> Vec<Option<i64>> {
    values.iter().map(|v| v.filter(|v| *v != 0)).collect()
}

/// Two reasons as one.
fn joined(a: &str, b: &str) -> String {
    if b.is_empty() { a.to_owned() } else { format!("{a}; {b}") }
}
