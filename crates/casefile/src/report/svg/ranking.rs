//! Units ranked: one dot a unit, with its interval.

use maud::{Markup, html};

use super::scale::Scale;
use super::{WIDTH, drawing, px, shortened};

/// One unit.
pub(in super::super) struct Row<'a> {
    /// Its name.
    pub(in super::super) name: &'a str,
    /// The effect.
    pub(in super::super) value: f64,
    /// Its 95 % interval.
    pub(in super::super) interval: Option<[f64; 2]>,
    /// What stands at the right (the p-value).
    pub(in super::super) note: String,
}

/// Height of a row.
const ROW: f64 = 22.0;

/// A dot for each unit in the given order, on an axis with zero marked.
pub(in super::super) fn ranking(
    title: &str,
    axis: &str,
    note: &str,
    rows: &[Row<'_>],
    label: &dyn Fn(f64) -> String,
) -> Markup {
    let ends = || rows.iter().flat_map(|r| r.interval.into_iter().flatten().chain([r.value]));
    let finite = || ends().filter(|v| v.is_finite());
    let (low, high) = (finite().fold(0.0, f64::min), finite().fold(0.0, f64::max));
    let x = Scale::new((low, high), (190.0, WIDTH - 112.0));
    let bottom = 26.0 + ROW * rows.len() as f64;
    let description = format!("{} units, one dot each; lines are 95 % intervals", rows.len());
    drawing(
        bottom + 48.0,
        title,
        &description,
        html! {
            g.rank { g.grid {
                @for tick in x.ticks(4) {
                    path d={ "M" (px(x.at(tick))) " 20V" (px(bottom)) } {}
                    text.mid x=(px(x.at(tick))) y=(px(bottom + 18.0)) { (label(tick)) }
                }
            }
            path.axis d={ "M" (px(x.at(0.0))) " 20V" (px(bottom)) } {}
            text.end.name x=(px(WIDTH - 4.0)) y="14" { (note) }
            text.mid.name x=(px(f64::midpoint(x.pixels.0, x.pixels.1))) y=(px(bottom + 40.0)) { (shortened(axis, 54)) }
            @for (number, row) in rows.iter().enumerate() {
                @let y = 20.0 + ROW * (number as f64 + 0.5);
                text.end x="180" y=(px(y + 4.5)) { (shortened(row.name, 22)) }
                @if let Some([from, to]) = row.interval {
                    path.whisker d={ "M" (px(x.at(from))) " " (px(y)) "H" (px(x.at(to))) } {}
                }
                circle.dot cx=(px(x.at(row.value))) cy=(px(y)) r="4" {}
                text.end x=(px(WIDTH - 4.0)) y=(px(y + 4.5)) { (row.note) }
            } }
        },
    )
}
