//! S140: whether the last digits of two lines of a protocol go together.

use glassurn_model::{
    Column, Effect, Field, Finding, LeftOut, Measure, Origin, Outcome, P, PKind, Picture, Reason, Unit,
};
use glassurn_stats::{chi_squared, multiple};

use crate::digits::last_digit;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat};

#[doc = include_str!("joint_digits.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JointDigits {
    /// Smallest count used, and smallest difference of the two, in whole tens so that no square of ten by ten is cut.
    pub min_count: i64,
    /// Smallest distance between the quartiles of the difference: two lines that differ by little, or by the
    /// same everywhere, bind each other's digits.
    pub min_spread: i64,
    /// Fewest stations for a pair of lines.
    pub min_stations: usize,
}

/// The last digits of two lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The two lines.
    pub names: [String; 2],
    /// Stations used.
    pub stations: usize,
    /// Stations whose two last digits are equal.
    pub equal: usize,
    /// Pearson's statistic of independence, 81 degrees of freedom.
    pub x2: f64,
}

impl JointDigits {
    /// The settings used when none are given: five stations to be expected in a cell.
    pub const DEFAULT: Self =
        JointDigits { min_count: 30, min_spread: 100, min_stations: 500 };

    /// The pairs with enough stations, in the order of the protocol.
    pub fn pairs(&self, slice: &Slice<'_>) -> Result<(Vec<Pair>, Vec<bool>), Reason> {
        let columns = lines(slice);
        let mut used = vec![false; slice.len()];
        let mut pairs = Vec::new();
        let mut most = 0;
        for (i, a) in columns.iter().enumerate() {
            for b in &columns[i + 1..] {
                let (pair, which, spread) = self.pair(slice, a, b);
                most = most.max(pair.stations);
                let enough = pair.stations >= self.min_stations.max(1);
                if enough && spread >= self.min_spread && pair.x2.is_finite() {
                    used.iter_mut().zip(which).for_each(|(u, w)| *u |= w);
                    pairs.push(pair);
                }
            }
        }
        if pairs.is_empty() && most >= self.min_stations.max(1) {
            return Err(Reason::Constant);
        }
        if pairs.is_empty() {
            return Err(Reason::TooFew { used: most, needed: self.min_stations });
        }
        Ok((pairs, used))
    }

    /// A pair, its stations, and the distance between the quartiles of the difference.
    fn pair(&self, slice: &Slice<'_>, a: &Column, b: &Column) -> (Pair, Vec<bool>, i64) {
        let mut table = [[0.0; 10]; 10];
        let mut equal = 0;
        let mut differences = Vec::new();
        let mut which = Vec::with_capacity(slice.len());
        for &row in &slice.rows {
            let free = self.free(a.values[row as usize], b.values[row as usize]);
            which.push(free.is_some());
            if let Some([a, b]) = free {
                let [x, y] = [a, b].map(last_digit);
                table[x][y] += 1.0;
                equal += usize::from(x == y);
                differences.push(a - b);
            }
        }
        let (names, stations) = ([a.name.clone(), b.name.clone()], differences.len());
        let spread = quartile(&mut differences, 3).saturating_sub(quartile(&mut differences, 1));
        (Pair { names, stations, equal, x2: independence(&table) }, which, spread)
    }

    /// The two counts, where they and their difference are large enough to be free of each other.
    ///
    /// Both conditions look at tens alone. A bound on the difference itself cuts squares of ten by ten along their
    /// diagonal where many stations stand, and what is left of such a square has digits that go together.
    fn free(&self, a: Option<i64>, b: Option<i64>) -> Option<[i64; 2]> {
        let (a, b) = (a.filter(|&a| a >= 0)?, b.filter(|&b| b >= 0)?);
        let least = self.min_count.max(0).saturating_add(9) / 10;
        let enough = (a / 10).min(b / 10) >= least && (a / 10 - b / 10).abs() > least;
        enough.then_some([a, b])
    }

    fn left_out(&self, stations: usize) -> Vec<LeftOut> {
        let what = "a pair of lines and their difference";
        let why = Reason::Below { what, minimum: self.min_count };
        if stations > 0 { vec![LeftOut { why, stations }] } else { Vec::new() }
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (pairs, used) = self.pairs(slice)?;
        let count = used.iter().filter(|u| **u).count();
        let ps: Vec<f64> = pairs.iter().map(|p| chi_squared::sf(p.x2, 81.0)).collect();
        let adjusted = multiple::holm(&ps);
        let worst = (0..pairs.len()).min_by(|&a, &b| ps[a].total_cmp(&ps[b])).unwrap_or(0);
        let pair = &pairs[worst];
        let beyond = pair.equal as f64 - pair.stations as f64 / 10.0;
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: count,
            measures: measures(&pairs, pair),
            p: Some(P { value: adjusted[worst], kind: PKind::Asymptotic }),
            effect: Effect {
                name: "stations with equal last digits in that pair beyond a tenth".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: None,
                stations: Some(beyond),
                votes: None,
            },
            plain: format!(
                "Of {} pairs of protocol lines the last digits of {} and {} go together most: unevenness \
                 {:.1} where chance gives 81, and the chance of such a pair among so many is {}.",
                pairs.len(),
                pair.names[0],
                pair.names[1],
                pair.x2,
                if adjusted[worst] < 0.001 {
                    "below 0.001".to_owned()
                } else {
                    format!("{:.3}", adjusted[worst])
                },
            ),
            pictures: vec![bars(&pairs)],
            stations: Vec::new(),
            caveats: caveat::of(count, slice.len()),
            left_out: self.left_out(slice.len() - count),
        })
    }
}

const CODE: &str = "S140";

/// At most so many pairs are drawn.
const SHOWN: usize = 8;

/// At most so many choices are looked at, the largest.
const CHOICES: usize = 4;

impl Screen for JointDigits {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "joint-digits",
            title: "Last digits of two lines together",
            family: Family::Digits,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("joint_digits.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

/// Registered voters, one line of ballots, and the largest choices, as far as they are reported.
///
/// Papers received come in whole packs, and papers issued and cancelled add up to them; lines of ballots differ
/// by few. Their digits are bound.
fn lines<'a>(slice: &Slice<'a>) -> Vec<&'a Column> {
    let contest = slice.contest();
    let ballots = [Field::Cast, Field::Issued, Field::Found, Field::Valid];
    let reported = |c: &&Column| {
        c.origin == Origin::Reported && c.values.len() == slice.returns.stations.len()
    };
    let field = |f: &Field| contest.fields.get(f).filter(reported);
    let mut choices: Vec<&Column> = contest.choices.iter().filter(reported).collect();
    choices.sort_by_cached_key(|c| std::cmp::Reverse(c.total()));
    let voters = field(&Field::Registered);
    let ballots = ballots.iter().find_map(field);
    voters.into_iter().chain(ballots).chain(choices.into_iter().take(CHOICES)).collect()
}

/// The value below which a quarter, two or three of the values lie; 0 without values. Puts them into another order.
fn quartile(values: &mut [i64], quarters: usize) -> i64 {
    let place = values.len() * quarters / 4;
    if values.is_empty() { 0 } else { *values.select_nth_unstable(place).1 }
}

/// Pearson's statistic of independence; NaN where a digit never occurs.
fn independence(table: &[[f64; 10]; 10]) -> f64 {
    let n: f64 = table.iter().flatten().sum();
    let rows = table.map(|r| r.iter().sum::<f64>());
    let columns: [f64; 10] = std::array::from_fn(|c| table.iter().map(|r| r[c]).sum());
    let cells = (0..100).map(|i| (i / 10, i % 10));
    cells
        .map(|(r, c)| {
            let expected = rows[r] * columns[c] / n;
            (table[r][c] - expected).powi(2) / expected
        })
        .sum()
}

fn measures(pairs: &[Pair], worst: &Pair) -> Vec<Measure> {
    let n = worst.stations as f64;
    vec![
        Measure {
            name: format!("unevenness of {} and {}", worst.names[0], worst.names[1]),
            symbol: "X²",
            value: worst.x2,
            expected: Some(81.0),
            sd: Some(162.0_f64.sqrt()),
            unit: Unit::None,
        },
        Measure {
            name: "stations with equal last digits in that pair".to_owned(),
            symbol: "e",
            value: worst.equal as f64,
            expected: Some(n / 10.0),
            sd: Some((n * 0.09).sqrt()),
            unit: Unit::Stations,
        },
        Measure::plain("stations of that pair", "n", n, Unit::Stations),
        Measure::plain("pairs of lines", "m", pairs.len() as f64, Unit::None),
    ]
}

/// The pairs that go together most.
fn bars(pairs: &[Pair]) -> Picture {
    let mut order: Vec<&Pair> = pairs.iter().collect();
    order.sort_by(|a, b| b.x2.total_cmp(&a.x2));
    order.truncate(SHOWN);
    Picture::Bars {
        title: "How far the last digits of two lines go together".to_owned(),
        axis: "pair of lines".to_owned(),
        labels: order.iter().map(|p| p.names.join(" · ")).collect(),
        observed: order.iter().map(|p| p.x2).collect(),
        expected: vec![81.0; order.len()],
        sd: vec![162.0_f64.sqrt(); order.len()],
    }
}
