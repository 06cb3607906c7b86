//! A date of which the day, or the month and the day, may be unknown.

use std::fmt;

use serde::{Serialize, Serializer};

/// A year, a year and month, or a day of the Gregorian calendar.
///
/// It is ordered for listing: a year stands before its months, a month before its days. Whether one really
/// lies before another is [`certainly_before`](PartialDate::certainly_before).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    /// 1 to 12; 0 when unknown.
    month: u8,
    /// 1 to 31; 0 when unknown.
    day: u8,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateError {
    /// It has no form that is known.
    Unreadable,
    /// There is no such day.
    NoSuchDay,
    /// Day and month could be exchanged.
    Ambiguous,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateError::Unreadable => {
                "it is no date; write 2025, 2025-01 or 2025-01-26, or leave it blank"
            }
            DateError::NoSuchDay => "there is no such day; look again at the source",
            DateError::Ambiguous => "day and month could be exchanged; write it as 2025-01-26",
        })
    }
}

impl std::error::Error for DateError {}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl PartialDate {
    /// A year alone.
    pub fn year_only(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(PartialDate { year, month: 0, day: 0 })
    }

    /// A month of a year.
    pub fn month_of(year: u16, month: u8) -> Option<Self> {
        let date = PartialDate::year_only(year)?;
        (1..=12).contains(&month).then_some(PartialDate { month, ..date })
    }

    /// A day.
    pub fn day_of(year: u16, month: u8, day: u8) -> Option<Self> {
        let date = PartialDate::month_of(year, month)?;
        (1..=length(year, month)).contains(&day).then_some(PartialDate { day, ..date })
    }

    /// Reads `2025`, `2025-01`, `2025-01-26`, `27.3.2025`, `03.2025`, `20 March 2022`, `March 20, 2022`,
    /// `March 2022`, or `26/1/2025` where day and month cannot be exchanged. A blank is no date.
    pub fn parse(text: &str) -> Result<Option<Self>, DateError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let parts: Vec<&str> =
            text.split([' ', '.', '-', '/', ',', '\u{a0}']).filter(|p| !p.is_empty()).collect();
        let slashed = text.contains('/');
        let (year, month, day) = order(&parts, slashed)?;
        let date = match (month, day) {
            (None, _) => PartialDate::year_only(year),
            (Some(month), None) => PartialDate::month_of(year, month),
            (Some(month), Some(day)) => PartialDate::day_of(year, month, day),
        };
        date.map(Some).ok_or(DateError::NoSuchDay)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, where it is known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// The first day it may be, counted from 1970-01-01.
    pub fn first_day(self) -> i64 {
        number(self.year, self.month.max(1), self.day.max(1))
    }

    /// The last day it may be, counted from 1970-01-01.
    pub fn last_day(self) -> i64 {
        let month = self.month().unwrap_or(12);
        number(self.year, month, self.day().unwrap_or(length(self.year, month)))
    }

    /// Whether it lies before another date: `None` when what is unknown could decide it either way.
    pub fn certainly_before(self, other: PartialDate) -> Option<bool> {
        match () {
            () if self.last_day() < other.first_day() => Some(true),
            () if self.first_day() >= other.last_day() => Some(false),
            () => None,
        }
    }

    /// Fewest and most days from this date to another; negative when the other lies before.
    pub fn days_until(self, other: PartialDate) -> (i64, i64) {
        (other.first_day() - self.last_day(), other.last_day() - self.first_day())
    }
}

/// Year, month and day among the parts of a written date.
fn order(parts: &[&str], slashed: bool) -> Result<(u16, Option<u8>, Option<u8>), DateError> {
    match parts {
        [y] => Ok((year(y)?, None, None)),
        [y, m] if is_year(y) => Ok((year(y)?, Some(month(m)?), None)),
        [m, y] => Ok((year(y)?, Some(month(m)?), None)),
        [y, m, d] if is_year(y) => Ok((year(y)?, Some(month(m)?), Some(small(d)?))),
        [m, d, y] if named(m).is_some() => Ok((year(y)?, named(m), Some(small(d)?))),
        [d, m, y] if !slashed || named(m).is_some() => {
            Ok((year(y)?, Some(month(m)?), Some(small(d)?)))
        }
        [a, b, y] => match (small(a)?, small(b)?) {
            (d, m) if d == m || d > 12 => Ok((year(y)?, Some(m), Some(d))),
            (m, d) if d > 12 => Ok((year(y)?, Some(m), Some(d))),
            _ => Err(DateError::Ambiguous),
        },
        _ => Err(DateError::Unreadable),
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn year(text: &str) -> Result<u16, DateError> {
    if is_year(text) {
        text.parse().map_err(|_| DateError::Unreadable)
    } else {
        Err(DateError::Unreadable)
    }
}

/// A number of one or two digits.
fn small(text: &str) -> Result<u8, DateError> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().map_err(|_| DateError::Unreadable) } else { Err(DateError::Unreadable) }
}

/// A month by number or name.
fn month(text: &str) -> Result<u8, DateError> {
    named(text).map_or_else(|| small(text), Ok)
}

/// A month by its English name or its first three letters.
fn named(text: &str) -> Option<u8> {
    let text = text.to_lowercase();
    let fits = |name: &&str| *name == text || (text.len() == 3 && name.starts_with(&text));
    let at = MONTHS.iter().position(fits)?;
    u8::try_from(at + 1).ok()
}

fn is_leap(year: u16) -> bool {
    (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
}

/// How many days a month has.
fn length(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01.
fn number(year: u16, month: u8, day: u8) -> i64 {
    let before = i64::from(year) - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    let months: i64 = (1..month).map(|m| i64::from(length(year, m))).sum();
    before * 365 + leap_days + months + i64::from(day) - 719_163
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month(), self.day()) {
            (None, _) => write!(f, "{:04}", self.year),
            (Some(month), None) => write!(f, "{:04}-{month:02}", self.year),
            (Some(month), Some(day)) => write!(f, "{:04}-{month:02}-{day:02}", self.year),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        PartialDate::parse(text).unwrap().unwrap().to_string()
    }

    #[test]
    fn spellings_of_published_lists_are_read() {
        for (written, date) in [
            ("27.3.2025", "2025-03-27"),
            ("21.06.2021", "2021-06-21"),
            ("20 March 2022", "2022-03-20"),
            ("March 20, 2022", "2022-03-20"),
            ("7 Mar 2025", "2025-03-07"),
            ("March 2022", "2022-03"),
            ("03.2025", "2025-03"),
            ("2025-01", "2025-01"),
            ("2025-01-26", "2025-01-26"),
            (" 2025 ", "2025"),
            ("26/1/2025", "2025-01-26"),
            ("1/26/2025", "2025-01-26"),
            ("5/5/2025", "2025-05-05"),
        ] {
            assert_eq!(read(written), date, "{written}");
        }
        assert_eq!(PartialDate::parse("  "), Ok(None));
    }

    #[test]
    fn what_is_no_date_says_why() {
        for text in ["soon", "20250126", "2025-1-2-3", "2006-2026", "12 Foo 2025", "27.3.25"] {
            assert_eq!(PartialDate::parse(text), Err(DateError::Unreadable), "{text}");
        }
        for text in ["2025-02-29", "31.4.2025", "2025-13", "2025-00-01", "0000"] {
            assert_eq!(PartialDate::parse(text), Err(DateError::NoSuchDay), "{text}");
        }
        assert_eq!(PartialDate::parse("3/4/2025"), Err(DateError::Ambiguous));
    }

    #[test]
    fn a_date_that_is_printed_is_read_back() {
        for text in ["0001", "1994-07", "2024-02-29", "9999-12-31"] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |text: &str| PartialDate::parse(text).unwrap().unwrap().first_day();
        assert_eq!((day("1970-01-01"), day("2000-03-01"), day("1969-12-31")), (0, 11_017, -1));
    }

    #[test]
    fn what_is_unknown_is_not_decided() {
        let date = |text: &str| PartialDate::parse(text).unwrap().unwrap();
        let before = |a: &str, b: &str| date(a).certainly_before(date(b));
        assert_eq!(before("2025-01", "2025-02-01"), Some(true));
        assert_eq!(before("2025-01", "2025-01-26"), None);
        assert_eq!(before("2025-02", "2025-01-26"), Some(false));
        assert_eq!(before("2025-01-26", "2025-01-26"), Some(false));
        assert_eq!(date("2025-01-17").days_until(date("2025-01-26")), (9, 9));
        assert_eq!(date("2012-03").days_until(date("2012-04-01")), (1, 31));
    }

    #[test]
    fn a_list_puts_a_year_before_its_months() {
        let mut dates = ["2025-01-02", "2025", "2024-12-31", "2025-01"].map(read);
        dates.sort();
        assert_eq!(dates, ["2024-12-31", "2025", "2025-01", "2025-01-02"]);
    }
}
