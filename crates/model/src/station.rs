//! The stations: their names, places in the source, hierarchy, kind and coordinates.

use serde::{Deserialize, Serialize};

use crate::Arrival;

/// What kind of station it is; some lawfully break the ordinary rules of turnout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A polling station with its own list of voters.
    Ordinary,
    /// Postal votes, counted apart from the list they belong to.
    Postal,
    /// Hospitals, barracks, ships, double envelopes: no list, or voters added on the day.
    Special,
    /// Outside the country.
    Abroad,
}

/// Where a station's row stands in the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Index into `Returns::sources`.
    pub source: u32,
    /// Row of the file as an editor or a spreadsheet numbers it, starting at 1.
    pub row: u32,
}

/// One level of the hierarchy (region, district …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Level {
    /// The level's name, as the source calls it.
    pub name: String,
    /// The units' names.
    pub units: Vec<String>,
    /// For each station, an index into `units`.
    #[serde(skip)]
    pub of: Vec<u32>,
}

impl Level {
    /// The stations of each unit, in station order.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.units.len()];
        for (station, &unit) in (0_u32..).zip(&self.of) {
            members[unit as usize].push(station);
        }
        members
    }
}

/// The units of one level on a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Areas {
    /// Index of the level.
    pub level: usize,
    /// For each unit, the units whose area touches its own.
    pub touching: Vec<Vec<u32>>,
    /// For each unit the centre of its area, in the units of the map; `None` where the map has no such area.
    pub centres: Vec<Option<(f64, f64)>>,
    /// For each unit the rings of its area as they are drawn: across and down, the whole map being
    /// [`Areas::DRAWN`] wide or high, whichever is more.
    pub outlines: Vec<Vec<Vec<[i32; 2]>>>,
}

impl Areas {
    /// Width or height of a drawn map.
    pub const DRAWN: i32 = 1_000;
}

/// All stations, column by column.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stations {
    /// A name that is unique in the file: the key columns joined by ` / `.
    #[serde(skip)]
    pub ids: Vec<String>,
    /// Where each station's row stands.
    #[serde(skip)]
    pub places: Vec<Place>,
    /// What kind each station is.
    #[serde(skip)]
    pub kinds: Vec<Kind>,
    /// The hierarchy, outermost first.
    pub levels: Vec<Level>,
    /// Latitude and longitude, where the source has them.
    #[serde(skip)]
    pub coordinates: Option<Vec<Option<(f64, f64)>>>,
    /// When the stations' results came in, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Arrival>,
    /// A map of the units of one level, where one was given.
    #[serde(skip)]
    pub areas: Option<Areas>,
}

impl Stations {
    /// How many stations there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Indices of all stations.
    pub fn all(&self) -> Vec<u32> {
        (0_u32..).take(self.len()).collect()
    }
}
