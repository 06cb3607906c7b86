use super::*;

fn under(decimal: Separator, text: &str) -> Cell {
    parse(text, Convention { decimal, certain: true }, &[])
}

fn point(text: &str) -> Cell {
    under(Separator::Point, text)
}

fn comma(text: &str) -> Cell {
    under(Separator::Comma, text)
}

#[test]
fn plain_counts() {
    for (text, count) in [
        ("0", 0),
        ("00021", 21),
        (" 42 ", 42),
        ("+7", 7),
        ("-7", -7),
        ("−7", -7),
        ("- 7", -7),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ] {
        assert_eq!(point(text), Cell::Count(count), "{text}");
    }
}

#[test]
fn groups_of_digits() {
    for text in
        ["1,234,567", "1 234 567", "1\u{a0}234\u{a0}567", "1\u{202f}234\u{202f}567", "1'234'567"]
    {
        assert_eq!(point(text), Cell::Count(1_234_567), "{text}");
    }
    assert_eq!(point("12,34,567"), Cell::Count(1_234_567), "Indian grouping");
    assert_eq!(point("1_000"), Cell::Count(1_000));
    assert_eq!(comma("1.234.567"), Cell::Count(1_234_567));
    assert_eq!(comma("1.234.567,0"), Cell::Count(1_234_567));
    assert_eq!(point("1,234.5"), Cell::Decimal(1_234.5));
    assert_eq!(point("١٬٢٣٤٫٥"), Cell::Decimal(1_234.5));
}

#[test]
fn separators_in_odd_places_are_no_numbers() {
    for text in [
        "12,34",
        "1,2345",
        "1,23,45",
        ",123",
        "1,,234",
        "1234,567",
        "1 2",
        "12 34",
        "1.2.3",
        "1 234,567",
        "2018-03-18",
        "12:00",
        "001 APAC",
        "1e",
        "e3",
        "1e3e3",
        "--5",
        "+-+5",
        "12a",
        "%",
        "1,234,",
        "+",
    ] {
        assert_eq!(point(text), Cell::NotANumber, "{text}");
    }
}

#[test]
fn whole_numbers_written_as_floats_are_counts() {
    for (text, count) in [
        ("459.0", 459),
        ("1e3", 1_000),
        ("1.5E+03", 1_500),
        ("7248.0000000000", 7_248),
        ("0.", 0),
        (".0", 0),
    ] {
        assert_eq!(point(text), Cell::Count(count), "{text}");
    }
}

#[test]
fn decimals_and_percentages() {
    assert_eq!(comma("28,02"), Cell::Decimal(28.02));
    assert_eq!(point(".5"), Cell::Decimal(0.5));
    assert_eq!(point("51.08%"), Cell::Percent(51.08));
    assert_eq!(point("50 %"), Cell::Percent(50.0));
    assert_eq!(comma("28,02 %"), Cell::Percent(28.02));
}

#[test]
fn digits_of_other_scripts() {
    assert_eq!(point("၁၂၃"), Cell::Count(123));
    assert_eq!(point("\u{200b}၁၂၃\u{200f}"), Cell::Count(123), "marks without width");
    assert_eq!(point("१,२३,४५६"), Cell::Count(123_456));
    assert_eq!(point("๑๒.๕"), Cell::Decimal(12.5));
}

#[test]
fn missing_is_never_zero() {
    for text in [
        "", " ", "\u{a0}", "-", "--", "–", "—", "−", "\u{200b}", "NA", "n/a", "NULL", r"\N", "NaN",
        ".", "…",
    ] {
        assert_eq!(point(text), Cell::Missing, "{text:?}");
    }
    let codes = ["-99".to_owned(), "0".to_owned(), "x".to_owned()];
    for text in ["-99", " -99", "0", "x"] {
        assert_eq!(parse(text, Convention::default(), &codes), Cell::Missing, "{text:?}");
    }
}

#[test]
fn what_no_count_can_be() {
    assert_eq!(point("9223372036854775808"), Cell::TooLarge);
    assert_eq!(point("1e300"), Cell::TooLarge);
    assert_eq!(point("1e9999"), Cell::TooLarge);
    assert_eq!(point("99999999999999999999.5"), Cell::TooLarge);
    assert_eq!(point("inf"), Cell::NotANumber);
}

#[test]
fn a_column_settles_what_a_cell_cannot() {
    let of = |cells: &[&str]| Convention::of(cells.iter().copied());
    let is = |decimal, certain| Convention { decimal, certain };
    assert_eq!(of(&["28,02", "31,5"]), is(Separator::Comma, true));
    assert_eq!(of(&["1,234", "0.5"]), is(Separator::Point, true));
    assert_eq!(of(&["1.234.567", "1.234"]), is(Separator::Comma, true));
    assert_eq!(of(&["1,234,567", "999"]), is(Separator::Point, true));
    assert_eq!(of(&["1.234,5"]), is(Separator::Comma, true));
    assert_eq!(of(&["12", "345"]), is(Separator::Point, true));
    assert_eq!(of(&["1,234", "999"]), is(Separator::Point, false), "grouped");
    assert_eq!(of(&["1.234", "999"]), is(Separator::Comma, false), "grouped");
    assert_eq!(of(&["1.234", "99999"]), is(Separator::Point, false), "99999 is not grouped");
    assert_eq!(of(&["0,123", "1,234"]), is(Separator::Comma, true), "no group begins with 0");
    assert_eq!(of(&["1'234.50", "x,y,z"]), is(Separator::Point, true), "words do not count");
}

#[test]
fn every_count_can_be_read_back() {
    proptest::proptest!(|(n: i64)| {
        proptest::prop_assert_eq!(point(&n.to_string()), Cell::Count(n));
        let grouped = grouped(n);
        proptest::prop_assert_eq!(point(&grouped), Cell::Count(n));
        proptest::prop_assert_eq!(comma(&grouped.replace(',', ".")), Cell::Count(n));
    });
}

fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    format!("{}{}", if n < 0 { "-" } else { "" }, groups.join(","))
}

#[test]
fn any_text_is_answered() {
    proptest::proptest!(|(text: String)| {
        let _ = (point(&text), comma(&text), Convention::of([text.as_str()]));
    });
}
