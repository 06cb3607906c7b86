//! A reason without the name of the person whom it lists.

use std::collections::HashSet;

/// What stands in place of a name.
const OMITTED: &str = "[…]";

/// Letters from which a word of a name is taken out.
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

/// The reason with every word of the names left out, and marked so.
pub(super) fn withheld(reason: &str, names: &[&str]) -> String {
    let of_names = names.iter().flat_map(|name| words(name)).map(plain);
    let names: HashSet<String> = of_names.filter(|w| w.chars().count() >= SHORTEST).collect();
    let mut text = String::new();
    for word in words(reason) {
        let blank_after_mark = word.trim().is_empty() && text.ends_with(OMITTED);
        if names.contains(&plain(word)) {
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
