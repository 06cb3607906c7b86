//! Recognises a table with one row a station and one column a count.

use std::collections::BTreeMap;

use glassurn_model::Field;

use super::contest::{Draft, Resolved, resolve};
use super::family::{Family, families};
use super::fit::Columns;
use super::identity::{Share, equal, sum};
use super::keys::{Keys, keys};
use super::kinds::kinds;
use super::named::{Meaning, is_percent, meaning};
use super::profile::{Cells, Profile};
use super::report::Report;
use super::synonyms::synonyms;
use super::view::View;
use super::words::words;
use crate::mapping::{Mapping, MappingError, Shape, StationMap, TableMap};

/// Recognises a wide table, upright or on its side.
pub(super) fn wide(view: &View, profiles: &[Profile]) -> Result<Mapping, MappingError> {
    let mut report = Report::new(profiles);
    let mut before = Report::new(profiles);
    let first = keys(view, profiles, None, &[], &mut before);
    let resolved = contests(profiles, &first, &mut report)?;
    let counted: Vec<usize> = resolved
        .iter()
        .flat_map(|r| r.choices.iter().chain(r.fields.values().flatten()))
        .copied()
        .collect();
    let keys = if counted.iter().any(|c| first.claimed.contains(c)) {
        keys(view, profiles, None, &counted, &mut report)
    } else {
        report.decisions.append(&mut before.decisions);
        first
    };
    let kinds = kinds_of(view, profiles, &keys, &resolved, &mut report);
    ignored(profiles, &mut report);
    let reference = |c: &usize| profiles[*c].reference.clone();
    Ok(Mapping {
        title: super::title(view),
        table: TableMap {
            header: view.header_number(),
            shape: if view.turned { Shape::Transposed } else { Shape::Wide },
            ..TableMap::default()
        },
        station: StationMap {
            id: keys.id.iter().map(reference).collect(),
            levels: keys.levels.iter().map(reference).collect(),
            latitude: keys.place.map(|p| reference(&p.0)),
            longitude: keys.place.map(|p| reference(&p.1)),
            arrived: None,
            kinds,
        },
        contests: resolved.into_iter().map(|r| r.map).collect(),
        decisions: report.decisions,
        ..Mapping::default()
    })
}

/// The rules for stations that are not ordinary.
fn kinds_of(
    view: &View,
    profiles: &[Profile],
    keys: &Keys,
    resolved: &[Resolved],
    report: &mut Report,
) -> Vec<crate::mapping::KindRule> {
    let mut names = keys.levels.clone();
    let texts = keys.id.iter().filter(|c| profiles[**c].cells == Cells::Text);
    names.extend(texts.filter(|c| !keys.levels.contains(c)));
    let Some(first) = resolved.first() else { return Vec::new() };
    let registered = first.fields.get(&Field::Registered).cloned().unwrap_or_default();
    let ballots = sum(first.choices.iter().map(|&c| profiles[c].values.as_slice()));
    report.contest = None;
    kinds(view, profiles, &names, &registered, &ballots, report)
}

/// Notes the columns that are left aside.
fn ignored(profiles: &[Profile], report: &mut Report) {
    let of = |wanted: &dyn Fn(&Profile) -> bool| -> Vec<usize> {
        (0..profiles.len()).filter(|&c| wanted(&profiles[c])).collect()
    };
    let shares = of(&|p| {
        matches!(p.cells, Cells::Decimals | Cells::Percents)
            && p.best(|r| r == "latitude" || r == "longitude").is_none()
    });
    let empty = of(&|p| p.cells == Cells::Empty);
    let links = of(&|p| p.link);
    for (columns, why) in [
        (shares, "percentages and other numbers that are no counts"),
        (empty, "empty in every row"),
        (links, "addresses"),
    ] {
        if !columns.is_empty() {
            report.decide("ignored", &columns, 0.95, why.to_owned());
        }
    }
}

/// Recognises the contests.
fn contests(
    profiles: &[Profile],
    keys: &Keys,
    report: &mut Report,
) -> Result<Vec<Resolved>, MappingError> {
    let counts: Vec<usize> = (0..profiles.len())
        .filter(|&c| profiles[c].is_count() && !is_percent(&profiles[c]))
        .filter(|&c| !keys.claimed.contains(&c) && !is_copy(profiles, &keys.id, c))
        .collect();
    let names: Vec<(usize, &str)> =
        counts.iter().map(|&c| (c, profiles[c].name.as_str())).collect();
    let [by_suffix, by_prefix] = families(&names);
    let shown = |f: &[Family]| added_up(profiles, &counts, f);
    let prefix =
        by_suffix.is_empty() || !by_prefix.is_empty() && shown(&by_prefix) > shown(&by_suffix);
    let families = if prefix { by_prefix } else { by_suffix };
    if families.is_empty() {
        let mut draft = draft(profiles, &counts, "votes");
        let numeric = |c: &&usize| profiles[**c].is_count();
        draft.keys = keys.claimed.iter().filter(numeric).copied().collect();
        return Ok(vec![resolve(Columns(profiles), draft, report)?]);
    }
    let drafts = drafts(profiles, &counts, &families);
    let mut resolved = Vec::new();
    for draft in drafts {
        report.contest = Some(draft.name.clone());
        resolved.push(resolve(Columns(profiles), draft, report)?);
    }
    report.contest = None;
    resolved.sort_by_key(|r| std::cmp::Reverse(r.map.fields.len()));
    tidy(&mut resolved);
    Ok(resolved)
}

/// Whether a column repeats a column of the key.
fn is_copy(profiles: &[Profile], id: &[usize], column: usize) -> bool {
    let same = |&k: &usize| equal(&profiles[k].values, &profiles[column].values).ratio() > 0.99;
    id.iter().filter(|k| profiles[**k].is_count()).any(same)
}

/// A column that is a line of one contest is no extra of another.
fn tidy(resolved: &mut [Resolved]) {
    let lines: Vec<String> =
        resolved.iter().flat_map(|r| r.map.fields.values().flatten().cloned()).collect();
    resolved.iter_mut().for_each(|r| r.map.extras.retain(|e| !lines.contains(e)));
}

/// How well families explain the counts: the share of them that add up to a column, then how few they are.
fn added_up(
    profiles: &[Profile],
    counts: &[usize],
    families: &[Family],
) -> (usize, std::cmp::Reverse<usize>) {
    let inside: Vec<usize> = families.iter().flat_map(|f| f.members.iter().map(|m| m.0)).collect();
    let shared: Vec<usize> = counts.iter().copied().filter(|c| !inside.contains(c)).collect();
    let totals = totals(profiles, families, &shared).len();
    (100 * totals / families.len().max(1), std::cmp::Reverse(families.len()))
}

/// The columns of a single contest.
fn draft(profiles: &[Profile], counts: &[usize], name: &str) -> Draft {
    let mut draft = Draft { name: name.to_owned(), ..Draft::default() };
    counts.iter().for_each(|&c| sort(&mut draft, c, meaning(c, &profiles[c].matches)));
    draft
}

/// Puts a column where its meaning belongs.
fn sort(draft: &mut Draft, column: usize, meaning: Meaning) {
    match meaning {
        Meaning::Line(named) => draft.named.push(named),
        Meaning::Other(_) => draft.others.push(column),
        Meaning::Unknown => draft.unnamed.push(column),
    }
}

/// The columns of several contests: each its own family, and of the columns outside the families those
/// that are no other contest's.
fn drafts(profiles: &[Profile], counts: &[usize], families: &[Family]) -> Vec<Draft> {
    let inside: Vec<usize> = families.iter().flat_map(|f| f.members.iter().map(|m| m.0)).collect();
    let shared: Vec<usize> = counts.iter().copied().filter(|c| !inside.contains(c)).collect();
    let totals = totals(profiles, families, &shared);
    let owners: BTreeMap<usize, usize> =
        shared.iter().filter_map(|&c| Some((c, owner(profiles, families, c)?))).collect();
    let mut drafts = Vec::new();
    for (i, family) in families.iter().enumerate() {
        let name = family.affix.trim_matches(|c: char| !c.is_alphanumeric());
        let mut own = Draft {
            name: if name.is_empty() { "votes" } else { name }.to_owned(),
            ..Draft::default()
        };
        for (column, stem) in &family.members {
            let named = meaning(*column, &synonyms().matches(stem));
            let line = matches!(&named, Meaning::Line(n) if n.score >= 0.85);
            sort(&mut own, *column, if line { named } else { Meaning::Unknown });
        }
        for &column in &shared {
            let others = totals.iter().any(|(t, f)| *t == column && *f != i);
            let foreign = owners.get(&column).is_some_and(|o| *o != i);
            if !others && !foreign {
                let meaning = meaning(column, &profiles[column].matches);
                let unknown = meaning == Meaning::Unknown;
                sort(
                    &mut own,
                    column,
                    if unknown { Meaning::Other(String::new()) } else { meaning },
                );
            }
        }
        drafts.push(own);
    }
    drafts
}

/// The shared columns that are the sum of one family.
fn totals(profiles: &[Profile], families: &[Family], shared: &[usize]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (i, family) in families.iter().enumerate() {
        let all = sum(family.members.iter().map(|m| profiles[m.0].values.as_slice()));
        let best = shared
            .iter()
            .map(|&c| (c, equal(&all, &profiles[c].values)))
            .max_by(|a, b| a.1.ratio().total_cmp(&b.1.ratio()));
        found.extend(best.filter(|(_, s): &(usize, Share)| s.ratio() >= 0.6).map(|(c, _)| (c, i)));
    }
    found
}

/// The family whose affix shares a word with a column's name that no other family's does.
fn owner(profiles: &[Profile], families: &[Family], column: usize) -> Option<usize> {
    let name = words(&profiles[column].name);
    let mut sharing = families
        .iter()
        .enumerate()
        .filter(|(_, f)| words(&f.affix).iter().any(|w| w.len() > 2 && name.contains(w)));
    let first = sharing.next()?.0;
    sharing.next().is_none().then_some(first)
}
