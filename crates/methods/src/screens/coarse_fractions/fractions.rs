//! One station, and one fraction over all stations.

use glassurn_stats::beta_binomial::Law;

use crate::entries::Entry;
use crate::local_law::LocalLaw;

/// The fractions between 0 and 1 whose denominators are 2 to 10, in lowest terms.
pub(super) const FRACTIONS: [(i64, i64, &str); 31] = [
    (1, 2, "1/2"),
    (1, 3, "1/3"),
    (2, 3, "2/3"),
    (1, 4, "1/4"),
    (3, 4, "3/4"),
    (1, 5, "1/5"),
    (2, 5, "2/5"),
    (3, 5, "3/5"),
    (4, 5, "4/5"),
    (1, 6, "1/6"),
    (5, 6, "5/6"),
    (1, 7, "1/7"),
    (2, 7, "2/7"),
    (3, 7, "3/7"),
    (4, 7, "4/7"),
    (5, 7, "5/7"),
    (6, 7, "6/7"),
    (1, 8, "1/8"),
    (3, 8, "3/8"),
    (5, 8, "5/8"),
    (7, 8, "7/8"),
    (1, 9, "1/9"),
    (2, 9, "2/9"),
    (4, 9, "4/9"),
    (5, 9, "5/9"),
    (7, 9, "7/9"),
    (8, 9, "8/9"),
    (1, 10, "1/10"),
    (3, 10, "3/10"),
    (7, 10, "7/10"),
    (9, 10, "9/10"),
];

/// A count further from its mean than so many standard deviations and so many votes is out of reach: all
/// such counts together have a chance below 1e-12. The votes are for stations where almost all agree, whose
/// law is far from normal.
const FAR: (f64, f64) = (8.0, 60.0);

/// One station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Index of the station.
    pub row: u32,
    /// Ballots cast.
    pub cast: i64,
    /// Votes for the choice.
    pub votes: i64,
    /// Which fraction the share is, as an index into the table of fractions.
    pub fraction: Option<usize>,
    /// Shapes of the Beta law of its level: its group's law and its own count.
    pub shapes: [f64; 2],
    /// The chance that the share is any of the fractions when level and votes are drawn again.
    pub chance: f64,
}

/// One fraction over all stations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The fraction.
    pub name: &'static str,
    /// Stations whose share it is.
    pub observed: f64,
    /// Expectation under the null.
    pub expected: f64,
    /// Variance under the null.
    pub variance: f64,
}

impl Row {
    pub(super) fn empty(name: &'static str) -> Self {
        Row { name, observed: 0.0, expected: 0.0, variance: 0.0 }
    }

    /// Adds one station: the chance of this fraction there, and whether its share is it.
    fn add(&mut self, chance: f64, is: bool) {
        self.expected += chance;
        self.variance += chance * (1.0 - chance);
        self.observed += f64::from(u8::from(is));
    }
}

impl Station {
    /// Looks at one station and adds it to the table of fractions.
    pub(super) fn new(e: &Entry, law: &LocalLaw, table: &mut [Row]) -> Self {
        let (cast, law) = (e.cast, law.knowing(e));
        let mut near = Near::new(cast, &law);
        let (mut fraction, mut chance, mut at) = (None, 0.0, 0);
        // One division tells it for all fractions of a denominator.
        for same in FRACTIONS.chunk_by(|f, g| f.1 == g.1) {
            let (part, whole) = (cast / same[0].1, cast % same[0].1 == 0);
            let rows = table.iter_mut().skip(at).zip(same);
            for (place, (row, &(k, ..))) in rows.enumerate().take_while(|_| whole) {
                let (p, is) = (near.chance(part * k), part * k == e.votes);
                row.add(p, is);
                chance += p;
                fraction = fraction.or(is.then_some(at + place));
            }
            at += same.len();
        }
        let shapes = [law.a, law.b];
        Station { row: e.row, cast, votes: e.votes, fraction, shapes, chance: chance.min(1.0) }
    }
}

/// The counts a station may have when it is drawn again.
struct Near {
    cast: u64,
    shapes: LocalLaw,
    mean: f64,
    reach: f64,
    /// Made when the first count within reach asks for it: many stations have none.
    law: Option<Law>,
}

impl Near {
    fn new(cast: i64, law: &LocalLaw) -> Self {
        let (n, weight, level) = (cast as f64, law.a + law.b, law.mean());
        let variance = n * level * (1.0 - level) * (weight + n) / (weight + 1.0);
        let reach = FAR.0 * variance.sqrt() + FAR.1;
        Near { cast: cast.unsigned_abs(), shapes: *law, mean: n * level, reach, law: None }
    }

    fn chance(&mut self, count: i64) -> f64 {
        if (count as f64 - self.mean).abs() > self.reach {
            return 0.0;
        }
        let LocalLaw { a, b } = self.shapes;
        self.law.get_or_insert_with(|| Law::new(self.cast, a, b)).pmf(count.unsigned_abs())
    }
}
