//! What is said of the figures: words, measures, pictures.

use glassurn_model::{Effect, Measure, Picture, Unit};

use super::fractions::{FRACTIONS, Row, Station};
use super::Tally;
use crate::phrase;

impl Tally {
    pub(super) fn plain(&self, largest: i64) -> String {
        let (observed, expected, sd) = self.sum();
        format!(
            "At {} of {} stations the share is a fraction with a denominator from 2 to {}; {} would \
             be if each station's votes were drawn again (standard deviation {sd:.1}), so this is {} \
             that.",
            phrase::number(observed),
            phrase::count(self.stations.len()),
            largest,
            phrase::number(expected),
            phrase::difference(observed - expected),
        )
    }

    /// The headline, then fraction by fraction.
    pub(super) fn measures(&self) -> Vec<Measure> {
        let (value, expected, sd) = self.sum();
        let measure = |name: String, symbol, value, expected, sd| Measure {
            name,
            symbol,
            value,
            expected: Some(expected),
            sd: Some(sd),
            unit: Unit::Stations,
        };
        let headline = measure("stations at a coarse fraction".to_owned(), "F", value, expected, sd);
        let row = |r: &Row| {
            let name = format!("stations at {}", r.name);
            measure(name, r.name, r.observed, r.expected, r.variance.sqrt())
        };
        std::iter::once(headline).chain(self.table.iter().map(row)).collect()
    }

    pub(super) fn effect(&self) -> Effect {
        let (observed, expected, sd) = self.sum();
        let excess = observed - expected;
        let ballots = self.stations.iter().map(|s| {
            let at = if s.fraction.is_some() { 1.0 } else { 0.0 };
            s.cast as f64 * (at - s.chance)
        });
        Effect {
            name: "stations at coarse fractions beyond expectation".to_owned(),
            value: excess,
            unit: Unit::Stations,
            interval: Some([excess - 1.96 * sd, excess + 1.96 * sd]),
            stations: Some(excess),
            votes: Some(ballots.sum()),
        }
    }

    pub(super) fn bars(&self) -> Picture {
        Picture::Bars {
            title: "Stations at each fraction".to_owned(),
            axis: "share of ballots cast".to_owned(),
            labels: self.table.iter().map(|r| r.name.to_owned()).collect(),
            observed: self.table.iter().map(|r| r.observed).collect(),
            expected: self.table.iter().map(|r| r.expected).collect(),
            sd: self.table.iter().map(|r| r.variance.sqrt()).collect(),
        }
    }

    /// The stations at a fraction where chance gives it least.
    pub(super) fn least_likely(&self) -> Vec<(u32, String)> {
        let mut at: Vec<_> =
            self.stations.iter().filter_map(|s| Some((s, FRACTIONS.get(s.fraction?)?.2))).collect();
        at.sort_by(|(a, _), (b, _)| a.chance.total_cmp(&b.chance).then(a.row.cmp(&b.row)));
        let why = |(s, name): (&Station, &str)| {
            (s.row, format!("{} of {} ballots is {name}; chance {:.3}", s.votes, s.cast, s.chance))
        };
        at.into_iter().take(20).map(why).collect()
    }
}
