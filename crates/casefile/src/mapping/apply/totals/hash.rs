//! Sums of runs of rows through a linear hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::Table;

/// The hash of each line: the hash of a sum is the sum of the hashes.
pub(super) struct Sums {
    hash: Vec<u64>,
    evidence: Vec<u32>,
}

impl Sums {
    /// Hashes the lines of a table.
    pub(super) fn new(table: &Table) -> Self {
        let lines = table.labels.len();
        let mut sums = Sums { hash: vec![0; lines], evidence: vec![0; lines] };
        for (c, ((_, values), counts)) in (1_u64..).zip(table.columns.iter().zip(&table.evidence)) {
            let weight = mixed(c);
            for (line, value) in values.iter().enumerate().filter_map(|(l, v)| Some((l, (*v)?))) {
                sums.hash[line] =
                    sums.hash[line].wrapping_add(value.cast_unsigned().wrapping_mul(weight));
                if *counts && value > 0 {
                    // Half the bits that a Poisson count of this size carries: log2(2πe·v) ≥ 4 + ⌊log2 v⌋.
                    sums.evidence[line] += 4 + value.ilog2();
                }
            }
        }
        sums
    }

    /// Half bits of evidence that agreement in every column of a line carries.
    pub(super) fn evidence(&self, line: u32) -> u32 {
        self.evidence[line as usize]
    }

    /// Prepares the search for runs of lines.
    pub(super) fn runs(&self, alive: &[u32]) -> Runs {
        let mut prefix = vec![0_u64];
        let mut places: Places = HashMap::with_capacity_and_hasher(alive.len(), <_>::default());
        places.insert(0, (0, 0));
        let mut total = 0_u64;
        for (at, &line) in alive.iter().enumerate() {
            total = total.wrapping_add(self.hash[line as usize]);
            prefix.push(total);
            places.entry(total).and_modify(|p| p.1 = at + 1).or_insert((at + 1, at + 1));
        }
        Runs { prefix, places }
    }

    /// Sums the lines of each unit.
    pub(super) fn units(&self, alive: &[u32], of: &[u32]) -> Units<'_> {
        let size = of.iter().max().map_or(0, |&m| m as usize + 1);
        let mut sums = vec![0_u64; size];
        for &line in alive {
            let sum = &mut sums[of[line as usize] as usize];
            *sum = sum.wrapping_add(self.hash[line as usize]);
        }
        Units { of: self, sums }
    }
}

/// Where each prefix sum stands first and last.
type Places = HashMap<u64, (usize, usize), BuildHasherDefault<Same>>;

/// Prefix sums and where they stand.
pub(super) struct Runs {
    prefix: Vec<u64>,
    places: Places,
}

impl Runs {
    /// The run that ends right before a place and adds up to it.
    pub(super) fn before(&self, at: usize) -> Option<Range<usize>> {
        let end = *self.prefix.get(at)?;
        let own = self.prefix.get(at + 1)?.wrapping_sub(end);
        let (start, _) = *self.places.get(&end.wrapping_sub(own))?;
        (start + 1 < at).then_some(start..at)
    }

    /// The run that begins right after a place and adds up to it.
    pub(super) fn after(&self, at: usize) -> Option<Range<usize>> {
        let start = *self.prefix.get(at + 1)?;
        let own = start.wrapping_sub(*self.prefix.get(at)?);
        let (_, end) = *self.places.get(&start.wrapping_add(own))?;
        (end > at + 2).then_some(at + 1..end)
    }
}

/// The sum of each unit's lines.
pub(super) struct Units<'a> {
    of: &'a Sums,
    sums: Vec<u64>,
}

impl Units<'_> {
    /// Whether a line is half of its unit's sum, that is the sum of the others.
    pub(super) fn halved(&self, unit: u32, line: u32) -> bool {
        let own = self.of.hash[line as usize];
        own != 0 && self.sums[unit as usize] == own.wrapping_mul(2)
    }
}

/// A weight without structure for each column (SplitMix64's finaliser), odd so that nothing is lost.
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) | 1
}

/// Hashes what is already a hash.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.0 = mixed(self.0 ^ u64::from(b)));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = mixed(n);
    }
}
