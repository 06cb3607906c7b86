//! Recognises a table with one row a station and choice.

use std::collections::BTreeMap;

use glassurn_model::{CountKind, Field};

use super::fit::SETTLED;
use super::groups::Groups;
use super::identity::equal;
use super::keys::keys;
use super::named::{Meaning, is_percent, meaning, words};
use super::numbers;
use super::profile::{Cells, Profile};
use super::report::Report;
use super::view::View;
use crate::mapping::{ContestMap, Mapping, Shape, StationMap, TableMap};

/// Rows whose votes are added up.
const FIRST: usize = 20_000;

/// The columns that make a table long.
struct Layout {
    choice: usize,
    votes: usize,
    contest: Option<usize>,
    /// All columns that describe the choice.
    described: Vec<usize>,
}

/// Recognises a long table; `None` when it is none.
pub(super) fn long(view: &View, profiles: &[Profile]) -> Option<Mapping> {
    let layout = layout(view, profiles)?;
    let mut report = Report::new(profiles);
    explain(profiles, &layout, &mut report);
    let choice = Groups::of(view, layout.choice);
    let apart = match layout.contest {
        Some(contest) => choice.and(&Groups::of(view, contest)),
        None => choice,
    };
    let mut except = layout.described.clone();
    except.extend([layout.choice, layout.votes]);
    except.extend(layout.contest);
    let keys = keys(view, profiles, Some(&apart), &except, &mut report);
    if keys.id.is_empty() {
        return None;
    }
    let fields = fields(profiles, &except, &keys.claimed, &mut report);
    let exhaustive =
        add_up(view, &layout, &keys.id, fields.get(&Field::Valid).copied(), &mut report);
    let used = |c: &usize| {
        except.contains(c) || keys.claimed.contains(c) || fields.values().any(|f| f == c)
    };
    let extras: Vec<usize> =
        (0..profiles.len()).filter(|c| !used(c) && is_extra(c, profiles)).collect();
    let reference = |c: &usize| profiles[*c].reference.clone();
    Some(Mapping {
        title: super::title(view),
        table: TableMap {
            header: view.header_number(),
            shape: Shape::Long {
                choice: reference(&layout.choice),
                votes: reference(&layout.votes),
                contest: layout.contest.as_ref().map(reference),
            },
            ..TableMap::default()
        },
        station: StationMap {
            id: keys.id.iter().map(reference).collect(),
            levels: keys.levels.iter().map(reference).collect(),
            latitude: keys.place.map(|p| reference(&p.0)),
            longitude: keys.place.map(|p| reference(&p.1)),
            arrived: None,
            kinds: Vec::new(),
        },
        contests: contests(view, &layout, &fields, &extras, exhaustive),
        decisions: report.decisions,
        ..Mapping::default()
    })
}

/// Finds the column of votes, the column of choices and perhaps the column of contests.
fn layout(view: &View, profiles: &[Profile]) -> Option<Layout> {
    let score = |c: usize, role: &str| {
        let found = profiles[c].matches.iter().find(|m| m.role == role && m.score >= 0.75);
        found.map_or(0.0, |m| m.score)
    };
    let columns = || 0..profiles.len();
    let votes = columns().filter(|&c| {
        profiles[c].is_count() && score(c, "votes") >= 0.75 && !is_percent(&profiles[c])
    });
    let votes = best(votes, |c| score(c, "votes"))?;
    let unnamed = columns().filter(|&c| {
        c != votes
            && profiles[c].is_count()
            && meaning(c, &profiles[c].matches) == Meaning::Unknown
            && profiles[c].best(|_| true).is_none()
    });
    if unnamed.count() > 2 {
        return None;
    }
    let described: Vec<usize> =
        columns().filter(|&c| score(c, "choice") >= 0.75 && c != votes).collect();
    let recurs = |c: &usize| {
        let groups = Groups::of(view, *c);
        (2..=view.rows.len() / 3 + 1).contains(&groups.count)
    };
    let recurring = described.iter().copied().filter(recurs);
    let choice = best(recurring, |c| {
        score(c, "choice") + if profiles[c].cells == Cells::Text { 0.05 } else { 0.0 }
    })?;
    let contest = columns().filter(|&c| {
        c != votes && c != choice && score(c, "contest") >= 0.75 && {
            let groups = Groups::of(view, c);
            (2..=50).contains(&groups.count) && groups.blank == 0
        }
    });
    let contest = best(contest, |c| score(c, "contest"));
    Some(Layout { choice, votes, contest, described })
}

/// The column with the highest score, the first of equals.
fn best(columns: impl Iterator<Item = usize>, score: impl Fn(usize) -> f64) -> Option<usize> {
    columns.reduce(|a, b| if score(b) > score(a) { b } else { a })
}

/// Notes why the table is long.
fn explain(profiles: &[Profile], layout: &Layout, report: &mut Report) {
    let why = |c: usize, role: &str| {
        let found = profiles[c].matches.iter().find(|m| m.role == role);
        found.map_or((0.0, String::new()), |m| (m.score, words(m)))
    };
    for (role, column) in [
        ("choice", Some(layout.choice)),
        ("votes", Some(layout.votes)),
        ("contest", layout.contest),
    ] {
        if let Some(column) = column {
            let (score, reason) = why(column, role);
            report.decide(
                &format!("{role} column"),
                &[column],
                0.85 * score,
                format!("{reason}; one row a station and choice"),
            );
        }
    }
}

/// Whether a column of counts is known and belongs to the station, not to the choice.
fn is_extra(column: &usize, profiles: &[Profile]) -> bool {
    let profile = &profiles[*column];
    profile.is_count()
        && !profile.constant
        && !is_percent(profile)
        && meaning(*column, &profile.matches) != Meaning::Unknown
}

/// The protocol lines that every row of a station repeats.
fn fields(
    profiles: &[Profile],
    except: &[usize],
    claimed: &[usize],
    report: &mut Report,
) -> BTreeMap<Field, usize> {
    let mut fields: BTreeMap<Field, (usize, f64, String)> = BTreeMap::new();
    for c in (0..profiles.len())
        .filter(|c| profiles[*c].is_count() && !except.contains(c) && !claimed.contains(c))
    {
        let Meaning::Line(named) = meaning(c, &profiles[c].matches) else { continue };
        let better = fields.get(&named.field).is_none_or(|old| named.score > old.1);
        if named.part.is_empty() && better && !is_percent(&profiles[c]) {
            fields.insert(named.field, (c, named.score, named.why));
        }
    }
    for (field, (column, score, why)) in &fields {
        report.decide(field.key(), &[*column], 0.85 * score, why.clone());
    }
    fields.into_iter().map(|(f, (c, _, _))| (f, c)).collect()
}

/// Whether the votes of a station add up to its valid votes, at the stations of the first rows.
fn add_up(
    view: &View,
    layout: &Layout,
    id: &[usize],
    valid: Option<usize>,
    report: &mut Report,
) -> bool {
    let Some(valid) = valid.filter(|_| layout.contest.is_none()) else { return false };
    let rows = view.rows.len().min(FIRST);
    let read = |c: usize| {
        let texts: Vec<&str> = (0..rows).map(|r| view.cell(r, c)).collect();
        numbers::read(&texts)
    };
    let (votes, valid) = (read(layout.votes), read(valid));
    let station =
        id.iter().fold(Groups::one(view.rows.len()), |all, &c| all.and(&Groups::of(view, c)));
    let mut sums = vec![None; station.count];
    let mut stated = vec![None; station.count];
    for row in 0..rows {
        let at = station.of[row] as usize;
        if let Some(n) = votes[row].count() {
            sums[at] = Some(sums[at].unwrap_or(0_i64).saturating_add(n));
        }
        stated[at] = stated[at].or(valid[row].count());
    }
    let share = equal(&sums, &stated);
    let reason = format!(
        "the votes of a station add up to its valid votes at {} of {} stations looked at",
        share.held, share.of
    );
    report.decide("exhaustive", &[layout.votes], share.ratio(), reason);
    share.ratio() >= SETTLED
}

/// One contest, or one for each value of the contest column.
fn contests(
    view: &View,
    layout: &Layout,
    fields: &BTreeMap<Field, usize>,
    extras: &[usize],
    exhaustive: bool,
) -> Vec<ContestMap> {
    let lines: BTreeMap<Field, Vec<String>> =
        fields.iter().map(|(f, c)| (*f, vec![view.reference(*c)])).collect();
    let mut derive = BTreeMap::new();
    if !fields.contains_key(&Field::Valid) {
        derive.insert(Field::Valid, vec!["choices".to_owned()]);
    }
    if !fields.contains_key(&Field::Cast) && fields.contains_key(&Field::Invalid) {
        let parts = [Field::Valid, Field::Invalid, Field::Blank].into_iter();
        let parts = parts.filter(|f| *f == Field::Valid || fields.contains_key(f));
        derive.insert(Field::Cast, parts.map(|f| f.key().to_owned()).collect());
    }
    let contest = |name: String, value: Option<String>| ContestMap {
        kind: CountKind::Official,
        name,
        value,
        fields: lines.clone(),
        derive: derive.clone(),
        exhaustive,
        extras: extras.iter().map(|c| view.reference(*c)).collect(),
        ..ContestMap::default()
    };
    let Some(column) = layout.contest else { return vec![contest("votes".to_owned(), None)] };
    let groups = Groups::of(view, column);
    let names = groups.first.iter().map(|&r| view.cell(r as usize, column).to_owned());
    names.map(|n| contest(n.clone(), Some(n))).collect()
}
