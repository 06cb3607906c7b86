//! How the level of support varies between the stations of one group: a Beta law fitted by moments.
//!
//! J. C. Kleinman (1973). Proportions with extraneous variance: single and independent samples. *Journal
//! of the American Statistical Association* 68, 46-54.

use glassurn_stats::beta_binomial;

use crate::entries::{Entry, groups};

/// Within these bounds of the intra-class correlation the Beta law is a law of levels: at the lower one
/// it adds nothing to a binomial of any station's size, at the upper one it is flat.
const CORRELATION: [f64; 2] = [1e-6, 1.0 / 3.0];

/// A Beta law of the level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LocalLaw {
    /// First shape.
    pub(crate) a: f64,
    /// Second shape.
    pub(crate) b: f64,
}

impl LocalLaw {
    /// The mean level.
    pub(crate) fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The law of a station's level once its own count is known.
    pub(crate) fn knowing(&self, e: &Entry) -> LocalLaw {
        LocalLaw { a: self.a + e.votes as f64, b: self.b + (e.cast - e.votes) as f64 }
    }

    /// P(no vote among n ballots) for n from 0 to `largest`.
    fn no_vote(&self, largest: i64) -> Vec<f64> {
        let step = |p: &mut f64, n: i64| {
            let before = *p;
            *p *= (self.b + n as f64) / (self.a + self.b + n as f64);
            Some(before)
        };
        (0..=largest).scan(1.0, step).collect()
    }

    /// A law with this mean and intra-class correlation.
    fn of(mean: f64, correlation: f64) -> Self {
        let weight = 1.0 / correlation.clamp(CORRELATION[0], CORRELATION[1]) - 1.0;
        LocalLaw { a: mean * weight, b: (1.0 - mean) * weight }
    }
}

/// The law of each group; a group too small to say how much its stations vary borrows that from all.
pub(crate) fn fit(entries: &[Entry]) -> Vec<LocalLaw> {
    let mut sums = vec![Sums::default(); groups(entries)];
    let mut all = Sums::default();
    for e in entries {
        sums[e.group as usize].count(e);
        all.count(e);
    }
    for e in entries {
        sums[e.group as usize].spread(e);
        all.spread(e);
    }
    let common = all.correlation().unwrap_or(0.01);
    sums.iter().map(|s| LocalLaw::of(s.level(), s.correlation().unwrap_or(common))).collect()
}

/// Larger stations are computed one by one.
const TABLE: i64 = 10_000;

/// For each station the chance of not a single vote, under the law of its group.
pub(crate) fn no_votes(entries: &[Entry]) -> Vec<f64> {
    let laws = fit(entries);
    let mut largest = vec![0; laws.len()];
    for e in entries {
        let largest = &mut largest[e.group as usize];
        *largest = e.cast.min(TABLE).max(*largest);
    }
    let tables: Vec<Vec<f64>> =
        laws.iter().zip(largest).map(|(law, largest)| law.no_vote(largest)).collect();
    let chance = |e: &Entry| {
        let (law, table) = (laws[e.group as usize], &tables[e.group as usize]);
        let known = usize::try_from(e.cast).ok().and_then(|cast| table.get(cast)).copied();
        known.unwrap_or_else(|| beta_binomial::pmf(0, e.cast.unsigned_abs(), law.a, law.b))
    };
    entries.iter().map(chance).collect()
}

/// The sums from which a law follows.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    stations: f64,
    votes: f64,
    cast: f64,
    squares: f64,
    deviations: f64,
}

impl Sums {
    fn count(&mut self, e: &Entry) {
        let cast = e.cast as f64;
        self.stations += 1.0;
        self.votes += e.votes as f64;
        self.cast += cast;
        self.squares += cast * cast;
    }

    fn spread(&mut self, e: &Entry) {
        let cast = e.cast as f64;
        let deviation = e.votes as f64 / cast - self.level();
        self.deviations += cast * deviation * deviation;
    }

    /// The share in the group; half a vote for and against keeps it off 0 and 1.
    fn level(&self) -> f64 {
        (self.votes + 0.5) / (self.cast + 1.0)
    }

    /// The intra-class correlation whose expected spread is the observed one.
    fn correlation(&self) -> Option<f64> {
        if self.stations < 10.0 {
            return None;
        }
        let binomial = self.level() * (1.0 - self.level());
        let freedom = self.stations - 1.0;
        let room = self.cast - self.squares / self.cast - freedom;
        (room > 0.0).then(|| (self.deviations / binomial - freedom) / room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(votes: i64, cast: i64) -> Entry {
        Entry { row: 0, group: 0, votes, cast }
    }

    #[test]
    fn equal_shares_leave_no_room_for_local_levels() {
        let law = fit(&[entry(40, 100); 20])[0];
        assert!((law.mean() - 800.5 / 2001.0).abs() < 1e-12);
        assert!((law.a + law.b - 999_999.0).abs() < 1e-3);
    }

    #[test]
    fn spread_of_two_levels_is_recovered() {
        // Levels 0.3 and 0.5 without binomial noise: ρ = (0.1² / 0.24 − 19/20/T …) by hand below.
        let entries: Vec<_> =
            (0..20).map(|i| entry(if i % 2 == 0 { 3000 } else { 5000 }, 10_000)).collect();
        let law = fit(&entries)[0];
        let (s, binomial) = (20.0 * 10_000.0 * 0.01, 0.4 * 0.6);
        let rho = (s / binomial - 19.0) / (200_000.0 - 10_000.0 - 19.0);
        assert!((law.a + law.b - (1.0 / rho - 1.0)).abs() < 0.01);
    }

    #[test]
    fn the_chance_of_no_vote_is_that_of_the_beta_binomial_law() {
        let mut entries: Vec<_> = (0..20).map(|i| entry(i % 5, 60 + i)).collect();
        entries.push(entry(9, TABLE + 1));
        let law = fit(&entries)[0];
        for (e, chance) in entries.iter().zip(no_votes(&entries)) {
            let want = beta_binomial::pmf(0, e.cast.unsigned_abs(), law.a, law.b);
            assert!((chance / want - 1.0).abs() < 1e-9, "{}", e.cast);
        }
    }

    #[test]
    fn a_small_group_borrows_the_spread_of_all() {
        let mut entries = vec![entry(40, 100); 20];
        entries.push(Entry { group: 1, ..entry(10, 100) });
        let laws = fit(&entries);
        assert!((laws[1].mean() - 10.5 / 101.0).abs() < 1e-12);
        assert!(laws[1].a > 0.0 && laws[1].b > laws[1].a);
    }
}
