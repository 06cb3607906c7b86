//! The columns of the key.

use super::super::groups::Groups;
use super::super::identity::Share;
use super::super::named;
use super::super::profile::Profile;
use super::super::report::{self, Report};
use super::Candidate;

/// The columns that together name one station: the station's own, and as few others as make it unique.
pub(super) fn id(
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
    let why = name.map_or_else(|| "the finest name".to_owned(), named::words);
    let unique = match groups.repeats() {
        0 if long => format!("with contest and choice different in all {rows} rows"),
        0 => format!("different in all {rows} rows"),
        n => format!("{n} of {rows} rows repeat an earlier one"),
    };
    let share = Share { held: rows - groups.repeats(), of: rows }.ratio();
    let score = name.map_or(0.5, |m| m.score);
    report.decide(
        "id",
        columns,
        report::confidence(0.7 * score, 0.9 * share),
        format!("{why}; {unique}"),
    );
}
