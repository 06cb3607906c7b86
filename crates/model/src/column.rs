//! A column of counts: one value a station, with where it came from.

use serde::Serialize;

/// A reported count, or `None` where the source has nothing: missing is never zero.
pub type Count = Option<i64>;

/// Whether a column stands in the source or was made from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The source has this column (or the parts of which it is the sum by definition).
    Reported,
    /// Made from other columns because the source lacks it; identities on it prove nothing.
    Derived,
}

/// One count for each station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The name a reader sees.
    pub name: String,
    /// The source columns it was read from; several mean their sum.
    pub from: Vec<String>,
    /// Reported or derived.
    pub origin: Origin,
    /// The counts, in station order.
    #[serde(skip)]
    pub values: Vec<Count>,
}

impl Column {
    /// A column read from one source column of the same name.
    pub fn reported(name: impl Into<String>, values: Vec<Count>) -> Self {
        let name = name.into();
        Column { from: vec![name.clone()], name, origin: Origin::Reported, values }
    }

    /// A column made by adding others; a station lacking any part lacks the sum.
    ///
    /// `None` when there are no parts or their lengths differ.
    pub fn derived(name: impl Into<String>, parts: &[&Column]) -> Option<Self> {
        let first = parts.first()?;
        if parts.iter().any(|p| p.values.len() != first.values.len()) {
            return None;
        }
        let mut values = first.values.clone();
        for part in parts.iter().skip(1) {
            for (sum, value) in values.iter_mut().zip(&part.values) {
                *sum = sum.zip(*value).and_then(|(sum, value)| sum.checked_add(value));
            }
        }
        Some(Column {
            name: name.into(),
            from: parts.iter().flat_map(|p| p.from.iter().cloned()).collect(),
            origin: Origin::Derived,
            values,
        })
    }

    /// The name, with the source columns behind it where they are called otherwise.
    pub fn label(&self) -> String {
        match self.from.as_slice() {
            [] => self.name.clone(),
            [only] if *only == self.name => self.name.clone(),
            parts => format!("{} ({})", self.name, parts.join(" + ")),
        }
    }

    /// Sum of the counts that are there; `None` when none is, or when the sum leaves `i64`.
    pub fn total(&self) -> Count {
        let mut present = self.values.iter().flatten().peekable();
        present.peek()?;
        present.try_fold(0_i64, |sum, &v| sum.checked_add(v))
    }

    /// How many stations lack a value.
    pub fn missing(&self) -> usize {
        self.values.iter().filter(|v| v.is_none()).count()
    }
}

/// A column seen through a choice of stations; `get(i)` is the count of the i-th chosen station.
#[derive(Debug, Clone, Copy)]
pub struct Counts<'a> {
    values: &'a [Count],
    rows: &'a [u32],
}

impl<'a> Counts<'a> {
    /// Looks at `column` through `rows` (indices into the stations).
    pub fn new(column: &'a Column, rows: &'a [u32]) -> Self {
        Counts { values: &column.values, rows }
    }

    /// How many stations are in view.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no station is in view.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The count of the i-th station in view; `None` when missing or out of range.
    pub fn get(&self, i: usize) -> Count {
        self.values.get(*self.rows.get(i)? as usize).copied().flatten()
    }

    /// The counts in view, in order.
    pub fn iter(&self) -> impl Iterator<Item = Count> + 'a {
        let values = self.values;
        self.rows.iter().map(move |&r| values.get(r as usize).copied().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_never_zero() {
        let a = Column::reported("a", vec![Some(1), None]);
        let b = Column::reported("b", vec![Some(2), Some(5)]);
        let sum = Column::derived("sum", &[&a, &b]).unwrap();
        assert_eq!(sum.values, [Some(3), None]);
        assert_eq!(sum.total(), Some(3));
        assert_eq!(Column::reported("c", vec![None]).total(), None);
    }

    #[test]
    fn a_label_names_the_source() {
        let mut column = Column::reported("invalid ballots", vec![]);
        assert_eq!(column.label(), "invalid ballots");
        column.from = vec!["rejected".to_owned(), "spoilt".to_owned()];
        assert_eq!(column.label(), "invalid ballots (rejected + spoilt)");
    }

    #[test]
    fn sums_that_overflow_are_refused() {
        let huge = Column::reported("a", vec![Some(i64::MAX), Some(1)]);
        assert_eq!(huge.total(), None);
    }
}
