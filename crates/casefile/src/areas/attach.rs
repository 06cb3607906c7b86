//! Finds which area is which unit of the returns.

use std::collections::BTreeMap;

use glassurn_model::{Areas, Level, Returns};

use super::{Map, Ring, draw, touch};

/// What the user says of a map.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The level whose units the areas are; found when absent.
    pub level: Option<String>,
    /// The property that names an area; found when absent.
    pub key: Option<String>,
}

/// How many names a note lists.
const NAMED: usize = 5;

/// Puts a map under the units of a level, or says why not. What matched and what did not is noted in the returns.
pub fn attach(returns: &mut Returns, map: &Map, wish: &Wish) -> Result<(), String> {
    let (level, key) = best(returns, map, wish)?;
    let units = &returns.stations.levels[level];
    let (found, left) = matched(units, map, &key);
    let rings: Vec<Vec<Ring>> = found
        .iter()
        .map(|shapes| shapes.iter().flat_map(|s| map.shapes[*s].rings.clone()).collect())
        .collect();
    let lists: Vec<&[Ring]> = rings.iter().map(Vec::as_slice).collect();
    let areas = Areas {
        level,
        touching: touch::touching(&lists)?,
        centres: rings.iter().map(|r| draw::centre(r)).collect(),
        outlines: draw::outlines(&rings),
    };
    let note = note(units, map, &key, &found, &left);
    returns.stations.areas = Some(areas);
    returns.sources.push(map.source.clone());
    returns.notes.push(note);
    Ok(())
}

/// The level and the property with the most units that have an area.
fn best(returns: &Returns, map: &Map, wish: &Wish) -> Result<(usize, String), String> {
    let levels = &returns.stations.levels;
    let mut keys: Vec<&String> = Vec::new();
    for (name, _) in map.shapes.iter().take(100).flat_map(|s| &s.properties) {
        if !keys.contains(&name) {
            keys.push(name);
        }
    }
    let wanted = |wish: &Option<String>, name: &str| {
        wish.as_ref().is_none_or(|w| w.to_lowercase() == name.to_lowercase())
    };
    let mut best: Option<(usize, usize, String)> = None;
    for (number, level) in levels.iter().enumerate().filter(|(_, l)| wanted(&wish.level, &l.name)) {
        for key in keys.iter().filter(|k| wanted(&wish.key, k)) {
            let (found, _) = matched(level, map, key);
            let many = found.iter().filter(|f| !f.is_empty()).count();
            // Of equals the inner level and the first property.
            if best.as_ref().is_none_or(|b| many > b.0 || (many == b.0 && number > b.1)) {
                best = Some((many, number, (*key).clone()));
            }
        }
    }
    let names = |list: Vec<&str>| if list.is_empty() { "none".to_owned() } else { list.join(", ") };
    let have = format!(
        "levels: {}; properties of the areas: {}",
        names(levels.iter().map(|l| l.name.as_str()).collect()),
        names(keys.iter().take(40).map(|k| k.as_str()).collect()),
    );
    match best {
        Some((many, level, key)) if many >= 2 && 2 * many >= levels[level].units.len() => {
            Ok((level, key))
        }
        Some((many, level, key)) => Err(format!(
            "of the {} units of `{}` only {many} have an area of that name (property `{key}`); {have}",
            levels[level].units.len(),
            levels[level].name
        )),
        None => Err(format!("no such level or property; {have}")),
    }
}

/// The shapes of each unit, and the shapes of none. A name that several units share names none of them.
fn matched(level: &Level, map: &Map, key: &str) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut units: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (number, unit) in level.units.iter().enumerate() {
        let own = unit.rsplit(" / ").next().unwrap_or(unit);
        units.entry(plain(own)).and_modify(|u| *u = None).or_insert(Some(number));
    }
    let (mut found, mut left) = (vec![Vec::new(); level.units.len()], Vec::new());
    for (number, shape) in map.shapes.iter().enumerate() {
        let name = shape.properties.iter().find(|p| p.0 == key).map(|p| plain(&p.1));
        let unit = name.filter(|n| !n.is_empty()).and_then(|n| units.get(&n).copied().flatten());
        match unit.filter(|_| !shape.rings.is_empty()) {
            Some(unit) => found[unit].push(number),
            None => left.push(number),
        }
    }
    (found, left)
}

/// Letters and digits alone, without accents and in lower case; a number without its leading zeros.
fn plain(name: &str) -> String {
    let ascii = any_ascii::any_ascii(name).to_lowercase();
    let bare: String = ascii.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    if digits { bare.trim_start_matches('0').to_owned() } else { bare }
}

fn note(level: &Level, map: &Map, key: &str, found: &[Vec<usize>], left: &[usize]) -> String {
    let without: Vec<&str> = found
        .iter()
        .zip(&level.units)
        .filter(|(shapes, _)| shapes.is_empty())
        .map(|(_, unit)| unit.as_str())
        .collect();
    let named = |list: &[&str]| {
        let first = list[..list.len().min(NAMED)].join(", ");
        if list.len() > NAMED { format!("{first}, …") } else { first }
    };
    let of = |s: &usize| {
        map.shapes[*s].properties.iter().find(|p| p.0 == key).map_or("", |p| p.1.as_str())
    };
    let spare: Vec<&str> = left.iter().map(of).collect();
    let mut note = format!(
        "the map {} has an area for {} of the {} units of `{}` (property `{key}`)",
        map.source.name,
        found.len() - without.len(),
        found.len(),
        level.name
    );
    if !without.is_empty() {
        note += &format!("; without an area: {} ({})", without.len(), named(&without));
    }
    let shared: Vec<&str> = found
        .iter()
        .zip(&level.units)
        .filter(|(shapes, _)| shapes.len() > 1)
        .map(|(_, unit)| unit.as_str())
        .collect();
    if !shared.is_empty() {
        note += &format!(
            "; several areas have one name and are taken together: {} ({})",
            shared.len(),
            named(&shared)
        );
    }
    if !spare.is_empty() {
        note += &format!("; areas of no unit: {} ({})", spare.len(), named(&spare));
    }
    note
}
