//! Votes beyond what a clean ratio gives, as a range over every ratio that may be the clean one.

use glassurn_model::{Caveat, Effect, Finding, Measure, Unit};

use crate::{Affected, caveat, phrase::number};

/// The curves of the groups, each with its own clean part, added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByGroup {
    /// Groups with a clean part.
    pub groups: usize,
    /// Stations in them.
    pub stations: usize,
    /// Sum of the lowest and of the highest of each curve.
    pub excess: [f64; 2],
}

impl ByGroup {
    /// The sum of some groups: the stations of each and the ends of its curve.
    pub(crate) fn sum(groups: impl IntoIterator<Item = (usize, [f64; 2])>) -> Self {
        let none = ByGroup { groups: 0, stations: 0, excess: [0.0; 2] };
        groups.into_iter().fold(none, |sum, (stations, [low, high])| ByGroup {
            groups: sum.groups + 1,
            stations: sum.stations + stations,
            excess: [sum.excess[0] + low, sum.excess[1] + high],
        })
    }

    /// Its figures, where there is a group; `parts` are clean bins or cells.
    pub(crate) fn measures(&self, parts: &str) -> Vec<Measure> {
        let [low, high] = self.excess;
        let m = Measure::plain;
        let all = vec![
            m("excess votes, sum of the groups' lowest", "Σ₋", low, Unit::Votes),
            m("excess votes, sum of the groups' highest", "Σ₊", high, Unit::Votes),
            Measure::plain(
                format!("groups with clean {parts} of their own"),
                "G",
                self.groups as f64,
                Unit::None,
            ),
            m("stations in them", "n_G", self.stations as f64, Unit::Stations),
        ];
        if self.groups > 0 { all } else { Vec::new() }
    }
}

/// The lowest and the highest.
pub(crate) fn ends(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |ends, v| {
        let [low, high] = ends.unwrap_or([v, v]);
        Some([v.min(low), v.max(high)])
    })
}

/// Zero where a range holds it, else its nearer end.
pub(crate) fn nearest_to_zero([low, high]: [f64; 2]) -> f64 {
    0.0_f64.clamp(low, high)
}

/// What the range comes to; `ratio` says whose ratio it is.
pub(crate) fn effect(ratio: &str, range: [f64; 2]) -> Effect {
    let [low, high] = range.map(number);
    let nearest = nearest_to_zero(range);
    Effect {
        name: format!(
            "votes beyond {ratio}: of the range from {low} to {high}, the end nearest to 0"
        ),
        value: nearest,
        unit: Unit::Votes,
        // No confidence interval: which part is clean is not drawn by chance.
        interval: None,
        stations: None,
        votes: Some(nearest),
    }
}

/// What a reader must know: another electorate gives the same figure, however many stations there are.
pub(crate) fn caveats(used: usize, of: usize) -> Vec<Caveat> {
    let mut caveats = caveat::of(used, of);
    caveats.retain(|c| *c != Caveat::VeryManyStations);
    caveats.push(Caveat::MixedElectorates);
    caveats
}

/// The middle of the curve stands for it where a single number must; a report has the range alone.
pub(crate) fn affected(finding: &Finding) -> Option<Affected> {
    let [low, high, least, most] =
        ["A₋", "A₊", "B₋", "B₊"].map(|symbol| finding.measure(symbol).map(|m| m.value));
    Some(Affected { votes: f64::midpoint(low?, high?), range: Some([least?, most?]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_that_holds_zero_comes_to_nothing() {
        assert_eq!(nearest_to_zero([-3.0, 5.0]), 0.0);
        assert_eq!(nearest_to_zero([2.0, 5.0]), 2.0);
        assert_eq!(nearest_to_zero([-5.0, -2.0]), -2.0);
        assert_eq!(ends([3.0, -1.0, 2.0].into_iter()), Some([-1.0, 3.0]));
        assert_eq!(ends(std::iter::empty()), None);
    }
}
