//! Numbers as people write them, in any script.
//!
//! A cell is read under a [`Convention`] that belongs to its column, because `1,234` alone may be a
//! thousand or one and a bit. What is not clearly a number is [`Cell::NotANumber`]: nothing is guessed
//! from one cell, and missing is never zero.

mod convention;
mod digits;

pub use convention::{Convention, Separator};
use digits::digit;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// Nothing: empty, dashes, or a code that means "missing".
    Missing,
    /// A whole number, however written (`1 234`, `459.0`, `1e3`, `၁၂`).
    Count(i64),
    /// A number that is not whole.
    Decimal(f64),
    /// A percentage, in per cent as written (`51.08%`).
    Percent(f64),
    /// A number beyond what a count can be.
    TooLarge,
    /// Something else.
    NotANumber,
}

impl Cell {
    /// The count, where it is one.
    pub fn count(self) -> Option<i64> {
        match self {
            Cell::Count(count) => Some(count),
            _ => None,
        }
    }

    /// The number, whole or not, as written (a percentage in per cent).
    pub fn figure(self) -> Option<f64> {
        match self {
            Cell::Count(n) => Some(n as f64),
            Cell::Decimal(v) | Cell::Percent(v) => Some(v),
            Cell::Missing | Cell::TooLarge | Cell::NotANumber => None,
        }
    }
}

/// Texts that mean "missing" in the files of statistics programs, databases and spreadsheets.
const NOTHING: [&str; 13] =
    ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", r"\N", ".", "..", "…"];

/// Reads a cell under its column's convention; `codes` are further texts that mean "missing".
pub fn parse(text: &str, convention: Convention, codes: &[String]) -> Cell {
    if codes.is_empty() || !codes.iter().any(|c| c == text.trim()) {
        plain(text).unwrap_or_else(|| written(text, convention))
    } else {
        Cell::Missing
    }
}

/// ASCII digits alone, up to 18 of them: nearly every cell.
fn plain(text: &str) -> Option<Cell> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    let mut value = 0_i64;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(Cell::Count(value))
}

/// Everything else.
fn written(text: &str, convention: Convention) -> Cell {
    let text = without_invisible(text);
    let text = text.trim();
    if text.chars().all(is_dash) || NOTHING.contains(&text) {
        return Cell::Missing;
    }
    let (text, percent) = match text.strip_suffix(['%', '٪', '％']) {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let Some(number) = normal(text, convention) else { return Cell::NotANumber };
    match (value(&number), percent) {
        (Cell::Count(count), true) => Cell::Percent(count as f64),
        (Cell::Decimal(value), true) => Cell::Percent(value),
        (cell, _) => cell,
    }
}

/// The text without characters that have no width or only turn the direction of writing.
fn without_invisible(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(is_invisible) {
        text.chars().filter(|c| !is_invisible(*c)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Zero-width characters, soft hyphen and marks of direction.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Hyphens, dashes and minus signs.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{2e3a}'
                | '\u{2e3b}'
    )
}

/// A number in ASCII: sign, digits, perhaps a point and digits, perhaps an exponent.
#[derive(Default)]
struct Normal {
    text: String,
    /// Digits before the point.
    whole: usize,
    /// Digits after the point; `None` without one.
    after: Option<usize>,
    exponent: bool,
}

/// Brings a number to its normal form; `None` when it is none.
fn normal(text: &str, convention: Convention) -> Option<Normal> {
    let mut normal = Normal::default();
    let mut rest = text.trim_start_matches('+');
    if text.len() - rest.len() > 1 {
        return None;
    }
    if let Some(number) = rest.strip_prefix(is_dash) {
        normal.text.push('-');
        rest = number.trim_start();
    }
    let mut groups = Groups::default();
    for (at, c) in rest.char_indices() {
        if let Some(digit) = digit(c) {
            normal.text.push(char::from(b'0' + digit));
            groups.digit();
            match &mut normal.after {
                Some(after) => *after += 1,
                None => normal.whole += 1,
            }
        } else if convention.is_decimal(c) && normal.after.is_none() {
            normal.text.push('.');
            normal.after = Some(0);
        } else if convention.is_grouping(c) && normal.after.is_none() && normal.whole > 0 {
            groups.separator(c)?;
        } else if matches!(c, 'e' | 'E') && normal.whole > 0 {
            normal.text.push_str(exponent(&rest[at..])?);
            normal.exponent = true;
            break;
        } else {
            return None;
        }
        if normal.after == Some(0) && normal.whole > 0 {
            groups.end()?;
        }
    }
    if normal.after.is_none() {
        groups.end()?;
    }
    (normal.whole + normal.after.unwrap_or(0) > 0).then_some(normal)
}

/// An exponent in ASCII: `e3`, `E+05`.
fn exponent(text: &str) -> Option<&str> {
    let digits = text[1..].trim_start_matches(['+', '-']);
    let sign = text.len() - 1 - digits.len();
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (sign <= 1 && fits).then_some(text)
}

/// Checks that separators stand where groups of digits end: 1,234,567 or 12,34,567 but not 12,34.
#[derive(Default)]
struct Groups {
    separator: Option<char>,
    /// Digits since the last separator.
    digits: usize,
    /// Digits before the first separator, and whether all later groups but the last have this size.
    first: usize,
    inner: Option<usize>,
}

impl Groups {
    fn digit(&mut self) {
        self.digits += 1;
    }

    /// A separator; all must be the same, and groups between them are all of two or all of three.
    fn separator(&mut self, c: char) -> Option<()> {
        match self.separator {
            None => {
                self.separator = Some(c);
                self.first = self.digits;
            }
            Some(before) if before == c => {
                let size = *self.inner.get_or_insert(self.digits);
                if size != self.digits || !(2..=3).contains(&size) {
                    return None;
                }
            }
            Some(_) => return None,
        }
        self.digits = 0;
        Some(())
    }

    /// The end of the whole part: the last group has three digits.
    fn end(&self) -> Option<()> {
        let most = self.inner.unwrap_or(3);
        let fits =
            self.separator.is_none() || (self.digits == 3 && (1..=most).contains(&self.first));
        fits.then_some(())
    }
}

/// The value of a number in normal form.
fn value(number: &Normal) -> Cell {
    let (whole, decimals) = number.text.split_once('.').unwrap_or((&number.text, ""));
    if !number.exponent && decimals.bytes().all(|b| b == b'0') {
        return match whole {
            "" | "-" => Cell::Count(0),
            _ => whole.parse().map_or(Cell::TooLarge, Cell::Count),
        };
    }
    let Ok(value) = number.text.parse::<f64>() else { return Cell::NotANumber };
    if value.abs() >= EXACT {
        Cell::TooLarge
    } else if value.fract() == 0.0 && (number.exponent || whole.len() < 16) {
        whole_number(value)
    } else {
        Cell::Decimal(value)
    }
}

/// Beyond this a floating-point number is no longer every whole number: 2⁵³.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A whole number written with an exponent.
fn whole_number(value: f64) -> Cell {
    format!("{value:.0}").parse().map_or(Cell::TooLarge, Cell::Count)
}

#[cfg(test)]
mod tests;
