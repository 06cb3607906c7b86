//! How good elections were by an independent measure, one value a country and year.

use std::collections::BTreeMap;

use glassurn_model::register::{Register, Verdict};

/// Values of an independent measure, higher is better; around 0 is the middle of the world.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Anchors {
    /// What the measure is, for the reader (`V-Dem v12, v2elfrfair`); empty when there is none.
    pub name: String,
    values: BTreeMap<(String, u16), f64>,
}

/// A value of the measure at which an election is as bad as the scale of severity goes.
const WORST: f64 = -2.0;

impl Anchors {
    /// Values as (country, year, value); one that is no number is left out.
    pub fn new(
        name: impl Into<String>,
        values: impl IntoIterator<Item = (String, u16, f64)>,
    ) -> Self {
        let values = values.into_iter().filter(|v| v.2.is_finite());
        Anchors { name: name.into(), values: values.map(|(c, y, v)| ((c, y), v)).collect() }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a country's elections in a year.
    pub fn of(&self, country: &str, year: u16) -> Option<f64> {
        self.values.get(&(country.to_owned(), year)).copied()
    }

    /// The value for the election of a verdict.
    pub fn of_verdict(&self, register: &Register, verdict: &Verdict) -> Option<f64> {
        let (country, year) = place(register, &verdict.election, Some(verdict))?;
        self.of(&country, year)
    }

    /// How bad an election was, from 0 (the measure's middle or better) to 1.
    pub(super) fn severity(&self, country: &str, year: u16) -> Option<f64> {
        self.of(country, year).map(|v| (v / WORST).clamp(0.0, 1.0))
    }
}

/// Country and year of an election: from its record, from the verdict's, or from its name
/// (`BLR-2020-P`).
pub(super) fn place(
    register: &Register,
    election: &str,
    verdict: Option<&Verdict>,
) -> Option<(String, u16)> {
    let recorded = register.election(election);
    let mut parts = election.split('-');
    let (named, year) = (parts.next()?, parts.next().and_then(|y| y.parse().ok()));
    let country = recorded
        .map(|e| e.country.clone())
        .or_else(|| verdict.and_then(|v| v.country.clone()))
        .unwrap_or_else(|| named.to_owned());
    let held = recorded.and_then(|e| e.start.or(e.end));
    let held = held.or_else(|| verdict.and_then(|v| v.election_date));
    // The name goes first: an election of late 2025 that ends in 2026 keeps its year.
    Some((country, year.or_else(|| held.map(|d| d.year()))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_election_is_placed_by_its_name_where_nothing_else_is_known() {
        let anchors = Anchors::new(
            "test",
            [("UKR".to_owned(), 2004, -1.0), ("UKR".to_owned(), 2005, f64::NAN)],
        );
        let register = Register::default();
        assert_eq!(place(&register, "UKR-2004-P-R2", None), Some(("UKR".to_owned(), 2004)));
        assert_eq!(place(&register, "somewhere", None), None);
        assert_eq!((anchors.len(), anchors.severity("UKR", 2004)), (1, Some(0.5)));
        assert_eq!(anchors.severity("UKR", 2006), None);
    }
}
