//! Recognises a table of people counted at each station: a number of voters and no votes for anybody.

use std::collections::BTreeMap;

use glassurn_model::Field;

use super::keys::keys;
use super::named::{Meaning, is_percent, meaning};
use super::profile::Profile;
use super::report::Report;
use super::view::View;
use crate::mapping::{ContestMap, Mapping, Shape, StationMap, TableMap};

/// Recognises such a table where a column of the key and exactly one column of voters stand in it: one that
/// is named so, else the only column of counts that nothing else explains.
pub(super) fn tally(view: &View, profiles: &[Profile]) -> Option<Mapping> {
    let mut report = Report::new(profiles);
    let keys = keys(view, profiles, None, &[], &mut report);
    let counts = (0..profiles.len())
        .filter(|&c| profiles[c].is_count() && !is_percent(&profiles[c]))
        .filter(|c| !keys.claimed.contains(c));
    let (mut voters, mut unnamed, mut registered) = (Vec::new(), Vec::new(), Vec::new());
    for column in counts {
        match meaning(column, &profiles[column].matches) {
            Meaning::Line(named) if named.field == Field::Cast => voters.push(column),
            Meaning::Line(named) if named.field == Field::Registered => registered.push(column),
            Meaning::Unknown => unnamed.push(column),
            Meaning::Line(_) | Meaning::Other(_) => {}
        }
    }
    let why = if voters.is_empty() { "the only column of counts" } else { "named so" };
    let [cast] = (if voters.is_empty() { unnamed } else { voters })[..] else { return None };
    report.decide("cast", &[cast], 0.8, format!("{why}; the table has no votes for a choice"));
    let reference = |c: &usize| profiles[*c].reference.clone();
    let mut fields = BTreeMap::from([(Field::Cast, vec![reference(&cast)])]);
    if let [only] = &registered[..] {
        report.decide("registered", &[*only], 0.8, "named so".to_owned());
        fields.insert(Field::Registered, vec![reference(only)]);
    }
    (!keys.id.is_empty()).then(|| Mapping {
        title: super::title(view),
        table: TableMap {
            header: view.header_number(),
            shape: if view.turned { Shape::Transposed } else { Shape::Wide },
            ..TableMap::default()
        },
        station: StationMap {
            id: keys.id.iter().map(reference).collect(),
            levels: keys.levels.iter().map(reference).collect(),
            ..StationMap::default()
        },
        contests: vec![ContestMap { name: "voters".to_owned(), fields, ..ContestMap::default() }],
        decisions: report.decisions,
        ..Mapping::default()
    })
}
