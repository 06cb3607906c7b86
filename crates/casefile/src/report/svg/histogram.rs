//! A histogram as an outline, with the null's band behind it.

use maud::{Markup, html};

use super::super::figures;
use super::{Frame, Trace, drawing, px};

/// Counts over equal bins; `percent` says that the axis is a share between 0 and 1.
pub(in super::super) fn histogram(
    title: &str,
    axis: &str,
    (start, width): (f64, f64),
    [counts, expected, sd]: [&[f64]; 3],
) -> Markup {
    let end = start + width * counts.len() as f64;
    let top = top(counts, expected, sd);
    let frame = Frame::new((start, end), (0.0, top));
    let label: fn(f64) -> String =
        if end <= 1.5 && start >= 0.0 { per_cent } else { figures::on_axis };
    let edge = |i: usize| frame.x.at(start + width * i as f64);
    let description = format!(
        "{} bins{}",
        counts.len(),
        if expected.is_empty() {
            ""
        } else {
            "; the grey band is what the null expects, plus and minus two standard deviations"
        }
    );
    drawing(
        frame.height,
        title,
        &description,
        html! {
            (frame.axes(&frame.across(label), axis, figures::on_axis))
            @if !expected.is_empty() {
                path.null d=(band(&frame, &edge, expected, sd)) {}
            }
            path.area d=(outline(&frame, &edge, counts)) {}
            @for (i, &v) in counts.iter().enumerate().filter(|(_, v)| **v > top) {
                @let x = edge(i);
                @let (class, aside) = if x > 280.0 { ("note end", -5.0) } else { ("note", 5.0) };
                text class=(class) x=(px(x + aside)) y="13" {
                    (label(start + width * i as f64)) ": " (figures::number(v))
                }
            }
        },
    )
}

/// Per cent without decimals, for an axis.
fn per_cent(v: f64) -> String {
    format!("{}%", figures::number((v * 1000.0).round() / 10.0))
}

/// The top of the axis: the largest bin, unless one or two stand so far above the rest that nothing else
/// could be seen; those are cut and labelled.
fn top(counts: &[f64], expected: &[f64], sd: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = counts.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let largest = sorted.first().copied().unwrap_or(1.0);
    let usual = sorted.get(2).copied().unwrap_or(largest);
    let usual = expected.iter().zip(sd).map(|(e, s)| e + 2.0 * s).fold(usual, f64::max);
    1.05 * if counts.len() > 20 && largest > 2.0 * usual && usual > 0.0 {
        usual
    } else {
        largest.max(usual)
    }
}

/// The outline of the bins, closed along the axis.
fn outline(frame: &Frame, edge: &dyn Fn(usize) -> f64, counts: &[f64]) -> String {
    let mut trace = Trace::default();
    trace.go(edge(0), frame.y.at(0.0));
    for (i, &v) in counts.iter().enumerate() {
        trace.line(edge(i), frame.y.at(v));
        trace.line(edge(i + 1), frame.y.at(v));
    }
    trace.line(edge(counts.len()), frame.y.at(0.0));
    trace.close();
    trace.data
}

/// The band of two standard deviations, through the middles of the bins.
fn band(frame: &Frame, edge: &dyn Fn(usize) -> f64, expected: &[f64], sd: &[f64]) -> String {
    let middle = |i: usize| f64::midpoint(edge(i), edge(i + 1));
    let at = |i: usize, side: f64| {
        frame.y.at((expected[i] + side * sd.get(i).copied().unwrap_or(0.0)).max(0.0))
    };
    let mut trace = Trace::default();
    trace.go(middle(0), at(0, 2.0));
    (1..expected.len()).for_each(|i| trace.line(middle(i), at(i, 2.0)));
    (0..expected.len()).rev().for_each(|i| trace.line(middle(i), at(i, -2.0)));
    trace.close();
    trace.data
}
