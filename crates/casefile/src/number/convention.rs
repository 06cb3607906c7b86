//! Which of `.` and `,` is the decimal separator, decided by a whole column.

use super::digits::digit;
use super::without_invisible;

/// The decimal separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

/// How the numbers of a column are written. Spaces of any width, apostrophes and low lines group digits
/// under every convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convention {
    /// The decimal separator; the other one groups digits.
    pub decimal: Separator,
    /// Whether the column settles it. If not, `1,234` is read as a thousand and more, because counts are
    /// grouped more often than they have exactly three decimals.
    pub certain: bool,
}

impl Default for Convention {
    fn default() -> Self {
        Convention { decimal: Separator::Point, certain: true }
    }
}

impl Convention {
    /// Decides by all cells of a column.
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a str>) -> Self {
        let mut evidence = Evidence::default();
        for cell in cells {
            evidence.add(cell);
        }
        evidence.convention()
    }

    /// Whether this character separates decimals.
    pub(super) fn is_decimal(self, c: char) -> bool {
        match c {
            '.' => self.decimal == Separator::Point,
            ',' => self.decimal == Separator::Comma,
            '\u{66b}' => true,
            _ => false,
        }
    }

    /// Whether this character may separate groups of digits.
    pub(super) fn is_grouping(self, c: char) -> bool {
        match c {
            '.' => self.decimal == Separator::Comma,
            ',' => self.decimal == Separator::Point,
            '\'' | '\u{2019}' | '_' | '\u{66c}' => true,
            _ => {
                c == ' '
                    || c == '\u{a0}'
                    || c == '\u{202f}'
                    || ('\u{2000}'..='\u{200a}').contains(&c)
            }
        }
    }
}

/// What the cells of a column say.
#[derive(Default)]
struct Evidence {
    /// Cells in which the point, or the comma, can only separate decimals (or the other one groups).
    point: usize,
    comma: usize,
    /// Cells like `1.234` and `1,234`, which may be either.
    either_point: usize,
    either_comma: usize,
    /// Whole numbers of four and more digits without a separator: this column does not group.
    ungrouped: usize,
}

impl Evidence {
    fn add(&mut self, cell: &str) {
        if !cell.bytes().any(|b| b == b'.' || b == b',') {
            let long = cell.len() >= 4 && cell.bytes().all(|b| b.is_ascii_digit());
            self.ungrouped += usize::from(long && !cell.starts_with('0'));
            return;
        }
        let cell = without_invisible(cell);
        let cell =
            cell.trim().trim_end_matches(['%', ' ']).trim_start_matches(['-', '+', '\u{2212}']);
        let number = |c: char| {
            digit(c).is_some() || matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}')
        };
        if cell.chars().all(number) {
            self.judge(cell);
        }
    }

    /// What one number with separators says.
    fn judge(&mut self, cell: &str) {
        let count = |mark: char| cell.matches(mark).count();
        let last = cell.rfind(['.', ',']).map_or(0, |at| at);
        let (before, after) = cell.split_at(last);
        let (mark, decimals) = after.split_at(1);
        let is_point = mark == ".";
        let decimal = match (count('.'), count(',')) {
            (1.., 1..) => count(if is_point { '.' } else { ',' }) == 1,
            (2.., 0) | (0, 2..) => false,
            _ => {
                let digits = before.chars().count();
                let group = decimals.chars().count() == 3;
                if group && (1..=3).contains(&digits) && !before.starts_with('0') {
                    let either =
                        if is_point { &mut self.either_point } else { &mut self.either_comma };
                    *either += 1;
                    return;
                }
                true
            }
        };
        if is_point == decimal {
            self.point += 1;
        } else {
            self.comma += 1;
        }
    }

    fn convention(&self) -> Convention {
        let convention = |decimal, certain| Convention { decimal, certain };
        match (self.point, self.comma) {
            (0, 0) => self.undecided(),
            (point, comma) if comma > point => convention(Separator::Comma, point == 0),
            (_, comma) => convention(Separator::Point, comma == 0),
        }
    }

    /// Only cells that may be either: they group, unless longer numbers in the column do not.
    fn undecided(&self) -> Convention {
        let (points, commas) = (self.either_point, self.either_comma);
        if points == 0 && commas == 0 {
            return Convention::default();
        }
        let decimals = self.ungrouped > 0;
        let decimal =
            if (points >= commas) == decimals { Separator::Point } else { Separator::Comma };
        Convention { decimal, certain: false }
    }
}
