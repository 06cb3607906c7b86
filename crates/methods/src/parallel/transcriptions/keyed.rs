//! Reconciliation by key, cell by cell.

use std::collections::{BTreeMap, HashMap};

use super::{
    Alone, Conflict, How, Line, Question, Rate, Reconciled, Settled, Value, WHOLE_ROW, key_text,
};

/// The lines of one key, by entry.
type Group<'a> = Vec<Vec<&'a Line>>;

pub(super) fn reconcile(ask: &Question<'_>, needed: usize) -> Reconciled {
    let mut groups: BTreeMap<&[String], Group<'_>> = BTreeMap::new();
    for (entry, e) in ask.entries.iter().enumerate() {
        for line in &e.lines {
            let group = groups.entry(&line.key).or_insert_with(|| vec![Vec::new(); ask.entries.len()]);
            group[entry].push(line);
        }
    }
    let decisions: HashMap<_, _> =
        ask.decisions.iter().map(|d| ((d.key.as_str(), d.column.as_str()), &d.value)).collect();
    let mut found =
        Reconciled { rates: vec![Rate::default(); ask.columns.len()], ..Reconciled::default() };
    for (key, group) in groups {
        one(ask, needed, &decisions, key, &group, &mut found);
    }
    found
}

/// An entry's line of a key: none where it has several that differ.
fn single<'a>(lines: &[&'a Line]) -> Option<&'a Line> {
    let first = *lines.first()?;
    lines.iter().all(|l| l.values == first.values).then_some(first)
}

fn one(
    ask: &Question<'_>,
    needed: usize,
    decisions: &HashMap<(&str, &str), &Value>,
    key: &[String],
    group: &Group<'_>,
    found: &mut Reconciled,
) {
    let text = key_text(key);
    let lines: Vec<_> = group.iter().map(|l| single(l)).collect();
    rate(&lines, &mut found.rates);
    let whole = decisions.get(&(text.as_str(), WHOLE_ROW)).and_then(|v| v.as_deref());
    found.decided += usize::from(matches!(whole, Some("KEEP" | "DROP")));
    let present = lines.iter().flatten().count();
    if whole == Some("DROP") {
        return;
    }
    if present < needed && whole != Some("KEEP") {
        alone(group, found);
        return;
    }
    repeated(group, found);
    let mut how = if whole.is_some() { How::Decided } else { How::Agreed };
    let mut values = Vec::new();
    // A row that was kept by decision needs no more agreement than it can have.
    let needed = needed.min(present).max(1);
    for (column, name) in ask.columns.iter().enumerate() {
        let decided = decisions.get(&(text.as_str(), name.as_str()));
        let agreed = consensus(lines.iter().flatten().map(|l| &l.values[column]), needed);
        values.push(match (decided, agreed) {
            (Some(value), _) => {
                found.decided += 1;
                how = if how == How::Open { how } else { How::Decided };
                (*value).clone()
            }
            (None, Some(value)) => value.clone(),
            (None, None) => {
                how = How::Open;
                let cell = |l: &Option<&Line>| l.map(|l| (l.row, l.values[column].clone()));
                let cells = lines.iter().map(cell).collect();
                found.open.push(Conflict { key: text.clone(), column, cells });
                None
            }
        });
    }
    let rows = lines.iter().map(|l| l.map(|l| l.row)).collect();
    found.rows.push(Settled { key: key.to_vec(), values, rows, how });
}

/// The value that at least `needed` lines have, where no other has as many.
fn consensus<'a>(values: impl Iterator<Item = &'a Value>, needed: usize) -> Option<&'a Value> {
    let mut votes: BTreeMap<&Value, usize> = BTreeMap::new();
    values.for_each(|v| *votes.entry(v).or_default() += 1);
    let most = votes.values().copied().max().filter(|m| *m >= needed)?;
    let mut leaders = votes.iter().filter(|(_, n)| **n == most);
    leaders.next().filter(|_| leaders.next().is_none()).map(|(v, _)| *v)
}

/// Counts the pairs of entries that both have a value, and the equal ones.
fn rate(lines: &[Option<&Line>], rates: &mut [Rate]) {
    for (a, one) in lines.iter().enumerate() {
        for (one, other) in lines[a + 1..].iter().filter_map(|other| one.zip(*other)) {
            for (rate, pair) in rates.iter_mut().zip(one.values.iter().zip(&other.values)) {
                if let (Some(x), Some(y)) = pair {
                    rate.pairs += 1;
                    rate.equal += u64::from(x == y);
                }
            }
        }
    }
}

/// Keeps every line of a key that too few entries have.
fn alone(group: &Group<'_>, found: &mut Reconciled) {
    for (entry, lines) in group.iter().enumerate() {
        let repeated = single(lines).is_none();
        let alone = |l: &&Line| Alone { entry, line: (*l).clone(), repeated };
        found.alone.extend(lines.iter().map(alone));
    }
}

/// Keeps the lines of an entry that has a key several times with different values.
fn repeated(group: &Group<'_>, found: &mut Reconciled) {
    for (entry, lines) in group.iter().enumerate() {
        if single(lines).is_none() {
            let alone = |l: &&Line| Alone { entry, line: (*l).clone(), repeated: true };
            found.alone.extend(lines.iter().map(alone));
        }
    }
}
