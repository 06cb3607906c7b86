//! The witness of arithmetic: which equality or order each line of the protocol must keep to the votes and
//! to the lines given so far, on how many rows a column keeps it, and how much that counts.

use glassurn_model::Field;

use super::{ORDERED, Resolver};
use crate::mapping::infer::fit::SAID;
use crate::mapping::infer::identity::{self, Share, at_most, difference, equal};

impl Resolver<'_> {
    /// What the arithmetic says of columns as a line, in words.
    pub(super) fn witness(&self, field: Field, columns: &[usize]) -> (Option<Share>, String) {
        let values = self.columns.sum(columns);
        let (share, what) = match field {
            Field::Registered => {
                (Some(at_most(&self.largest(), &without_zeros(&values))), "not below the ballots")
            }
            Field::Received => (
                self.fields.contains_key(&Field::Registered).then(|| at_most(&self.sum, &values)),
                "not below the votes",
            ),
            Field::Issued => (Some(at_most(&self.sum, &values)), "not below the votes"),
            Field::Found | Field::Cast => (
                self.counted().map(|c| equal(&c, &values)),
                "equal to valid and invalid ballots together",
            ),
            Field::Invalid => {
                (self.gap().map(|g| equal(&g, &values)), "equal to the ballots less valid votes")
            }
            Field::Blank => (Some(at_most(&values, &self.largest())), "not above the ballots"),
            Field::Valid => (Some(equal(&self.sum, &values)), "equal to the sum of the choices"),
            Field::Cancelled => (None, ""),
        };
        let words = share.map_or_else(String::new, |s| format!("{what} {}", s.words()));
        (share, words)
    }

    /// A line's values.
    pub(super) fn line(&self, field: Field) -> Option<Vec<Option<i64>>> {
        self.fields.get(&field).map(|c| self.columns.sum(c))
    }

    /// Valid votes: the line or, without one, the sum of the choices.
    fn valid(&self) -> Vec<Option<i64>> {
        self.line(Field::Valid).unwrap_or_else(|| self.sum.clone())
    }

    /// The largest known count of ballots.
    pub(super) fn largest(&self) -> Vec<Option<i64>> {
        self.line(Field::Cast).or_else(|| self.counted()).unwrap_or_else(|| self.valid())
    }

    /// Valid and invalid (and blank) ballots together.
    pub(super) fn counted(&self) -> Option<Vec<Option<i64>>> {
        let invalid = self.fields.get(&Field::Invalid)?;
        let valid = self.valid();
        let mut with = invalid.clone();
        with.extend(self.fields.get(&Field::Blank).into_iter().flatten());
        let values = with.iter().map(|&c| self.columns.values(c));
        Some(identity::sum([valid.as_slice()].into_iter().chain(values)))
    }

    /// Ballots cast less valid votes.
    pub(super) fn gap(&self) -> Option<Vec<Option<i64>>> {
        let cast = self.line(Field::Cast).or_else(|| {
            let named = self.of(Field::Cast).find(|n| n.part.is_empty()).map(|n| n.column);
            let found = || self.of(Field::Found).map(|n| n.column).collect();
            let columns: Vec<usize> = named.map_or_else(found, |c| vec![c]);
            (!columns.is_empty()).then(|| self.columns.sum(&columns))
        })?;
        Some(difference(&cast, &self.valid()))
    }
}

/// Values with zeros left out.
fn without_zeros(values: &[Option<i64>]) -> Vec<Option<i64>> {
    values.iter().map(|v| v.filter(|v| *v != 0)).collect()
}

/// How much a witness counts: an order says less than an equality.
pub(super) fn weight(field: Field, share: Option<Share>) -> f64 {
    let ratio = share.map_or(0.0, Share::ratio);
    match field {
        Field::Found | Field::Cast | Field::Invalid | Field::Valid if ratio >= SAID => ratio,
        Field::Found | Field::Cast | Field::Invalid | Field::Valid => 0.0,
        _ if ratio >= ORDERED => 0.4,
        _ => 0.0,
    }
}

/// Whether the arithmetic contradicts the name.
pub(super) fn refuted(field: Field, share: Option<Share>) -> bool {
    let orders = [Field::Registered, Field::Received, Field::Issued, Field::Blank];
    orders.contains(&field) && share.is_some_and(|s| s.of > 0 && s.ratio() < 0.5)
}
