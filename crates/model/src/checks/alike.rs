//! Stations that are alike, found by hash and confirmed by comparison.

use std::{
    cmp::Ordering,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{Place, Returns};

/// A hash that is the same in every run.
pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Mixes another value into a hash.
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

/// Groups of two and more items that are equal, each in ascending order, ordered by their first.
pub(super) fn groups(
    mut hashed: Vec<(u64, u32)>,
    compare: impl Fn(u32, u32) -> Ordering,
) -> Vec<Vec<u32>> {
    drop_singles(&mut hashed);
    hashed.sort_unstable();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for bucket in hashed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
        let mut items: Vec<u32> = bucket.iter().map(|&(_, item)| item).collect();
        items.sort_by(|&a, &b| compare(a, b));
        let equal = items.chunk_by(|&a, &b| compare(a, b).is_eq());
        groups.extend(equal.filter(|group| group.len() > 1).map(<[u32]>::to_vec));
    }
    groups.sort_unstable();
    groups
}

/// Drops most items whose hash occurs once, which is nearly all of them: sorting is the dear part.
fn drop_singles(hashed: &mut Vec<(u64, u32)>) {
    let buckets = (8 * hashed.len()).next_power_of_two();
    let mask = u64::try_from(buckets - 1).unwrap_or(0);
    let bucket = |hash: u64| usize::try_from((hash >> 16) & mask).unwrap_or(0);
    let mut seen = vec![0_u8; buckets];
    for &(hash, _) in hashed.iter() {
        let seen = &mut seen[bucket(hash)];
        *seen = seen.saturating_add(1);
    }
    hashed.retain(|&(hash, _)| seen[bucket(hash)] > 1);
}

/// The places of some stations, in the order of the files.
pub(super) fn places(returns: &Returns, group: &[u32]) -> Vec<Place> {
    let place = |&station: &u32| returns.stations.places.get(station as usize).copied();
    let mut places: Vec<Place> = group.iter().filter_map(place).collect();
    places.sort_unstable_by_key(|p| (p.source, p.row));
    places
}

/// Names the rows of a group other than the station's own, the first few of many.
pub(super) fn other_rows(returns: &Returns, places: &[Place], station: u32) -> String {
    const SHOWN: usize = 5;
    let own = returns.stations.places.get(station as usize);
    let name = |place: &Place| match returns.sources.get(place.source as usize) {
        Some(source) if returns.sources.len() > 1 => format!("{} of {}", place.row, source.name),
        _ => place.row.to_string(),
    };
    let others = places.iter().filter(|&p| Some(p) != own);
    let shown: Vec<String> = others.take(SHOWN).map(name).collect();
    let noun = if shown.len() == 1 { "row" } else { "rows" };
    let rest = match places.len().saturating_sub(1 + SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{noun} {}{rest}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Builder;

    #[test]
    fn items_with_equal_hashes_are_still_compared() {
        let values = [7, 8, 7, 9, 8, 7];
        let hashed = (0_u32..).zip(values).map(|(i, _)| (1, i)).collect();
        let compare = |a: u32, b: u32| values[a as usize].cmp(&values[b as usize]);
        assert_eq!(groups(hashed, compare), [vec![0, 2, 5], vec![1, 4]]);
    }

    #[test]
    fn many_rows_are_counted_not_listed() {
        let returns = Builder::new(9).build();
        let group: Vec<u32> = (0..9).collect();
        let places = places(&returns, &group);
        assert_eq!(other_rows(&returns, &places, 0), "rows 3, 4, 5, 6, 7 and 3 more");
        assert_eq!(other_rows(&returns, &places[..2], 0), "row 3");
    }
}
