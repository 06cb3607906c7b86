//! Which election of the register a reason names: by country, year and kind, never by a guess.

use std::collections::BTreeSet;

use glassurn_model::register::PartialDate;

use super::{Listing, Listings};
use crate::register::{Kind, Record, Sheet, Tables};

/// A listing that names an election, and the elections on record that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked<'l> {
    /// The listing.
    pub listing: &'l Listing,
    /// Names of elections; empty where the reason gives no year, or none of that year is on record, or
    /// several are.
    pub elections: Vec<String>,
}

/// An election on record.
struct Known<'t> {
    id: &'t str,
    year: u16,
    kind: &'t str,
}

impl Listings {
    /// Every listing that names an election, with the elections on record.
    pub fn linked(&self, now: &Tables) -> Vec<Linked<'_>> {
        let sheet = now.sheet(Kind::Election);
        let of = |listing| Linked { listing, elections: elections(listing, sheet) };
        self.naming().map(of).collect()
    }
}

fn elections(listing: &Listing, sheet: Option<&Sheet>) -> Vec<String> {
    let (Some(country), Some(sheet)) = (listing.country(), sheet) else { return Vec::new() };
    let known: Vec<Known> = sheet.rows.iter().filter_map(|r| known(sheet, r, country)).collect();
    let mentioned: BTreeSet<(u16, Option<&str>)> =
        sentences(&listing.reason).flat_map(mentions).collect();
    let one = |(year, kind): (u16, Option<&str>)| {
        let of = known.iter().filter(|k| k.year == year && kind.is_none_or(|kind| k.kind == kind));
        let found: Vec<&Known> = of.collect();
        // Several rounds or phases of one year: which is meant, nobody says.
        (found.len() == 1).then(|| found[0].id.to_owned())
    };
    let ids: BTreeSet<String> = mentioned.into_iter().filter_map(one).collect();
    ids.into_iter().collect()
}

fn known<'t>(sheet: &'t Sheet, record: &'t Record, country: &str) -> Option<Known<'t>> {
    let here = sheet.cell(record, "country_iso3").trim() == country;
    let stands = sheet.cell(record, "same_as").trim().is_empty();
    let start = PartialDate::parse(sheet.cell(record, "start_date")).ok().flatten()?;
    let kind = sheet.cell(record, "kind").trim();
    let part = sheet.rows.iter().any(|r| r.id != record.id && whole(&r.id) == whole(&record.id));
    (here && stands && !part).then_some(Known { id: &record.id, year: start.year(), kind })
}

/// The election that a round or phase is a part of: `MMR-2025-G` of `MMR-2025-G-P1`.
fn whole(id: &str) -> &str {
    let number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    match id.rsplit_once('-') {
        Some((whole, part)) if part.strip_prefix(['P', 'R']).is_some_and(number) => whole,
        _ => id,
    }
}

/// Sentences, as far as a full stop before a capital letter ends one.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ").filter(|s| s.to_lowercase().contains("election"))
}

/// Years near the word election in a sentence, with the kind of election where it is said.
fn mentions(sentence: &str) -> Vec<(u16, Option<&'static str>)> {
    let lower = sentence.to_lowercase();
    let kind = match () {
        () if lower.contains("presidential") => Some("presidential"),
        () if lower.contains("parliamentary") => Some("parliamentary"),
        () => None,
    };
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let places: Vec<usize> =
        (0..words.len()).filter(|n| words[*n].starts_with("election")).collect();
    let near = |n: usize| places.iter().any(|p| p.abs_diff(n) <= NEAR);
    let years = words.iter().enumerate().filter(|(n, _)| near(*n)).filter_map(|(_, w)| year(w));
    years.map(|y| (y, kind)).collect()
}

/// Words between the year and the election, as in *the elections held on 8 November 2020*.
const NEAR: usize = 7;

fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten().filter(|y| (1990..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_must_stand_near_the_election() {
        let of = |text| {
            mentions(text).into_iter().map(|(y, k)| (y, k.unwrap_or("any"))).collect::<Vec<_>>()
        };
        assert_eq!(of("in the wake of the 2020 presidential election"), [(2020, "presidential")]);
        assert_eq!(
            of("set aside the results of the elections held on 8 November 2020"),
            [(2020, "any")]
        );
        assert_eq!(
            of(
                "Judge since 2011 at a court of the city of Minsk who has ruled on cases of election observers"
            ),
            []
        );
        assert_eq!(of("falsification of election results"), []);
    }
}
