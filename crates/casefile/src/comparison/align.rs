//! Which station of one source is which of another: by name, then by the name without what writers add.

use std::collections::HashMap;

use glassurn_model::Stations;

/// How many names of unmatched stations are listed.
const LISTED: usize = 8;

/// Stations of another source on those of the first.
#[derive(Debug)]
pub(crate) struct Aligned {
    /// For each station of the first source, that of the other.
    pub(crate) rows: Vec<Option<u32>>,
    /// Matched by the very name, and by the simplified one.
    exact: usize,
    simplified: usize,
    /// Names of the other source that no station has.
    unmatched: Vec<String>,
}

/// Matches by name, then by simplified name; a name that two stations have matches nothing.
pub(crate) fn align(first: &Stations, other: &Stations) -> Aligned {
    let mut rows = vec![None; first.len()];
    let mut used = vec![false; other.len()];
    let exact = pass(first, other, &mut rows, &mut used, &str::to_owned);
    let simplified = pass(first, other, &mut rows, &mut used, &simple);
    let left = other.ids.iter().zip(&used).filter(|(_, used)| !**used).map(|(id, _)| id.clone());
    Aligned { rows, exact, simplified, unmatched: left.collect() }
}

/// One pass over the stations that are still free; answers how many it matched.
fn pass(
    first: &Stations,
    other: &Stations,
    rows: &mut [Option<u32>],
    used: &mut [bool],
    key: &dyn Fn(&str) -> String,
) -> usize {
    let mut keys: HashMap<String, Option<usize>> = HashMap::new();
    for (at, id) in other.ids.iter().enumerate().filter(|(at, _)| !used[*at]) {
        // A second station of the same name makes the name useless.
        keys.entry(key(id)).and_modify(|e| *e = None).or_insert(Some(at));
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (_, id) in first.ids.iter().enumerate().filter(|(at, _)| rows[*at].is_none()) {
        *seen.entry(key(id)).or_default() += 1;
    }
    let mut matched = 0;
    for (row, id) in rows.iter_mut().zip(&first.ids).filter(|(row, _)| row.is_none()) {
        let name = key(id);
        let Some(at) = keys.get(&name).copied().flatten().filter(|_| seen[&name] == 1) else {
            continue;
        };
        *row = u32::try_from(at).ok();
        used[at] = true;
        matched += 1;
    }
    matched
}

/// A name without case, spaces, punctuation and leading zeros.
fn simple(id: &str) -> String {
    let words = id.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let short = |word: &str| match word.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest if word.chars().all(char::is_numeric) => rest.to_owned(),
        _ => word.to_lowercase(),
    };
    words.map(short).collect::<Vec<_>>().join(" ")
}

impl Aligned {
    /// What a reader must know of the matching.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!(
            "{} stations were matched by their name, {} by their name without case, spaces, punctuation and leading zeros; {} match no station.",
            self.exact,
            self.simplified,
            self.unmatched.len()
        )];
        if !self.unmatched.is_empty() {
            let some: Vec<_> = self.unmatched.iter().take(LISTED).map(String::as_str).collect();
            let more = if self.unmatched.len() > LISTED { " …" } else { "" };
            notes.push(format!("Without a match: {}{more}", some.join("; ")));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stations(ids: &[&str]) -> Stations {
        Stations { ids: ids.iter().map(|s| (*s).to_owned()).collect(), ..Stations::default() }
    }

    #[test]
    fn names_match_exactly_first_and_then_simplified() {
        let found =
            align(&stations(&["01-010-0001", "B 7", "C"]), &stations(&["1/10/1", "b-07", "D"]));
        assert_eq!(found.rows, [Some(0), Some(1), None]);
        assert_eq!((found.exact, found.simplified), (0, 2));
        assert_eq!(found.unmatched, ["D"]);
        assert_eq!(found.notes().len(), 2);
    }

    #[test]
    fn a_name_that_two_stations_have_matches_nothing() {
        let found = align(&stations(&["A", "B"]), &stations(&["A", "A", "B"]));
        assert_eq!(found.rows, [None, Some(2)]);
        let found = align(&stations(&["a", "A."]), &stations(&["A"]));
        assert_eq!(found.rows, [None, None]);
    }
}
