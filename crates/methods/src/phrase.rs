//! Numbers inside plain sentences.

/// A whole number with thousands separators (`19,271`); a fraction is rounded.
pub(crate) fn number(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let sign = if value < 0.0 && digits != "0" { "−" } else { "" };
    let mut text = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with thousands separators.
pub(crate) fn count(value: usize) -> String {
    number(value as f64)
}

/// So many of something, in the number that it has (`1 station`, `1,234 stations`).
pub(crate) fn counted(value: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// A share as per cent with so many decimals (`76.7 %`).
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    format!("{:.decimals$} %", 100.0 * share).replace('-', "−")
}

/// A difference in words (`1,709 more than`, `12 fewer than`).
pub(crate) fn difference(value: f64) -> String {
    let word = if value < 0.0 { "fewer" } else { "more" };
    format!("{} {word} than", number(value.abs()))
}

/// A p-value (`0.031`, `below 0.0001`).
pub(crate) fn chance(p: f64) -> String {
    match p {
        p if p < 1e-4 => "below 0.0001".to_owned(),
        p if p < 0.1 => format!("{p:.4}"),
        _ => format!("{p:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(number(1_234_567.4), "1,234,567");
        assert_eq!(number(-0.2), "0");
        assert_eq!(number(-1_000.0), "−1,000");
        assert_eq!(count(12), "12");
        assert_eq!(
            [1, 0, 1_234].map(|n| counted(n, "unit", "units")),
            ["1 unit", "0 units", "1,234 units"]
        );
        assert_eq!(percent(0.76694, 1), "76.7 %");
        assert_eq!(difference(-1234.0), "1,234 fewer than");
        assert_eq!([1e-9, 0.03, 0.5].map(chance), ["below 0.0001", "0.0300", "0.50"]);
    }
}
