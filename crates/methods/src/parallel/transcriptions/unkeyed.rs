//! Reconciliation without a key: equal rows are matched as often as enough entries have them.

use std::collections::{BTreeMap, HashMap};

use super::{Alone, How, Line, Question, Rate, Reconciled, Settled, Value, WHOLE_ROW, near};

pub(super) fn reconcile(ask: &Question<'_>, needed: usize) -> Reconciled {
    let entries = ask.entries.len();
    let mut groups: BTreeMap<&[Value], Vec<Vec<&Line>>> = BTreeMap::new();
    for (entry, e) in ask.entries.iter().enumerate() {
        for line in &e.lines {
            groups.entry(&line.values).or_insert_with(|| vec![Vec::new(); entries])[entry].push(line);
        }
    }
    let mut found = Reconciled::default();
    for (values, group) in groups {
        let mut counts: Vec<_> = group.iter().map(Vec::len).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let matched = counts.get(needed - 1).copied().unwrap_or(0);
        for i in 0..matched {
            let rows = group.iter().map(|lines| lines.get(i).map(|l| l.row)).collect();
            let values = values.to_vec();
            found.rows.push(Settled { key: Vec::new(), values, rows, how: How::Agreed });
        }
        for (entry, lines) in group.iter().enumerate() {
            let alone = |l: &&Line| Alone { entry, line: (*l).clone(), repeated: false };
            found.alone.extend(lines.iter().skip(matched).map(alone));
        }
    }
    found.rates = vec![rate(ask, found.rows.len())];
    found.alone.sort_by_key(|a| (a.entry, a.line.row));
    decide(ask, &mut found);
    found.near = near::pairs(&found.alone, ask.columns.len());
    found
}

/// Rows matched, of the rows that could be: those of the smallest entry.
fn rate(ask: &Question<'_>, matched: usize) -> Rate {
    let pairs = ask.entries.iter().map(|e| e.lines.len()).min().unwrap_or(0).max(matched);
    Rate { pairs: pairs as u64, equal: matched as u64 }
}

/// Keeps or drops the rows that a decision names.
fn decide(ask: &Question<'_>, found: &mut Reconciled) {
    let whole = ask.decisions.iter().filter(|d| d.column == WHOLE_ROW);
    let decisions: HashMap<_, _> = whole.map(|d| (d.key.as_str(), d.value.as_deref())).collect();
    let mut open = Vec::new();
    for alone in std::mem::take(&mut found.alone) {
        let place = format!("{}:{}", ask.entries[alone.entry].name, alone.line.row);
        match decisions.get(place.as_str()).copied().flatten() {
            Some("KEEP") => {
                let row = |e| (e == alone.entry).then_some(alone.line.row);
                let rows = (0..ask.entries.len()).map(row).collect();
                let values = alone.line.values;
                found.rows.push(Settled { key: Vec::new(), values, rows, how: How::Decided });
                found.decided += 1;
            }
            Some("DROP") => found.decided += 1,
            _ => open.push(alone),
        }
    }
    found.alone = open;
}
