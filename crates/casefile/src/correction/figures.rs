//! Every figure of a result under a name that it keeps when others come and go, and what changed.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::SettingChange;

/// What a figure is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Not reported.
    Missing,
    /// A number.
    Number(f64),
    /// Words (`inside`).
    Text(String),
}

/// A figure with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Where it stands, from the method to the cell.
    pub path: Vec<String>,
    /// Its unit's key, where it has one (`share`).
    pub unit: Option<String>,
    /// The figure.
    pub value: Value,
}

/// A figure before and now; absent where one of the results does not have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureChange {
    /// Where it stands.
    pub path: Vec<String>,
    /// Its unit's key.
    pub unit: Option<String>,
    /// Before.
    pub before: Option<Value>,
    /// Now.
    pub now: Option<Value>,
}

impl FigureChange {
    /// Whether it is the seed of a simulation.
    pub(super) fn is_seed(&self) -> bool {
        self.path.last().is_some_and(|p| p == "seed")
    }

    pub(super) fn into_setting(self) -> SettingChange {
        let shown = |v: Value| match v {
            Value::Missing => "not stated".to_owned(),
            Value::Number(v) => v.to_string(),
            Value::Text(text) => text,
        };
        SettingChange {
            name: self.path.join(", "),
            before: self.before.map(shown),
            now: self.now.map(shown),
        }
    }
}

/// What is no figure, stands elsewhere in the notice, or only draws figures again.
const SKIPPED: [&str; 16] = [
    "envelope",
    "program",
    "command",
    "cannot_show",
    "settings",
    "inputs",
    "claims",
    "notes",
    "caveats",
    "pictures",
    "mapping",
    "mapping_from",
    "returns",
    "stations",
    "listed",
    "plain",
];
/// Words that are a result.
const WORDS: [&str; 4] = ["outcome", "refused", "leader", "reason"];

/// The figures of both results; an answer is named by its method alone where each has one of it.
pub(super) fn of_both(before: &Json, now: &Json) -> (Vec<Figure>, Vec<Figure>) {
    let alone = alone(before, now);
    let of = |value: &Json| {
        let mut walk = Walk { alone: &alone, figures: Vec::new() };
        walk.value(value, &mut Vec::new(), None);
        walk.figures
    };
    (of(before), of(now))
}

/// Methods of which each result has one answer at most: their subjects, often a file's name, may differ.
pub(super) fn alone(before: &Json, now: &Json) -> HashSet<String> {
    let methods = |value: &Json| {
        let mut times: HashMap<String, usize> = HashMap::new();
        for answer in value["answers"].as_array().into_iter().flatten() {
            *times.entry(answer["method"].as_str().unwrap_or_default().to_owned()).or_default() +=
                1;
        }
        times
    };
    let (a, b) = (methods(before), methods(now));
    let once = |m: &&String| a.get(*m).is_none_or(|n| *n == 1) && b.get(*m).is_none_or(|n| *n == 1);
    a.keys().chain(b.keys()).filter(once).cloned().collect()
}

/// What an element of a list is called.
pub(super) fn label(element: &Map<String, Json>, alone: &HashSet<String>) -> String {
    let text = |key: &str| element.get(key).and_then(Json::as_str).filter(|t| !t.is_empty());
    let joined = |keys: &[&str]| keys.iter().filter_map(|k| text(k)).collect::<Vec<_>>().join(", ");
    match (text("method"), text("code"), text("name")) {
        (Some(method), _, _) if alone.contains(method) => method.to_owned(),
        (Some(_), _, _) => joined(&["method", "subject"]),
        (_, Some(_), _) => joined(&["code", "contest", "choice", "level", "unit"]),
        (_, _, Some(name)) => name.to_owned(),
        _ => joined(&["contest", "why"]),
    }
}

struct Walk<'a> {
    alone: &'a HashSet<String>,
    figures: Vec<Figure>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Json, path: &mut Vec<String>, unit: Option<&str>) {
        match value {
            Json::Object(map) if map.contains_key("rows") && map.contains_key("columns") => {
                self.table(map, path);
            }
            Json::Object(map) => self.object(map, path),
            Json::Array(list) => self.list(list, path),
            Json::Number(n) => {
                self.push(path, unit, n.as_f64().map_or(Value::Missing, Value::Number))
            }
            Json::Null => self.push(path, unit, Value::Missing),
            Json::Bool(_) | Json::String(_) => {}
        }
    }

    fn push(&mut self, path: &[String], unit: Option<&str>, value: Value) {
        self.figures.push(Figure { path: path.to_vec(), unit: unit.map(str::to_owned), value });
    }

    fn object(&mut self, map: &Map<String, Json>, path: &mut Vec<String>) {
        let unit = map.get("unit").and_then(Json::as_str);
        for (key, value) in map.iter().filter(|(k, _)| !SKIPPED.contains(&k.as_str())) {
            path.push(key.replace('_', " "));
            match value.as_str().filter(|_| WORDS.contains(&key.as_str())) {
                Some(words) => self.push(path, None, Value::Text(words.to_owned())),
                None => self.value(value, path, unit),
            }
            path.pop();
        }
    }

    /// Elements by their label, numbered where it repeats; bare numbers by their place.
    fn list(&mut self, list: &[Json], path: &mut Vec<String>) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for element in list {
            let name = element.as_object().map_or_else(String::new, |m| label(m, self.alone));
            path.push(numbered(name, &mut seen));
            self.value(element, path, None);
            path.pop();
        }
    }

    /// Rows by their first cell, and the second where it is words too; columns by their names.
    fn table(&mut self, map: &Map<String, Json>, path: &mut Vec<String>) {
        let columns: Vec<(&str, Option<&str>)> = map["columns"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| (c["name"].as_str().unwrap_or_default(), c["unit"].as_str()))
            .collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for row in map["rows"].as_array().into_iter().flatten().filter_map(Json::as_array) {
            let named = row.iter().take(2).take_while(|c| c.is_string()).count().max(1);
            let cell = |c: &Json| c.as_str().map_or_else(|| c.to_string(), str::to_owned);
            let name = row.iter().take(named).map(cell).collect::<Vec<_>>().join(", ");
            path.push(numbered(name, &mut seen));
            for (cell, (column, unit)) in row.iter().zip(&columns).skip(named) {
                path.push((*column).to_owned());
                match cell.as_str() {
                    Some(words) => self.push(path, None, Value::Text(words.to_owned())),
                    None => self.value(cell, path, *unit),
                }
                path.pop();
            }
            path.pop();
        }
    }
}

/// A name, with a number where it has come before.
fn numbered(name: String, seen: &mut HashMap<String, usize>) -> String {
    let times = seen.entry(name.clone()).or_default();
    *times += 1;
    if *times == 1 && !name.is_empty() { name } else { format!("{name} {times}").trim().to_owned() }
}

/// What changed, in the order of the result before, then what came.
pub(super) fn changes(before: &[Figure], now: &[Figure]) -> Vec<FigureChange> {
    let by_path = |figures: &[Figure]| -> HashMap<Vec<String>, Value> {
        figures.iter().map(|f| (f.path.clone(), f.value.clone())).collect()
    };
    let (old, new) = (by_path(before), by_path(now));
    let change = |f: &Figure, before: Option<&Value>, now: Option<&Value>| FigureChange {
        path: f.path.clone(),
        unit: f.unit.clone(),
        before: before.cloned(),
        now: now.cloned(),
    };
    let changed = before.iter().map(|f| change(f, Some(&f.value), new.get(&f.path)));
    let came = now.iter().filter(|f| !old.contains_key(&f.path));
    let came = came.map(|f| change(f, None, Some(&f.value)));
    // A figure that was missing and is no longer there, or the reverse, says nothing.
    let told = |c: &FigureChange| {
        let known = |v: &Option<Value>| v.clone().filter(|v| *v != Value::Missing);
        c.before != c.now && (known(&c.before).is_some() || known(&c.now).is_some())
    };
    changed.chain(came).filter(told).collect()
}
