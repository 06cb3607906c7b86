//! Finds the lists of records of an input by their paths (`a.b[]`), and for each path the innermost list, whose
//! table its rows join.

use std::collections::{BTreeSet, HashMap};

use super::records::{as_record, as_records, is_dictionary};
use crate::formats::json::parse::Value;
use crate::formats::{Item, ReadError};

/// Collects the paths of all lists of records.
pub(super) fn find_paths(value: &Value<'_>, path: &str, paths: &mut BTreeSet<String>) {
    let Some(record) = as_record(value) else { return };
    if path.is_empty() && is_dictionary(record) {
        return;
    }
    for (name, value) in record {
        let path = join(path, name);
        match as_records(value) {
            Some(list) => {
                let path = format!("{path}[]");
                list.iter().for_each(|v| find_paths(v, &path, paths));
                paths.insert(path);
            }
            None => find_paths(value, &path, paths),
        }
    }
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Different lists of records in one input.
const LISTS: usize = 1_000;

/// For each path, and for the top, the innermost list at or below it: rows of a record whose list is
/// empty belong with those of its neighbours.
pub(super) fn innermost(
    item: &Item,
    paths: &BTreeSet<String>,
) -> Result<HashMap<String, String>, ReadError> {
    if paths.len() > LISTS {
        let problem = format!("more than {LISTS} lists of records under different names");
        return Err(item.error(problem, "give the part that holds the returns"));
    }
    let below =
        |path: &str| paths.iter().filter(move |p| p.starts_with(path)).max_by_key(|p| p.len());
    let all = paths.iter().map(String::as_str).chain([""]);
    Ok(all.filter_map(|p| Some((p.to_owned(), below(p)?.clone()))).collect())
}
