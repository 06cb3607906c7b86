//! Turns a column's name into comparable words: NFKC, Latin transliteration, lower case.

use unicode_normalization::UnicodeNormalization;

/// The words of a name, transliterated and in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let composed: String = name.nfkc().filter(|c| !is_invisible(*c)).collect();
    composed.split(is_separator).flat_map(humps).map(latin).filter(|w| !w.is_empty()).collect()
}

/// Characters that are not seen and differ between copies of one word.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether a character stands between words. Marks of Burmese or Hebrew do not.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
        || "«»„“”‘’·¿¡،؛؟№။၊״׳".contains(c)
}

/// Splits `officialVotes`, `PDVotes` and `gültig2` where the case or the class changes.
fn humps(word: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for i in 1..chars.len() {
        let next = chars.get(i + 1).map(|c| c.1);
        if breaks(chars[i - 1].1, chars[i].1, next) {
            parts.push(&word[start..chars[i].0]);
            start = chars[i].0;
        }
    }
    parts.push(&word[start..]);
    parts
}

/// Whether a word ends between `before` and `here`.
fn breaks(before: char, here: char, next: Option<char>) -> bool {
    let hump = here.is_uppercase()
        && (before.is_lowercase() || before.is_uppercase() && next.is_some_and(char::is_lowercase));
    hump || before.is_numeric() != here.is_numeric()
}

/// One word in lower-case Latin letters and digits; the Arabic article is dropped.
fn latin(word: &str) -> String {
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word);
    let mut ascii = any_ascii::any_ascii(bare);
    ascii.make_ascii_lowercase();
    ascii.retain(|c| c.is_ascii_alphanumeric());
    ascii
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_become_words() {
        assert_eq!(words("VOTOS_VALIDOS"), ["votos", "validos"]);
        assert_eq!(words("against_officialVotes"), ["against", "official", "votes"]);
        assert_eq!(words("PDVotes gültig2"), ["pd", "votes", "gultig", "2"]);
        assert_eq!(words("VotingCenterID"), ["voting", "center", "id"]);
        assert_eq!(words("nombre d’inscrits"), ["nombre", "d", "inscrits"]);
        assert_eq!(words("Число  избирателей,"), words("число избирателей"));
        assert_eq!(words("בז״ב").len(), 2);
        assert!(words(" \u{200b}- ").is_empty());
    }
}
