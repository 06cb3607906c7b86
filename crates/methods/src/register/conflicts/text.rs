//! Figures, years and words in what compilers and titles say.

use glassurn_model::register::{Basis, Decimal};

/// The parts of a note, which are separated by semicolons.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|c| !c.is_empty())
}

/// A number with the word that follows it.
pub(super) struct Figure<'a> {
    pub(super) at: usize,
    pub(super) text: &'a str,
    pub(super) next: &'a str,
}

/// The numbers of a text; digits inside words (`S029`, `P1PerVote`) and dates (`2021-02-01`) are none.
pub(super) fn figures(text: &str) -> Vec<Figure<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || c == '(' || c == ')') {
        let bare = word.trim().trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let start = at + word.find(bare).unwrap_or(0);
        at += word.len();
        if bare.parse::<Decimal>().is_ok() {
            let next = text[at..].split_whitespace().next().unwrap_or_default();
            found.push(Figure { at: start, text: bare, next });
        }
    }
    found
}

/// The years from 1900 to 2099.
pub(super) fn years(text: &str) -> Vec<u16> {
    let year = |f: &Figure<'_>| f.text.parse().ok().filter(|y| (1900..2100).contains(y));
    figures(text).iter().filter_map(year).collect()
}

/// A share with its basis: the last figure before the words that name the basis.
pub(super) fn share(clause: &str) -> Option<(Decimal, Basis)> {
    let basis = Basis::from_words(clause)?;
    let words = ["took part", "participant", "valid", "registered", "electorate"];
    let lower = clause.to_lowercase();
    let at = words.iter().filter_map(|w| lower.find(w)).min()?;
    let mut before = figures(clause).into_iter().filter(|f| f.at < at);
    Some((before.next_back()?.text.parse().ok()?, basis))
}

/// Whether a text has any of these words, whatever the case.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    let mut list = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    list.any(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_the_figure_before_its_basis() {
        let read = |t: &str| share(t).map(|(v, b)| (v.to_string(), b));
        let valid = |v: &str| Some((v.to_owned(), Basis::OfValid));
        assert_eq!(read("PEI 7.0 P1PerVote says 84.1 (valid-vote basis)"), valid("84.1"));
        assert_eq!(read("Wikipedia-type tables give about 45.8 on valid votes"), valid("45.8"));
        assert_eq!(read("Wikipedia mirror gives 84.4 (valid-vote basis"), valid("84.4"));
        assert_eq!((read("valid votes were 3"), read("about 55")), (None, None));
    }

    #[test]
    fn numbers_inside_words_are_none() {
        let texts: Vec<_> = figures("V-Dem v2elfrfair 0.51 for 1994 (S029), 2021-02-01, 61 townships").iter().map(|f| f.text.to_owned()).collect();
        assert_eq!(texts, ["0.51", "1994", "61"]);
        assert_eq!(years("the 2025 election; they followed the 2020 one, 63 of 1000"), [2025, 2020]);
        assert_eq!(figures("63 localities")[0].next, "localities");
    }

    #[test]
    fn words_are_whole() {
        assert!(says("OSCE observers say so", &["say"]) && !says("an essay", &["say"]));
    }
}
