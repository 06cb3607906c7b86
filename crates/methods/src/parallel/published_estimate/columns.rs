//! Which column holds what, by arithmetic: lower ≤ estimate ≤ upper and upper − lower = 2 · margin.

use super::Published;

/// A row whose columns have been put in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The row.
    pub row: Published,
    /// Its interval, where there is a sound one.
    pub interval: Option<[f64; 2]>,
    /// Why there is none, or what was done.
    pub why: Option<String>,
}

/// What was found wrong with the columns of a group, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    /// The group.
    pub group: String,
    /// How many rows.
    pub rows: usize,
    /// What was done, in words.
    pub what: String,
}

/// What stands in the columns headed lower, upper, margin.
type Order = [usize; 3];

/// Names of the three.
const NAMES: [&str; 3] = ["lower", "upper", "margin"];
/// As the headings say.
const AS_HEADED: Order = [0, 1, 2];
/// Every other order.
const OTHERS: [Order; 5] = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
/// Three figures rounded to a tenth: the identity may be off by so much, in points.
const SLACK: f64 = 0.2 + 1e-9;

/// Reads the rows, group by group in the order of the file.
pub fn read(rows: &[Published]) -> (Vec<Reading>, Vec<Rescue>) {
    let (mut readings, mut rescues) = (Vec::new(), Vec::new());
    for group in rows.chunk_by(|a, b| a.group == b.group) {
        let order = order_of(group);
        if order != AS_HEADED {
            rescues.push(exchanged(group, order));
        }
        let ordered: Vec<Published> = group.iter().map(|r| put(r, order)).collect();
        let unit = unit_error(&ordered);
        if let Some(margin) = unit {
            rescues.push(wrong_unit(group, margin));
        }
        readings.extend(ordered.into_iter().map(|r| interval(r, unit, order != AS_HEADED)));
    }
    (readings, rescues)
}

/// The figures of the three columns.
fn figures(row: &Published) -> Option<[f64; 3]> {
    Some([row.low?, row.high?, row.margin?])
}

/// Whether the identities hold when column `order[i]` is taken as the i-th of lower, upper, margin.
fn fits(row: &Published, order: Order) -> Option<bool> {
    let (of, estimate) = (figures(row)?, row.estimate?);
    let [low, high, margin] = order.map(|i| of[i]);
    let inside = low <= estimate && estimate <= high && margin >= 0.0;
    Some(inside && (high - low - 2.0 * margin).abs() <= SLACK)
}

/// The order of columns of a group: as headed, unless that fails in most rows and exactly one other order
/// holds in all rows that have the three figures.
fn order_of(group: &[Published]) -> Order {
    let held = |order| group.iter().filter(|r| fits(r, order) == Some(true)).count();
    let full = group.iter().filter(|r| fits(r, AS_HEADED).is_some()).count();
    let whole: Vec<Order> = OTHERS.into_iter().filter(|o| held(*o) == full).collect();
    match whole.as_slice() {
        [only] if full > 0 && 2 * held(AS_HEADED) < full => *only,
        _ => AS_HEADED,
    }
}

/// The row with its three figures in order.
fn put(row: &Published, order: Order) -> Published {
    let of = [row.low, row.high, row.margin];
    let [low, high, margin] = order.map(|i| of[i]);
    Published { low, high, margin, ..row.clone() }
}

fn exchanged(group: &[Published], order: Order) -> Rescue {
    let where_is = |i: usize| format!("{} under `{}`", NAMES[i], NAMES[order[i]]);
    Rescue {
        group: group[0].group.clone(),
        rows: group.len(),
        what: format!(
            "the columns are exchanged: {}, {}, {}; in this order lower ≤ estimate ≤ upper and upper − lower = 2 · margin hold in every full row, as headed they do not",
            where_is(0), where_is(1), where_is(2)
        ),
    }
}

/// A margin that cannot be in points: the same for shares that differ by a factor of ten and more, and below
/// a tenth. Sampling gives a share of half a per cent a far smaller margin than one of fifty.
fn unit_error(group: &[Published]) -> Option<f64> {
    let margin = group.first()?.margin?;
    let same = group.iter().all(|r| r.margin == Some(margin));
    let estimates = || group.iter().filter_map(|r| r.estimate);
    let most = estimates().fold(0.0, f64::max);
    let least = estimates().fold(f64::INFINITY, f64::min);
    (same && margin > 0.0 && margin < 0.1 && most >= 10.0 * least).then_some(margin)
}

fn wrong_unit(group: &[Published], margin: f64) -> Rescue {
    Rescue {
        group: group[0].group.clone(),
        rows: group.len(),
        what: format!(
            "every row has the margin {margin}, whatever its share: as points that is too small to be one, as a share it is {} points; the rows are not tested",
            100.0 * margin
        ),
    }
}

/// The interval of a row, or why there is none.
fn interval(row: Published, unit: Option<f64>, exchanged: bool) -> Reading {
    let done = exchanged.then(|| "columns read in the order that the arithmetic asks for".to_owned());
    let refuse = |row, why: String| Reading { row, interval: None, why: Some(why) };
    if unit.is_some() {
        return refuse(row, "the margin is not in the unit of the estimate".to_owned());
    }
    let ends = match (row.low, row.high, row.estimate, row.margin) {
        (Some(low), Some(high), _, _) => Some([low, high]),
        (_, _, Some(estimate), Some(margin)) if margin >= 0.0 => {
            Some([estimate - margin, estimate + margin])
        }
        _ => None,
    };
    let Some([low, high]) = ends else { return Reading { row, interval: None, why: done } };
    let beyond = row.estimate.is_some_and(|e| !(low..=high).contains(&e));
    if low > high || beyond {
        return refuse(row, format!("the estimate is not inside {low} to {high}"));
    }
    match fits(&row, AS_HEADED) {
        Some(false) => {
            let why = "the margin is not half of the interval; the interval is used".to_owned();
            Reading { row, interval: ends, why: Some(why) }
        }
        _ => Reading { row, interval: ends, why: done },
    }
}
