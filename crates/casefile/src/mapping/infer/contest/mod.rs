//! One contest: gives its columns their roles. The choices come first ([`choices`]), then the lines of the
//! protocol by name ([`lines`], with [`rivals`] where several columns claim one), each heard by the
//! arithmetic ([`witness`]); then lines whose columns have no name ([`unnamed`]). What results is what the
//! mapping has ([`written`]).

mod choices;
mod lines;
mod rivals;
mod unnamed;
mod witness;
mod written;

use std::collections::BTreeMap;

use glassurn_model::Field;

use super::fit::{Columns, Fit, Known};
use super::named::Named;
use super::report::Report;
use crate::mapping::{ContestMap, MappingError};

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
struct Resolver<'a> {
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

    /// Named columns of a line.
    fn of(&self, field: Field) -> impl Iterator<Item = &Named> {
        self.draft.named.iter().filter(move |n| n.field == field)
    }

    /// Whether a column has a line.
    fn taken(&self, column: usize) -> bool {
        self.fields.values().flatten().any(|c| *c == column)
    }
}
