//! A figure as it was announced: exact, with the places that were printed.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Serialize, Serializer};

/// A decimal number with its printed places: `80.10` is not rounded to tenths.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    /// The figure in units of its last place.
    units: i64,
    /// Digits after the point, at most [`Decimal::MOST_PLACES`].
    places: u8,
}

impl Decimal {
    /// Digits after the point that are kept.
    pub const MOST_PLACES: u8 = 9;

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a figure that was printed has few digits")]
        let units = self.units as f64;
        units / f64::from(10_u32.pow(u32::from(self.places)))
    }

    /// How many digits were printed after the point.
    pub fn places(self) -> u8 {
        self.places
    }

    /// The figure in units of `10^-MOST_PLACES`.
    fn finest(self) -> i128 {
        i128::from(self.units) * 10_i128.pow(u32::from(Self::MOST_PLACES - self.places))
    }
}

/// Reads digits with at most one point or comma before the decimals, and a minus.
impl FromStr for Decimal {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let (minus, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let pointless = digits.len() > whole.len() && part.is_empty();
        if whole.is_empty() || pointless || !plain(whole) || !plain(part) {
            return Err(());
        }
        let places = u8::try_from(part.len()).map_err(|_| ())?;
        if places > Self::MOST_PLACES {
            return Err(());
        }
        let units: i64 = format!("{whole}{part}").parse().map_err(|_| ())?;
        Ok(Decimal { units: if minus { -units } else { units }, places })
    }
}

/// Equal figures are equal whatever their places: 80.1 and 80.10.
impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.finest() == other.finest()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.finest().cmp(&other.finest())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(u32::from(self.places));
        let (size, sign) = (self.units.unsigned_abs(), if self.units < 0 { "-" } else { "" });
        match self.places {
            0 => write!(f, "{sign}{size}"),
            places => {
                write!(f, "{sign}{}.{:0width$}", size / unit, size % unit, width = places as usize)
            }
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_places_and_compare_exactly() {
        let read = |t: &str| t.parse::<Decimal>().unwrap();
        assert_eq!((read("80.10"), read("80.10").to_string()), (read("80.1"), "80.10".to_owned()));
        assert!(read("80.10") < read("80,23") && read("-1") < read("0"));
        assert_eq!((read("86.82").to_f64(), read("232").places()), (86.82, 0));
        assert_eq!(
            (read("-0.5").to_string(), read("7,05").to_string()),
            ("-0.5".into(), "7.05".into())
        );
    }

    #[test]
    fn what_is_no_plain_figure_is_refused() {
        for text in ["", "about 55", "1.2.3", "80.", ".5", "1e3", "1 000", "99999999999999999999"] {
            assert_eq!(text.parse::<Decimal>(), Err(()), "{text}");
        }
    }
}
