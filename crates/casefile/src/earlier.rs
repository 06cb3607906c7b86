//! Sets an earlier election beside the stations of the one examined.
//!
//! A station's partner has the same identifier. Where there is none, it is the one station in the same units
//! (a number before a unit's name does not count: lists of districts are numbered anew) whose identifier ends
//! alike; where several do, on either side, none is taken.

use std::collections::HashMap;

use glassurn_model::{Column, Contest, Count, Earlier, Field, Partners, Returns, Stations};

use crate::mapping::MappingError;

/// The least part of the smaller election's stations that must find a partner, as one of so many.
const ONE_OF: usize = 4;

/// Joins an earlier election to the stations of this one and says in the notes how many found a partner.
pub fn set_beside(now: &mut Returns, before: Returns) -> Result<(), MappingError> {
    let (by_id, by_units) = partners(&now.stations, &before.stations);
    let count = |of: &[Option<u32>]| of.iter().flatten().count();
    let of: Vec<Option<u32>> = by_id.iter().zip(&by_units).map(|(a, b)| a.or(*b)).collect();
    let contests: Vec<Contest> = before.contests.iter().map(|c| aligned(c, &of)).collect();
    let partners = Partners {
        stations: now.stations.len(),
        earlier: before.stations.len(),
        by_id: count(&by_id),
        by_units: count(&by_units),
        lists_differ: lists_differ(&now.contests, &contests),
    };
    enough(&partners, &now.stations, &before.stations)?;
    now.notes.push(note(&before.title, &partners));
    let mut sources = before.sources;
    sources.retain(|s| !s.name.is_empty());
    now.earlier = Some(Earlier { title: before.title, sources, contests, partners });
    Ok(())
}

/// For each station its partner by identifier, and, where it has none, by units and the identifier's end.
fn partners(now: &Stations, before: &Stations) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
    let by_id = pairs(&now.ids, &before.ids);
    let mut by_units = pairs(&keys(now), &keys(before));
    let taken: std::collections::HashSet<u32> = by_id.iter().flatten().copied().collect();
    for (own, other) in by_id.iter().zip(&mut by_units) {
        *other = other.filter(|o| own.is_none() && !taken.contains(o));
    }
    (by_id, by_units)
}

/// The place of each key on the other side, where it stands once on both.
fn pairs(now: &[String], before: &[String]) -> Vec<Option<u32>> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    now.iter().for_each(|key| *times.entry(key).or_default() += 1);
    let mut at: HashMap<&str, Option<u32>> = HashMap::new();
    for (place, key) in (0_u32..).zip(before) {
        at.entry(key).and_modify(|first| *first = None).or_insert(Some(place));
    }
    let once = |key: &&String| !key.is_empty() && times.get(key.as_str()) == Some(&1);
    let partner = |key: &String| at.get(key.as_str()).copied().flatten();
    now.iter().map(|key| Some(key).filter(once).and_then(partner)).collect()
}

/// The units' names without a number before them, and the last part of the identifier; empty without levels,
/// where the end of an identifier says too little.
fn keys(stations: &Stations) -> Vec<String> {
    let unit = |station: usize| -> Option<String> {
        let name = |l: &glassurn_model::Level| {
            let unit = *l.of.get(station)?;
            l.units.get(unit as usize).map(|name| plain(name))
        };
        stations.levels.iter().map(name).collect::<Option<Vec<_>>>().map(|n| n.join("\u{1f}"))
    };
    let key = |(station, id): (usize, &String)| match unit(station) {
        Some(units) if !units.is_empty() => {
            let tail = id.rsplit(" / ").next().unwrap_or(id).trim();
            format!("{units}\u{1f}{}", tail.trim_start_matches('0').to_lowercase())
        }
        _ => String::new(),
    };
    stations.ids.iter().enumerate().map(key).collect()
}

/// A unit's name in small letters without the number before it; a name that is a number stays.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let rest = name.trim_start_matches(|c: char| !c.is_alphabetic());
    if rest.is_empty() { name } else { rest.to_owned() }
}

/// A contest of the earlier election in the order of these stations.
fn aligned(contest: &Contest, of: &[Option<u32>]) -> Contest {
    let column = |c: &Column| {
        let value =
            |p: &Option<u32>| -> Count { c.values.get(p.as_ref().copied()? as usize).copied()? };
        Column { values: of.iter().map(value).collect(), ..c.clone() }
    };
    let all = |columns: &[Column]| columns.iter().map(column).collect();
    Contest {
        fields: contest.fields.iter().map(|(field, c)| (*field, column(c))).collect(),
        choices: all(&contest.choices),
        extras: all(&contest.extras),
        // Its totals are of all its stations.
        declared: Vec::new(),
        ..contest.clone()
    }
}

/// Pairs whose lists of voters differ by more than half of the shorter one.
fn lists_differ(now: &[Contest], before: &[Contest]) -> usize {
    let list = |contests: &[Contest]| {
        contests.first()?.fields.get(&Field::Registered).map(|c| c.values.clone())
    };
    let (Some(now), Some(before)) = (list(now), list(before)) else { return 0 };
    let differ = |(a, b): (&Count, &Count)| {
        let (a, b) = (i128::from((*a)?), i128::from((*b)?));
        Some(2 * a.max(b) > 3 * a.min(b))
    };
    now.iter().zip(&before).filter(|p| differ(*p) == Some(true)).count()
}

/// Refuses elections of which too few stations can be told to be the same.
fn enough(partners: &Partners, now: &Stations, before: &Stations) -> Result<(), MappingError> {
    let pairs = partners.pairs();
    if pairs > 0 && pairs * ONE_OF >= partners.stations.min(partners.earlier) {
        return Ok(());
    }
    let example =
        |s: &Stations| s.ids.first().map_or_else(String::new, |id| format!(", such as `{id}`"));
    Err(MappingError {
        problem: format!(
            "only {pairs} of {} stations (here{}) have a partner among the {} of the earlier election (there{})",
            partners.stations,
            example(now),
            partners.earlier,
            example(before)
        ),
        candidates: Vec::new(),
        hint: "name the same columns as the station's id and levels in both mappings (`glassurn map FILE`, then \
               `--mapping` and `--before-mapping`)"
            .to_owned(),
    })
}

/// What a reader of the returns must know.
fn note(title: &str, p: &Partners) -> String {
    let per = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let mut text = format!(
        "Beside the earlier election “{title}”: {} of {} stations here ({:.1} %) and of {} there ({:.1} %) found a \
         partner, {} by the same identifier and {} by the same units and the identifier's end.",
        p.pairs(),
        p.stations,
        per(p.pairs(), p.stations),
        p.earlier,
        per(p.pairs(), p.earlier),
        p.by_id,
        p.by_units
    );
    if p.lists_differ > 0 {
        text += &format!(
            " In {} of the pairs the two lists of voters differ by more than half: such a number may have been \
             given to another place.",
            p.lists_differ
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use glassurn_model::testing::Builder;

    use super::*;

    fn returns(rows: &[(&str, &str, i64)]) -> Returns {
        let units: Vec<&str> = rows.iter().map(|r| r.1).collect();
        Builder::new(rows.len())
            .ids(rows.iter().map(|r| r.0))
            .level("district", &units)
            .field(Field::Registered, rows.iter().map(|r| r.2))
            .choice("A", rows.iter().map(|r| r.2 / 2))
            .build()
    }

    #[test]
    fn stations_are_joined_by_id_then_by_units_and_never_by_guess() {
        let mut now = returns(&[
            ("1 North / 1", "1 North", 100),
            ("3 South / 7", "3 South", 400),
            ("3 South / 8", "3 South", 300),
            ("West / 9", "West", 50),
            ("4 East / 2", "4 East", 60),
        ]);
        let before = returns(&[
            ("2 South / 07", "2 South", 390),
            ("2 South / 8", "2 South", 100),
            ("1 North / 1", "1 North", 90),
            ("5 East / 2", "5 East", 70),
            ("6 East / 2", "6 East", 70),
        ]);
        set_beside(&mut now, before).unwrap();
        let earlier = now.earlier.unwrap();
        let votes = &earlier.contests[0].choices[0].values;
        // Two stations are the second of an East: neither is taken.
        assert_eq!(votes, &[Some(45), Some(195), Some(50), None, None]);
        let p = earlier.partners;
        assert_eq!((p.by_id, p.by_units, p.lists_differ), (1, 2, 1));
        assert!(now.notes[0].contains("3 of 5 stations here (60.0 %)"), "{}", now.notes[0]);
        assert!(now.notes[0].contains("1 of the pairs"), "{}", now.notes[0]);
        assert_eq!(earlier.sources[0].name, "test.csv");
    }

    #[test]
    fn elections_without_common_stations_are_refused_with_what_to_do() {
        let mut now = returns(&[("a / 1", "a", 10), ("a / 2", "a", 10)]);
        let error = set_beside(&mut now, returns(&[("b / 1", "b", 10)])).unwrap_err();
        assert!(error.problem.contains("only 0 of 2") && error.problem.contains("`b / 1`"));
        assert!(error.hint.contains("--before-mapping") && now.earlier.is_none());
    }

    #[test]
    fn a_repeated_identifier_finds_no_partner() {
        let mut now = returns(&[("1", "a", 10), ("1", "b", 10), ("2", "a", 10)]);
        let before = returns(&[("1", "a", 10), ("2", "a", 10)]);
        set_beside(&mut now, before).unwrap();
        let values = &now.earlier.unwrap().contests[0].choices[0].values;
        // The unit tells the two stations apart.
        assert_eq!(values, &[Some(5), None, Some(5)]);
    }
}
