//! States by the names under which records write them.

/// Code and names of each state, one a line: `VNM Viet Nam|Vietnam`.
const STATES: &str = include_str!("states.txt");

/// Codes of three letters, each followed by the code of two: `VNMvn`.
const TWO_LETTERS: &str = include_str!("alpha2.txt");

/// Code (ISO 3166-1, three letters; `XKX` for Kosovo) and names.
fn states() -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    STATES.lines().filter_map(|l| l.split_once(' ')).map(|(code, names)| (code, names.split('|')))
}

/// The first name of the state with this code.
pub fn state_name(code: &str) -> Option<&'static str> {
    states().find(|s| s.0 == code).and_then(|mut s| s.1.next())
}

/// The two letters (ISO 3166-1, lower case; `xk` for Kosovo) of the state with this code of three.
pub fn state_two_letters(code: &str) -> Option<&'static str> {
    let mut pairs = TWO_LETTERS.split_whitespace().filter_map(|pair| pair.split_at_checked(3));
    pairs.find(|(three, _)| *three == code).map(|(_, two)| two)
}

/// The code of three letters of the state with this name, whatever its case: `viet nam` is `VNM`.
pub fn state_named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let named = |mut names: std::str::Split<char>| names.any(|n| n.to_lowercase() == name);
    states().find(|(_, names)| named(names.clone())).map(|(code, _)| code)
}

/// The state with whose name a text begins: `Belarus delegation (…)` is of `BLR`.
///
/// The name must end there: neither `Belarusian` nor `Japan-Myanmar Association` names a state.
pub fn leading_state(text: &str) -> Option<&'static str> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    let long = |name: &str| text.strip_prefix(name).filter(|r| ends(r)).map(|_| name.len());
    let found = states().filter_map(|(code, names)| Some((names.filter_map(long).max()?, code)));
    found.max().map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_named_at_the_beginning_and_in_full() {
        for (text, code) in [
            ("Belarus (CEC, MPs, diplomats)", Some("BLR")),
            ("Viet Nam delegation", Some("VNM")),
            ("Guinea-Bissau", Some("GNB")),
            ("Nigeria", Some("NGA")),
            ("Belarusian party", None),
            ("Japan-Myanmar Association", None),
            ("Observers of Belarus", None),
            ("", None),
        ] {
            assert_eq!(leading_state(text), code, "{text}");
        }
    }

    #[test]
    fn every_code_is_there_once_and_has_a_name() {
        let codes: std::collections::BTreeSet<_> = states().map(|s| s.0).collect();
        assert_eq!((codes.len(), states().count()), (197, 197));
        assert!(codes.iter().all(|c| c.len() == 3 && state_name(c).is_some_and(|n| !n.is_empty())));
        assert_eq!((state_name("MMR"), state_name("ZZZ")), (Some("Myanmar"), None));
        let two: std::collections::BTreeSet<_> =
            codes.iter().filter_map(|c| state_two_letters(c)).collect();
        assert!(two.len() == 197 && two.iter().all(|c| c.len() == 2));
        assert_eq!((state_two_letters("MMR"), state_two_letters("ZZZ")), (Some("mm"), None));
        assert_eq!((state_named(" viet NAM"), state_named("Viet")), (Some("VNM"), None));
    }
}
