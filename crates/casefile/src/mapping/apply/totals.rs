//! Finds totals rows among the stations by arithmetic: a row whose every count is the sum of the rows
//! right before it, right after it, of its unit, or of all.
//!
//! Rows are compared through a linear hash, so that the sum of any run of rows is one subtraction; what
//! matches is then added up exactly. A row must carry so many digits of evidence that no accident among
//! small stations passes for a total. What is found is removed and the search repeated, so that totals
//! of totals are found too.

mod hash;
mod witness;

use glassurn_model::Count;

use hash::Sums;
pub(super) use witness::Label;

/// What the search looks at.
pub(super) struct Table<'a> {
    /// Columns of counts, one entry a line, with their names.
    pub(super) columns: Vec<(&'a str, &'a [Count])>,
    /// For each column, whether it is no sum of others, so that its agreement is evidence.
    pub(super) evidence: Vec<bool>,
    /// For each level of the hierarchy, the unit of each line.
    pub(super) groups: Vec<Vec<u32>>,
    /// For each line, what its names say.
    pub(super) labels: Vec<Label>,
    /// Lines that are known to be no rows of figures.
    pub(super) ignored: Vec<bool>,
}

/// A totals row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Total {
    /// Its line.
    pub(super) line: u32,
    /// The stations it covers.
    pub(super) covers: Vec<u32>,
    /// Why it is no station.
    pub(super) reason: String,
}

/// Evidence, in half bits, that a row nobody names a total must carry; one more for each doubling of rows.
const UNNAMED: u32 = 48;
/// Evidence, in half bits, for a row whose names mark it.
const NAMED: u32 = 20;
/// Rounds of the search: levels of totals.
const LEVELS: usize = 8;

/// Finds the totals rows, in line order.
pub(super) fn find(table: &Table) -> Vec<Total> {
    let lines = table.labels.len();
    if lines < 3 || table.columns.len() < 2 {
        return Vec::new();
    }
    let search = Search { table, sums: Sums::new(table), common: witness::common(&table.labels) };
    let mut alive: Vec<u32> =
        (0_u32..).zip(&table.ignored).filter(|(_, gone)| !**gone).map(|(line, _)| line).collect();
    let mut found: Vec<Total> = Vec::new();
    for _ in 0..LEVELS {
        let mut new = search.round(&alive);
        if new.is_empty() {
            new = search.named(&alive, &found);
        }
        if new.is_empty() {
            break;
        }
        let gone: std::collections::HashSet<u32> = new.iter().map(|t| t.line).collect();
        alive.retain(|line| !gone.contains(line));
        found.append(&mut new);
    }
    found.sort_by_key(|t| t.line);
    expand(&mut found);
    found
}

/// Replaces totals among what a total covers by what those cover.
fn expand(found: &mut [Total]) {
    let covers: std::collections::HashMap<u32, Vec<u32>> =
        found.iter().map(|t| (t.line, t.covers.clone())).collect();
    for total in found {
        for _ in 0..LEVELS {
            if !total.covers.iter().any(|line| covers.contains_key(line)) {
                break;
            }
            let parts = |&line: &u32| covers.get(&line).cloned().unwrap_or_else(|| vec![line]);
            total.covers = total.covers.iter().flat_map(parts).collect();
        }
        total.covers.sort_unstable();
        total.covers.dedup();
    }
}

/// The search in one table.
struct Search<'a> {
    table: &'a Table<'a>,
    sums: Sums,
    /// What the names of most lines look like.
    common: Label,
}

impl Search<'_> {
    /// One round over the lines that are left.
    fn round(&self, alive: &[u32]) -> Vec<Total> {
        let runs = self.sums.runs(alive);
        let units: Vec<_> =
            self.table.groups.iter().map(|unit| self.sums.units(alive, unit)).collect();
        let whole = self.sums.units(alive, &vec![0; self.table.labels.len()]);
        let mut found = Vec::new();
        for (at, &line) in alive.iter().enumerate() {
            if self.sums.evidence(line) < self.needed(line, alive.len()) {
                continue;
            }
            let runs = [(runs.before(at), "above"), (runs.after(at), "below")];
            let run = runs.into_iter().find_map(|(run, place)| {
                let block = run.and_then(|r| alive.get(r)).filter(|b| self.agrees(b, line))?;
                Some((block.to_vec(), place))
            });
            let unit = || {
                let groups = self.table.groups.iter().zip(&units);
                let mut halves = groups.filter(|(of, sums)| sums.halved(of[line as usize], line));
                halves.find_map(|(of, _)| self.unit_of(alive, of, line).map(|b| (b, "of its unit")))
            };
            let all = || {
                let others = || alive.iter().copied().filter(|&l| l != line).collect::<Vec<_>>();
                let block = whole.halved(0, line).then(others)?;
                self.agrees(&block, line).then_some((block, "of all"))
            };
            if let Some((covers, place)) = run.or_else(unit).or_else(all) {
                let reason = sum_of(covers.len(), place);
                found.push(Total { line, covers, reason });
            }
        }
        found
    }

    /// Evidence that a line must carry.
    fn needed(&self, line: u32, rows: usize) -> u32 {
        let marked = self.table.labels[line as usize].differs(self.common);
        if marked { NAMED } else { UNNAMED + 2 * rows.max(1).ilog2() }
    }

    /// The other lines of a line's unit, when they add up to it.
    fn unit_of(&self, alive: &[u32], of: &[u32], line: u32) -> Option<Vec<u32>> {
        let same = |&l: &u32| l != line && of[l as usize] == of[line as usize];
        let block: Vec<u32> = alive.iter().copied().filter(same).collect();
        self.agrees(&block, line).then_some(block)
    }

    /// Whether at least two lines with figures add up to a line in every column.
    fn agrees(&self, block: &[u32], line: u32) -> bool {
        let filled = block.iter().filter(|&&l| self.sums.evidence(l) > 0).take(2).count();
        let mut columns = self.table.columns.iter();
        filled == 2 && columns.all(|(_, v)| sum(v, block) == Some(v[line as usize].unwrap_or(0)))
    }
}

/// The sum of a column over some lines; missing counts add nothing.
fn sum(values: &[Count], lines: &[u32]) -> Count {
    lines.iter().try_fold(0_i64, |sum, &l| sum.checked_add(values[l as usize].unwrap_or(0)))
}

/// Words for what a total is the sum of.
fn sum_of(rows: usize, place: &str) -> String {
    match place {
        "of all" => format!("every count is the sum of all {rows} other rows"),
        "of its unit" => format!("every count is the sum of the {rows} other rows of its unit"),
        _ => format!("every count is the sum of the {rows} rows {place}"),
    }
}

#[cfg(test)]
mod tests;
