//! What lies beside what in a slice: stations at their coordinates, or areas that touch.

use std::collections::BTreeMap;

use glassurn_model::{Areas, Field, Kind, LeftOut, Level, Reason};

use super::Neighbours;
use crate::{
    Slice,
    ballots::Rate,
    entries::{Entry, entries_of},
    slice::Tray,
};

/// What one site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A station.
    Stations,
    /// All stations of one group at one point: a building.
    Places,
    /// All stations of one unit of the level that the map shows.
    Areas,
}

impl Grain {
    /// As a reader sees them.
    pub fn name(self) -> &'static str {
        match self {
            Grain::Stations => "stations",
            Grain::Places => "places",
            Grain::Areas => "areas",
        }
    }

    /// The same at the start of a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Grain::Stations => "Stations",
            Grain::Places => "Places",
            Grain::Areas => "Areas",
        }
    }
}

/// One site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Index of its (first) station.
    pub row: u32,
    /// Index of the unit, where sites are areas.
    pub unit: u32,
    /// Number of its group.
    pub group: u32,
    /// Votes, or ballots.
    pub part: i64,
    /// What they are out of.
    pub whole: i64,
    /// Latitude and longitude; for areas the centre on the map.
    pub at: (f64, f64),
}

impl Site {
    /// The part out of the whole.
    pub fn rate(&self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// Logarithm of the odds, half a vote added on both sides.
    pub fn log_odds(&self) -> f64 {
        libm::log((self.part as f64 + 0.5) / ((self.whole - self.part) as f64 + 0.5))
    }

    /// Variance of the log odds by chance alone.
    pub fn chance(&self) -> f64 {
        1.0 / (self.part as f64 + 0.5) + 1.0 / ((self.whole - self.part) as f64 + 0.5)
    }
}

/// Which sites are used, and how many neighbours each has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// What a site is, where stations have coordinates.
    pub grain: Grain,
    /// How many of the nearest stations or places are neighbours.
    pub nearest: usize,
    /// Fewest ballots (or voters) of a station.
    pub min_whole: i64,
    /// Fewest places of a group.
    pub min_group: usize,
    /// Fewest sites for an answer.
    pub min_sites: usize,
}

/// The sites of a slice and which lie beside which.
#[derive(Debug, Clone, PartialEq)]
pub struct Sites {
    /// What a site is.
    pub grain: Grain,
    /// The sites.
    pub all: Vec<Site>,
    /// The neighbours of each.
    pub neighbours: Neighbours,
    /// The level whose units are the groups, where there is one.
    pub level: Option<String>,
    /// The stations left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// How many stations are in the sites.
    pub used: usize,
}

impl Sites {
    /// How far the farthest neighbour of each site lies, to be compared; 0 on a map of areas.
    pub(crate) fn reaches(&self) -> Vec<f64> {
        let places: Vec<(f64, f64)> = self.all.iter().map(|s| s.at).collect();
        match self.grain {
            Grain::Areas => vec![0.0; places.len()],
            Grain::Stations | Grain::Places => self.neighbours.reaches(&places),
        }
    }
}

impl Rules {
    /// The sites of a slice: stations at their coordinates, else the areas of the map.
    pub fn sites(&self, slice: &Slice<'_>, rate: Rate) -> Result<Sites, Reason> {
        let ground = Ground::of(slice)?;
        let (part, whole) = match rate {
            Rate::Share => (slice.votes()?, slice.share_denominator()?),
            Rate::Turnout => (slice.turnout_numerator()?, slice.field(Field::Registered)?),
        };
        let (entries, mut tray) = entries_of(slice, &part, &whole, self.min_whole);
        let stations = ground.place(slice, &entries, &mut tray);
        let used = stations.len();
        let (grain, mut all) = match ground {
            Ground::Points(_) if self.grain == Grain::Stations => (Grain::Stations, stations),
            Ground::Points(_) => (Grain::Places, together(stations, |s| point(s.at))),
            Ground::Map(_) => (Grain::Areas, together(stations, |s| [u64::from(s.unit), 0])),
        };
        if all.len() < self.min_sites {
            return Err(Reason::TooFew { used: all.len(), needed: self.min_sites });
        }
        let level = self.group(slice, &ground, &mut all);
        let neighbours = ground.neighbours(&all, self.nearest);
        Ok(Sites { grain, all, neighbours, level, left_out: tray.empty(), used })
    }

    /// Groups the sites by the innermost level of which at least half of them stand in units that are large
    /// enough; by none where there is no such level.
    fn group(&self, slice: &Slice<'_>, ground: &Ground<'_>, sites: &mut [Site]) -> Option<String> {
        let levels = &slice.returns.stations.levels;
        let outer = match ground {
            Ground::Points(_) => levels.len(),
            Ground::Map(areas) => areas.level.min(levels.len()),
        };
        let unit = |level: &Level, s: &Site| level.of.get(s.row as usize).copied();
        let fits = |level: &&Level| {
            let mut sizes = vec![0_usize; level.units.len()];
            let of: Option<Vec<u32>> = sites.iter().map(|s| unit(level, s)).collect();
            let Some(of) = of else { return false };
            of.iter().for_each(|u| sizes[*u as usize] += 1);
            let inside = of.iter().filter(|u| sizes[**u as usize] >= self.min_group.max(2));
            2 * inside.count() >= sites.len()
        };
        let level = levels[..outer].iter().rev().find(fits)?;
        for site in sites.iter_mut() {
            site.group = unit(level, site).unwrap_or(0);
        }
        Some(level.name.clone())
    }
}

/// Where stations lie.
enum Ground<'a> {
    /// Each at its own point.
    Points(&'a [Option<(f64, f64)>]),
    /// In the areas of a map.
    Map(&'a Areas),
}

impl<'a> Ground<'a> {
    fn of(slice: &Slice<'a>) -> Result<Self, Reason> {
        let stations = &slice.returns.stations;
        match (&stations.coordinates, &stations.areas) {
            (Some(points), _) => Ok(Ground::Points(points)),
            (None, Some(areas)) => Ok(Ground::Map(areas)),
            (None, None) => {
                Err(Reason::ColumnMissing("coordinates, and no map of areas is given".to_owned()))
            }
        }
    }

    /// The ordinary stations whose place is known.
    fn place(&self, slice: &Slice<'_>, entries: &[Entry], tray: &mut Tray) -> Vec<Site> {
        let kinds = &slice.returns.stations.kinds;
        let mut sites = Vec::with_capacity(entries.len());
        for &Entry { row, votes, cast, .. } in entries {
            if kinds.get(row as usize).is_some_and(|k| *k != Kind::Ordinary) {
                tray.put(Reason::WrongSubject("a special station or one abroad".to_owned()));
                continue;
            }
            match self.at(slice, row) {
                Some((unit, at)) => {
                    sites.push(Site { row, unit, group: 0, part: votes, whole: cast, at });
                }
                None => tray.put(Reason::WrongSubject("the place is not known".to_owned())),
            }
        }
        sites
    }

    /// The unit and the point of a station.
    fn at(&self, slice: &Slice<'_>, row: u32) -> Option<(u32, (f64, f64))> {
        match self {
            Ground::Points(points) => {
                let at = points.get(row as usize).copied().flatten()?;
                (at.0.abs() <= 90.0 && at.1.abs() <= 180.0).then_some((0, at))
            }
            Ground::Map(areas) => {
                let level = slice.returns.stations.levels.get(areas.level)?;
                let unit = level.of.get(row as usize).copied()?;
                Some((unit, areas.centres.get(unit as usize).copied().flatten()?))
            }
        }
    }

    fn neighbours(&self, sites: &[Site], nearest: usize) -> Neighbours {
        match self {
            Ground::Points(_) => {
                let places: Vec<(f64, f64)> = sites.iter().map(|s| s.at).collect();
                Neighbours::nearest(&places, nearest)
            }
            Ground::Map(areas) => {
                let units: Vec<u32> = sites.iter().map(|s| s.unit).collect();
                Neighbours::touching(&areas.touching, &units)
            }
        }
    }
}

/// The bits of a point; 0 and −0 are one.
fn point(at: (f64, f64)) -> [u64; 2] {
    [at.0 + 0.0, at.1 + 0.0].map(f64::to_bits)
}

/// Stations with the same key as one site, in order of first appearance.
fn together(stations: Vec<Site>, key: impl Fn(&Site) -> [u64; 2]) -> Vec<Site> {
    let mut known: BTreeMap<[u64; 2], usize> = BTreeMap::new();
    let mut sites: Vec<Site> = Vec::new();
    for station in stations {
        let next = sites.len();
        let at = *known.entry(key(&station)).or_insert(next);
        match sites.get_mut(at) {
            Some(site) => {
                site.part = site.part.saturating_add(station.part);
                site.whole = site.whole.saturating_add(station.whole);
            }
            None => sites.push(station),
        }
    }
    sites
}
