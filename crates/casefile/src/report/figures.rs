//! Figures as a reader sees them: grouped, with their unit, and never more digits than they carry.

use glassurn_model::{Count, Effect, PKind, Unit};

/// What stands where the source has nothing.
pub(super) const MISSING: &str = "not reported";

/// A whole number with its thousands grouped.
pub(super) fn count(n: i64) -> String {
    let digits = grouped(&n.unsigned_abs().to_string());
    if n < 0 { format!("\u{2212}{digits}") } else { digits }
}

/// A whole number of things.
pub(super) fn size(n: usize) -> String {
    grouped(&n.to_string())
}

/// A count that may be missing.
pub(super) fn count_or_missing(n: Count) -> String {
    n.map_or_else(|| MISSING.to_owned(), count)
}

/// Groups digits by three.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with a fixed number of decimals.
pub(super) fn fixed(v: f64, decimals: usize) -> String {
    if !v.is_finite() {
        return "no value".to_owned();
    }
    let text = format!("{:.decimals$}", v.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let sign =
        if v < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "\u{2212}" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", grouped(whole))
}

/// A number with as many decimals as its size deserves.
pub(super) fn number(v: f64) -> String {
    match v.abs() {
        a if a == 0.0 || !v.is_finite() => fixed(v, 0),
        a if a < 0.001 => scientific(v),
        a if a < 1.0 => fixed(v, 3),
        a if v.fract() == 0.0 || a >= 1000.0 => fixed(v, 0),
        a if a < 10.0 => fixed(v, 2),
        _ => fixed(v, 1),
    }
}

/// A number for an axis: millions and billions by their letter.
pub(super) fn on_axis(v: f64) -> String {
    match v.abs() {
        a if a >= 1e9 => format!("{}\u{a0}bn", trimmed(v / 1e9)),
        a if a >= 1e6 => format!("{}\u{a0}m", trimmed(v / 1e6)),
        _ => trimmed(v),
    }
}

/// A number without the zeros that only fill it up.
fn trimmed(v: f64) -> String {
    let text = number(v);
    match text.contains('.') && !text.contains('×') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A share between 0 and 1 as per cent.
pub(super) fn percent(v: f64) -> String {
    let hundred = v * 100.0;
    let decimals = match hundred.abs() {
        a if a >= 10.0 || a == 0.0 => 1,
        a if a >= 0.1 => 2,
        _ => 3,
    };
    format!("{}\u{a0}%", fixed(hundred, decimals))
}

/// A share for a column of a table: always two decimals.
pub(super) fn percent_in_column(v: Option<f64>) -> String {
    v.map_or_else(String::new, |v| format!("{}\u{a0}%", fixed(v * 100.0, 2)))
}

/// A figure with its unit.
pub(super) fn value(v: f64, unit: Unit) -> String {
    match unit {
        Unit::None => number(v),
        Unit::Stations if v == 1.0 => "1 station".to_owned(),
        Unit::Stations => format!("{} stations", number(v)),
        Unit::Votes if v == 1.0 => "1 vote".to_owned(),
        Unit::Votes => format!("{} votes", number(v)),
        Unit::Share => percent(v),
        Unit::Points => format!("{} percentage points", number(v * 100.0)),
    }
}

/// A figure in the unit's scale, without the unit's name, for axes and intervals.
pub(super) fn bare(v: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => percent(v),
        Unit::Points => number(v * 100.0),
        Unit::None | Unit::Stations | Unit::Votes => number(v),
    }
}

/// A p-value alone.
pub(super) fn p(v: f64) -> String {
    match v {
        v if v >= 0.001 => fixed(v, 3),
        v if v >= 1e-300 => scientific(v),
        v if v.is_nan() => "no value".to_owned(),
        _ => "< 10⁻³⁰⁰".to_owned(),
    }
}

/// A p-value in a sentence: `p = 0.032`.
pub(super) fn p_sentence(v: f64) -> String {
    let text = p(v);
    if text.starts_with('<') { format!("p {text}") } else { format!("p = {text}") }
}

/// How a p-value was obtained.
pub(super) fn p_kind(kind: PKind) -> String {
    match kind {
        PKind::Exact => "exact".to_owned(),
        PKind::Asymptotic => "asymptotic".to_owned(),
        PKind::Simulated { draws, seed } => {
            format!("simulated, {} draws, seed {seed}", count(i64::from(draws)))
        }
    }
}

/// An effect in one phrase: value, interval, and what it amounts to in stations and votes.
pub(super) fn effect(e: &Effect) -> String {
    // No part of a vote is worth a digit, where there are ten.
    let end = |v: f64| match e.unit {
        Unit::Votes if v.abs() >= 10.0 => fixed(v, 0),
        unit => bare(v, unit),
    };
    let mut text = match e.unit {
        Unit::Votes if e.value.abs() >= 10.0 => format!("{} votes", fixed(e.value, 0)),
        unit => value(e.value, unit),
    };
    if let Some([low, high]) = e.interval {
        text += &format!(" (95 % interval {} to {})", end(low), end(high));
    }
    if let Some(stations) = e.stations.filter(|_| e.unit != Unit::Stations) {
        text += &format!("; about {}", value(stations.round(), Unit::Stations));
    }
    if let Some(votes) = e.votes.filter(|_| e.unit != Unit::Votes) {
        text += &format!("; such stations hold in the order of {} votes", rough(votes.abs()));
    }
    text
}

/// Two significant digits: an order of magnitude has no more.
fn rough(v: f64) -> String {
    let mut ten = 1.0;
    while v / ten >= 100.0 {
        ten *= 10.0;
    }
    fixed((v / ten).round() * ten, 0)
}

/// Two digits and a power of ten.
fn scientific(v: f64) -> String {
    let text = format!("{:.1e}", v.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if v < 0.0 { "\u{2212}" } else { "" };
    let raised: String = exponent.chars().map(superscript).collect();
    format!("{sign}{mantissa} × 10{raised}")
}

/// A digit or minus sign as an exponent.
fn superscript(c: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    c.to_digit(10).map_or('⁻', |d| RAISED[d as usize])
}

/// Bytes in the unit a reader expects.
pub(super) fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{} kB", fixed(n as f64 / 1e3, 1)),
        _ => format!("{} MB", fixed(n as f64 / 1e6, 1)),
    }
}

/// The singular or plural with its number.
pub(super) fn some(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", size(n), if n == 1 { one } else { many })
}

/// Whether a character could steer a terminal, reorder the text around it, or break a page.
pub(super) fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// A sentence whose per-cent signs stay with their numbers.
pub(super) fn bound(sentence: &str) -> String {
    sentence.replace(" %", "\u{a0}%")
}

/// The text with steering characters made visible.
pub fn tame(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_their_unit_and_no_more_digits_than_they_deserve() {
        assert_eq!(count(-1_234_567), "−1,234,567");
        assert_eq!(count(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!((size(0), size(999), size(1000)), ("0".into(), "999".into(), "1,000".into()));
        assert_eq!(number(-0.0), "0");
        assert_eq!(
            (number(12.34), number(1234.5), number(0.5)),
            ("12.3".into(), "1,234".into(), "0.500".into())
        );
        assert_eq!(fixed(-0.001, 1), "0.0");
        assert_eq!(
            (on_axis(2.5e6), on_axis(0.5), on_axis(60.0)),
            ("2.5\u{a0}m".into(), "0.5".into(), "60".into())
        );
        assert_eq!(fixed(f64::NAN, 2), "no value");
        assert_eq!(percent(0.766_9), "76.7\u{a0}%");
        assert_eq!(percent(0.000_04), "0.004\u{a0}%");
        assert_eq!(value(-0.012, Unit::Points), "−1.20 percentage points");
        assert_eq!(value(1.0, Unit::Stations), "1 station");
    }

    #[test]
    fn an_effect_says_what_it_amounts_to() {
        let mut e = Effect {
            name: "share".to_owned(),
            value: 0.201_7,
            unit: Unit::Share,
            interval: Some([0.199_2, 0.204_3]),
            stations: Some(164.9),
            votes: Some(97_097.6),
        };
        assert_eq!(
            effect(&e),
            "20.2\u{a0}% (95 % interval 19.9\u{a0}% to 20.4\u{a0}%); about 165 stations; \
             such stations hold in the order of 97,000 votes"
        );
        e = Effect {
            unit: Unit::Stations,
            value: -151.0,
            interval: None,
            votes: Some(-32_115.0),
            ..e
        };
        assert_eq!(effect(&e), "−151 stations; such stations hold in the order of 32,000 votes");
    }

    #[test]
    fn p_values_are_never_printed_as_zero() {
        assert_eq!(p_sentence(0.032_4), "p = 0.032");
        assert_eq!(p_sentence(3.24e-8), "p = 3.2 × 10⁻⁸");
        assert_eq!(p_sentence(0.0), "p < 10⁻³⁰⁰");
        assert_eq!(p_sentence(1.0), "p = 1.000");
        assert_eq!(p(f64::NAN), "no value");
    }

    #[test]
    fn steering_characters_become_visible() {
        assert_eq!(
            tame("a\u{1b}[2Jb\u{202e}c\rd\te\nשלום"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd}e\nשלום"
        );
    }
}
