//! How many people, as sources say it: `467`, `about 500`, `more than 300`, `150+`.

use serde::Serialize;

/// A number of people with what is known of its exactness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Headcount {
    /// The number that stands in the source.
    pub number: u32,
    /// What the source says of it.
    pub precision: Precision,
    /// As it was written.
    pub written: String,
}

/// How exact a number of people is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The number itself.
    Exact,
    /// Near the number.
    About,
    /// The number or more.
    AtLeast,
}

impl Headcount {
    /// Reads a number with the words that qualify it; `None` where there is not exactly one number.
    pub fn parse(text: &str) -> Option<Self> {
        let written = text.trim().to_owned();
        let mut numbers = written.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        let number = numbers.next()?.parse().ok()?;
        if numbers.next().is_some() {
            return None;
        }
        let lower = written.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
        let precision = match () {
            () if says(&["more than", "at least", "over ", "or more", "+"]) => Precision::AtLeast,
            () if says(&["about", "some ", "around", "nearly", "~"]) => Precision::About,
            () => Precision::Exact,
        };
        Some(Headcount { number, precision, written })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_beside_the_number_are_heard() {
        let read = |t: &str| Headcount::parse(t).map(|h| (h.number, h.precision));
        assert_eq!(read("467"), Some((467, Precision::Exact)));
        assert_eq!(read("about 500"), Some((500, Precision::About)));
        assert_eq!(read("more than 300"), Some((300, Precision::AtLeast)));
        assert_eq!(read("90+"), Some((90, Precision::AtLeast)));
        let planned = read("about 30 or more long-term planned");
        assert_eq!(planned, Some((30, Precision::AtLeast)));
        assert_eq!((read(""), read("several"), read("3 to 5")), (None, None, None));
    }
}
