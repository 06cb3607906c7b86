//! The votes of one contest in a long table, one column a code: rows that repeat a station and choice are
//! added, a row without a readable count, or a sum beyond 64 bits, makes the choice missing there, and absent
//! rows stay missing unless the mapping says that they mean zero.

use std::collections::HashMap;

use glassurn_model::Count;

use super::Entry;
use crate::mapping::apply::pool::Pool;
use crate::mapping::{ContestMap, Mapping};

/// The votes of one contest, one column a code.
pub(super) struct Votes<'a> {
    pub(super) codes: Vec<&'a str>,
    pub(super) index: HashMap<&'a str, usize>,
    pub(super) columns: Vec<Vec<Count>>,
    /// Whether a row is there.
    present: Vec<Vec<bool>>,
    /// Whether there is no sum: a row has no readable count, or the votes exceed 64 bits.
    unknown: Vec<Vec<bool>>,
    /// Whether the station has a row that counts.
    counted: Vec<bool>,
    pub(super) repeats: usize,
    pub(super) uncontested: usize,
}

impl<'a> Votes<'a> {
    /// Sorts rows into columns; rows that repeat a station and choice are added.
    pub(super) fn of(entries: &[&Entry<'a>], stations: usize) -> Self {
        let mut votes = Votes {
            codes: Vec::new(),
            index: HashMap::new(),
            columns: Vec::new(),
            present: Vec::new(),
            unknown: Vec::new(),
            counted: vec![false; stations],
            repeats: 0,
            uncontested: 0,
        };
        for entry in entries {
            votes.add(entry, stations);
        }
        for (column, unknown) in votes.columns.iter_mut().zip(&votes.unknown) {
            let marked = column.iter_mut().zip(unknown).filter(|(_, u)| **u);
            marked.for_each(|(count, _)| *count = None);
        }
        votes
    }

    /// Adds one row.
    fn add(&mut self, entry: &Entry<'a>, stations: usize) {
        let next = self.codes.len();
        let column = *self.index.entry(entry.code).or_insert(next);
        if column == next {
            self.codes.push(entry.code);
            self.columns.push(vec![None; stations]);
            self.present.push(vec![false; stations]);
            self.unknown.push(vec![false; stations]);
        }
        let at = entry.station as usize;
        self.repeats += usize::from(self.present[column][at]);
        self.present[column][at] = true;
        if entry.uncontested {
            self.uncontested += 1;
            return;
        }
        self.counted[at] = true;
        let known = &mut self.columns[column][at];
        match entry.votes.and_then(|votes| known.unwrap_or(0).checked_add(votes)) {
            Some(sum) => *known = Some(sum),
            None => self.unknown[column][at] = true,
        }
    }

    /// The sum of the votes that have a row; missing where one of them is.
    pub(super) fn listed(&self, chosen: &[usize]) -> Vec<Count> {
        let sum = |station: usize| {
            let known = !chosen.iter().any(|&c| self.unknown[c][station]);
            let votes = chosen.iter().filter_map(|&c| self.columns[c][station]);
            let mut votes = votes.peekable();
            (votes.peek().is_some() && known)
                .then(|| votes.try_fold(0_i64, i64::checked_add))
                .flatten()
        };
        (0..self.counted.len()).map(sum).collect()
    }

    /// Makes absent rows explicit zeros, where the mapping says that this is what they mean.
    pub(super) fn fill(
        &mut self,
        mapping: &Mapping,
        map: &ContestMap,
        chosen: &[usize],
        pool: &mut Pool,
    ) {
        if !mapping.missing.absent_is_zero {
            return;
        }
        let mut filled = 0_usize;
        for &c in chosen {
            for (station, count) in self.columns[c].iter_mut().enumerate() {
                if self.counted[station] && !self.present[c][station] {
                    *count = Some(0);
                    filled += 1;
                }
            }
        }
        let name = &map.name;
        pool.notes.push(format!("{name}: {filled} absent rows were read as zero votes"));
    }
}
