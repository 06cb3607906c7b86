//! Which character separates the fields, by how evenly each candidate would split the first records.

/// How a text is split into fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
}

/// Candidates, the least likely to stand inside a field first: `1,5;2,5` splits evenly by both.
const CANDIDATES: [u8; 9] = *b"\t;|,^~\x1f\x01:";

/// Records that are looked at.
const RECORDS: usize = 200;

/// Finds the delimiter; a text that no candidate splits has one column, and then any will do.
pub(super) fn sniff(text: &str) -> Dialect {
    let sample = sample(text);
    let mut best = (0.0, b',');
    for delimiter in CANDIDATES {
        let score = evenness(&widths(sample, delimiter));
        if score > best.0 + 0.05 {
            best = (score, delimiter);
        }
    }
    Dialect { delimiter: best.1 }
}

/// The first part of the text, at most 64 KiB.
fn sample(text: &str) -> &[u8] {
    &text.as_bytes()[..text.len().min(64 << 10)]
}

/// Fields of each record, quotes respected; the last record may be cut off and does not count.
fn widths(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::new();
    let (mut fields, mut quoted, mut start, mut empty) = (1, false, true, true);
    for &byte in sample {
        match byte {
            b'"' if quoted || start => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !empty {
                    widths.push(fields);
                }
                (fields, empty) = (1, true);
                if widths.len() == RECORDS {
                    return widths;
                }
            }
            _ if byte == delimiter && !quoted => fields += 1,
            _ => {}
        }
        start = byte == delimiter || matches!(byte, b'\n' | b'\r');
        empty = empty && start && byte != delimiter;
    }
    if widths.is_empty() {
        widths.push(fields);
    }
    widths
}

/// Share of records with the most common width, where that is at least two; halved for each of the first
/// two records with another width: one of them names the columns, and a title above may hold any sign.
fn evenness(widths: &[usize]) -> f64 {
    let alike = |w: usize| widths.iter().filter(|v| **v == w).count();
    let Some(&common) = widths.iter().max_by_key(|w| alike(**w)) else { return 0.0 };
    if common < 2 {
        return 0.0;
    }
    let share = alike(common) as f64 / widths.len() as f64;
    widths.iter().take(2).filter(|w| **w != common).fold(share, |share, _| share / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        sniff(text).delimiter.into()
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(delimiter("a,b\n1,2\n"), ',');
        assert_eq!(delimiter("a;b\n1,5;2,5\n"), ';');
        assert_eq!(delimiter("a\tb, c\n1\t2\n"), '\t');
        assert_eq!(delimiter("a|b\r1|2\r"), '|');
        assert_eq!(delimiter("one\ntwo\n"), ',');
    }

    #[test]
    fn quotes_hide_delimiters() {
        assert_eq!(delimiter("\"x;y;z\",b\n\"p;q;r\",2\n"), ',');
    }

    #[test]
    fn decimal_commas_do_not_win() {
        assert_eq!(delimiter("Nr;Anteil\n1;28,02\n2;31,50\n"), ';');
    }

    #[test]
    fn a_title_above_the_table_does_not_matter() {
        assert_eq!(delimiter("Results of the vote\na;b;c\n1;2;3\n4;5;6\n"), ';');
        assert_eq!(delimiter("Vote of May, results\na;b;t\n1;2;3,5\n4;5;6,5\n7;8;9,5\n"), ';');
    }
}
