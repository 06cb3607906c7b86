//! Sets of stations with the same counts.

use glassurn_model::{Column, Reason};

use crate::Slice;
use crate::slice::Tray;

/// More votes than any station holds.
const LARGEST: i64 = 100_000_000;

/// One station's counts, by fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vector {
    pub(super) group: u32,
    pub(super) votes: i64,
    hash: u64,
    pub(super) row: u32,
}

/// Stations of one group with the same counts, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Same {
    pub(super) votes: i64,
    pub(super) rows: Vec<u32>,
}

/// The stations with all counts and enough votes, ordered by group, votes, fingerprint and row.
pub(super) fn vectors(slice: &Slice<'_>, min_votes: i64, tray: &mut Tray) -> Vec<Vector> {
    let choices = &slice.contest().choices;
    let mut vectors = Vec::with_capacity(slice.len());
    for (&row, group) in slice.rows.iter().zip(slice.group_of()) {
        match fingerprint(choices, row, min_votes) {
            Ok((votes, hash)) => vectors.push(Vector { group, votes, hash, row }),
            Err(why) => tray.put(why),
        }
    }
    vectors.sort_unstable();
    vectors
}

/// All votes of a station and a fingerprint of its counts, or why it is left out.
fn fingerprint(choices: &[Column], row: u32, min_votes: i64) -> Result<(i64, u64), Reason> {
    let (mut votes, mut hash) = (0, 0);
    for choice in choices {
        let count = choice.values.get(row as usize).copied().flatten().ok_or(Reason::Missing)?;
        if count < 0 {
            return Err(Reason::Below { what: "votes", minimum: 0 });
        }
        if count > LARGEST || votes > LARGEST {
            return Err(Reason::Above { what: "votes", maximum: LARGEST.to_string() });
        }
        votes += count;
        hash = mix(hash ^ count.unsigned_abs());
    }
    if votes < min_votes {
        return Err(Reason::Below { what: "votes for all choices", minimum: min_votes });
    }
    Ok((votes, hash))
}

/// SplitMix64's finaliser: a fingerprint that spreads well; equality is checked count by count.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The choices' shares in each group.
pub(super) fn shares(slice: &Slice<'_>, vectors: &[Vector]) -> Vec<Vec<f64>> {
    let choices = &slice.contest().choices;
    let groups = vectors.iter().map(|v| v.group as usize + 1).max().unwrap_or(0);
    let mut shares = vec![vec![0.0; choices.len()]; groups];
    let mut totals = vec![0.0; groups];
    for v in vectors {
        let group = v.group as usize;
        totals[group] += v.votes as f64;
        for (sum, choice) in shares[group].iter_mut().zip(choices) {
            *sum += choice.values.get(v.row as usize).copied().flatten().unwrap_or(0) as f64;
        }
    }
    for (shares, total) in shares.iter_mut().zip(totals) {
        shares.iter_mut().for_each(|share| *share /= f64::max(total, 1.0));
    }
    shares
}

/// The sets of at least two stations with the same counts, the largest stations first; `visit` is given
/// every run of at least two stations of one group with the same number of votes.
pub(super) fn classes(
    slice: &Slice<'_>,
    vectors: Vec<Vector>,
    mut visit: impl FnMut(&[Vector]),
) -> Vec<Same> {
    let mut same = Vec::new();
    for run in vectors.chunk_by(|a, b| (a.group, a.votes) == (b.group, b.votes)) {
        if run.len() < 2 {
            continue;
        }
        visit(run);
        for equal in run.chunk_by(|a, b| a.hash == b.hash && agree(slice, a, b)) {
            if equal.len() > 1 {
                let rows = equal.iter().map(|v| v.row).collect();
                same.push(Same { votes: equal[0].votes, rows });
            }
        }
    }
    same.sort_by_key(|s| (std::cmp::Reverse(s.votes), s.rows.first().copied()));
    same
}

/// Whether two stations report the same counts.
fn agree(slice: &Slice<'_>, a: &Vector, b: &Vector) -> bool {
    let at = |choice: &Column, v: &Vector| choice.values.get(v.row as usize).copied().flatten();
    slice.contest().choices.iter().all(|choice| at(choice, a) == at(choice, b))
}
