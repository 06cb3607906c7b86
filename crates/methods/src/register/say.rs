//! What the analyses say alike.

use glassurn_model::{
    Cell, Claim, ClaimClass, Heading, Table, Unit, Verdict,
    register::{self, Id, PartialDate, Register, ResultClaim, Scale, state_name},
};

/// A claim about what is on record.
pub(super) fn claim(
    verdict: Verdict,
    headline: String,
    base: String,
    limits: &[&str],
    unsupported: &str,
) -> Claim {
    Claim {
        class: ClaimClass::Record,
        verdict,
        headline,
        base,
        limits: limits.iter().map(|l| (*l).to_owned()).collect(),
        unsupported: unsupported.to_owned(),
    }
}

/// A table of words.
pub(super) fn table(
    name: &'static str,
    title: impl Into<String>,
    columns: &[&str],
    rows: Vec<Vec<Cell>>,
) -> Table {
    let columns = columns.iter().map(|c| Heading::new(*c, Unit::None)).collect();
    Table { name, title: title.into(), columns, rows }
}

/// A text, or nothing known.
pub(super) fn text(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Missing } else { Cell::Text(text.to_owned()) }
}

/// A date, or nothing known.
pub(super) fn date(date: Option<PartialDate>) -> Cell {
    date.map_or(Cell::Missing, |d| Cell::Text(d.to_string()))
}

/// Names of records, or nothing known.
pub(super) fn ids(ids: &[Id]) -> Cell {
    text(&ids.join(", "))
}

/// A state or an organisation as a reader knows it.
pub(super) fn party(code: &str) -> &str {
    state_name(code).unwrap_or(code)
}

/// The figures of a claim with their unit: one, or two ends; nothing where it gives none.
pub(super) fn figures(claim: &ResultClaim) -> String {
    let figures = match (claim.low, claim.high) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (low, high) => low.or(high).map_or_else(String::new, |v| v.to_string()),
    };
    match claim.unit {
        _ if figures.is_empty() => figures,
        Some(register::Unit::Percent) => figures + " %",
        Some(register::Unit::Votes) => figures + " votes",
        Some(register::Unit::Seats { .. }) => figures + " seats",
        None => figures,
    }
}

/// A verdict as its step and what it means: `−2 rejects`.
pub(super) fn step(scale: Scale) -> String {
    format!("{} {}", signed(f64::from(scale.step())), scale.title())
}

/// A number with its sign, as print has it.
pub(super) fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{value}") } else { value.to_string().replace('-', "−") }
}

/// A number with so many decimals and a printed minus.
pub(super) fn fixed(value: f64, places: usize) -> String {
    format!("{value:.places$}").replace('-', "−")
}

/// `1 election`, `2 elections`.
pub(super) fn some(n: usize, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

/// An election's name with its own, where it is recorded.
pub(super) fn election(register: &Register, id: &str) -> String {
    register.election(id).map_or_else(|| id.to_owned(), |e| format!("{} ({id})", e.name))
}

/// The middle value, the mean of the two middle ones where they are two; `None` of none.
pub(super) fn median(values: &[i8]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    (n > 0).then(|| (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0)
}
