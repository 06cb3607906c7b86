//! Estimates or bounds with a stated figure beside each.

use glassurn_model::{IntervalRow, Unit};
use maud::{Markup, html};

use super::super::figures;
use super::{Scale, WIDTH, drawing, px, shortened};

/// Height of a row.
const ROW: f64 = 30.0;

/// Room for the rows' names.
const NAMES: f64 = 170.0;

/// One row an interval: a bar from end to end, a dot for the estimate, a lozenge for the stated figure.
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
            g.grid { @for tick in x.ticks(6) {
                path d={ "M" (px(x.at(tick))) " 8V" (px(bottom)) } {}
                text.mid x=(px(x.at(tick))) y=(px(bottom + 18.0)) { (figures::bare(tick, unit)) }
            } }
            path.axis d={ "M" (px(NAMES)) " " (px(bottom)) "H" (px(WIDTH - 22.0)) } {}
            @for (number, row) in rows.iter().enumerate() {
                (interval(&x, 14.0 + ROW * (number as f64 + 0.5), row))
            }
            text.mid.name x=(px(f64::midpoint(NAMES, WIDTH - 22.0))) y=(px(bottom + 40.0)) { (axis) }
        },
    )
}

/// One row.
fn interval(x: &Scale, y: f64, row: &IntervalRow) -> Markup {
    let (from, to) = (x.at(row.low), x.at(row.high));
    html! {
        text.end.name x=(px(NAMES - 10.0)) y=(px(y + 4.5)) { (shortened(&row.label, 24)) }
        path.span d={ "M" (px(from)) " " (px(y)) "H" (px(to.max(from + 0.5))) } {}
        @if let Some(estimate) = row.estimate { circle.dot cx=(px(x.at(estimate))) cy=(px(y)) r="4.5" {} }
        @if let Some(mark) = row.mark {
            @let at = x.at(mark);
            path.mark d={ "M" (px(at)) " " (px(y - 8.0)) "l6 8l-6 8l-6-8z" } {}
        }
    }
}
