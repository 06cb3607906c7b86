//! Every column of a contest, with the divisor that stands out most in it.

use glassurn_model::{Counts, Field, LeftOut, Origin, Reason};
use glassurn_stats::poisson_binomial;
use rayon::prelude::*;

use super::Divisibility;
use super::law::{Histogram, Tally};
use crate::Slice;

/// Lines that nobody counts on the day: lists are cut to a size, papers come in packs.
const GIVEN: [Field; 3] = [Field::Registered, Field::Received, Field::Cancelled];

/// One column, and what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Every divisor that could be looked at.
    pub tallies: Vec<Tally>,
    /// The place among them of the one with the most multiples beyond expectation, in standard deviations.
    pub best: usize,
    /// The exact chance of as many multiples of that one.
    pub p: f64,
    /// Non-zero counts, and multiples of that divisor among them.
    pub non_zero: [u64; 2],
}

/// All columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Those that could be looked at, in the contest's order.
    pub all: Vec<Column>,
    /// The place of the one with the smallest p.
    pub first: usize,
    /// Pairs of a column and a divisor.
    pub tests: usize,
    /// Stations that have a count in the first column, and what the others lack.
    pub used: usize,
    /// Why the others are left out.
    pub left_out: Vec<LeftOut>,
}

impl Column {
    /// The divisor that stands out most.
    pub fn top(&self) -> &Tally {
        &self.tallies[self.best]
    }

    fn of(screen: &Divisibility, name: String, histogram: &Histogram) -> Option<Self> {
        let tally = |&d: &i64| Tally::of(histogram, d, screen.min_count, screen.min_stations);
        let tallies: Vec<Tally> = screen.divisors.iter().filter_map(tally).collect();
        let higher = |best: usize, i: usize| if tallies[i].z() > tallies[best].z() { i } else { best };
        let best = (0..tallies.len()).reduce(higher)?;
        let Tally { divisor, multiples, .. } = tallies[best];
        let p = poisson_binomial::sf(&tallies[best].chances(histogram, screen.min_count), multiples);
        let whole = histogram.iter().filter(|(count, _)| *count % divisor == 0).map(|(_, n)| n).sum();
        Some(Column { name, best, p, non_zero: [histogram.values().sum(), whole], tallies })
    }
}

impl Columns {
    pub(super) fn of(screen: &Divisibility, slice: &Slice<'_>) -> Result<Self, Reason> {
        let contest = slice.contest();
        let lines = contest.fields.iter().filter(|(field, _)| !GIVEN.contains(field)).map(|(_, c)| c);
        let columns = lines.chain(&contest.choices).chain(&contest.extras);
        let reported = columns.filter(|c| c.origin == Origin::Reported);
        let jobs: Vec<(String, Counts<'_>)> =
            reported.map(|c| (c.name.clone(), Counts::new(c, &slice.rows))).collect();
        let look = |(name, counts): &(String, Counts<'_>)| {
            let histogram = histogram(counts);
            Some((Column::of(screen, name.clone(), &histogram)?, present(counts)))
        };
        let found: Vec<(Column, usize)> = jobs.par_iter().filter_map(look).collect();
        let most = jobs.iter().map(|(_, counts)| present(counts)).max().unwrap_or(0);
        let needed = usize::try_from(screen.min_stations).unwrap_or(usize::MAX);
        let nothing = match most {
            used if used < needed => Reason::TooFew { used, needed },
            _ => Reason::WrongSubject(format!(
                "no column has {needed} counts of {} and more that are spread widely enough",
                screen.min_count
            )),
        };
        let smaller = |best: usize, i: usize| if found[i].0.p < found[best].0.p { i } else { best };
        let first = (0..found.len()).reduce(smaller).ok_or(nothing)?;
        let used = found[first].1;
        let missing = slice.len() - used;
        let left_out = (missing > 0).then_some(LeftOut { why: Reason::Missing, stations: missing });
        let all: Vec<Column> = found.into_iter().map(|(column, _)| column).collect();
        let tests = all.iter().map(|c| c.tallies.len()).sum();
        Ok(Columns { all, first, tests, used, left_out: left_out.into_iter().collect() })
    }

    /// The column with the smallest p.
    pub fn first(&self) -> &Column {
        &self.all[self.first]
    }

    /// A column's p after Bonferroni over all pairs.
    pub fn adjusted(&self, column: &Column) -> f64 {
        (column.p * self.tests as f64).min(1.0)
    }

    /// The columns whose p stays at most at a level.
    pub fn standing_out(&self, level: f64) -> impl Iterator<Item = &Column> {
        self.all.iter().filter(move |c| self.adjusted(c) <= level)
    }
}

/// The positive counts.
fn histogram(counts: &Counts<'_>) -> Histogram {
    let mut histogram = Histogram::new();
    for count in counts.iter().flatten().filter(|&c| c > 0) {
        *histogram.entry(count).or_default() += 1;
    }
    histogram
}

fn present(counts: &Counts<'_>) -> usize {
    counts.iter().flatten().count()
}
