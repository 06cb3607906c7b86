//! Stations at their coordinates, coloured in five classes: no borders, no tiles, nothing fetched.

use std::collections::BTreeMap;
use std::fmt::Write;

use maud::{Markup, html};

use super::{WIDTH, drawing};
use crate::areas::shortening;

/// How many colours there are.
const CLASSES: usize = 5;

/// Fewer stations than this have larger dots.
const FEW: usize = 2_000;

/// Stations to draw.
pub(in super::super) struct Dots {
    /// Latitude, longitude and value of each.
    pub(in super::super) stations: Vec<(f64, f64, f64)>,
    /// Largest value of each class but the last.
    pub(in super::super) breaks: [f64; CLASSES - 1],
}

impl Dots {
    /// Dots in five classes of equally many stations.
    pub(in super::super) fn new(stations: Vec<(f64, f64, f64)>) -> Option<Self> {
        let mut values: Vec<f64> = stations.iter().map(|s| s.2).collect();
        values.sort_by(f64::total_cmp);
        let cut = |k: usize| values.get(values.len() * k / CLASSES).copied();
        let breaks = [cut(1)?, cut(2)?, cut(3)?, cut(4)?];
        Some(Dots { stations, breaks })
    }

    /// The class of a value.
    fn class(&self, value: f64) -> usize {
        self.breaks.iter().filter(|b| value > **b).count()
    }
}

/// The map. Degrees of longitude are shortened as at the middle latitude.
pub(in super::super) fn map(title: &str, dots: &Dots) -> Markup {
    let (south, north) = ends(dots.stations.iter().map(|s| s.0));
    let (west, east) = ends(dots.stations.iter().map(|s| s.1));
    let shortening = shortening(f64::midpoint(south, north));
    let (wide, tall) = (((east - west) * shortening).max(1e-6), (north - south).max(1e-6));
    let scale = ((WIDTH - 20.0) / wide).min(640.0 / tall);
    let height = tall * scale + 20.0;
    let place = |lat: f64, lon: f64| {
        let x = (lon - west) * shortening * scale + f64::midpoint(0.0, WIDTH - wide * scale);
        (x, (north - lat) * scale + 10.0)
    };
    let description = format!("{} stations at their coordinates", dots.stations.len());
    drawing(
        height,
        title,
        &description,
        html! {
            g class=(if dots.stations.len() < FEW { "dots few" } else { "dots" }) transform="scale(2)" {
                @for (number, path) in paths(dots, &place).iter().enumerate().filter(|(_, p)| !p.is_empty()) {
                    path class={ "q" (number) } d=(path) {}
                }
            }
        },
    )
}

/// One path a class: a dot is a line of no length with round ends. Stations that fall on one place are one
/// dot, in the colour of the highest class there, so that no map is larger than its area.
fn paths(dots: &Dots, place: &dyn Fn(f64, f64) -> (f64, f64)) -> Vec<String> {
    // Places are kept by the bits of their numbers: none is negative, so that the order is theirs.
    let mut places: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for &(lat, lon, value) in &dots.stations {
        let (x, y) = place(lat, lon);
        // Rounded to two units: a dot is three units wide.
        let key = ((x / 2.0).round().abs().to_bits(), (y / 2.0).round().abs().to_bits());
        let class = dots.class(value);
        let shown = places.entry(key).or_insert(class);
        *shown = class.max(*shown);
    }
    let mut paths = vec![String::new(); CLASSES];
    for ((x, y), class) in places {
        let _ = write!(paths[class], "M{} {}h0", f64::from_bits(x), f64::from_bits(y));
    }
    paths
}

/// The smallest and largest number.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stations_on_one_place_are_one_dot() {
        let dots =
            Dots::new(vec![(50.0, 10.0, 0.1), (50.0, 10.0, 0.9), (51.0, 11.0, 0.5)]).unwrap();
        let drawn = map("Turnout", &dots).into_string();
        assert_eq!(drawn.matches("h0").count(), 2);
        assert!(Dots::new(Vec::new()).is_none());
    }
}
