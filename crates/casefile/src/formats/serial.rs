//! Numbers of spreadsheets as text: whole ones without a point, dates as ISO 8601.

/// A number as text, as short as it can be told apart from others.
pub(super) fn number(value: f64) -> String {
    value.to_string()
}

/// Whether a number format shows dates or times.
pub(super) fn is_date_format(code: &str) -> bool {
    let mut letters = String::new();
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let elapsed = matches!(
                    inside.to_ascii_lowercase().as_str(),
                    "h" | "hh" | "m" | "mm" | "s" | "ss"
                );
                letters.push_str(if elapsed { "h" } else { "" });
            }
            ';' => break,
            _ => letters.push(c.to_ascii_lowercase()),
        }
    }
    letters != "general" && letters.contains(['d', 'm', 'y', 'h', 's'])
}

/// Whether a built-in number format shows dates or times.
pub(super) fn is_date_number(format: u32) -> bool {
    matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Days from the zero of 1904 to that of 1900.
const MAC: f64 = 1462.0;

/// The first serial number after the year 9999.
const END: f64 = 2_958_466.0;

/// A date, a time of day, or both; a number that is none stays a number.
pub(super) fn date(value: f64, from_1904: bool) -> String {
    let serial = if from_1904 { value + MAC } else { value };
    if !(0.0..END).contains(&serial) {
        return number(value);
    }
    let (mut days, seconds) = (serial.floor(), ((serial - serial.floor()) * 86_400.0).round());
    let seconds = if seconds >= 86_400.0 {
        days += 1.0;
        0
    } else {
        whole(seconds)
    };
    // 1900 has a 29 February in spreadsheets; before it, the day before 1 January 1900 is 0.
    let days = whole(days) - if days < 60.0 { 25_568 } else { 25_569 };
    let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (serial < 1.0, seconds) {
        (true, _) => time,
        (false, 0) => civil(days),
        (false, _) => format!("{} {time}", civil(days)),
    }
}

/// A whole number that is known to be small.
fn whole(value: f64) -> i64 {
    format!("{value:.0}").parse().unwrap_or(0)
}

/// The date so many days after 1 January 1970, in the Gregorian calendar.
fn civil(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        // Serial numbers as spreadsheets show them.
        for (serial, text) in [
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (25_569.0, "1970-01-01"),
            (43_177.0, "2018-03-18"),
            (43_177.5, "2018-03-18 12:00:00"),
            (43_177.999_999_9, "2018-03-19"),
            (2_958_465.0, "9999-12-31"),
            (0.25, "06:00:00"),
            (-1.0, "-1"),
            (3e9, "3000000000"),
        ] {
            assert_eq!(date(serial, false), text, "{serial}");
        }
        assert_eq!(date(41_715.0, true), "2018-03-18");
    }

    #[test]
    fn date_formats() {
        for code in ["yyyy-mm-dd", "d/m/yy", "[h]:mm", "[$-409]h:mm AM/PM", "dd\\.mm\\.yyyy"] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["General", "0.00%", "#,##0", "0\" days\"", "[Red]0", "0_);(0)", "@", "0;\"d\""]
        {
            assert!(!is_date_format(code), "{code}");
        }
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(459.0), "459");
        assert_eq!(number(0.1), "0.1");
        assert_eq!(number(1e15), "1000000000000000");
    }
}
