//! Strata without enough units, merged by a rule that is declared beforehand.

/// Which stratum a small one is merged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge<'a> {
    /// The stratum of the next number; the last ones with the one before.
    Next,
    /// The stratum that this table names for it.
    Given(&'a [usize]),
}

/// Strata after merging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collapsed {
    /// New number of each old stratum, from zero without gaps.
    pub number: Vec<usize>,
    /// How many strata are left.
    pub count: usize,
    /// Each stratum that was merged, with the one it went to, in the order of merging.
    pub merged: Vec<(usize, usize)>,
}

/// Merges every stratum that has fewer than `minimum` units until each has as many.
///
/// `None` when all strata together have fewer, or a given partner does not exist or is the stratum itself.
pub fn collapse(units: &[usize], minimum: usize, rule: Merge<'_>) -> Option<Collapsed> {
    if units.iter().sum::<usize>() < minimum.max(1) {
        return None;
    }
    // Each stratum's group, named by the group's last member.
    let mut group: Vec<usize> = (0..units.len()).collect();
    let mut held = units.to_vec();
    let mut merged = Vec::new();
    while let Some(small) = (0..held.len()).find(|&h| group[h] == h && held[h] < minimum) {
        let partner = match rule {
            Merge::Next => neighbour(small, &group)?,
            Merge::Given(table) => *group.get(*table.get(small)?)?,
        };
        if partner == small {
            return None;
        }
        held[partner] += held[small];
        group.iter_mut().filter(|g| **g == small).for_each(|g| *g = partner);
        merged.push((small, partner));
    }
    let mut names = group.clone();
    names.sort_unstable();
    names.dedup();
    let number = group.iter().map(|g| names.partition_point(|name| name < g)).collect();
    Some(Collapsed { number, count: names.len(), merged })
}

/// The next group by number, else the one before.
fn neighbour(small: usize, group: &[usize]) -> Option<usize> {
    let alive = |h: &usize| group[*h] == *h;
    (small + 1..group.len()).find(alive).or_else(|| (0..small).rev().find(alive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_stratum_joins_the_next_and_the_last_the_one_before() {
        let c = collapse(&[3, 0, 2, 0, 0], 1, Merge::Next).unwrap();
        assert_eq!((c.number, c.count), (vec![0, 1, 1, 1, 1], 2));
        assert_eq!(c.merged, [(1, 2), (3, 4), (4, 2)]);
    }

    #[test]
    fn a_given_partner_is_followed() {
        let c = collapse(&[3, 0, 2], 1, Merge::Given(&[0, 0, 0])).unwrap();
        assert_eq!((c.number, c.merged), (vec![0, 0, 1], vec![(1, 0)]));
        assert_eq!(collapse(&[3, 0], 1, Merge::Given(&[0, 1])), None);
        assert_eq!(collapse(&[3, 0], 1, Merge::Given(&[0, 7])), None);
    }

    #[test]
    fn nothing_to_merge_and_nothing_to_merge_with() {
        assert_eq!(collapse(&[1, 2], 1, Merge::Next).unwrap().merged, []);
        assert_eq!(collapse(&[0, 0], 1, Merge::Next), None);
        assert_eq!(collapse(&[1, 1], 2, Merge::Next).unwrap().count, 1);
    }
}
