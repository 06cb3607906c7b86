//! The columns that name stations: the key, the hierarchy, the coordinates.

use super::groups::Groups;
use super::profile::{Cells, Profile};
use super::report::Report;
use super::view::{RECOGNISED, View};

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

/// The hierarchy: names that repeat, each nested in the one before.
fn levels(
    usable: &[&Candidate],
    station: Option<usize>,
    rows: usize,
    profiles: &[Profile],
    long: bool,
    report: &mut Report,
) -> Vec<usize> {
    let mut texts: Vec<&Candidate> = usable
        .iter()
        .enumerate()
        .filter(|(i, c)| Some(*i) != station && c.text && (!long || c.level > 0.0))
        .map(|(_, c)| *c)
        .collect();
    texts.sort_by_key(|c| (c.groups.count, c.column));
    let mut chain = Chain { steps: Vec::new(), rows };
    for candidate in texts {
        chain.add_text(candidate);
    }
    let codes =
        usable.iter().enumerate().filter(|(i, c)| Some(*i) != station && !c.text && c.level > 0.0);
    let mut codes: Vec<&Candidate> = codes.map(|(_, c)| *c).collect();
    codes.sort_by_key(|c| (c.groups.count, c.column));
    codes.into_iter().for_each(|c| chain.add_code(c));
    for step in &chain.steps {
        let name = profiles[step.column].best(|r| r.starts_with("level."));
        let why = name
            .map_or_else(|| "a name that repeats in unbroken runs".to_owned(), super::named::words);
        let score = name.map_or(0.5, |m| m.score);
        report.decide(
            "level",
            &[step.column],
            0.6 + 0.35 * score,
            format!("{why}; {} units, each within one unit of the level before", step.groups.count),
        );
    }
    chain.steps.iter().map(|s| s.column).collect()
}

/// Levels found so far, each with the groups of all levels up to it.
struct Chain {
    steps: Vec<Step>,
    rows: usize,
}

/// One level.
struct Step {
    column: usize,
    groups: Groups,
}

impl Chain {
    /// The groups of the innermost level.
    fn inner(&self) -> Groups {
        self.steps.last().map_or_else(|| Groups::one(self.rows), |s| s.groups.clone())
    }

    /// Adds a column of names if it is a level within the last one.
    fn add_text(&mut self, candidate: &Candidate) {
        if candidate.groups.count < 2 || 2 * candidate.groups.count > self.rows {
            return;
        }
        let outer = self.inner();
        let both = outer.and(&candidate.groups);
        let repeats = 2 * both.count <= self.rows;
        let finer = both.count > outer.count;
        let nested = 10 * both.count <= 11 * candidate.groups.count;
        let runs = candidate.groups.changes() <= 3 * candidate.groups.count;
        let named = candidate.level > 0.0 && both.count <= 4 * candidate.groups.count.max(1);
        if repeats && finer && (named || nested && runs) {
            self.steps.push(Step { column: candidate.column, groups: both });
        }
    }

    /// Adds a column of codes unless it says the same as a level that is there.
    fn add_code(&mut self, candidate: &Candidate) {
        if candidate.groups.count < 2 {
            return;
        }
        let mut before = Groups::one(self.rows);
        for at in 0..self.steps.len() {
            let here = &self.steps[at].groups;
            if here.and(&candidate.groups).count == here.count {
                let both = before.and(&candidate.groups);
                let twin = 20 * both.count >= 19 * here.count;
                if !twin && both.count > before.count {
                    self.steps.insert(at, Step { column: candidate.column, groups: both });
                }
                return;
            }
            before = here.clone();
        }
        let both = before.and(&candidate.groups);
        if both.count > before.count && 2 * both.count <= self.rows {
            self.steps.push(Step { column: candidate.column, groups: both });
        }
    }
}

/// The columns that together name one station: the station's own, and as few others as make it unique.
fn id(
    usable: &[&Candidate],
    station: Option<usize>,
    levels: &[usize],
    apart: Option<&Groups>,
    report: &mut Report,
    profiles: &[Profile],
) -> Vec<usize> {
    let Some(station) = station.and_then(|s| usable.get(s)) else {
        report.decide("id", &[], 0.3, "no column names stations; rows are numbered".to_owned());
        return Vec::new();
    };
    let with = |g: &Groups| apart.map_or_else(|| g.clone(), |a| a.and(g));
    let mut groups = with(&station.groups);
    let mut chosen: Vec<&Candidate> = vec![station];
    while groups.repeats() > 0 && chosen.len() < 6 {
        // Only what names a larger unit: a key that is made unique by just any text would hide stations
        // that are there twice.
        let unit = |c: &Candidate| c.level > 0.0 || levels.contains(&c.column);
        let rest = usable
            .iter()
            .filter(|c| unit(c) && !c.counter && !chosen.iter().any(|d| d.column == c.column));
        let tried = rest.map(|c| (groups.and(&c.groups), *c));
        let best = tried.reduce(|best, next| {
            let key = |t: &(Groups, &Candidate)| (t.0.count, levels.contains(&t.1.column));
            if key(&next) > key(&best) { next } else { best }
        });
        let Some((more, column)) = best.filter(|(more, _)| more.count > groups.count) else {
            break;
        };
        groups = more;
        chosen.push(column);
    }
    if groups.repeats() == 0 {
        let rows = station.groups.of.len();
        prune(&mut chosen, &apart.cloned().unwrap_or_else(|| Groups::one(rows)));
    }
    let own = chosen.first().map(|c| c.column) == Some(station.column);
    chosen[usize::from(own)..].sort_by_key(|c| c.groups.count);
    if own {
        chosen.rotate_left(1);
    }
    let columns: Vec<usize> = chosen.iter().map(|c| c.column).collect();
    explain_id(&columns, &groups, station, report, profiles, apart.is_some());
    columns
}

/// Takes out of a unique key what it does not need.
fn prune(chosen: &mut Vec<&Candidate>, apart: &Groups) {
    let mut at = 0;
    while at < chosen.len() && chosen.len() > 1 {
        let others = chosen.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| &c.groups);
        let without = others.fold(apart.clone(), |all, g| all.and(g));
        if without.repeats() == 0 {
            chosen.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Notes how the key was found.
fn explain_id(
    columns: &[usize],
    groups: &Groups,
    station: &Candidate,
    report: &mut Report,
    profiles: &[Profile],
    long: bool,
) {
    let rows = groups.of.len();
    let name = profiles[station.column].best(|r| r == "station");
    let why = name.map_or_else(|| "the finest name".to_owned(), super::named::words);
    let unique = match groups.repeats() {
        0 if long => format!("with contest and choice different in all {rows} rows"),
        0 => format!("different in all {rows} rows"),
        n => format!("{n} of {rows} rows repeat an earlier one"),
    };
    let share = super::identity::Share { held: rows - groups.repeats(), of: rows }.ratio();
    let score = name.map_or(0.5, |m| m.score);
    report.decide(
        "id",
        columns,
        super::report::confidence(0.7 * score, 0.9 * share),
        format!("{why}; {unique}"),
    );
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
