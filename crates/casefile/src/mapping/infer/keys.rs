//! The columns that name stations: the key, the hierarchy, the coordinates.

mod hierarchy;
mod id;

use super::groups::Groups;
use super::profile::{Cells, Profile};
use super::report::Report;
use super::view::{RECOGNISED, View};
use hierarchy::levels;
use id::id;

/// A column with more empty cells than one in so many names nothing.
const GAPS: usize = 20;

/// A column that may name stations.
#[derive(Debug)]
struct Candidate {
    column: usize,
    groups: Groups,
    text: bool,
    station: f64,
    level: f64,
    /// Whether it only counts rows.
    counter: bool,
}

/// What names the stations.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Columns of the key.
    pub(super) id: Vec<usize>,
    /// Columns of the hierarchy, outermost first.
    pub(super) levels: Vec<usize>,
    /// Latitude and longitude.
    pub(super) place: Option<(usize, usize)>,
    /// All columns that name something.
    pub(super) claimed: Vec<usize>,
}

/// Finds what names the stations. `apart` is what tells rows of one station apart in a long table, and
/// `except` are its columns.
pub(super) fn keys(
    view: &View,
    profiles: &[Profile],
    apart: Option<&Groups>,
    except: &[usize],
    report: &mut Report,
) -> Keys {
    let candidates: Vec<Candidate> = (0..profiles.len())
        .filter(|c| !except.contains(c))
        .filter_map(|c| candidate(view, profiles, c))
        .collect();
    let mut keys = Keys { place: place(profiles, report), ..Keys::default() };
    keys.claimed = candidates.iter().map(|c| c.column).collect();
    keys.claimed.extend(keys.place.iter().flat_map(|&(a, b)| [a, b]));
    let usable: Vec<&Candidate> =
        candidates.iter().filter(|c| GAPS * c.groups.blank <= view.rows.len()).collect();
    let station = station(&usable, apart.is_some());
    keys.levels = levels(&usable, station, view.rows.len(), profiles, apart.is_some(), report);
    keys.id = id(&usable, station, &keys.levels, apart, report, profiles);
    keys
}

/// A column as a candidate, when its cells or its name allow it.
fn candidate(view: &View, profiles: &[Profile], column: usize) -> Option<Candidate> {
    let profile = &profiles[column];
    let meaning = profile.meaning();
    let role = meaning.map_or("", |m| m.role);
    let text = profile.cells == Cells::Text;
    let named = role == "station" || role.starts_with("level.") || role == "code";
    let counts = profile.is_count() && (named || role == "row" || profile.name.is_empty());
    let known_other = text && matches!(role, "ignored" | "extra" | "percent") || profile.link;
    if known_other || !(text || counts) {
        return None;
    }
    let counter = profile.is_count() && (role == "row" || profile.name.is_empty());
    if counter && !counts_up(profile) {
        return None;
    }
    let score = |wanted: fn(&str) -> bool| {
        let found = profile.matches.iter().filter(|m| wanted(m.role) && m.score >= RECOGNISED);
        found.map(|m| m.score).fold(0.0, f64::max)
    };
    let best = meaning.map_or(0.0, |m| m.score);
    let or_none = |s: f64| if s + 0.02 >= best { s } else { 0.0 };
    Some(Candidate {
        column,
        groups: Groups::of(view, column),
        text,
        station: or_none(score(|r| r == "station")),
        level: or_none(score(|r| r.starts_with("level."))),
        counter,
    })
}

/// Whether a column's figures nearly always rise.
fn counts_up(profile: &Profile) -> bool {
    let pairs = profile.values.windows(2).filter(|w| w[0].is_some() && w[1].is_some());
    let (mut all, mut up) = (0, 0);
    for pair in pairs {
        all += 1;
        up += usize::from(pair[0] < pair[1]);
    }
    all > 0 && 100 * up >= 99 * all
}

/// The column that tells stations apart within a unit: named as station, else the finest name.
fn station(usable: &[&Candidate], long: bool) -> Option<usize> {
    let finest = |wanted: &dyn Fn(&Candidate) -> bool| {
        let list = usable.iter().enumerate().filter(|(_, c)| wanted(c) && !c.counter);
        list.reduce(|best, next| {
            let key = |c: &Candidate| (c.groups.count, (c.station * 100.0).round());
            if key(next.1) > key(best.1) { next } else { best }
        })
    };
    let named = finest(&|c| c.station > 0.0);
    let any = || finest(&|c| !long || c.level > 0.0).or_else(|| finest(&|_| true));
    named.or_else(any).map(|s| s.0)
}

/// Latitude and longitude, where both are there and in range.
fn place(profiles: &[Profile], report: &mut Report) -> Option<(usize, usize)> {
    let find = |role: &str, limit: f64| {
        (0..profiles.len()).find(|&c| {
            let p = &profiles[c];
            let numbers = matches!(p.cells, Cells::Decimals | Cells::Counts);
            let within = p.range.0 >= -limit && p.range.1 <= limit;
            numbers && within && p.best(|r| r == role).is_some()
        })
    };
    let (latitude, longitude) = (find("latitude", 90.0)?, find("longitude", 180.0)?);
    for (role, column) in [("latitude", latitude), ("longitude", longitude)] {
        let why =
            profiles[column].best(|r| r == role).map_or_else(String::new, super::named::words);
        report.decide(role, &[column], 0.9, format!("{why}; all figures are degrees"));
    }
    Some((latitude, longitude))
}
