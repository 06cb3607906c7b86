//! One entity: its schema, its name and its values.

use std::collections::BTreeMap;

use glassurn_model::register::{Grounds, PartialDate, Register, state_two_letters};
use serde::Serialize;

use super::super::words;

/// An entity.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entity {
    pub(super) id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

/// Characters that a value may have: names, other strings, texts.
fn longest(property: &str) -> usize {
    match property {
        "name" | "alias" => 384,
        "summary" | "description" | "reason" | "notes" => 60_000,
        _ => 1_000,
    }
}

/// A value as FollowTheMoney keeps it: one line, no control characters, not too long.
fn clean(property: &str, text: &str) -> String {
    let open: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = open.split_whitespace().collect::<Vec<_>>().join(" ");
    let most = longest(property);
    match line.char_indices().nth(most) {
        None => line,
        Some(_) => line.chars().take(most - 1).chain(['…']).collect(),
    }
}

impl Entity {
    pub(super) fn new(schema: &'static str, id: String) -> Self {
        Entity { id, schema, properties: BTreeMap::new() }
    }

    /// With a value more; a blank and one that it has already add nothing.
    pub(super) fn with(mut self, property: &'static str, value: impl AsRef<str>) -> Self {
        let value = clean(property, value.as_ref());
        let known = self.properties.get(property).is_some_and(|all| all.contains(&value));
        if !value.is_empty() && !known {
            self.properties.entry(property).or_default().push(value);
        }
        self
    }

    /// With several values more.
    pub(super) fn with_all<T: AsRef<str>>(
        self,
        property: &'static str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        values.into_iter().fold(self, |entity, value| entity.with(property, value))
    }

    /// With a date, as far as it is known.
    pub(super) fn dated(self, property: &'static str, date: Option<PartialDate>) -> Self {
        self.with_all(property, date.map(|d| d.to_string()))
    }

    /// With a country, by its two letters.
    pub(super) fn country(self, code: Option<&str>) -> Self {
        self.with_all("country", code.and_then(state_two_letters))
    }

    /// With what it rests on: addresses, documents, and how it is known.
    pub(super) fn resting_on(self, register: &Register, grounds: &Grounds) -> Self {
        let urls =
            words::sources(register, grounds).filter_map(|s| words::address(s.url.as_deref()?));
        let documents = words::sources(register, grounds).map(|s| words::name("source", &s.id));
        self.with_all("sourceUrl", urls)
            .with_all("proof", documents)
            .with_all("description", words::caution(register, grounds))
    }

    /// One line of JSON.
    pub(super) fn line(&self) -> String {
        // Text alone: it serialises without error; should that change, the line says so.
        let text = serde_json::to_string(self);
        text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_clean_and_each_stands_once() {
        let e =
            Entity::new("Person", "p".to_owned()).with("name", " a\u{0} \n b ").with("name", "a b");
        let e = e.with("name", " ").with("name", "я".repeat(900));
        let names = &e.properties["name"];
        assert_eq!((names.len(), names[0].as_str(), names[1].chars().count()), (2, "a b", 384));
    }
}
