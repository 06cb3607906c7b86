//! Several contests in one row: the same choices again under another prefix or suffix
//! (`CDU` and `Z_CDU`; `x_officialVotes` and `x_photoVoices`).

use std::collections::{BTreeMap, BTreeSet};

/// Choices that two contests must have in common.
const COMMON: usize = 3;

/// The columns of one contest, by what its choices' names have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family {
    /// The common prefix or suffix; empty for the names without one.
    pub(super) affix: String,
    /// The columns, each with the rest of its name.
    pub(super) members: Vec<(usize, String)>,
}

/// The families of columns that repeat the same choices, once by suffix and once by prefix; a set is
/// empty when there is one contest only.
pub(super) fn families(names: &[(usize, &str)]) -> [Vec<Family>; 2] {
    let whole = Family {
        affix: String::new(),
        members: names.iter().map(|(c, n)| (*c, (*n).to_owned())).collect(),
    };
    let by_suffix = group(names, |n| n.rfind(is_joint).map(|i| (&n[i..], &n[..i])));
    let by_prefix = group(names, |n| {
        let at = n.find(is_joint)?;
        let rest = at + n[at..].chars().next().map_or(1, char::len_utf8);
        Some((&n[..rest], &n[rest..]))
    });
    [repeated(by_suffix, &whole), repeated(by_prefix, &whole)]
}

/// Characters that join an affix to a name.
fn is_joint(c: char) -> bool {
    matches!(c, '_' | ' ' | '-' | '.' | ':' | '/' | '|')
}

/// Groups names by affix.
fn group<'a>(
    names: &[(usize, &'a str)],
    cut: impl Fn(&'a str) -> Option<(&'a str, &'a str)>,
) -> Vec<Family> {
    let mut groups: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for &(column, name) in names {
        if let Some((affix, rest)) = cut(name).filter(|(_, rest)| !rest.trim().is_empty()) {
            groups.entry(affix).or_default().push((column, rest.to_owned()));
        }
    }
    let large = groups.into_iter().filter(|(_, members)| members.len() >= COMMON);
    large.map(|(affix, members)| Family { affix: affix.to_owned(), members }).collect()
}

/// The families that share most of their choices with the largest one.
fn repeated(mut groups: Vec<Family>, whole: &Family) -> Vec<Family> {
    groups.sort_by_key(|f| std::cmp::Reverse(f.members.len()));
    for first in &groups {
        let stems = stems(first);
        let others = groups.iter().filter(|f| *f != first).chain([whole]);
        let mut found: Vec<Family> = others.filter_map(|f| common(f, &stems)).collect();
        if !found.is_empty() {
            found.push(first.clone());
            found.sort_by_key(|f| f.members.iter().map(|m| m.0).min());
            return found;
        }
    }
    Vec::new()
}

/// The choices' names of a family.
fn stems(family: &Family) -> BTreeSet<String> {
    family.members.iter().map(|(_, n)| n.trim().to_lowercase()).collect()
}

/// The part of a family whose choices are among `stems`, if it is most of the smaller of the two.
fn common(family: &Family, stems: &BTreeSet<String>) -> Option<Family> {
    let mut part = family.clone();
    part.members.retain(|(_, n)| stems.contains(&n.trim().to_lowercase()));
    let smaller = family.members.len().min(stems.len());
    let most = 10 * part.members.len() >= 6 * smaller;
    (part.members.len() >= COMMON && most)
        .then(|| if family.affix.is_empty() { part } else { family.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> [Vec<(String, usize)>; 2] {
        let names: Vec<_> = names.iter().enumerate().map(|(i, n)| (i, *n)).collect();
        families(&names).map(|set| set.into_iter().map(|f| (f.affix, f.members.len())).collect())
    }

    #[test]
    fn prefixes_and_suffixes_that_repeat_the_choices_are_contests() {
        let list = [
            "n",
            "CDU",
            "Z_CDU",
            "SPD",
            "Z_SPD",
            "DIE LINKE",
            "Z_DIE LINKE",
            "DIE RECHTE",
            "Z_DIE RECHTE",
        ];
        assert_eq!(found(&list)[1], [(String::new(), 4), ("Z_".to_owned(), 4)]);
        let list = ["a_x", "a_y", "b_x", "b_y", "c_x", "c_y", "x", "y"];
        assert_eq!(found(&list)[0], [("_x".to_owned(), 3), ("_y".to_owned(), 3)]);
    }

    #[test]
    fn one_common_suffix_is_one_contest() {
        let list = ["PD_Votes", "PS_Votes", "LSI_Votes", "valid_votes"];
        assert_eq!(found(&list), [vec![], vec![]]);
    }
}
