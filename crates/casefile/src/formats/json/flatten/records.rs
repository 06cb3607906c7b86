//! What values are made of: records, lists of records, and objects that are dictionaries.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::formats::json::parse::Value;

/// Names and values of a record.
pub(super) type Record<'t> = [(Cow<'t, str>, Value<'t>)];

/// Whether an object is a dictionary: its values are all records that share a name, or its names all
/// hold a digit and no value is a record.
pub(in crate::formats::json) fn is_dictionary(record: &Record<'_>) -> bool {
    let records: Vec<_> = record.iter().filter_map(|(_, v)| as_record(v)).collect();
    if records.is_empty() {
        let code = |name: &str| name.chars().any(|c| c.is_ascii_digit());
        return record.len() > 1 && record.iter().all(|(name, _)| code(name));
    }
    let Some(first) = records.first().filter(|_| records.len() == record.len()) else {
        return false;
    };
    let mut shared: HashSet<&str> = first.iter().map(|(name, _)| name.as_ref()).collect();
    for record in &records {
        let names: HashSet<&str> = record.iter().map(|(name, _)| name.as_ref()).collect();
        shared.retain(|name| names.contains(name));
    }
    records.len() > 1 && !shared.is_empty()
}

pub(super) fn as_record<'v, 't>(value: &'v Value<'t>) -> Option<&'v Record<'t>> {
    match value {
        Value::Record(record) => Some(record),
        _ => None,
    }
}

/// A list that is not empty and holds records only.
pub(super) fn as_records<'v, 't>(value: &'v Value<'t>) -> Option<&'v [Value<'t>]> {
    match value {
        Value::List(list) if !list.is_empty() && list.iter().all(|v| as_record(v).is_some()) => {
            Some(list)
        }
        _ => None,
    }
}
