//! Finds columns by the names a mapping gives them.

/// The columns of one table, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names<'a>(pub(crate) Vec<&'a str>);

impl<'a> Names<'a> {
    /// The column a mapping means: its name as in the file, `name#2` for the second of that name,
    /// `#7` for the seventh column, or the only name that differs in white space alone.
    pub(crate) fn find(&self, wanted: &str) -> Option<usize> {
        let exact = |name: &str| self.0.iter().position(|n| *n == name);
        exact(wanted).or_else(|| self.numbered(wanted)).or_else(|| self.loosely(wanted))
    }

    /// `name#2` and `#7`.
    fn numbered(&self, wanted: &str) -> Option<usize> {
        let (name, number) = wanted.rsplit_once('#')?;
        let nth = number.parse::<usize>().ok()?.checked_sub(1)?;
        if name.is_empty() {
            return (nth < self.0.len()).then_some(nth);
        }
        let same = self.0.iter().enumerate().filter(|(_, n)| n.trim() == name.trim());
        same.map(|(i, _)| i).nth(nth)
    }

    /// The only column whose name differs in white space alone.
    fn loosely(&self, wanted: &str) -> Option<usize> {
        let wanted = squeezed(wanted);
        let mut same = self.0.iter().enumerate().filter(|(_, n)| squeezed(n) == wanted);
        let first = same.next().filter(|_| !wanted.is_empty())?;
        same.next().is_none().then_some(first.0)
    }
}

/// A name without outer white space, byte-order mark and repeated blanks.
fn squeezed(name: &str) -> String {
    let words = name.trim_start_matches('\u{feff}').split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// The names most like the wanted one, best first, at most five.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let like = |name: &str| strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase());
    let mut scored: Vec<_> = names
        .into_iter()
        .filter(|n| !n.trim().is_empty())
        .map(|n| (like(n), n))
        .filter(|(score, _)| *score >= 0.6)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by_key(|s| s.1);
    scored.into_iter().take(5).map(|(_, n)| n.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_number_and_rank() {
        let names = Names(vec!["a", "b", "a", "ABED  BWANIKA", "#2", " x "]);
        let found = |n| names.find(n);
        assert_eq!(
            (found("a"), found("a#1"), found("a#2"), found("a#3")),
            (Some(0), Some(0), Some(2), None)
        );
        assert_eq!((found("#4"), found("#0"), found("#9")), (Some(3), None, None));
        assert_eq!(found("#2"), Some(4), "a literal name comes first");
        assert_eq!((found("ABED BWANIKA"), found("x"), found("")), (Some(3), Some(5), None));
    }

    #[test]
    fn the_nearest_names_come_first() {
        let near = nearest("Registred", ["Registered", "Region", "Votes", ""]);
        assert_eq!(near.first().map(String::as_str), Some("Registered"));
        assert!(!near.contains(&"Votes".to_owned()));
    }
}
