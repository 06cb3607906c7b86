//! The arithmetic of columns: on how many rows does a sum hold?

/// On how many of the rows that could tell, an identity or an order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Share {
    /// Rows on which it holds.
    pub(super) held: usize,
    /// Rows that could tell: all figures are there and not all are zero.
    pub(super) of: usize,
}

impl Share {
    /// The share of rows; 0 when no row could tell.
    pub(super) fn ratio(self) -> f64 {
        let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if self.of == 0 { 0.0 } else { float(self.held) / float(self.of) }
    }

    /// In words.
    pub(super) fn words(self) -> String {
        format!("on {} of {} rows looked at", self.held, self.of)
    }
}

/// Sampled counts of a column.
pub(super) type Values = [Option<i64>];

/// The sum of columns, row by row. A part that is absent adds nothing; a row without any part has no sum.
/// This is evidence about columns, not a figure that anybody is shown.
pub(super) fn sum<'a>(parts: impl IntoIterator<Item = &'a Values>) -> Vec<Option<i64>> {
    let mut total: Vec<Option<i64>> = Vec::new();
    for part in parts {
        if total.len() < part.len() {
            total.resize(part.len(), None);
        }
        for (sum, value) in total.iter_mut().zip(part) {
            if let Some(value) = value {
                *sum = Some(sum.unwrap_or(0).saturating_add(*value));
            }
        }
    }
    total
}

/// Row by row difference, where both are there.
pub(super) fn difference(a: &Values, b: &Values) -> Vec<Option<i64>> {
    a.iter().zip(b).map(|(a, b)| (*a)?.checked_sub((*b)?)).collect()
}

/// How often two columns are equal. Rows where both are zero prove nothing.
pub(super) fn equal(a: &Values, b: &Values) -> Share {
    compare(a, b, |a, b| a == b)
}

/// How often `a` is at most `b`.
pub(super) fn at_most(a: &Values, b: &Values) -> Share {
    compare(a, b, |a, b| a <= b)
}

/// How often `a` is below `b`.
pub(super) fn below(a: &Values, b: &Values) -> Share {
    compare(a, b, |a, b| a < b)
}

/// Counts the rows on which a relation holds.
fn compare(a: &Values, b: &Values, holds: fn(i64, i64) -> bool) -> Share {
    let mut share = Share::default();
    for (a, b) in a.iter().zip(b) {
        let (Some(a), Some(b)) = (*a, *b) else { continue };
        if a != 0 || b != 0 {
            share.of += 1;
            share.held += usize::from(holds(a, b));
        }
    }
    share
}

/// The total of a column in the sample.
pub(super) fn total(values: &Values) -> i64 {
    values.iter().flatten().fold(0_i64, |sum, v| sum.saturating_add(*v))
}

/// Columns next to each other that add up to another column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// The columns, by their position in the list searched.
    pub(super) range: std::ops::Range<usize>,
    /// The position of the column they add up to.
    pub(super) target: usize,
    /// How often.
    pub(super) share: Share,
}

/// Rows tried before a block is looked at closely.
const PROBES: usize = 24;
/// Longest list of columns that is searched.
const LONGEST: usize = 300;

/// All blocks of two and more neighbours that add up to another column on at least `least` of the rows.
pub(super) fn blocks(columns: &[&Values], least: f64) -> Vec<Block> {
    if columns.len() > LONGEST {
        return Vec::new();
    }
    let rows = probes(columns);
    let mut found = Vec::new();
    for first in 0..columns.len() {
        let mut sums = vec![0_i64; rows.len()];
        for last in first..columns.len() {
            add(&mut sums, columns[last], &rows);
            if last == first {
                continue;
            }
            let outside = (0..columns.len()).filter(|t| !(first..=last).contains(t));
            for target in outside.filter(|&t| agrees(&sums, columns[t], &rows)) {
                let sum = sum(columns[first..=last].iter().copied());
                let share = equal(&sum, columns[target]);
                if share.ratio() >= least {
                    found.push(Block { range: first..last + 1, target, share });
                }
            }
        }
    }
    found
}

/// Rows with many figures, spread over the sample.
fn probes(columns: &[&Values]) -> Vec<usize> {
    let height = columns.iter().map(|c| c.len()).max().unwrap_or(0);
    let filled = |r: &usize| {
        columns.iter().filter(|c| matches!(c.get(*r), Some(Some(v)) if *v != 0)).count()
    };
    let step = (height / (4 * PROBES)).max(1);
    let mut rows: Vec<usize> = (0..height).step_by(step).collect();
    rows.sort_by_key(|r| std::cmp::Reverse(filled(r)));
    rows.truncate(PROBES);
    rows
}

/// Adds a column's figures to running sums.
fn add(sums: &mut [i64], column: &Values, rows: &[usize]) {
    for (sum, &row) in sums.iter_mut().zip(rows) {
        *sum = sum.saturating_add(column.get(row).copied().flatten().unwrap_or(0));
    }
}

/// Whether running sums equal a column on more than half of the probes.
fn agrees(sums: &[i64], column: &Values, rows: &[usize]) -> bool {
    let mut missed = 0;
    for (sum, &row) in sums.iter().zip(rows) {
        missed += usize::from(column.get(row).copied().flatten() != Some(*sum));
        if 2 * missed > rows.len() {
            return false;
        }
    }
    !rows.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[i64]) -> Vec<Option<i64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn rows_of_zeros_prove_nothing() {
        let share = equal(&column(&[0, 5, 7]), &column(&[0, 5, 8]));
        assert_eq!(share, Share { held: 1, of: 2 });
        assert_eq!(equal(&column(&[0]), &column(&[0])).ratio(), 0.0);
    }

    #[test]
    fn an_absent_part_adds_nothing_and_a_row_without_parts_has_no_sum() {
        let (a, b) = ([Some(1), None, None], [Some(2), Some(5), None]);
        assert_eq!(sum([a.as_slice(), b.as_slice()]), [Some(3), Some(5), None]);
    }

    #[test]
    fn the_block_that_adds_up_is_found() {
        // total = a + b + c; the register is larger than all.
        let (a, b, c) = (column(&[10, 3, 8, 1]), column(&[5, 9, 2, 7]), column(&[1, 1, 4, 0]));
        let t = sum([a.as_slice(), b.as_slice(), c.as_slice()]);
        let r = column(&[40, 33, 50, 21]);
        let found = blocks(&[&r, &t, &a, &b, &c], 0.9);
        let expected = Block { range: 2..5, target: 1, share: Share { held: 4, of: 4 } };
        assert_eq!(found, [expected]);
    }
}
