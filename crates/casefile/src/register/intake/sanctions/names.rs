//! A reason without the name of the person whom it lists.

use std::collections::HashSet;

/// What stands in place of a name.
const OMITTED: &str = "[…]";

/// Letters from which a word of a name is taken out wherever it stands.
const SHORTEST: usize = 3;

/// Words, with what stands between them.
fn words(text: &str) -> Vec<&str> {
    let inner = |c: char| c.is_alphabetic() || "’'-".contains(c);
    let (mut all, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| inner(c) != inner(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        all.push(word);
        rest = after;
    }
    all
}

fn plain(word: &str) -> String {
    let own = word.trim_end_matches("’s").trim_end_matches("'s");
    own.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()
}

/// The reason with every word of the names left out, and marked so. A short word is one only beside a long
/// one: `Li` alone is too often something else.
pub(super) fn withheld(reason: &str, names: &[&str]) -> String {
    let of_names: HashSet<String> =
        names.iter().flat_map(|name| words(name)).map(plain).filter(|w| !w.is_empty()).collect();
    let words = words(reason);
    let is_long = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at)).map(|w| plain(w)).unwrap_or_default();
        word.chars().count() >= SHORTEST && of_names.contains(&word)
    };
    let left_out = |at: usize| {
        let beside = || is_long(at.checked_sub(2)) || is_long(Some(at + 2));
        is_long(Some(at)) || (of_names.contains(&plain(words[at])) && beside())
    };
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        let blank_after_mark = word.trim().is_empty() && text.ends_with(OMITTED);
        if left_out(at) {
            // Several words of one name in a row are one omission.
            if text.trim_end().ends_with(OMITTED) {
                text.truncate(text.trim_end().len());
            } else {
                text.push_str(OMITTED);
            }
        } else {
            text.push_str(if blank_after_mark { " " } else { word });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_not_named_and_the_omission_is_marked() {
        let names = ["Jan Peter DOE", "Ян ДОУ; John DOW-SMITH"];
        let reason =
            "Mr Jan Peter Doe, a judge, ruled in Minsk. Doe’s rulings (Ян Доу) doe not count.";
        let text = withheld(reason, &names);
        assert_eq!(text, "Mr […], a judge, ruled in Minsk. […] rulings ([…]) […] not count.");
        assert_eq!(withheld("", &names), "");
        assert_eq!(withheld("Of Li and Wu.", &["Li WU"]), "Of Li and Wu.");
    }
}
