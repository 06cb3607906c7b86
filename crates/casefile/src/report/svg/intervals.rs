//! Estimates or bounds with a stated figure beside each.

use glassurn_model::{IntervalRow, Unit};
use maud::{Markup, html};

use super::super::figures;
use super::{Scale, WIDTH, drawing, px, shortened};

/// Height of a row.
const ROW: f64 = 30.0;

/// Room for the rows' names.
const NAMES: f64 = 170.0;

/// Longest name.
const LONGEST: usize = 21;

/// One row an interval: a bar from end to end, a dot for the estimate, a stroke for the stated figure,
/// thin enough to leave a short bar to be seen.
pub(in super::super) fn intervals(
    title: &str,
    axis: &str,
    unit: Unit,
    rows: &[IntervalRow],
) -> Markup {
    let values = || rows.iter().flat_map(|r| [Some(r.low), Some(r.high), r.mark]).flatten();
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let margin = 0.04 * (high - low).max(f64::MIN_POSITIVE);
    let x = Scale::new((low - margin, high + margin), (NAMES, WIDTH - 22.0));
    let bottom = 14.0 + ROW * rows.len() as f64;
    let description = format!("{} intervals", rows.len());
    drawing(
        bottom + 46.0,
        title,
        &description,
        html! {
            g.grid { @for (tick, label) in labelled(&x.ticks(6), unit) {
                path d={ "M" (px(x.at(tick))) " 8V" (px(bottom)) } {}
                text.mid x=(px(x.at(tick))) y=(px(bottom + 18.0)) { (label) }
            } }
            path.axis d={ "M" (px(NAMES)) " " (px(bottom)) "H" (px(WIDTH - 22.0)) } {}
            @for (number, row) in rows.iter().enumerate() {
                (interval(&x, 14.0 + ROW * (number as f64 + 0.5), row))
            }
            text.mid.name x=(px(f64::midpoint(NAMES, WIDTH - 22.0))) y=(px(bottom + 40.0)) { (axis) }
        },
    )
}

/// Ticks with labels that tell them apart, or with two decimals where those would not.
fn labelled(ticks: &[f64], unit: Unit) -> Vec<(f64, String)> {
    let label = |digits: bool, v: f64| match (digits, unit) {
        (true, Unit::Share) => figures::percent_in_column(Some(v)),
        _ => figures::bare(v, unit),
    };
    let short: Vec<String> = ticks.iter().map(|v| label(false, *v)).collect();
    let same = short.windows(2).any(|w| w[0] == w[1]);
    ticks.iter().map(|v| (*v, label(same, *v))).collect()
}

/// A name of at most so many characters; of one with an arrow both ends are seen.
fn name(label: &str) -> String {
    match label.split_once(" → ") {
        Some((from, to)) if label.chars().count() > LONGEST => {
            let short = shortened(to, LONGEST - 3 - from.chars().count().min(10));
            let rest = LONGEST - 3 - short.chars().count();
            format!("{} → {short}", shortened(from, rest))
        }
        _ => shortened(label, LONGEST),
    }
}

/// One row.
fn interval(x: &Scale, y: f64, row: &IntervalRow) -> Markup {
    let (from, to) = (x.at(row.low), x.at(row.high));
    html! {
        text.end.name.row x=(px(NAMES - 10.0)) y=(px(y + 4.5)) { (name(&row.label)) }
        path.span d={ "M" (px(from)) " " (px(y)) "H" (px(to.max(from + 0.5))) } {}
        @if let Some(estimate) = row.estimate { circle.dot cx=(px(x.at(estimate))) cy=(px(y)) r="4.5" {} }
        @if let Some(mark) = row.mark {
            @let at = x.at(mark);
            path.mark d={ "M" (px(at)) " " (px(y - 10.0)) "v20" } {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_long_arrow_are_seen() {
        assert_eq!(name("Centre → Left"), "Centre → Left");
        assert_eq!(name("no vote → Alexandra of the Valley"), "no vote → Alexandra…");
        assert_eq!(name("Party of the Hills → Party of the Sea"), "Party of t… → Party…");
        assert_eq!(name("Party of the Hills and the Sea → no vote"), "Party of… → no vote");
    }
}
