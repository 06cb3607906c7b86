//! P170: whether the authority's own station figures add up to the authority's own total.

use glassurn_model::{Answer, Cell, Claim, ClaimClass, Count, CountKind, Heading, Table, Unit, Verdict, Measure};

use super::Method;
use super::beside::{Announced, sum};
use crate::phrase::{count, number};

#[doc = include_str!("sum_chain.md")]
pub const METHOD: Method = Method {
    code: "P170",
    name: "sum-chain",
    title: "The authority's stations against its own total",
    doc: include_str!("sum_chain.md"),
};

/// One line (a choice, ballots cast) with its station figures and its announced total.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// What it counts.
    pub name: &'a str,
    /// The station figures.
    pub stations: &'a [Count],
    /// The announced total.
    pub announced: &'a Announced,
}

/// The figures of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Stations with a figure.
    pub present: usize,
    /// Their sum.
    pub sum: i64,
    /// Announced total minus sum: what stations without a figure would have to add.
    pub rest: i64,
    /// Largest station figure.
    pub largest: i64,
}

/// The figures of one line; `None` when there is no station figure, one is negative, or a sum overflows.
pub fn figures(line: &Line<'_>) -> Option<Sum> {
    let present: Vec<i64> = line.stations.iter().flatten().copied().collect();
    let (largest, negative) = (*present.iter().max()?, present.iter().any(|v| *v < 0));
    let sum = sum(present.iter().copied()).filter(|_| !negative)?;
    let rest = line.announced.value.checked_sub(sum)?;
    Some(Sum { present: present.len(), sum, rest, largest })
}

/// Compares every line; `all` is how many stations there are, where somebody states it.
///
/// Refused: no line has both station figures and an announced total.
pub fn compare(subject: &str, kind: CountKind, lines: &[Line<'_>], all: Option<i64>) -> Answer {
    let found: Vec<_> = lines.iter().filter_map(|l| Some((l, figures(l)?))).collect();
    if found.is_empty() {
        let why = "no line has both station figures and an announced total";
        return Answer::refused(METHOD.code, subject, why);
    }
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = found.iter().map(|(line, sum)| claim(line, *sum, kind, all)).collect();
    if let Some((line, sum)) = found.first() {
        let name = |what: &str| format!("{}: {what}", line.name);
        answer.measures = vec![
            Measure::plain(name("sum of the stations in hand"), "Σ", sum.sum as f64, Unit::None),
            Measure::plain(name("announced total"), "O", line.announced.value as f64, Unit::None),
            Measure::plain(name("needed from stations not in hand"), "k", sum.rest as f64, Unit::None),
        ];
    }
    answer.tables.push(table(&found, all));
    answer
}

/// How many stations have no figure, where the number of all is stated.
fn missing(sum: Sum, all: Option<i64>) -> Option<i64> {
    all?.checked_sub(i64::try_from(sum.present).ok()?)
}

fn claim(line: &Line<'_>, sum: Sum, kind: CountKind, all: Option<i64>) -> Claim {
    let (name, stated) = (line.name, number(line.announced.value as f64));
    let here = format!("{} stations in hand", count(sum.present));
    let missing = missing(sum, all);
    let (verdict, headline) = if sum.rest < 0 {
        let over = number(-(sum.rest as f64));
        (Verdict::Impossible, format!("The {here} already add up to {} for {name}, {over} above the announced total of {stated}.", number(sum.sum as f64)))
    } else if sum.rest == 0 {
        (Verdict::Corroborated, format!("The {here} add up to the announced total of {stated} for {name}."))
    } else if missing == Some(0) {
        let under = number(sum.rest as f64);
        (Verdict::Impossible, format!("All {} stations add up to {} for {name}, {under} below the announced total of {stated}.", count(sum.present), number(sum.sum as f64)))
    } else {
        let each = missing.filter(|m| *m > 0).map(|m| {
            format!(", {} a station on average (in hand the largest has {})", number(sum.rest as f64 / m as f64), number(sum.largest as f64))
        });
        (Verdict::NotTested, format!("The announced total of {stated} for {name} needs {} more from stations that are not in hand{}.", number(sum.rest as f64), each.unwrap_or_default()))
    };
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: format!("{}; announced by {}", kind.title(), line.announced.source),
        limits: vec!["each station's figure is counted once, and the total covers all of them".to_owned()],
        unsupported: match verdict {
            Verdict::Corroborated => "that the station figures are right: only the addition was looked at".to_owned(),
            Verdict::Impossible => "which of the two figures is wrong".to_owned(),
            _ => "that the sum of the stations in hand is an estimate of the total: they are not a random part".to_owned(),
        },
    }
}

fn table(found: &[(&Line<'_>, Sum)], all: Option<i64>) -> Table {
    let row = |(line, sum): &(&Line<'_>, Sum)| {
        vec![
            Cell::from(line.name),
            Cell::from(sum.present),
            Cell::from(sum.sum),
            Cell::from(line.announced.value),
            Cell::from(sum.rest),
            Cell::from(missing(*sum, all)),
        ]
    };
    Table {
        name: "sums",
        title: "Station figures added up, beside the announced totals".to_owned(),
        columns: vec![
            Heading::new("line", Unit::None),
            Heading::new("stations in hand", Unit::Stations),
            Heading::new("their sum", Unit::None),
            Heading::new("announced", Unit::None),
            Heading::new("needed elsewhere", Unit::None),
            Heading::new("stations elsewhere", Unit::Stations),
        ],
        rows: found.iter().map(row).collect(),
    }
}
