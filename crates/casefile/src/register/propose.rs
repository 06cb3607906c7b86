//! Records that may be one, and records that only look alike. It proposes; a person decides.

use std::collections::BTreeSet;

use any_ascii::any_ascii;

use super::{Kind, Record, Sheet, Tables, content::parts};

/// Two records that a person should look at together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Proposal {
    /// Name of the table.
    pub table: &'static str,
    /// One record.
    pub a: String,
    /// The other.
    pub b: String,
    /// Why.
    pub why: String,
    /// Whether somebody has said already that they are two.
    pub apart: bool,
}

/// Likeness of long names from which two are shown.
const ALIKE: f64 = 0.93;

/// Letters from which a name is compared by likeness; short ones by letters that differ.
const LONG: usize = 10;

impl Tables {
    /// Every pair that may be one record or may be taken for one, in the order of the tables.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut all = Vec::new();
        for sheet in &self.sheets {
            let why: fn(&Sheet, &Record, &Record) -> Option<String> = match sheet.kind {
                Kind::Source => sources,
                Kind::Election => elections,
                Kind::Organisation => organisations,
                Kind::Mission => missions,
                _ => continue,
            };
            let rows: Vec<&Record> =
                sheet.rows.iter().filter(|r| sheet.cell(r, "same_as").trim().is_empty()).collect();
            for (n, a) in rows.iter().enumerate() {
                let pairs = rows[n + 1..].iter().filter_map(|b| Some((b, why(sheet, a, b)?)));
                all.extend(pairs.map(|(b, why)| Proposal {
                    table: sheet.kind.table(),
                    a: a.id.clone(),
                    b: b.id.clone(),
                    why,
                    apart: apart(sheet, a, b) || apart(sheet, b, a),
                }));
            }
        }
        all
    }
}

/// Whether a record says that the other is another.
fn apart(sheet: &Sheet, a: &Record, b: &Record) -> bool {
    let columns = ["not_to_confuse_with", "differs_from"];
    columns.into_iter().any(|c| parts(sheet.cell(a, c)).any(|id| id == b.id))
}

/// An address without what differs between copies of it.
fn address(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let bare = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    bare.trim_start_matches("www.")
        .split('#')
        .next()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned()
}

fn sources(sheet: &Sheet, a: &Record, b: &Record) -> Option<String> {
    let both = |column: &str| (sheet.cell(a, column).trim(), sheet.cell(b, column).trim());
    let (one, other) = both("url");
    if !one.is_empty() && address(one) == address(other) {
        return Some("the same address".to_owned());
    }
    let same = |column: &str| both(column).0 == both(column).1;
    (same("title") && same("publisher")).then(|| "the same title and publisher".to_owned())
}

fn elections(sheet: &Sheet, a: &Record, b: &Record) -> Option<String> {
    let same = |column: &str| {
        let (one, other) = (sheet.cell(a, column).trim(), sheet.cell(b, column).trim());
        !one.is_empty() && one == other
    };
    let all = ["country_iso3", "start_date", "kind", "level"].into_iter().all(same);
    all.then(|| "the same country, day and kind".to_owned())
}

fn missions(sheet: &Sheet, a: &Record, b: &Record) -> Option<String> {
    let cell = |r: &Record, column: &str| plain(sheet.cell(r, column));
    let same = |column: &str| !cell(a, column).is_empty() && cell(a, column) == cell(b, column);
    if !same("election_id") {
        return None;
    }
    match () {
        () if same("observer") => Some("the same election and observer".to_owned()),
        () if same("organisation_ids") => Some("the same election and organisation".to_owned()),
        () => None,
    }
}

/// Letters and digits in Latin, in lower case.
fn plain(text: &str) -> String {
    any_ascii(text)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .flat_map(char::to_lowercase)
        .collect()
}

/// All the names of an organisation, without language and script.
fn names(sheet: &Sheet, record: &Record) -> BTreeSet<String> {
    let cells = ["organisation_id", "name", "names", "aliases"].map(|c| sheet.cell(record, c));
    let names = cells.iter().flat_map(|cell| parts(cell));
    names.map(|n| n.split('@').next().unwrap_or_default().trim().to_owned()).collect()
}

fn organisations(sheet: &Sheet, a: &Record, b: &Record) -> Option<String> {
    let part_of = |one: &Record, whole: &Record| sheet.cell(one, "parent").trim() == whole.id;
    if part_of(a, b) || part_of(b, a) {
        return None;
    }
    let (names_a, names_b) = (names(sheet, a), names(sheet, b));
    let pairs = names_a.iter().flat_map(|one| names_b.iter().map(move |other| (one, other)));
    let mut reasons: Vec<(u8, String)> =
        pairs.filter_map(|(one, other)| alike(one, other)).collect();
    reasons.sort();
    reasons.into_iter().next().map(|(_, why)| why)
}

/// Why two names may be taken for one: the strongest reason has the lowest number.
fn alike(one: &str, other: &str) -> Option<(u8, String)> {
    let (a, b) = (plain(one), plain(other));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let words = |n: u8, what: &str| Some((n, format!("`{one}` and `{other}` {what}")));
    match () {
        () if short.is_empty() => None,
        () if a == b => words(0, "are written alike"),
        () if short.len() >= LONG && strsim::jaro_winkler(&a, &b) > ALIKE => {
            words(1, "are nearly alike")
        }
        () if (4..LONG).contains(&long.len())
            && short.len() == long.len()
            && strsim::levenshtein(&a, &b) == 1 =>
        {
            words(2, "differ in one letter")
        }
        () if is_acronym(one)
            && is_acronym(other)
            && short.len() >= 3
            && long.starts_with(&**short) =>
        {
            words(3, "begin alike")
        }
        () => None,
    }
}

/// Capital letters, digits, hyphens and slashes, without a space.
fn is_acronym(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_for_one_another_are_shown() {
        let why = |a, b| alike(a, b).map(|(n, _)| n);
        assert_eq!(why("PACE", "Pace"), Some(0));
        assert_eq!(why("Лебедев", "Lebedev"), Some(0));
        assert_eq!(why("ICES", "IFES"), Some(2));
        assert_eq!(why("CIS", "CIS-EMO"), Some(3));
        assert_eq!(why("Central Election Commission", "Central Elections Commission"), Some(1));
        for (a, b) in
            [("EU", "EP"), ("OSCE", "ANFREL"), ("Carter Center", "European Union"), ("", "x")]
        {
            assert_eq!(why(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(address("https://www.OSCE.org/a/#top"), address("http://osce.org/a"));
    }
}
