//! The second witness: what the names of a totals row look like.

use super::{Search, Total, sum};

/// Words that begin the name of a totals row, lower case, in the languages of the shipped mappings and
/// of the synonym table.
const WORDS: [&str; 34] = [
    "total",
    "totals",
    "totale",
    "totaux",
    "grand total",
    "sum",
    "summary",
    "subtotal",
    "sub-total",
    "overall",
    "итого",
    "всего",
    "сумма",
    "усього",
    "всього",
    "разом",
    "разам",
    "усяго",
    "суммарно",
    "gesamt",
    "insgesamt",
    "summe",
    "suma",
    "razem",
    "ogółem",
    "toplam",
    "общо",
    "gjithsej",
    "totali",
    "jumlah",
    "სულ",
    "סהכ",
    "المجموع",
    "စုစုပေါင်း",
];

/// What the names of a line look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(in crate::mapping::apply) struct Label {
    /// Which of the columns of names are empty, one bit each.
    pub(in crate::mapping::apply) empty: u32,
    /// Whether a name is a word for totals.
    pub(in crate::mapping::apply) word: bool,
}

impl Label {
    /// What the texts of a line's names look like. `last` remembers the line before: neighbours share
    /// most of their names.
    pub(in crate::mapping::apply) fn of<'a>(
        names: impl Iterator<Item = &'a str>,
        last: &mut Vec<(&'a str, bool)>,
    ) -> Self {
        let mut label = Label::default();
        for (bit, name) in names.take(32).enumerate() {
            if last.len() <= bit {
                last.push(("", false));
            }
            if last[bit].0 != name {
                last[bit] = (name, is_total(name));
            }
            label.empty |= u32::from(name.is_empty()) << bit;
            label.word |= last[bit].1;
        }
        label
    }

    /// Whether it is marked as something other than an ordinary station.
    pub(super) fn differs(self, common: Label) -> bool {
        self != common && (self.word || self.empty != common.empty)
    }
}

/// Whether a name begins with a word for totals.
fn is_total(name: &str) -> bool {
    let letter = |c: &char| c.is_alphabetic() || matches!(c, ' ' | '-');
    if name.len() > 80 || name.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let name: String = name.trim().chars().filter(letter).flat_map(char::to_lowercase).collect();
    WORDS.iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()))
    })
}

/// What most lines look like.
pub(super) fn common(labels: &[Label]) -> Label {
    let mut counts = std::collections::HashMap::new();
    for run in labels.chunk_by(|a, b| a == b) {
        run.iter().take(1).for_each(|&l| *counts.entry(l).or_insert(0_usize) += run.len());
    }
    let most = counts.into_iter().max_by_key(|(l, n)| (*n, std::cmp::Reverse((l.empty, l.word))));
    most.map_or_else(Label::default, |(label, _)| label)
}

impl Search<'_> {
    /// Rows that are named like totals rows and are none by the arithmetic of every column: totals of one
    /// station, of stations without votes, with columns left empty, or with figures that do not add up.
    pub(super) fn named(&self, alive: &[u32], found: &[Total]) -> Vec<Total> {
        let confirmed = |label: Label| {
            let same = |line: u32| self.table.labels[line as usize] == label;
            let found = found.iter().filter(|t| same(t.line)).count();
            let others = || alive.iter().filter(|&&line| same(line)).take(found + 1).count();
            found >= if label.word { 1 } else { 3 } && others() <= found
        };
        let stops: std::collections::BTreeSet<u32> = found.iter().map(|t| t.line).collect();
        let candidates = alive.iter().enumerate().filter(|(_, line)| {
            let label = self.table.labels[**line as usize];
            label.differs(self.common) && (label.word || confirmed(label))
        });
        candidates
            .filter_map(|(at, &line)| {
                let sure = confirmed(self.table.labels[line as usize]);
                self.judge(alive, at, &stops, sure)
            })
            .collect()
    }

    /// The best block for a row that is named like a total.
    fn judge(
        &self,
        alive: &[u32],
        at: usize,
        stops: &std::collections::BTreeSet<u32>,
        sure: bool,
    ) -> Option<Total> {
        let line = alive[at];
        let from =
            stops.range(..line).next_back().map_or(0, |&s| alive.partition_point(|&l| l <= s));
        let to = stops
            .range(line + 1..)
            .next()
            .map_or(alive.len(), |&s| alive.partition_point(|&l| l < s));
        let plain = |lines: &[u32]| -> Vec<u32> {
            let ordinary = |l: &&u32| !self.table.labels[**l as usize].differs(self.common);
            lines.iter().filter(ordinary).copied().collect()
        };
        let mut blocks = vec![
            (plain(&alive[from.min(at)..at]), "above"),
            (plain(&alive[at + 1..to.max(at + 1)]), "below"),
            (plain(alive), "of all"),
        ];
        blocks.retain(|(block, _)| !block.is_empty());
        let score = |block: &Vec<u32>| self.differing(block, line).len();
        let (covers, place) = blocks.into_iter().min_by_key(|(block, _)| score(block))?;
        let differing = self.differing(&covers, line);
        let believable = (sure && differing.is_empty()) || self.within(&covers, line);
        believable.then(|| Total { line, reason: reason(covers.len(), place, &differing), covers })
    }

    /// The columns that a row states and its block does not add up to.
    fn differing(&self, block: &[u32], line: u32) -> Vec<(&str, i64, i64)> {
        let columns = self.table.columns.iter();
        columns
            .filter_map(|(name, values)| {
                let (stated, added) = (values[line as usize]?, sum(values, block)?);
                (stated != added).then_some((*name, stated, added))
            })
            .collect()
    }

    /// Whether every figure a row states lies between half and twice what its block adds up to.
    fn within(&self, block: &[u32], line: u32) -> bool {
        let mut stated = self
            .table
            .columns
            .iter()
            .filter_map(|(_, v)| Some((v[line as usize]?, sum(v, block)?)))
            .filter(|(stated, added)| *stated != 0 || *added != 0)
            .peekable();
        stated.peek().is_some()
            && stated.all(|(stated, added)| stated >= added / 2 && stated / 2 <= added)
            && block.len() > 1
    }
}

/// Why a row that is named like a total is none of the stations.
fn reason(rows: usize, place: &str, differing: &[(&str, i64, i64)]) -> String {
    let rows = match (rows, place) {
        (1, _) => "the one row beside it".to_owned(),
        (n, "of all") => format!("all {n} stations"),
        (n, _) => format!("the {n} rows {place}"),
    };
    let Some((name, stated, added)) = differing.first() else {
        return format!("named like a totals row, and the sum of {rows}");
    };
    let more = differing.len() - 1;
    let more = if more == 0 { String::new() } else { format!(" and {more} more columns differ") };
    format!(
        "named like a totals row for {rows}, but `{name}` says {stated} where they add up to {added}{more}"
    )
}
