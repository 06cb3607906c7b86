//! One time as text: numbers, dates with the year, the day or the month first, times of day.

use crate::number::{Cell, Convention, parse};

const DAY: i64 = 86_400;

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Number,
    YearFirst,
    DayFirst,
    MonthFirst,
    TimeOfDay,
}

impl Manner {
    pub(super) const ALL: [Manner; 5] = [
        Manner::Number,
        Manner::YearFirst,
        Manner::DayFirst,
        Manner::MonthFirst,
        Manner::TimeOfDay,
    ];

    pub(super) const TIMES: [Manner; 4] =
        [Manner::YearFirst, Manner::DayFirst, Manner::MonthFirst, Manner::TimeOfDay];

    pub(super) fn name(self) -> &'static str {
        match self {
            Manner::Number => "numbers that grow with time",
            Manner::YearFirst => "date and time, year first",
            Manner::DayFirst => "date and time, day first",
            Manner::MonthFirst => "date and time, month first",
            Manner::TimeOfDay => "time of day (one day; past midnight cannot be told)",
        }
    }

    /// A cell, where it is a moment in this manner.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let text = text.trim();
        match self {
            Manner::Number => match parse(text, Convention::default(), &[]) {
                Cell::Count(n) => Some(n),
                _ => None,
            },
            Manner::TimeOfDay => time_of_day(text),
            Manner::YearFirst | Manner::DayFirst | Manner::MonthFirst => {
                let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
                let seconds = if time.trim().is_empty() { 0 } else { time_of_day(time.trim())? };
                Some(self.day(date.trim_end_matches(','))? * DAY + seconds)
            }
        }
    }

    /// The number of a day, counted from 1 January 1970.
    fn day(self, text: &str) -> Option<i64> {
        let separator = text.chars().find(|c| !c.is_ascii_digit())?;
        let parts: Vec<&str> = text.split(separator).filter(|p| !p.is_empty()).collect();
        let [a, b, c] = parts.as_slice() else { return None };
        let (year, month, day) = match self {
            Manner::YearFirst => (a, b, c),
            Manner::MonthFirst => (c, a, b),
            _ => (c, b, a),
        };
        let fits = matches!(separator, '-' | '/' | '.') && year.len() == 4;
        let number = |part: &str| part.parse::<i64>().ok();
        let (year, month, day) = (number(year)?, number(month)?, number(day)?);
        let real = fits && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        real.then(|| days_since_1970(year, month, day))
    }
}

/// Whether a cell says that there is no time.
pub(super) fn is_missing(text: &str) -> bool {
    matches!(parse(text, Convention::default(), &[]), Cell::Missing)
}

/// Seconds since midnight, in universal time where the text names a zone.
fn time_of_day(text: &str) -> Option<i64> {
    let lower = text.to_ascii_lowercase();
    let (clock, half) = match lower.trim_end_matches('.') {
        t if t.ends_with("am") || t.ends_with("a.m") => (cut(t), Some(0)),
        t if t.ends_with("pm") || t.ends_with("p.m") => (cut(t), Some(12)),
        _ => (lower.as_str(), None),
    };
    let (clock, zone) = zone(clock.trim())?;
    // Fractions of a second do not matter here.
    let whole = clock.split_once(['.', ',']).map_or(clock, |(whole, _)| whole);
    let parts: Option<Vec<i64>> = whole.split(':').map(|p| p.trim().parse().ok()).collect();
    let (hour, minute, second) = match parts?.as_slice() {
        [h, m] => (*h, *m, 0),
        [h, m, s] => (*h, *m, *s),
        _ => return None,
    };
    let hour =
        half.map_or(hour, |half| if (1..=12).contains(&hour) { hour % 12 + half } else { 99 });
    let real = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    real.then_some(hour * 3600 + minute * 60 + second - zone)
}

/// A text without its half of the day.
fn cut(text: &str) -> &str {
    text.trim_end_matches(['m', '.', 'a', 'p'])
}

/// A time without its zone, and the zone in seconds east.
fn zone(text: &str) -> Option<(&str, i64)> {
    if let Some(plain) = text.strip_suffix('z').or_else(|| text.strip_suffix("utc")) {
        return Some((plain.trim(), 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let digits: String = text[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).map_or(Some(0), |m| m.parse().ok())?;
    let east = hours * 3600 + minutes * 60;
    Some((text[..at].trim(), if text[at..].starts_with('-') { -east } else { east }))
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1 January 1970 in the Gregorian calendar: the year begins in March, so that leap days stand last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_many_manners() {
        // date -u -d '2019-10-20 19:40:57' +%s
        let moment = Some(1_571_600_457);
        for text in ["2019-10-20 19:40:57", "2019-10-20T19:40:57.25Z", "2019/10/20 15:40:57-04:00"]
        {
            assert_eq!(Manner::YearFirst.read(text), moment, "{text}");
        }
        assert_eq!(Manner::DayFirst.read("20.10.2019 19:40:57"), moment);
        assert_eq!(Manner::MonthFirst.read("10/20/2019 7:40:57 p.m."), moment);
        assert_eq!(Manner::MonthFirst.read("10/20/2019, 7:40:57 PM"), moment);
        assert_eq!(Manner::YearFirst.read("2020-02-29"), Some(18_321 * DAY));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "2019-02-29",
            "2019-13-01",
            "20-10-19",
            "2019-10-20 25:00",
            "2019-10-20 7",
            "soon",
            "-",
        ] {
            assert_eq!(Manner::YearFirst.read(text), None, "{text}");
        }
        assert_eq!(Manner::TimeOfDay.read("13:00 pm"), None);
        assert_eq!(Manner::Number.read("12.5"), None);
        assert!(is_missing("") && is_missing("NA") && !is_missing("7"));
    }
}
