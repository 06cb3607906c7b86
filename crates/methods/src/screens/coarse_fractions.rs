//! S220 coarse-fractions.

use glassurn_model::{
    Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Unit,
};
use glassurn_stats::{beta_binomial, poisson_binomial};

use crate::entries::{Entry, entries};
use crate::local_law::{LocalLaw, fit};
use crate::{Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("coarse_fractions.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoarseFractions {
    /// Largest denominator of a fraction looked at, at most ten.
    pub max_denominator: i64,
    /// Fewest ballots cast at a station used.
    pub min_cast: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// The fractions between 0 and 1 whose denominators are 2 to 10, in lowest terms.
const FRACTIONS: [(i64, i64, &str); 31] = [
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

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The stations used.
    pub stations: Vec<Station>,
    /// The fractions looked at.
    pub table: Vec<Row>,
    /// The stations left out, by reason.
    pub left_out: Vec<LeftOut>,
}

impl CoarseFractions {
    /// Denominators up to ten, stations with at least fifty ballots.
    pub const DEFAULT: Self =
        CoarseFractions { max_denominator: 10, min_cast: 50, min_stations: 50 };

    const CODE: &'static str = "S220";

    /// The sufficient figures of a slice.
    pub fn tally(&self, slice: &Slice<'_>) -> Result<Tally, Reason> {
        let (entries, tray) = entries(slice, self.min_cast)?;
        let used = entries.len();
        if used < self.min_stations {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let laws = fit(&entries);
        let wanted = FRACTIONS.iter().filter(|f| f.1 <= self.max_denominator);
        let mut table: Vec<Row> = wanted.map(|f| Row::empty(f.2)).collect();
        let station = |e: &Entry| Station::new(e, &laws[e.group as usize], &mut table);
        let stations = entries.iter().map(station).collect();
        Ok(Tally { stations, table, left_out: tray.empty() })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let tally = self.tally(slice)?;
        let used = tally.stations.len();
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: tally.measures(),
            p: Some(P { value: tally.p(), kind: PKind::Exact }),
            effect: tally.effect(),
            plain: self.plain(&tally),
            pictures: vec![tally.bars()],
            stations: tally.least_likely(),
            caveats: caveat::of(used, slice.len()),
            left_out: tally.left_out,
        })
    }

    fn plain(&self, tally: &Tally) -> String {
        let (observed, expected, sd) = tally.sum();
        format!(
            "At {} of {} stations the share is a fraction with a denominator from 2 to {}; {} would \
             be if each station's votes were drawn again (standard deviation {sd:.1}), so this is {} \
             that.",
            phrase::number(observed),
            phrase::count(tally.stations.len()),
            self.max_denominator.min(10),
            phrase::number(expected),
            phrase::difference(observed - expected),
        )
    }
}

impl Screen for CoarseFractions {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "coarse-fractions",
            title: "Coarse fractions",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Stable,
            doc: include_str!("coarse_fractions.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Row {
    fn empty(name: &'static str) -> Self {
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
    fn new(e: &Entry, law: &LocalLaw, table: &mut [Row]) -> Self {
        let (cast, law) = (e.cast, law.knowing(e));
        let near = Near::new(cast, &law);
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
    law: LocalLaw,
    mean: f64,
    reach: f64,
}

impl Near {
    fn new(cast: i64, law: &LocalLaw) -> Self {
        let (n, weight, level) = (cast as f64, law.a + law.b, law.mean());
        let variance = n * level * (1.0 - level) * (weight + n) / (weight + 1.0);
        let reach = FAR.0 * variance.sqrt() + FAR.1;
        Near { cast: cast.unsigned_abs(), law: *law, mean: n * level, reach }
    }

    fn chance(&self, count: i64) -> f64 {
        if (count as f64 - self.mean).abs() > self.reach {
            return 0.0;
        }
        beta_binomial::pmf(count.unsigned_abs(), self.cast, self.law.a, self.law.b)
    }
}

impl Tally {
    /// P(at least as many stations as observed), exactly.
    pub fn p(&self) -> f64 {
        let chances: Vec<f64> = self.stations.iter().map(|s| s.chance).collect();
        let count = self.stations.iter().filter(|s| s.fraction.is_some()).count();
        poisson_binomial::sf(&chances, count as u64)
    }

    /// Stations at a fraction: how many, expectation and standard deviation under the null.
    pub fn sum(&self) -> (f64, f64, f64) {
        let observed = self.stations.iter().filter(|s| s.fraction.is_some()).count();
        let expected = self.stations.iter().map(|s| s.chance).sum();
        let variance: f64 = self.stations.iter().map(|s| s.chance * (1.0 - s.chance)).sum();
        (observed as f64, expected, variance.sqrt())
    }

    /// The headline, then fraction by fraction.
    fn measures(&self) -> Vec<Measure> {
        let (value, expected, sd) = self.sum();
        let measure = |name: String, symbol, value, expected, sd| Measure {
            name,
            symbol,
            value,
            expected: Some(expected),
            sd: Some(sd),
            unit: Unit::Stations,
        };
        let headline = measure("stations at a coarse fraction".to_owned(), "F", value, expected, sd);
        let row = |r: &Row| {
            let name = format!("stations at {}", r.name);
            measure(name, r.name, r.observed, r.expected, r.variance.sqrt())
        };
        std::iter::once(headline).chain(self.table.iter().map(row)).collect()
    }

    fn effect(&self) -> Effect {
        let (observed, expected, sd) = self.sum();
        let excess = observed - expected;
        let ballots = self.stations.iter().map(|s| {
            let at = if s.fraction.is_some() { 1.0 } else { 0.0 };
            s.cast as f64 * (at - s.chance)
        });
        Effect {
            name: "stations at coarse fractions beyond expectation".to_owned(),
            value: excess,
            unit: Unit::Stations,
            interval: Some([excess - 1.96 * sd, excess + 1.96 * sd]),
            stations: Some(excess),
            votes: Some(ballots.sum()),
        }
    }

    fn bars(&self) -> Picture {
        Picture::Bars {
            title: "Stations at each fraction".to_owned(),
            axis: "share of ballots cast".to_owned(),
            labels: self.table.iter().map(|r| r.name.to_owned()).collect(),
            observed: self.table.iter().map(|r| r.observed).collect(),
            expected: self.table.iter().map(|r| r.expected).collect(),
            sd: self.table.iter().map(|r| r.variance.sqrt()).collect(),
        }
    }

    /// The stations at a fraction where chance gives it least.
    fn least_likely(&self) -> Vec<(u32, String)> {
        let mut at: Vec<_> =
            self.stations.iter().filter_map(|s| Some((s, FRACTIONS.get(s.fraction?)?.2))).collect();
        at.sort_by(|(a, _), (b, _)| a.chance.total_cmp(&b.chance).then(a.row.cmp(&b.row)));
        let why = |(s, name): (&Station, &str)| {
            (s.row, format!("{} of {} ballots is {name}; chance {:.3}", s.votes, s.cast, s.chance))
        };
        at.into_iter().take(20).map(why).collect()
    }
}
