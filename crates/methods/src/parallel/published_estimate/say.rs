//! The judged rows as an answer.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Measure, Picture, Table, Unit, Verdict,
};

use super::{Judged, METHOD, Rescue};
use crate::phrase::count;

/// How many rows a picture or a sentence shows.
const SHOWN: usize = 30;
/// How many rows a sentence names.
const NAMED: usize = 5;

/// The answer of these rows.
pub(super) fn answer(
    subject: &str,
    judged: &[Judged],
    rescues: &[Rescue],
    read: &[String],
) -> Answer {
    let said = |r: &Rescue| format!("{} ({} rows): {}", r.group, count(r.rows), r.what);
    let notes: Vec<String> = rescues.iter().map(said).chain(read.iter().cloned()).collect();
    let mut claims = Vec::new();
    claims.extend(outside(judged));
    claims.extend(inside(judged));
    claims.extend(data(judged, &notes));
    Answer {
        claims,
        measures: measures(judged),
        tables: vec![table(judged)],
        pictures: picture(judged).into_iter().collect(),
        notes,
        ..Answer::new(METHOD.code, subject)
    }
}

fn having(judged: &[Judged], verdict: Verdict) -> Vec<&Judged> {
    judged.iter().filter(|j| j.verdict == verdict).collect()
}

/// How many rows have a verdict.
fn tested(judged: &[Judged]) -> usize {
    judged.len() - having(judged, Verdict::NotTested).len()
}

fn base(judged: &[Judged]) -> String {
    let tested = tested(judged);
    format!("{} rows with an interval and an official figure, of {}", count(tested), count(judged.len()))
}

fn limits() -> Vec<String> {
    vec![
        "estimate and official figure have the same denominator".to_owned(),
        "the published interval is right for its sample, at the level its publisher states".to_owned(),
    ]
}

/// Rows whose official figure is outside, largest distance first.
fn outside(judged: &[Judged]) -> Option<Claim> {
    let mut rows = having(judged, Verdict::Inconsistent);
    let far = |j: &Judged| j.half_widths().map_or(0.0, f64::abs);
    rows.sort_by(|a, b| far(b).total_cmp(&far(a)));
    let first = rows.first()?;
    let named: Vec<String> = rows.iter().take(NAMED).map(|j| named(j)).collect();
    let more = if rows.len() > NAMED { "; and others, see the table" } else { "" };
    Some(Claim {
        class: ClaimClass::OfficialFigure,
        verdict: Verdict::Inconsistent,
        headline: format!(
            "In {} of {} rows that can be tested the official figure is outside the published interval: {}{more}.",
            count(rows.len()),
            count(tested(judged)),
            named.join("; ")
        ),
        base: base(judged),
        limits: limits(),
        unsupported: format!(
            "That the official figure is the one that is wrong ({}): of intervals at 95 % one in twenty misses by chance, and an unlike denominator or late reports move an estimate.",
            first.published.name
        ),
    })
}

fn named(j: &Judged) -> String {
    let p = &j.published;
    let [low, high] = j.interval.unwrap_or_default();
    let official = p.official.unwrap_or_default();
    format!("{}, {}: official {official:.2}, interval {low:.2} to {high:.2}", p.group, p.name)
}

fn inside(judged: &[Judged]) -> Option<Claim> {
    let rows = having(judged, Verdict::Consistent);
    let widest = rows.iter().filter_map(|j| j.interval).map(|[l, h]| (h - l) / 2.0).fold(0.0, f64::max);
    (!rows.is_empty()).then(|| Claim {
        class: ClaimClass::OfficialFigure,
        verdict: Verdict::Consistent,
        headline: format!(
            "In {} of {} rows that can be tested the official figure is inside the published interval; a shift under its half width ({widest:.2} points at most) could not have been detected.",
            count(rows.len()),
            count(tested(judged))
        ),
        base: base(judged),
        limits: limits(),
        unsupported: "That these official figures are verified.".to_owned(),
    })
}

fn data(judged: &[Judged], notes: &[String]) -> Option<Claim> {
    (!notes.is_empty()).then(|| Claim {
        class: ClaimClass::Data,
        verdict: Verdict::NotTested,
        headline: format!("The table could not be read as headed: {}.", notes.join("; ")),
        base: format!("{} rows", count(judged.len())),
        limits: Vec::new(),
        unsupported: "That the estimates themselves are wrong: a slip in a table says nothing of the count.".to_owned(),
    })
}

fn measures(judged: &[Judged]) -> Vec<Measure> {
    let of = |name: &str, symbol, verdict| {
        Measure::plain(name, symbol, having(judged, verdict).len() as f64, Unit::None)
    };
    vec![
        of("official figure outside", "o", Verdict::Inconsistent),
        of("official figure inside", "i", Verdict::Consistent),
        of("not tested", "u", Verdict::NotTested),
    ]
}

fn table(judged: &[Judged]) -> Table {
    let heads = [
        ("figure", Unit::None),
        ("of", Unit::None),
        ("verdict", Unit::None),
        ("official", Unit::Share),
        ("estimate", Unit::Share),
        ("from", Unit::Share),
        ("to", Unit::Share),
        ("half widths away", Unit::None),
        ("publisher's word", Unit::None),
        ("note", Unit::None),
        ("row", Unit::None),
    ];
    let row = |j: &Judged| -> Vec<Cell> {
        let p = &j.published;
        let share = |percent: Option<f64>| Cell::from(percent.map(|v| v / 100.0));
        vec![
            p.name.as_str().into(),
            p.group.as_str().into(),
            j.verdict.title().into(),
            share(p.official),
            share(p.estimate),
            share(j.interval.map(|i| i[0])),
            share(j.interval.map(|i| i[1])),
            j.half_widths().into(),
            p.stated.as_deref().unwrap_or("").into(),
            j.why.as_deref().unwrap_or("").into(),
            i64::from(p.row).into(),
        ]
    };
    let mut order: Vec<&Judged> = judged.iter().collect();
    order.sort_by_key(|j| j.verdict);
    Table {
        name: "published",
        title: "Published estimates beside official figures".to_owned(),
        columns: heads.map(|(name, unit)| Heading::new(name, unit)).to_vec(),
        rows: order.into_iter().map(row).collect(),
    }
}

fn picture(judged: &[Judged]) -> Option<Picture> {
    let row = |j: &&Judged| {
        let [low, high] = j.interval?.map(|v| v / 100.0);
        Some(IntervalRow {
            label: format!("{}, {}", j.published.name, j.published.group),
            estimate: j.published.estimate.map(|e| e / 100.0),
            low,
            high,
            mark: Some(j.published.official? / 100.0),
        })
    };
    let mut order: Vec<&Judged> = judged.iter().collect();
    order.sort_by_key(|j| j.verdict);
    let rows: Vec<IntervalRow> = order.iter().filter_map(row).take(SHOWN).collect();
    (!rows.is_empty()).then(|| Picture::Intervals {
        title: "Published intervals; the mark is the official figure".to_owned(),
        axis: "share".to_owned(),
        unit: Unit::Share,
        rows,
    })
}
