//! Lines over a common axis.

use maud::{Markup, html};

use super::super::figures;
use super::{Frame, Trace, drawing};

/// How many lines can be told apart (by colour and by dashes).
pub(in super::super) const STYLES: usize = 5;

/// One line a series; more than [`STYLES`] series share the last style.
pub(in super::super) fn lines(
    title: &str,
    x: &str,
    at: &[f64],
    series: &[(String, Vec<f64>)],
) -> Markup {
    let values = || series.iter().flat_map(|s| &s.1).copied().filter(|v| v.is_finite());
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let ends = (at.first().copied().unwrap_or(0.0), at.last().copied().unwrap_or(1.0));
    let frame = Frame::new(ends, (low, 1.05 * high));
    let share = ends.0 >= 0.0 && ends.1 <= 1.5;
    let label: fn(f64) -> String = if share { per_cent } else { figures::on_axis };
    let tall: fn(f64) -> String = if high <= 1.0 { per_cent } else { figures::on_axis };
    let description = format!("{} lines", series.len());
    drawing(
        frame.height,
        title,
        &description,
        html! {
            (frame.axes(&frame.across(label), x, tall))
            @for (number, (_, values)) in series.iter().enumerate().rev() {
                path class={ "line l" (number.min(STYLES - 1)) } d=(path(&frame, at, values)) {}
            }
        },
    )
}

/// Per cent for an axis.
fn per_cent(v: f64) -> String {
    format!("{}%", figures::on_axis((v * 1000.0).round() / 10.0))
}

/// A line that is interrupted where there is no number.
fn path(frame: &Frame, at: &[f64], values: &[f64]) -> String {
    let mut trace = Trace::default();
    let mut down = false;
    for (&x, &y) in at.iter().zip(values) {
        match (y.is_finite(), down) {
            (true, true) => trace.line(frame.x.at(x), frame.y.at(y)),
            (true, false) => trace.go(frame.x.at(x), frame.y.at(y)),
            (false, _) => {}
        }
        down = y.is_finite();
    }
    trace.data
}
