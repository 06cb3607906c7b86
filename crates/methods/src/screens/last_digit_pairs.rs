//! S113: the last digit beside the one before it.

use glassurn_model::{
    Caveat, Count, Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Unit,
};
use glassurn_stats::{binomial, interval, multiple};

use crate::digits::{VERY_MANY, last_digit};
use crate::phrase::{count, percent};
use crate::slice::Tray;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("last_digit_pairs.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastDigitPairs {
    /// Smallest count whose last two digits are used.
    pub min_count: i64,
    /// Fewest counts.
    pub min_stations: usize,
}

impl LastDigitPairs {
    /// The settings used when none are given.
    pub const DEFAULT: Self = LastDigitPairs { min_count: 100, min_stations: 50 };
}

const CODE: &str = "S113";

/// The three kinds of pairs with their chances, whatever the digit before the last.
const KINDS: [(&str, &str, f64); 3] = [
    ("pairs of equal digits", "r", 0.1),
    ("pairs of neighbouring digits", "a", 0.2),
    ("pairs of distant digits", "d", 0.7),
];

impl Screen for LastDigitPairs {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "last-digit-pairs",
            title: "Last digits beside the ones before",
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("last_digit_pairs.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.count(slice).map(|pairs| pairs.finding(slice)))
    }
}

/// What is counted.
struct Pairs {
    left_out: Vec<LeftOut>,
    n: usize,
    kinds: [usize; 3],
    votes: f64,
}

impl LastDigitPairs {
    fn count(&self, slice: &Slice<'_>) -> Result<Pairs, Reason> {
        let mut tray = Tray::default();
        let mut pairs = Pairs { left_out: Vec::new(), n: 0, kinds: [0; 3], votes: 0.0 };
        let (mut smallest, mut largest) = (i64::MAX, i64::MIN);
        for votes in slice.votes()?.iter() {
            match self.usable(votes) {
                Ok(votes) => {
                    pairs.add(votes);
                    (smallest, largest) = (smallest.min(votes), largest.max(votes));
                }
                Err(why) => tray.put(why),
            }
        }
        if pairs.n < self.min_stations.max(1) {
            return Err(Reason::TooFew { used: pairs.n, needed: self.min_stations });
        }
        if smallest == largest {
            return Err(Reason::Constant);
        }
        pairs.left_out = tray.empty();
        Ok(pairs)
    }

    fn usable(&self, votes: Count) -> Result<i64, Reason> {
        let votes = votes.ok_or(Reason::Missing)?;
        let minimum = self.min_count.max(10);
        if votes < minimum { Err(Reason::Below { what: "votes", minimum }) } else { Ok(votes) }
    }
}

/// Which kind of pair the last two digits are: their distance around the circle of ten, up to two.
fn kind(votes: i64) -> usize {
    let apart = last_digit(votes).abs_diff(last_digit(votes / 10));
    apart.min(10 - apart).min(2)
}

impl Pairs {
    fn add(&mut self, votes: i64) {
        self.n += 1;
        self.kinds[kind(votes)] += 1;
        self.votes += votes as f64;
    }

    /// Exact two-sided p-values of the three kinds, adjusted by Holm for being three.
    fn adjusted(&self) -> Vec<f64> {
        let exact = |(&k, kind): (&usize, &(_, _, f64))| {
            binomial::two_sided(k as u64, self.n as u64, kind.2)
        };
        multiple::holm(&self.kinds.iter().zip(&KINDS).map(exact).collect::<Vec<_>>())
    }

    fn finding(self, slice: &Slice<'_>) -> Finding {
        let n = self.n as f64;
        let adjusted = self.adjusted();
        let p = adjusted.iter().copied().fold(1.0, f64::min);
        let strongest = (0..3).rev().min_by(|&i, &j| adjusted[i].total_cmp(&adjusted[j])).unwrap_or(2);
        let (name, _, chance) = KINDS[strongest];
        let beyond = self.kinds[strongest] as f64 - chance * n;
        let wilson =
            interval::wilson(self.kinds[strongest] as u64, self.n as u64, 1.959_963_984_540_054);
        Finding {
            screen: CODE,
            subject: slice.subject(),
            used: self.n,
            measures: self.measures(strongest),
            p: Some(P { value: p, kind: PKind::Exact }),
            effect: Effect {
                name: format!("{name}, beyond their chance"),
                value: self.kinds[strongest] as f64 / n - chance,
                unit: Unit::Points,
                interval: Some(wilson.map(|share| share - chance)),
                stations: Some(beyond),
                votes: Some(beyond * self.votes / n),
            },
            plain: self.plain(),
            pictures: vec![self.bars()],
            stations: Vec::new(),
            caveats: self.caveats(),
            left_out: self.left_out,
        }
    }

    fn plain(&self) -> String {
        let share = |i: usize| percent(self.kinds[i] as f64 / self.n as f64, 1);
        format!(
            "Of {} counts, {} end in two equal digits (chance gives 10 %), {} in neighbouring ones \
             (20 %) and {} in distant ones (70 %).",
            count(self.n),
            share(0),
            share(1),
            share(2)
        )
    }

    /// The three shares, the one that differs most surely first.
    fn measures(&self, strongest: usize) -> Vec<Measure> {
        let n = self.n as f64;
        let mut order = [0, 1, 2];
        order.sort_by_key(|&i| i != strongest);
        let measure = |i: usize| Measure {
            name: KINDS[i].0.to_owned(),
            symbol: KINDS[i].1,
            value: self.kinds[i] as f64 / n,
            expected: Some(KINDS[i].2),
            sd: Some((KINDS[i].2 * (1.0 - KINDS[i].2) / n).sqrt()),
            unit: Unit::Share,
        };
        order.into_iter().map(measure).collect()
    }

    fn bars(&self) -> Picture {
        let n = self.n as f64;
        Picture::Bars {
            title: "Last digit beside the one before".to_owned(),
            axis: "distance of the two digits".to_owned(),
            labels: ["equal", "neighbouring", "distant"].map(str::to_owned).to_vec(),
            observed: self.kinds.iter().map(|&k| k as f64).collect(),
            expected: KINDS.iter().map(|k| k.2 * n).collect(),
            sd: KINDS.iter().map(|k| (k.2 * (1.0 - k.2) * n).sqrt()).collect(),
        }
    }

    fn caveats(&self) -> Vec<Caveat> {
        let left_out: usize = self.left_out.iter().map(|l| l.stations).sum();
        let many = (left_out * 3 > self.n).then_some(Caveat::ManyLeftOut);
        let very_many = (self.n >= VERY_MANY).then_some(Caveat::VeryManyStations);
        many.into_iter().chain(very_many).collect()
    }
}
