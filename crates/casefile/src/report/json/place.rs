//! Where something stands: the station's name, the source and the row, each absent when it is not known.

use glassurn_model::Place;
use serde::Serialize;

use crate::Examination;

/// A place in the sources, and the station there.
#[derive(Default, Serialize)]
pub(super) struct At<'a> {
    station: Option<&'a str>,
    source: Option<&'a str>,
    row: Option<u32>,
}

impl<'a> At<'a> {
    pub(super) fn place(examination: &'a Examination, place: Place) -> Self {
        let source = examination.returns.sources.get(place.source as usize);
        At { station: None, source: source.map(|s| &*s.name), row: Some(place.row) }
    }

    pub(super) fn station(examination: &'a Examination, station: u32) -> Self {
        let stations = &examination.returns.stations;
        let place = stations.places.get(station as usize);
        let at = place.map(|p| At::place(examination, *p));
        let at = at.unwrap_or_default();
        At { station: stations.ids.get(station as usize).map(String::as_str), ..at }
    }

    pub(super) fn flag(examination: &'a Examination, station: Option<u32>) -> Self {
        station.map_or_else(At::default, |s| At::station(examination, s))
    }
}
