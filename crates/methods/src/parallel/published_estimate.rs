//! P250: published estimates against the official figures beside them.

mod columns;
mod say;

pub use columns::{Reading, Rescue, read};

use glassurn_model::{Answer, Verdict};

use super::Method;

#[doc = include_str!("published_estimate.md")]
pub const METHOD: Method = Method {
    code: "P250",
    name: "published-estimate",
    title: "Published estimates against official figures",
    doc: include_str!("published_estimate.md"),
};

/// One row as published, in per cent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Published {
    /// Row of the file.
    pub row: u32,
    /// What its rows are published together with: election, organisation, area.
    pub group: String,
    /// Contestant, or turnout.
    pub name: String,
    /// The estimate.
    pub estimate: Option<f64>,
    /// Margin of error.
    pub margin: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// The official figure.
    pub official: Option<f64>,
    /// What the organisation itself said.
    pub stated: Option<String>,
}

/// What was made of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The row, its three columns in the order that the arithmetic asks for.
    pub published: Published,
    /// The interval, where there is a sound one.
    pub interval: Option<[f64; 2]>,
    /// The official figure against it.
    pub verdict: Verdict,
    /// Why the row is not tested, or what was done to read it.
    pub why: Option<String>,
}

impl Judged {
    /// The official figure less the estimate (or the middle of the interval), in half widths.
    pub fn half_widths(&self) -> Option<f64> {
        let [low, high] = self.interval?;
        let middle = self.published.estimate.unwrap_or(f64::midpoint(low, high));
        let half = (high - low) / 2.0;
        (half > 0.0).then_some((self.published.official? - middle) / half)
    }
}

/// Rounding of figures published with one decimal at least: two ends and a margin, each half a digit off.
const ROUNDING: f64 = 1e-9;

/// Judges every row, group by group in the order of the file.
pub fn judge(rows: &[Published]) -> (Vec<Judged>, Vec<Rescue>) {
    let (readings, rescues) = read(rows);
    (readings.into_iter().map(one).collect(), rescues)
}

/// Judges one row.
fn one(reading: Reading) -> Judged {
    let Reading { row: published, interval, why } = reading;
    let verdict = match (interval, published.official) {
        (Some([low, high]), Some(official)) => {
            if (low - ROUNDING..=high + ROUNDING).contains(&official) {
                Verdict::Consistent
            } else {
                Verdict::Inconsistent
            }
        }
        _ => Verdict::NotTested,
    };
    let missing = || match published.official {
        None => "no official figure is given".to_owned(),
        Some(_) => "no interval is published".to_owned(),
    };
    let why = why.or_else(|| (verdict == Verdict::NotTested).then(missing));
    Judged { published, interval, verdict, why }
}

/// The answer; `read` says what was done to read the cells.
pub fn answer(subject: &str, rows: &[Published], read: &[String]) -> Answer {
    if !rows.iter().any(|r| r.estimate.is_some() || r.low.is_some()) {
        return Answer::refused(METHOD.code, subject, "no row has an estimate or an interval");
    }
    let (judged, rescues) = judge(rows);
    say::answer(subject, &judged, &rescues, read)
}
